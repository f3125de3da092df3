"""Hours at the server: it alone settles them, once, with its proof, and tries those that wait again."""

import pytest

from sync.merge import versions
from sync.records.hours_decide import fund_of
from sync.server.database.backup import back_up
from sync.server.errors import Answered
from sync.server.restoring import restore
from tests.sync.server.village import HUB

FUND = fund_of(HUB)


@pytest.fixture
def k1(village):
    return village.door().house()


@pytest.fixture
def k2(village, k1):
    return village.door(node="0000bbbb").catches_up()


def hours(door, giver, receiver, minutes, one=""):
    said = {f"{side}_ok__{minutes}": 1 for side in ("giver", "receiver")}
    hands = {f"giver_hand__{giver}": 1, f"receiver_hand__{receiver}": 1}
    return door.wrote("hours", one, giver=giver, receiver=receiver, date="2026-11-23", **said, **hands)  # fmt: skip


@pytest.mark.acceptance(62)
def test_what_both_say_is_settled_in_the_same_exchange_and_proved(k1):
    one = hours(k1, "ana", "luis", 60)
    k1.asks(one)
    assert (k1.field(one, "settled"), k1.field(one, "arrived")) == (60, 1)
    proof = versions(k1.holds["hours", one["id"]])["settled"]
    assert proof.rule == "O"
    assert "~" in proof.stamp


@pytest.mark.acceptance(63)
def test_what_waits_settles_in_the_exchange_that_makes_room(k1, k2):
    k1.asks(hours(k1, FUND, "luis", 480, "h0"), hours(k1, FUND, "luis", 90, "h1"))
    late, early = hours(k1, "ana", "luis", 60, "a"), hours(k1, "ana", "luis", 60, "b")
    k1.asks(early)
    k1.asks(late)
    assert [k1.field(one, "settled") for one in (early, late)] == [None, None]
    k2.catches_up()
    k2.asks(hours(k2, "luis", "eva", 60))
    k1.catches_up()
    assert [k1.field(one, "settled") for one in (early, late)] == [60, None]
    k2.asks(hours(k2, "luis", "eva", 30, "more"))
    k1.catches_up()
    assert [k1.field(one, "settled") for one in (early, late)] == [60, 60]


def test_a_lower_floor_makes_room_too(k1):
    k1.asks(hours(k1, FUND, "luis", 480, "h0"), hours(k1, "ana", "luis", 180, "h1"))
    assert k1.field({"kind": "hours", "id": "h1"}, "settled") is None
    k1.asks(k1.wrote("hub", HUB, settings__hours_floor_min=-900))
    assert k1.field({"kind": "hours", "id": "h1"}, "settled") == 180


def test_who_says_that_they_are_settled_is_not_believed(k1):
    one = k1.wrote("hours", giver="ana", receiver="luis", settled=480)
    [refusal] = k1.asks(one).refused
    assert (refusal.reason, refusal.fields) == ("proof", ("settled",))


def test_once_settled_the_two_cannot_become_others(village, k1):
    one = hours(k1, "ana", "luis", 60)
    k1.asks(one)
    early = dict.fromkeys(one["stamps"], "o00000000000a-0000-0000aaaa")
    forged = {
        **one,
        "fields": {"giver": "eva"},
        "stamps": {"giver": early.get("giver", early["*"])},
    }
    [refusal] = k1.asks(forged).refused
    assert refusal.reason == "decided"


def test_a_tap_after_that_changes_nothing(village, k1):
    one = hours(k1, "ana", "luis", 60)
    k1.asks(one)
    for more in ({"giver_ok__15": 1, "receiver_ok__15": 1}, {"refused": 1}):
        k1.asks(k1.wrote("hours", one["id"], **more))
        assert k1.field(one, "settled") == 60


def meets_the_restored(door, *more):
    with pytest.raises(Answered, match="reset"):
        door.asks()
    door.cursor, door.number, door.known = "", door.number + 1, door.shown
    door.asks(*door.holds.values(), *more)
    return door.catches_up()


def test_a_restored_hub_settles_nothing_new_before_its_doors_are_back(village, k1, k2, tmp_path):
    back_up(village.database, tmp_path / "backup")
    old = hours(k1, "ana", "luis", 60, "old")
    k1.asks(old)
    k2.asks()
    village.ms += 1_000
    restore(village.commits, tmp_path / "backup", village.erased)
    new = hours(k2, "ana", "eva", 30, "new")
    meets_the_restored(k2, new)
    assert k2.field(new, "settled") is None
    meets_the_restored(k1)
    for door in (k1, k2):
        village.report(door)
    k2.catches_up()
    assert (k2.field(new, "settled"), k2.field(old, "settled")) == (30, 60)
