"""Bookings at the server: the first to reach it stands, a yes is never taken back."""

import pytest

from sync.clock import Reading
from sync.merge import versions
from sync.server.hubs import hubs_with_work

DAY = "2026-11-23"


@pytest.fixture
def k1(village):
    return village.door().house(willow="willow", quiet="quiet")


@pytest.fixture
def k2(village, k1):
    return village.door(node="0000bbbb").catches_up()


def test_a_free_room_is_confirmed_in_the_same_exchange(k1):
    booking = k1.booked("willow", f"{DAY}T18:00:00")
    k1.asks(booking)
    assert k1.field(booking, "confirmed") == 1
    assert k1.field(booking, "arrived") == 1


def test_of_two_that_clash_the_first_to_arrive_stands_whatever_the_stamps(village, k1, k2):
    first_written = k1.booked("willow", f"{DAY}T18:00:00")
    village.ms += 60_000
    first_there = k2.booked("willow", f"{DAY}T18:30:00")
    k2.asks(first_there)
    k1.asks(first_written)
    assert k2.field(first_there, "confirmed") == 1
    assert k1.field(first_written, "confirmed") is None
    assert k1.field(first_written, "clash_now") == [{"date": DAY, "with": first_there["id"]}]


def test_two_in_one_push_are_decided_in_their_order(k1):
    one, two = (k1.booked("willow", f"{DAY}T18:00:00") for _ in range(2))
    k1.asks(one, two)
    assert (k1.field(one, "confirmed"), k1.field(two, "confirmed")) == (1, None)


def test_when_the_standing_one_gives_up_who_asks_gets_it(village, k1, k2):
    b1, b2 = k1.booked("willow", f"{DAY}T18:00:00"), k2.booked("willow", f"{DAY}T18:00:00")
    k2.asks(b2)
    k1.asks(b1)
    k2.asks(k2.wrote("booking", b2["id"], cancelled=1))
    village.ms += 1000
    k1.asks(k1.wrote("booking", b1["id"], asked=1))
    assert k1.field(b1, "confirmed") == 1
    assert k1.field(b1, "clash_now") == []


def test_of_a_booking_that_was_given_up_no_timer_is_left(village, k1):
    booking = k1.booked("willow", f"{DAY}T18:00:00")
    k1.asks(booking)
    far_ms = village.ms + 10**11
    with village.database.reading() as connection:
        assert hubs_with_work(connection, far_ms) == [village.hub]
    k1.asks(k1.wrote("booking", booking["id"], cancelled=1))
    with village.database.reading() as connection:
        assert hubs_with_work(connection, far_ms) == []


def test_a_booking_may_come_before_its_room_and_is_answered_with_it(village):
    k1 = village.door()
    booking = k1.booked("willow", f"{DAY}T18:00:00")
    k1.asks(booking)
    assert k1.field(booking, "confirmed") is None
    k1.house(willow="willow")
    assert k1.field(booking, "confirmed") == 1


def test_what_a_decision_read_cannot_be_another_afterwards(k1):
    booking = k1.booked("willow", f"{DAY}T18:00:00")
    k1.asks(booking)
    earlier = str(Reading(1, 0, "0000aaaa"))
    forged = {**booking, "fields": {"room": "quiet"}, "stamps": {"*": "o" + earlier}}
    assert [one.reason for one in k1.asks(forged).refused] == ["decided"]


def test_a_promise_that_is_offered_back_is_known_and_makes_no_commit(village, k1):
    booking = k1.booked("willow", f"{DAY}T18:00:00")
    k1.asks(booking)
    before = village.seq()
    answer = k1.asks(k1.holds["booking", booking["id"]])
    assert (answer.refused, village.seq()) == ([], before)


def test_nobody_can_forge_a_promise(k1):
    booking = k1.booked("willow", f"{DAY}T18:00:00")
    k1.asks(booking)
    proof = versions(k1.holds["booking", booking["id"]])["confirmed"].stamp
    other = k1.booked("willow", f"{DAY}T18:30:00")
    other["fields"]["confirmed"] = 1
    other["stamps"]["confirmed"] = "H" + proof
    [refusal] = k1.asks(other).refused
    assert (refusal.reason, refusal.fields) == ("proof", ("confirmed",))


def test_a_series_is_confirmed_for_the_days_that_are_free(k1, k2):
    one = k2.booked("willow", "2026-11-30T10:00:00")
    k2.asks(one)
    series = k1.booked("willow", "2026-11-23T10:00:00", rule="FREQ=WEEKLY;COUNT=3")
    k1.asks(series)
    assert k1.field(series, "confirmed") == 1
    assert k1.field(series, "clash") == [{"date": "2026-11-30", "with": one["id"]}]


def test_a_room_that_nobody_came_to_is_let_go_once_every_kiosk_has_reported(village, k1, k2):
    k1.asks(k1.wrote("hub", k1.who.hub, kiosks__0000aaaa={}, kiosks__0000bbbb={}))
    booking = k1.booked("willow", f"{DAY}T15:00:00", person="ana")
    k1.asks(booking)
    village.until(f"{DAY}T14:16:00Z")
    village.report(k1)
    k1.asks()
    assert ("booking_day", k1.day(booking, DAY)) not in k1.holds
    village.pass_(seconds=10)
    village.report(k2)
    k1.asks()
    assert k1.holds["booking_day", k1.day(booking, DAY)]["fields"]["released"] == 1


@pytest.mark.parametrize("role", ["door", "wall"])
def test_a_door_that_was_paired_again_holds_no_release_by_what_it_was_before(village, k1, k2, role):
    """Nobody shut its old entry out, which will never report again."""
    k1.asks(k1.wrote("hub", k1.who.hub, kiosks__0000aaaa={}, kiosks__0000bbbb={}))
    booking = k1.booked("willow", f"{DAY}T15:00:00", person="ana")
    k1.asks(booking)
    village.report(k2)
    village.pass_(seconds=1)
    again = village.door(node="0000bbbb", role=role).catches_up()
    village.until(f"{DAY}T14:16:00Z")
    village.report(k1)
    if role == "door":
        k1.asks()
        assert ("booking_day", k1.day(booking, DAY)) not in k1.holds
        village.pass_(seconds=10)
        village.report(again)
    k1.asks()
    assert k1.holds["booking_day", k1.day(booking, DAY)]["fields"]["released"] == 1


def test_a_silent_door_that_the_hub_does_not_name_yet_holds_the_release(village, k1, k2):
    k1.asks(k1.wrote("hub", k1.who.hub, kiosks__0000aaaa={}))
    booking = k1.booked("willow", f"{DAY}T15:00:00", person="ana")
    k1.asks(booking)
    village.until(f"{DAY}T14:16:00Z")
    village.report(k1)
    k1.asks()
    assert ("booking_day", k1.day(booking, DAY)) not in k1.holds


def test_a_holder_who_is_in_the_house_keeps_the_room(village, k1):
    k1.asks(k1.wrote("hub", k1.who.hub, kiosks__0000aaaa={}))
    ana = k1.wrote("person", name="Ana")
    booking = k1.booked("willow", f"{DAY}T15:00:00", person=ana["id"])
    k1.asks(ana, booking)
    village.until(f"{DAY}T13:50:00Z")
    k1.asks(k1.wrote("visit", how="card", person=ana["id"], came_at=f"{DAY}T13:50:00Z"))
    village.until(f"{DAY}T14:16:00Z")
    village.report(k1)
    k1.asks()
    assert ("booking_day", k1.day(booking, DAY)) not in k1.holds
