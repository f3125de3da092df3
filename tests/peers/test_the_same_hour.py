"""Script 2: the same hour of a room, asked for at a kiosk without network and at another one."""

import pytest

from tests.kiosk.hub.house import TODAY, at, id_of, person, room
from tests.peers.door import RefusedHere
from tests.peers.world import instant

pytestmark = pytest.mark.slow
ANA, LUIS = ({"level": 2, "person": id_of(name)} for name in ("Ana", "Luis"))
WILLOW, QUIET = id_of("Willow"), id_of("Quiet")
SIX = {"room": WILLOW, "starts": f"{TODAY}T18:00:00", "minutes": 60}


@pytest.mark.acceptance(5, 6, 32, 33, 34, 35, 70)
def test_the_same_hour_goes_to_who_reached_the_server_first(world):
    k1, k2 = world.moves_in(
        person("Ana"),
        person("Luis"),
        room("Willow", buffer_min=15, capacity=18, order=1),
        room("Quiet", buffer_min=10, capacity=8, order=2),
    )
    world.it_is("09:55")
    k1.offline()
    world.it_is("10:05")
    b1 = k1.says("book", by=ANA, **SIX)["id"]
    world.it_is("10:20")
    b2 = k2.says("book", by=LUIS, **SIX)["id"]
    world.acted(k2)
    assert k2.sees("room", room=WILLOW) == {b2: "confirmed"}
    world.it_is("10:30")
    assert k1.sees("room", room=WILLOW) == {b1: "pencilled"}

    world.it_is("11:00")
    k1.online()
    world.settles()
    assert world.all_see("room", room=WILLOW) == {b1: "clashing", b2: "confirmed"}
    fields = [body["fields"] for body in bodies(world, b1)]
    assert [one.get("confirmed", 0) for one in fields] == [0, 0, 0]
    assert [one["clash_now"] for one in fields] == [[{"date": str(TODAY), "with": b2}]] * 3
    with pytest.raises(RefusedHere) as said:
        k1.says("take_it", booking=b1, by=ANA)
    assert said.value.name == "RoomTaken"
    rooms, times = said.value.facts["rooms"], said.value.facts["times"]
    assert (rooms[0]["room"], instant(rooms[0]["span"]["start"])) == (QUIET, at("18:00"))
    assert (times[0]["room"], instant(times[0]["span"]["start"])) == (WILLOW, at("19:15"))

    world.it_is("11:30")
    k1.says("cancel", booking=b2, by=LUIS)
    world.acted()
    assert world.all_see("room", room=WILLOW) == {b1: "clashing"}
    assert [body["fields"]["cancelled"] for body in bodies(world, b2)] == [1, 1, 1]

    world.it_is("11:40")
    k2.says("come_by_tile", person=id_of("Ana"))
    assert k2.sees("asked_again", person=id_of("Ana")) == [b1]
    k2.says("take_it", booking=b1, by=ANA)
    world.acted()
    assert world.all_see("room", room=WILLOW) == {b1: "confirmed"}
    fields = [body["fields"] for body in bodies(world, b1)]
    assert [(one.get("clash", []), one["clash_now"]) for one in fields] == [([], [])] * 3
    world.all_hold()


def bodies(world, booking):
    key = ("booking", booking)
    return [*(door.bodies()[key] for door in world.doors), world.held()[key]]
