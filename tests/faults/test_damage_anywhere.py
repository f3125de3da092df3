"""Bytes are damaged anywhere in what a door keeps: it starts, and shows nothing that nobody wrote.

What its backup and the sound rows of the damaged file hold is there; the rest waits for the server.
Damage in the log of a door that was cut off looks like a commit that was not finished: what was
written before it is there, the rest waits for the server too, and nothing can be said of it.
"""

import shutil
from random import Random

import pytest

from kiosk.config import Place
from kiosk.keeping import opened
from kiosk.store import open_store
from kiosk.ui.words import Words
from tests.faults.a_day_at_the_door import Forgetting
from tests.faults.what_a_door_holds import seen

KINDS_OF_DAMAGE = {
    "one bit": lambda data, at, dice: data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :],
    "a sector": lambda data, at, dice: data[:at] + dice.randbytes(512) + data[at + 512 :],
    "a page of zeros": lambda data, at, dice: data[: at // 4096 * 4096] + bytes(4096) + data[at // 4096 * 4096 + 4096 :],
    "cut": lambda data, at, dice: data[:at],
}  # fmt: skip
TRIES = 240
"""Of each kind of damage, spread over the file by the dice."""


@pytest.fixture(scope="module")
def house(bases, tmp_path_factory):
    """A folder with a backup, what came after it, and a log that was not taken into the file."""
    folder = tmp_path_factory.mktemp("house") / "door"
    shutil.copytree(bases(Forgetting), folder)
    door = Forgetting(folder)
    for step in (door.opens, door.makes_its_backup):
        step()
    in_backup = door.told()
    for step in (door.somebody_comes, door.forgets_ana):
        step()
    in_file = door.told()  # an erasure takes the log into the file
    door.somebody_else_comes()
    told = door.told()
    shutil.copytree(folder, folder.with_name("cut"))  # the log still beside it
    door.close()
    return folder, in_backup, in_file, told


def records(told):
    return {key: body for key, body in told.items() if key.startswith("record ")}


def wrong_in(folder, least, told, *, is_log):
    """What a start shows that must not be, or does not show. least: what is there in any case."""
    with opened(Place(folder)) as store:
        found, opening = records(seen(Place(folder), store)), store.opened
        key = opening.sentence
    versions = {key: (body, least.get(key)) for key, body in records(told).items()}
    made_up = [key for key, body in found.items() if body not in versions.get(key, ())]
    missing = [key for key in records(least) if key not in found]
    silent = [] if key or found == records(told) or is_log else ["says nothing of it"]
    unsaid = [key] if key and Words("en").say(key) == key else []
    again = [] if _opens_quietly(folder) else ["is damaged at the next start as well"]
    remembers = ["Ana"] if "Ana Erasable" in str(found) else []
    return [*made_up, *missing, *silent, *unsaid, *again, *remembers]


def _opens_quietly(folder):
    with open_store(folder / "hub.db") as store:
        return not store.opened.was_damaged


@pytest.mark.parametrize("kind", KINDS_OF_DAMAGE)
@pytest.mark.parametrize("name", ["hub.db", "hub.db-wal", "hub.db.forgotten"])
def test_wherever_bytes_are_damaged_the_door_starts_and_makes_nothing_up(
    house, tally, every, tmp_path, kind, name
):
    closed, in_backup, in_file, told = house
    is_log = name == "hub.db-wal"
    source, least = (closed.with_name("cut"), in_file) if is_log else (closed, in_backup)
    content, dice, found = (source / name).read_bytes(), Random(f"{kind} {name}"), []
    for nth in range(0, TRIES, every):
        at = dice.randrange(len(content))
        folder = tmp_path / "door"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder)
        (folder / name).write_bytes(KINDS_OF_DAMAGE[kind](content, at, dice))
        tally(f"damaged: {kind}, {name}")
        found += [(nth, at, one) for one in wrong_in(folder, least, told, is_log=is_log)]
    assert found == []


def test_the_day_has_something_to_lose_at_each_point(house):
    _closed, in_backup, in_file, told = house
    assert 4 < len(records(in_backup)) < len(records(in_file)) < len(records(told))
