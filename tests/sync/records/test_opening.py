"""When the house and its rooms are open."""

from datetime import date

import pytest

from sync.records.booking_time import Span
from sync.records.closed_day import ClosedDay
from sync.records.opening import (
    closed_by_day,
    day_spans,
    hub_hours,
    is_closed_day,
    joined,
    open_around,
    room_hours,
)
from sync.records.room import Room
from tests.sync.records.referee import HUB, MADRID, TODAY, WILLOW, at

WORKSHOP = Room(id="workshop", open={"mon": (("10:00", "20:00"),)})


def hours(room=WILLOW, *closed, day=TODAY):
    return room_hours(HUB, room, day, closed_by_day(closed), MADRID)


def other(room="hub", *spans, day=TODAY, **fields):
    return ClosedDay(id=f"{room} {day}", date=day, room=room, open=spans, **fields)


def test_a_room_without_hours_of_its_own_keeps_the_house_s():
    assert hours() == (Span(at("09:00"), at("22:00")),)


def test_a_room_s_own_hours_narrow_the_house_s():
    assert hours(WORKSHOP) == (Span(at("10:00"), at("20:00")),)


def test_a_day_that_differs_for_the_house_differs_for_every_room():
    assert hours(WORKSHOP, other("hub", ("09:00", "14:00"))) == (Span(at("10:00"), at("14:00")),)
    assert hours(WORKSHOP, other("hub")) == ()


def test_a_day_that_differs_for_a_room_differs_for_no_other():
    shut = other("workshop")
    assert hours(WORKSHOP, shut) == ()
    assert hours(WILLOW, shut) == (Span(at("09:00"), at("22:00")),)


def test_a_room_may_open_longer_than_usual_on_a_day_but_not_longer_than_the_house():
    assert hours(WORKSHOP, other("workshop", ("08:00", "21:00"))) == (
        Span(at("09:00"), at("21:00")),
    )


def test_a_withdrawn_closed_day_is_a_day_like_any_other():
    undone = other("hub", withdrawn={"by": "ana", "at": at("08:00")})
    assert hours(WILLOW, undone) == (Span(at("09:00"), at("22:00")),)
    assert closed_by_day([ClosedDay(id="no date")]) == {}


def test_a_closed_day_is_one_of_the_house_or_of_the_room():
    closed = closed_by_day([other("workshop"), other("hub", day=date(2026, 12, 25))])
    assert is_closed_day(WORKSHOP, TODAY, closed)
    assert is_closed_day(WILLOW, date(2026, 12, 25), closed)
    assert not is_closed_day(WILLOW, TODAY, closed)


def test_hours_that_pass_midnight_end_on_the_next_day():
    assert day_spans((("20:00", "02:00"),), TODAY, MADRID) == (Span(at("20:00"), at("02:00", 1)),)
    assert day_spans((("20:00", "24:00"),), TODAY, MADRID) == (Span(at("20:00"), at("00:00", 1)),)
    assert day_spans((("20:00", "20:00"),), TODAY, MADRID) == (Span(at("20:00"), at("20:00", 1)),)


@pytest.mark.parametrize("broken", [("nine", "22:00"), ("09:00", "25:00"), ("", "")])
def test_hours_that_cannot_be_read_are_no_hours(broken):
    assert day_spans((broken, ("10:00", "12:00")), TODAY, MADRID) == (
        Span(at("10:00"), at("12:00")),
    )


def test_an_hour_that_the_clock_skips_is_no_hour_of_opening():
    spring = date(2026, 3, 29)
    assert day_spans((("02:30", "03:30"),), spring, MADRID) == ()


def test_two_days_that_touch_at_midnight_are_one_opening():
    always = HUB.open | dict.fromkeys(HUB.open, (("00:00", "24:00"),))
    hub = type(HUB)(open=always)
    around = open_around(hub, WILLOW, TODAY, {}, MADRID)
    assert around == (Span(at("00:00", -1), at("00:00", 2)),)


def test_a_weekday_without_hours_is_a_day_off():
    assert hub_hours(type(HUB)(open={}), TODAY, {}, MADRID) == ()


def test_spans_are_joined_where_they_overlap_or_touch():
    ten, eleven, later = (
        Span(at("10:00"), at("11:30")),
        Span(at("11:00"), at("11:10")),
        Span(at("12:00"), at("13:00")),
    )
    assert joined([later, ten, eleven]) == (ten, later)


def test_a_room_that_opens_only_while_the_house_is_shut_is_shut():
    assert hours(Room(id="night", open={"mon": (("02:00", "04:00"),)})) == ()
    assert hours(Room(id="night", open={"mon": (("22:00", "23:00"),)})) == ()
