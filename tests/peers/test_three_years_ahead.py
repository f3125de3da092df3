"""Script 4: a kiosk starts without network, its clock three years ahead, and meets the others."""

import json
import re
from datetime import timedelta

import pytest

from kiosk.store.arrivals import readings_of
from sync.clock import Reading
from tests.kiosk.hub.house import at, id_of, notice, person
from tests.peers.world import instant

pytestmark = pytest.mark.slow
INES = {"level": 3, "person": id_of("Inés")}
THREE_YEARS_MS = timedelta(days=3 * 365) // timedelta(milliseconds=1)
NAMES = [f"Visitor {letter}" for letter in "ABCDEFGHIJKL"]
INSTANT = re.compile(r'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+\d\d:\d\d))"')
KEY = ("notice", id_of("Soup"))


def edit(door, text):
    door.says("edit_notice", notice=id_of("Soup"), fields={"body": {"en": text}}, by=INES)


def later_than(moment, bodies):
    """Every stamp and every instant that lies after a moment."""
    found = []
    for body in bodies.values():
        found += [one for one in readings_of(body) if one.ms > moment.timestamp() * 1000]
        said = INSTANT.findall(json.dumps(body.get("fields", {})))
        found += [one for one in said if instant(one) > moment]
    return found


@pytest.fixture
def met(world):
    """The morning of the script, until both have exchanged."""
    k1, k2 = world.moves_in(
        person("Eva"),
        person("Inés", kind="volunteer"),
        notice("Soup", kind="news", owner=id_of("Inés"), body={"en": "b0"}),
    )
    world.it_is("17:00", -1)
    for name in NAMES:
        k2.says("come_visiting", name=name)
    world.acted()
    world.it_is("20:59", -1)
    assert k2.sees("names") == NAMES
    k2.power_off()
    world.doors.remove(k2)

    world.it_is("08:58")
    k2.offline().power_on(wrong_ms=THREE_YEARS_MS)
    world.doors.append(k2)
    world.k1_was = [k1.says("clock")["now_ms"] - world.time.now_ms()]
    world.it_is("09:00")
    world.came = k2.says("come_by_tile", person=id_of("Eva"))["visit"]
    world.it_is("09:10")
    edit(k2, "b2")
    assert not k2.says("clock")["sure"]
    assert k2.sees("names") == []
    world.it_is("09:20")
    edit(k1, "b1")
    world.acted(k1)
    world.it_is("09:30")
    assert k2.sees("names") == []
    k2.online()
    world.settles()
    world.k1_was.append(k1.says("clock")["now_ms"] - world.time.now_ms())
    return world


@pytest.mark.acceptance(15, 70)
def test_what_was_written_three_years_ahead_is_dated_as_it_was_and_moves_nobody(met):
    met.all_hold()
    nodes = [*(door.bodies() for door in met.doors), met.held()]
    assert [node[KEY]["fields"]["body.en"] for node in nodes] == ["b1"] * 3
    assert ["body.en", "b2"] in met.all_see("old_texts")
    came = [instant(node["visit", met.came]["fields"]["came_at"]) for node in nodes]
    assert all(abs(one - at("09:00")) <= timedelta(seconds=5) for one in came)
    assert met.all_see("present")["people"] == ["Eva"]
    assert [later_than(at("09:35"), node) for node in nodes] == [[], [], []]
    clocks = [Reading.parse(door.says("clock")["hlc"]).ms for door in met.doors]
    assert max(clocks) <= at("09:35").timestamp() * 1000
    assert met.k1_was == [0, 0]
    assert met.all_see("names") == NAMES
