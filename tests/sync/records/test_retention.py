"""From which day on a record's days are counted: the hub's own, the last of a series."""

from datetime import timedelta

import pytest

from sync.records.day_count import DayCount
from sync.records.hub import Settings
from sync.records.old_text import OldText
from sync.records.retention import day_of, is_over
from sync.records.visit import Visit
from tests.sync.records.referee import MADRID, TODAY, a_booking, at


@pytest.mark.parametrize(
    ("record", "field", "days_on"),
    [
        (Visit(came_at=at("00:30")), "came_at", 0),
        (Visit(came_at=at("23:30")), "came_at", 0),
        (DayCount(date=TODAY), "date", 0),
        (a_booking("choir"), "starts", 0),
        (a_booking("choir", rule="FREQ=WEEKLY;COUNT=3"), "starts", 14),
        (a_booking("choir", rule="FREQ=DAILY;COUNT=0"), "starts", 0),
        (a_booking("choir", rule="FREQ=DAILY;UNTIL=20200101"), "starts", 0),
        (a_booking("night", "00:30", rule="FREQ=DAILY;UNTIL=20261125T233000Z"), "starts", 3),
    ],
)
def test_days_are_counted_by_the_hub_s_calendar_from_the_last_of_them(record, field, days_on):
    assert day_of(record, field, MADRID) == TODAY + timedelta(days=days_on)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (Visit(), "came_at"),
        (Visit(reason="lunch"), "reason"),
        (Visit(), "of_a_later_version"),
    ],
)
def test_what_holds_no_day_has_none(record, field):
    assert day_of(record, field, MADRID) is None


@pytest.mark.parametrize("made", ["00:30", "23:30"])
def test_an_old_text_is_over_on_its_fifteenth_day_by_the_hub_s_calendar(made):
    old = OldText(made_at=at(made))
    over = [is_over(old, TODAY + timedelta(days=n), Settings(), MADRID) for n in (13, 14)]
    assert over == [False, True]
