"""Somebody is forgotten at a kiosk, somebody else at the server: no byte of them is left anywhere."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.kiosk.hub.house import HUB_ID, TODAY, id_of, person, room

pytestmark = pytest.mark.slow
EVA, OLAF = "Evangelina Wolkenstein", "Olaf Featherstonehaugh"
BOTH = (EVA, OLAF)


def comes_and_is_written_about(door, name):
    """Everywhere where a name can be: a person, visits, a booking, a notice."""
    who = {"level": 2, "person": id_of(name)}
    door.says("come_by_tile", person=id_of(name))
    starts = f"{TODAY}T{'18' if name == EVA else '20'}:00:00"
    door.says("book", by=who, room=id_of("Willow"), starts=starts, minutes=60)
    door.says("publish", kind="offer", title={"en": "Soup"}, by=who)


def holding(world, folders, words):
    """Return the files in which a word is, and which."""
    if not world.database.is_sqlite:
        with world.database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as one:
            one.execute(text("CHECKPOINT"))
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return [
        (path, word)
        for path in sorted(files)
        for word in words
        if word.encode() in path.read_bytes() or word.encode("utf-16-le") in path.read_bytes()
    ]


@pytest.fixture
def folders(world, nursery, request):
    """Where every node keeps what it keeps; of PostgreSQL all but its own log of changes."""
    found = [world.folder, Path(nursery.log.name).parent]
    if not world.database.is_sqlite:
        found.append(request.getfixturevalue("cluster").data / "base")
    return found


@pytest.mark.acceptance(14)
def test_no_byte_of_somebody_who_was_forgotten_is_left_on_any_node(world, folders):
    k1, k2 = world.moves_in(*map(person, BOTH), room("Willow"))
    world.it_is("10:00")
    for door, name in ((k1, EVA), (k2, OLAF)):
        comes_and_is_written_about(door, name)
    world.acted()
    for door in (k1, k2):
        door.says("backup")
    world.command("backup", str(world.folder / "before"))
    assert {word for _path, word in holding(world, folders, BOTH)} == set(BOTH)

    world.it_is("11:00")
    k2.offline()
    k1.says("forget_person", person=id_of(EVA))
    world.command("erase-person", HUB_ID, OLAF, "--yes")
    k2.says("come_by_tile", person=id_of(EVA))  # it has not heard of it
    world.acted(k1)
    k2.online()
    world.settles()
    world.acted()
    (world.folder / "before").unlink()
    world.command("wash")
    for door in (k1, k2):
        door.says("backup")
    world.command("backup", str(world.folder / "after"))
    world.all_hold()
    assert holding(world, folders, BOTH) == []
