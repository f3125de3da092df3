"""What is free in a house that is open past midnight."""

import pytest

from sync.records.booking_free import free_spans, next_open, other_times
from sync.records.booking_time import Span
from sync.records.closed_day import ClosedDay
from sync.records.hub import WEEKDAYS, Hub
from tests.sync.records.referee import GARDEN, MADRID, a_booking, a_diary, at, local

NOW = at("10:42")
LATE = Hub(open=dict.fromkeys(WEEKDAYS, (("18:00", "02:00"),)))


def clocks(spans):
    return [tuple(f"{t.astimezone(MADRID):%H:%M}" for t in (s.start, s.end)) for s in spans]


@pytest.mark.parametrize(
    ("now", "free"),
    [
        (at("23:30"), [("23:30", "02:00")]),
        (at("00:30", 1), [("00:30", "02:00"), ("18:00", "02:00")]),
        (at("02:00", 1), [("18:00", "02:00")]),
    ],
)
@pytest.mark.parametrize("hours", [(("18:00", "02:00"),), (("18:00", "24:00"), ("00:00", "02:00"))])
def test_an_evening_that_passes_midnight_is_free_to_its_end_on_the_new_day_too(now, free, hours):
    diary = a_diary(hub=Hub(open=dict.fromkeys(WEEKDAYS, hours)))
    today = now.astimezone(MADRID).date()
    assert clocks(free_spans(diary, GARDEN, today, now)) == free


def test_what_is_booked_after_midnight_takes_from_the_end_of_the_evening():
    diary = a_diary(a_booking("a", "01:00", 30, on=1, room="garden"), hub=LATE)
    assert clocks(free_spans(diary, GARDEN, local("00:00", 1).date(), at("00:10", 1))) == [
        ("00:10", "01:00"),
        ("01:30", "02:00"),
        ("18:00", "02:00"),
    ]


def test_a_house_that_never_shuts_is_free_from_midnight_to_midnight():
    always = Hub(open=dict.fromkeys(WEEKDAYS, (("00:00", "24:00"),)))
    spans = free_spans(a_diary(hub=always), GARDEN, local("00:00", 1).date(), NOW)
    assert spans == (Span(at("00:00", 1), at("00:00", 2)),)


def test_on_a_closed_day_only_the_evening_before_goes_on():
    shut = ClosedDay(id="x", date=local("00:00", 1).date())
    spans = free_spans(a_diary(hub=LATE, closed=[shut]), GARDEN, shut.date, NOW)
    assert spans == (Span(at("00:00", 1), at("02:00", 1)),)


@pytest.mark.acceptance(34)
def test_after_midnight_times_of_the_same_evening_are_offered():
    wanted = a_booking("ana", "00:30", 30, on=1)
    diary = a_diary(wanted, a_booking("luis", "00:30", 30, on=1, confirmed=1), hub=LATE)
    assert clocks(free.span for free in other_times(diary, wanted, at("23:00"))) == [
        ("01:15", "01:45")
    ]
    assert next_open(diary, GARDEN, at("00:31", 1), 60) == Span(at("00:35", 1), at("01:35", 1))
