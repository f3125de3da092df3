"""Script 6: the server is restored from yesterday's backup while a kiosk is away."""

import json

import pytest

from tests.kiosk.hub.house import TODAY, id_of, person, room
from tests.peers.door import RefusedHere

pytestmark = pytest.mark.slow
ANA = {"level": 2, "person": id_of("Ana")}
INES = {"level": 3, "person": id_of("Inés")}
KITCHEN, GARDEN = id_of("Kitchen"), id_of("Garden")
EVA = "Eva Marquina"


def book(door, where, starts):
    asked = {"room": where, "starts": f"{TODAY}T{starts}:00", "minutes": 60}
    return door.says("book", by=ANA, **asked)["id"]


def names_eva(bodies):
    return EVA in json.dumps(list(bodies.values()), ensure_ascii=False)


@pytest.fixture
def lived_in(world):
    world.moves_in(
        person("Ana"),
        person("Luis"),
        person(EVA),
        person("Inés", kind="volunteer"),
        room("Kitchen"),
        room("Garden"),
    )
    world.it_is("18:00", -1)
    world.doors[1].says("come_by_tile", person=id_of(EVA))
    world.acted()
    world.it_is("23:00", -1)
    world.settles()
    world.command("backup", str(world.folder / "backup"))
    return world


@pytest.mark.acceptance(3, 5, 14, 70)
def test_yesterdays_backup_loses_nothing_and_brings_nobody_back(lived_in):
    world, (k1, k2) = lived_in, lived_in.doors
    world.it_is("10:00")
    b1 = book(k1, KITCHEN, "17:00")
    world.acted()
    assert world.all_see("room", room=KITCHEN) == {b1: "confirmed"}
    world.it_is("10:30")
    n = k2.says("publish", title={"en": "Soup"}, by=INES)
    world.acted()
    world.it_is("11:00")
    hour = {"giver": id_of("Ana"), "receiver": id_of("Luis"), "minutes": 60}
    h = k1.says("enter_hours", **hour, by=ANA)
    k2.says("enter_hours", **hour, by={"level": 2, "person": id_of("Luis")})
    world.acted()
    assert world.all_see("hours", hours=h)["state"] == "settled"
    world.it_is("11:30")
    k1.says("forget_person", person=id_of(EVA))
    world.settles()
    world.it_is("11:50")
    world.settles()
    before = world.all_hold()
    assert not names_eva(world.held())
    k1.offline()

    world.it_is("12:00")
    world.stops_serving()
    world.command("restore", str(world.folder / "backup"), "--yes")
    assert not names_eva(world.held())
    assert world.held()["person", id_of(EVA)].keys() == {"kind", "id", "erased"}
    assert ("booking", b1) not in world.held()
    world.serve()
    world.it_is("12:05")
    world.settles(k2)
    there = world.held()
    assert not names_eva(there)
    assert there["booking", b1]["fields"]["confirmed"] == 1
    assert there["notice", n]["fields"]["title.en"] == "Soup"
    assert there["hours", h]["fields"]["settled"] == 60

    world.it_is("12:10")
    with pytest.raises(RefusedHere) as said:
        book(k2, KITCHEN, "17:30")
    assert said.value.name == "RoomTaken"
    b3 = book(k2, GARDEN, "17:00")
    world.acted(k2)
    assert k2.sees("room", room=GARDEN) == {b3: "pencilled"}
    assert world.server_sees("room", room=GARDEN) == {b3: "pencilled"}

    world.it_is("12:30")
    k1.online()
    world.until(lambda: world.server_sees("room", room=GARDEN) == {b3: "confirmed"})
    world.settles()
    assert world.all_see("room", room=GARDEN) == {b3: "confirmed"}
    assert world.all_see("room", room=KITCHEN) == {b1: "confirmed"}
    after = world.all_hold()
    assert after.keys() == before.keys() | {("booking", b3)}
    assert {key: one for key, one in after.items() if key in before} == before
    assert not names_eva(world.held())
