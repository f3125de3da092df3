"""The days of an event: what is on, what was cancelled, what has its room for sure."""

from datetime import timedelta

import pytest

from sync.records.base import Withdrawn
from sync.records.booking import Clash
from sync.records.booking_day import BookingDay
from sync.records.event import Event
from sync.records.event_days import event_days
from tests.sync.records.referee import TODAY, a_booking, a_diary, at, local

WEEKLY = "FREQ=WEEKLY;COUNT=3"
NEXT = TODAY + timedelta(days=7)


def soup(**more):
    return Event(id="soup", starts=local("18:00"), minutes=60, rule=WEEKLY, **more)


def of(event, *bookings, days=()):
    found = event_days(a_diary(*bookings, days=days), event)
    return [(one.day == NEXT, one.cancelled, one.pencilled) for one in found]


def test_an_event_is_on_on_each_day_of_its_rule():
    assert of(soup()) == [(False, False, False), (True, False, False), (False, False, False)]


def test_an_event_that_was_withdrawn_or_has_no_time_yet_is_on_on_no_day():
    assert of(soup(withdrawn=Withdrawn(by="x", at=at("10:00")))) == []
    assert of(Event(id="soup", rule=WEEKLY)) == []


@pytest.mark.parametrize("booking", ["", "hall"])
def test_a_day_that_was_cancelled_is_that_of_its_booking_or_its_own(booking):
    day = BookingDay(booking=booking or "soup", date=NEXT, cancelled=1)
    assert [one[1] for one in of(soup(booking=booking), days=[day])] == [False, True, False]
    kept = BookingDay(booking=booking or "soup", date=NEXT, used=1)
    assert not any(one[1] for one in of(soup(booking=booking), days=[kept]))


def test_an_event_that_was_cancelled_is_so_on_all_its_days():
    assert [one[1] for one in of(soup(cancelled=1))] == [True, True, True]


@pytest.mark.parametrize(("confirmed", "pencilled"), [(0, True), (1, False)])
def test_an_event_without_a_sure_room_says_so(confirmed, pencilled):
    hall = a_booking("hall", rule=WEEKLY, confirmed=confirmed)
    assert [one[2] for one in of(soup(booking="hall"), hall)] == [pencilled] * 3


def test_a_day_on_which_the_room_was_refused_has_no_sure_room():
    hall = a_booking("hall", rule=WEEKLY, confirmed=1, clash=(Clash(date=NEXT, with_="x"),))
    assert [one[2] for one in of(soup(booking="hall"), hall)] == [False, True, False]
