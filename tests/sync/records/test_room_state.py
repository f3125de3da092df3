"""How a room is at a moment: the same words on a door and on the hub's own web site."""

import pytest

from sync.records.booking import Clash
from sync.records.booking_time import Span
from sync.records.closed_day import ClosedDay
from sync.records.room_state import FREE, IN_USE, SHUT, SOON, room_state, state_at
from tests.sync.records.referee import QUIET, TODAY, WILLOW, a_booking, a_diary, at

CHOIR = a_booking("choir", "18:00", confirmed=1)


@pytest.mark.parametrize(
    ("clock", "state", "until"),
    [
        ("08:59", SHUT, None),
        ("09:00", FREE, "18:00"),
        ("17:29", FREE, "18:00"),
        ("17:30", SOON, "18:00"),
        ("18:00", IN_USE, "19:00"),
        ("18:59", IN_USE, "19:00"),
        ("19:00", FREE, "22:00"),
        ("22:00", SHUT, None),
    ],
)
def test_a_room_s_state_follows_its_bookings_and_its_hours(clock, state, until):
    assert room_state(a_diary(CHOIR), WILLOW, at(clock)) == (state, at(until) if until else None)


def test_a_booking_of_somebody_else_s_that_follows_at_once_is_the_next_one():
    next_ = a_booking("next", "19:00", 30, confirmed=1)
    assert room_state(a_diary(CHOIR, next_), WILLOW, at("18:10")) == (IN_USE, at("19:00"))


def test_a_booking_that_was_extended_is_in_use_until_the_extension_is_over():
    more = a_booking("more", "19:00", 30, confirmed=1, extends="choir")
    assert room_state(a_diary(CHOIR, more), WILLOW, at("18:10")) == (IN_USE, at("19:30"))


def test_a_booking_that_did_not_get_the_room_leaves_it_free():
    lost = a_booking("lost", "18:00", clash=(Clash(TODAY, "x"),))
    assert room_state(a_diary(lost), WILLOW, at("18:10")) == (FREE, at("22:00"))


def test_another_room_s_booking_and_a_closed_day_are_its_own():
    closed = [ClosedDay(date=TODAY, room="willow")]
    assert room_state(a_diary(closed=closed), WILLOW, at("12:00")) == (SHUT, None)
    assert room_state(a_diary(CHOIR, closed=closed), QUIET, at("18:10")) == (FREE, at("22:00"))


def test_before_closing_nobody_comes_who_comes_as_the_room_closes():
    day, night = Span(at("09:00"), at("22:00")), Span(at("22:00"), at("23:00"))
    assert state_at(at("21:45"), [night], [day]) == (FREE, at("22:00"))
