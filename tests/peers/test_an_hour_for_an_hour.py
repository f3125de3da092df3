"""Script 5: hours said at two kiosks that do not hear of each other, and a floor that holds one up."""

import pytest

from sync.clock import Reading
from sync.merge import Version, record
from sync.records import flat, rule_of
from sync.records.hours import Hours
from sync.records.hours_decide import fund_of
from sync.server.commit import Commits
from sync.server.settings import open_settings
from tests.kiosk.hub.house import HUB_ID, id_of, person

pytestmark = pytest.mark.slow
NAMES = ("Ana", "Luis", "Eva")
ANA, LUIS, EVA = IDS = [id_of(name) for name in NAMES]
BY = {one: {"level": 2, "person": one} for one in IDS}
FUND = fund_of(HUB_ID)


def settled_before(world, hours):
    """Put hours into the server that it settled long ago, as a kiosk would offer them back."""
    notary = open_settings(world.folder / "server.toml").notary
    stamp, said = str(Reading(world.time.now_ms(), 0, "00000001")), {}
    for name, value in flat(hours).items():
        version = Version(rule_of("hours", name), stamp, value)
        signed = notary.signed(HUB_ID, ("hours", hours.id), name, version)
        said[name] = signed if version.rule.isupper() else version
    with world.database.writing() as connection:
        commits = Commits(world.database, notary, world.time.now_ms)
        assert not commits.commit(connection, HUB_ID, [record("hours", hours.id, said)]).refused


def both_say(world, door, giver, receiver, minutes):
    """One of the two enters it, the other confirms."""
    one = door.says("enter_hours", giver=giver, receiver=receiver, minutes=minutes, by=BY[giver])
    door.says("confirm_hours", hours=one, minutes=minutes, by=BY[receiver])
    return one


def meet(world):
    for door in world.doors:
        door.online()
    world.acted()


def part(world):
    world.pauses()
    for door in world.doors:
        door.offline()


@pytest.mark.acceptance(5, 62, 63, 70)
def test_an_hour_counts_once_and_below_the_floor_it_is_safe_and_waits(world):
    settled_before(world, Hours(id=id_of("f"), giver=FUND, receiver=LUIS, settled=560, arrived=1))
    k1, k2 = world.moves_in(*(person(name) for name in NAMES))
    assert world.all_see("balances") == {FUND: 560, LUIS: -560}
    part(world)
    world.it_is("10:00")
    one = k1.says("enter_hours", giver=ANA, receiver=LUIS, minutes=60, by=BY[ANA])
    world.it_is("10:05")
    assert k2.says("enter_hours", giver=ANA, receiver=LUIS, minutes=45, by=BY[LUIS]) == one
    world.it_is("10:30")
    meet(world)
    assert world.all_see("hours", hours=one) == {"state": "open", "minutes": [60, 45]}

    part(world)
    world.it_is("11:00")
    k1.says("confirm_hours", hours=one, minutes=45, by=BY[ANA])
    world.it_is("11:05")
    k2.says("confirm_hours", hours=one, minutes=60, by=BY[LUIS])
    world.it_is("11:30")
    meet(world)
    assert world.all_see("hours", hours=one)["state"] == "waiting"
    assert world.all_see("balances") == {FUND: 560, LUIS: -560}

    world.it_is("12:00")
    other = both_say(world, k1, LUIS, EVA, 30)
    world.acted()
    ended = {FUND: 560, LUIS: -575, ANA: 45, EVA: -30}
    assert world.all_see("hours", hours=other) == {"state": "settled", "minutes": [30]}
    assert world.all_see("hours", hours=one) == {"state": "settled", "minutes": [45]}
    assert world.all_see("balances") == ended
    assert sum(ended.values()) == 0

    for door, who in ((k1, ANA), (k2, LUIS)):
        door.says("confirm_hours", hours=one, minutes=60, by=BY[who])
    world.acted()
    assert world.all_see("balances") == ended
    world.all_hold()
