"""Six doors, each behind a network of its own: cut, slow, late, lossy, somebody else's, hanging."""

from random import Random
from time import monotonic

import pytest

from tests.kiosk.hub.house import id_of, notice, person, the_hub

pytestmark = pytest.mark.slow
INES = {"level": 3, "person": id_of("Inés")}
LONGEST_S = 150
ACTS = 12
FAULTS = {
    "cut": {"is_cut": True},
    "slow": {"bytes_per_s": 64_000 // 8},
    "late": {"late_s": 2.0},
    "lossy": {"drops": 5},
    "portal": {"is_portal": True},
    "hanging": {"is_held": True},
}
COMES_BACK = ("cut", "portal", "hanging")
"""Nothing passes through these; the others stay as bad as they are until all have met."""


def acts(name, dice):
    """What people do there; the words are long, and no two alike, so that a slow line is slow."""
    for n in range(ACTS):
        words = "".join(dice.choices("abcdefghijklmnopqrstuvwxyz ", k=1_500))
        fields = {f"body.{name}{n}": words}
        yield {"what": "write", "acts": [{"kind": "notice", "id": id_of("Soup"), "fields": fields}]}
        uid = f"{name} {n}"
        yield {"what": "link_card", "uid_hash": uid, "person": id_of("Luis"), "by": INES}


@pytest.fixture
def doors(by_command):
    well = by_command.door("well", "blue")
    records = notice("Soup", owner=id_of("Luis"))
    well.has(the_hub(), person("Luis"), person("Inés", kind="volunteer"), records)
    found = {name: by_command.door(name, "green") for name in FAULTS}
    by_command.settles()
    for name, door in found.items():
        door.network.turns(**FAULTS[name])
    return found


def meet(world, doors):
    """Exchange until nothing is new; nobody taps a light behind a network that works somehow."""
    until = monotonic() + LONGEST_S
    while True:
        assert monotonic() < until, {name: door.says("light") for name, door in doors.items()}
        cursor = world.cursor
        quiet = [
            door.says("quiet", cursor=cursor, taps=door.name in COMES_BACK) for door in world.doors
        ]
        if all(quiet) and world.cursor == cursor:
            return


def test_whatever_the_network_the_door_never_waits_and_all_meet_in_the_end(by_command, doors):
    took_ms = {}
    for name, door in doors.items():
        dice, began = Random(name), monotonic()
        for act in acts(name, dice):
            door.says(**act)
        took_ms[name] = 1_000 * (monotonic() - began) / (2 * ACTS)
    # Each act was answered, though nothing at all had come through these:
    assert [doors[name].network.passed for name in COMES_BACK] == [0, 0, 0]
    doors["cut"].says("until", trouble="no_network")
    doors["portal"].says("until", trouble="not_the_server")
    for name in COMES_BACK:
        doors[name].online()

    began = monotonic()
    meet(by_command, doors)
    print(f"met after {monotonic() - began:.1f} s; an act took {took_ms} ms")
    there = by_command.all_hold()
    assert sum(kind == "card" for kind, _id in there) == ACTS * len(doors)
    assert len(there["notice", id_of("Soup")]) >= ACTS * len(doors)
    assert doors["lossy"].network.dropped > 0
    assert doors["portal"].network.portals > 0
