"""Times that calendars of others say: taken as they come, whatever they meet."""

import pytest

from sync.records.booking_diary import CLASHING, CONFIRMED, PENCILLED, taken
from sync.records.booking_free import is_free, other_times
from sync.records.booking_outside import meetings
from sync.records.booking_release import ask_again_at, decide_release
from tests.sync.records.referee import TODAY, Referee, a_booking, a_diary, at

CHOIR = a_booking("choir", "18:00", 120, person="", confirmed=1, outside="cal")


def met(*bookings):
    found = meetings(taken(a_diary(*bookings), "willow"))
    return [(one.ours.booking.id, one.theirs.booking.id) for one in found]


@pytest.fixture
def server():
    return Referee()


def test_a_time_of_others_is_confirmed_and_never_asked_about(server):
    server.takes(a_booking("ana", "18:30"))
    assert server.takes(CHOIR).confirmed
    assert server.changes("choir", asked=1).clash_now == ()
    assert server.bookings["ana"].confirmed


def test_what_is_asked_for_afterwards_has_to_leave_it_alone(server):
    server.takes(CHOIR)
    no = server.takes(a_booking("luis", "19:00"))
    assert (no.confirmed, [one.with_ for one in no.clash_now]) == (0, ["choir"])
    wanted = a_booking("eva", "19:00")
    assert not is_free(server.diary, wanted, at("10:00"))
    instead = [one.span.start for one in other_times(server.diary, wanted, at("10:00"))]
    assert instead == [at("20:15"), at("16:45")]  # with the buffer of the room between


def test_it_is_nobody_s_to_move(server):
    server.takes(CHOIR)
    at_its_time = server.takes(a_booking("luis", "18:30", moves="choir"))
    assert [one.with_ for one in at_its_time.clash_now] == ["choir"]
    elsewhere = server.takes(a_booking("eva", "12:00", moves="choir"))
    assert elsewhere.confirmed
    states = {one.booking.id: one.state for one in taken(server.diary, "willow")}
    assert (states["choir"], states["eva"]) == (CONFIRMED, CONFIRMED)


def test_where_both_stand_they_are_said_to_meet():
    ours = a_booking("ana", "18:30", confirmed=1)
    assert met(ours, CHOIR) == [("ana", "choir")]


def test_of_several_that_it_meets_a_booking_is_told_with_the_first():
    some = [
        a_booking("night", "20:00", 720, on=-1, person="", confirmed=1, outside="cal"),
        a_booking("early", "06:00", 30, person="", confirmed=1, outside="cal"),
        a_booking("noon", "12:00", 60, person="", confirmed=1, outside="cal"),
    ]
    assert met(a_booking("ana", "07:30", 330, confirmed=1), *some) == [("ana", "night")]
    assert met(a_booking("ana", "08:00", 300, confirmed=1), *some) == [("ana", "noon")]
    assert met(a_booking("ana", "08:00", 240, confirmed=1), *some) == []


@pytest.mark.parametrize(("starts", "minutes"), [("17:00", 60), ("20:00", 60)])
def test_what_only_touches_does_not_meet(starts, minutes):
    assert met(a_booking("ana", starts, minutes, confirmed=1), CHOIR) == []


def test_only_what_was_promised_meets_anything():
    asked = a_booking("ana", "18:30")
    states = {one.booking.id: one.state for one in taken(a_diary(asked, CHOIR), "willow")}
    assert states == {"ana": CLASHING, "choir": CONFIRMED}
    assert PENCILLED not in states.values()
    assert met(asked, CHOIR) == []
    assert met(a_booking("luis", confirmed=1)) == []
    other = a_booking("theatre", "19:00", person="", confirmed=1, outside="other")
    assert met(other, CHOIR) == []


def test_nobody_has_to_come_to_a_time_of_others():
    diary = a_diary(CHOIR)
    reported = {"k1": at("18:40"), "k2": at("18:40")}
    asked = {"seen": (), "reported": reported, "now": at("18:40")}
    assert decide_release(CHOIR, TODAY, diary, **asked) == {}
    assert ask_again_at(CHOIR, diary, at("10:00")) is None
