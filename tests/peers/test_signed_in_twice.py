"""Script 1: somebody signs in at two kiosks that do not hear of each other, and out at one."""

import pytest

from kiosk.hub.cards import uid_hash
from sync.ids import pair_id
from sync.records.card import Card
from tests.kiosk.hub.house import HUB_ID, TODAY, at, id_of, person
from tests.peers.world import instant

pytestmark = pytest.mark.slow
TOMAS = "Tomás Herrero"
CARD = uid_hash(b"key", "04B39E62072BD4")


@pytest.mark.acceptance(16, 21, 23, 24, 70)
def test_signed_in_twice_is_one_stay_and_nobody_is_left_behind(world):
    card = Card(id=id_of("card"), uid_hash=CARD, person=id_of(TOMAS))
    k1, k2 = world.moves_in(person(TOMAS), card)
    k1.offline()
    k2.offline()
    world.it_is("09:00")
    v1 = k1.says("tap_card", uid_hash=CARD)["visit"]
    world.it_is("09:05")
    v2 = k2.says("tap_card", uid_hash=CARD)["visit"]
    world.it_is("11:00")
    assert k1.says("tap_card", uid_hash=CARD)["visits"] == [v1]
    world.it_is("11:10")
    k1.online()
    k2.online()
    world.settles()
    world.all_hold()
    assert world.all_see("present") == {"heads": 0, "roll": 0, "people": []}
    found = world.all_see("stays", person=id_of(TOMAS))
    assert [[instant(one) for one in stay] for stay in found["stays"]] == [
        [at("09:00"), at("11:00")]
    ]
    assert found["visits"].keys() == {v1, v2}
    assert found["visits"][v2]["left"] is None
    assert instant(found["visits"][v2]["end"]) == at("11:00")

    world.it_is("22:00")
    world.it_is("22:05")
    world.settles()
    after = world.all_see("stays", person=id_of(TOMAS))["visits"]
    assert [one["assumed"] for one in after.values()] == [None, None]

    world.it_is("00:10", 1)
    world.settles()
    count = world.all_see("count", day=TODAY.isoformat())
    assert (count["stays"], count["grown_ups"]) == (1, 1)
    key = ("day_count", pair_id(HUB_ID, "day_count", TODAY.isoformat()))
    assert world.held()[key]["fields"]["stays"] == 1
    world.all_hold()
