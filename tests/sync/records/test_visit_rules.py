"""When a visit ends, which visits are one stay: pure values, the same on every node."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sync.records.closed_day import ClosedDay
from sync.records.hub import WEEKDAYS
from sync.records.visit import Visit
from sync.records.visit_rules import (
    End,
    assumed_end,
    closing_for,
    end_of,
    families,
    heads,
    heads_here,
    is_here,
    later,
    local_day,
)
from tests.sync.records.visits import MADRID, TODAY, at, came, house


@pytest.mark.acceptance(21)
@pytest.mark.parametrize(
    ("how", "clock", "ends"),
    [
        ("card", "10:00", "18:00"),
        ("tile", "10:00", "18:00"),
        ("visitor", "10:00", "14:00"),
        ("group", "10:00", "14:00"),
        ("count", "10:00", "13:00"),
        ("card", "14:00", "22:00"),
        ("card", "14:01", "22:00"),
        ("count", "21:00", "22:00"),
        ("card", "21:59", "22:00"),
        ("card", "22:00", "23:00"),
        ("count", "22:30", "23:30"),
        ("visitor", "08:30", "12:30"),
    ],
)
def test_a_visit_ends_at_closing_or_after_its_hours_whichever_is_first(how, clock, ends):
    assert assumed_end(came(clock, how=how), house()) == at(ends)


@pytest.mark.acceptance(21)
def test_the_hubs_own_hours_for_a_sort_of_visit_count():
    kept = house(stay_hours={"member": 2, "visitor": 1, "group": 1, "count": 1})
    assert assumed_end(came("10:00"), kept) == at("12:00")


@pytest.mark.parametrize(("hours", "days"), [(-5, 0), (0, 0), (24, 1), (10_000, 366)])
def test_nonsense_hours_are_none_at_all_or_a_year(hours, days):
    kept = {"member": hours, "visitor": 4, "group": 4, "count": 3}
    assert assumed_end(came("10:00"), house({}, stay_hours=kept)) == at("10:00") + timedelta(days)
    assert at("10:00") <= assumed_end(came("10:00"), house(stay_hours=kept)) <= at("22:00")


def test_on_a_day_without_hours_only_the_length_counts():
    assert assumed_end(came("10:00"), house({})) == at("18:00")
    shut = ClosedDay(id="c", date=TODAY)
    assert assumed_end(came("15:00"), house(None, shut)) == at("23:00")


@pytest.mark.acceptance(21)
def test_a_day_that_shuts_early_ends_visits_early():
    early = ClosedDay(id="c", date=TODAY, open=(("09:00", "14:00"),))
    assert assumed_end(came("10:00"), house(None, early)) == at("14:00")


def test_an_evening_that_passes_midnight_is_not_over_at_midnight():
    late = house(dict.fromkeys(WEEKDAYS, (("16:00", "02:00"),)))
    assert closing_for(at("00:30"), late) == at("02:00")
    assert closing_for(at("02:00"), late) == at("02:00", date(2026, 11, 24))


def test_with_hours_in_two_parts_the_day_ends_with_the_last():
    parts = house(dict.fromkeys(WEEKDAYS, (("09:00", "14:00"), ("16:00", "20:00"))))
    assert assumed_end(came("12:30"), parts) == at("20:00")


@pytest.mark.acceptance(21)
@pytest.mark.parametrize(
    ("day", "clock", "hours"),
    [
        (date(2026, 3, 29), "00:30", 8),  # spring forward: 02:00 becomes 03:00
        (date(2026, 10, 25), "00:30", 8),  # autumn back: 02:00 to 03:00 twice
        (date(2028, 2, 29), "10:00", 8),
        (date(2026, 1, 31), "10:00", 8),
    ],
)
def test_eight_hours_are_eight_hours_across_clock_changes_and_month_ends(day, clock, hours):
    found = assumed_end(came(clock, day=day), house({}))
    assert found - at(clock, day) == timedelta(hours=hours)


@pytest.mark.parametrize(("day", "shuts"), [(date(2026, 3, 29), 20), (date(2026, 10, 25), 21)])
def test_closing_time_is_local_on_the_days_the_clock_changes(day, shuts):
    assert assumed_end(came("20:00", day=day), house()).hour == shuts


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_visits_at_the_ends_of_the_calendar_end(year):
    odd = Visit(id="v", came_at=datetime(year, 12, 31, 23, 59, tzinfo=UTC))
    assert end_of(odd, (), house()).at >= odd.came_at
    first = Visit(id="v", came_at=datetime(year, 1, 1, tzinfo=UTC))
    assert end_of(first, (), house()).at >= first.came_at
    assert local_day(datetime(9999, 12, 31, 23, 59, tzinfo=UTC), MADRID) == date(9999, 12, 31)


def test_a_visit_without_a_beginning_has_no_end_and_nobody_is_here_by_it():
    odd = Visit(id="v")
    assert assumed_end(odd, house()) is None
    assert end_of(odd, (), house()) is None
    assert not is_here(odd, None, at("10:00"))
    assert not is_here(odd, End(at("12:00"), is_assumed=True), at("10:00"))
    assert not is_here(came("10:00"), None, at("10:00"))
    assert families([odd]) == []


@pytest.mark.acceptance(22)
def test_a_real_end_wins_though_it_is_later():
    one = came("17:10", assumed_at=at("20:00"), left_at=at("20:20"))
    assert end_of(one, (one,), house()).at == at("20:20")


def test_a_written_assumption_holds_when_opening_hours_change():
    one = came("10:00", assumed_at=at("17:00"))
    assert end_of(one, (one,), house()).at == at("17:00")


@pytest.mark.parametrize("field", ["left_at", "assumed_at"])
def test_a_visit_does_not_end_before_it_began(field):
    one = came("10:00", **{field: at("09:00")})
    assert end_of(one, (one,), house()).at == at("10:00")


@pytest.mark.acceptance(24)
@pytest.mark.parametrize(
    ("other_left", "ends", "assumed"),
    [
        ("12:00", "12:00", False),
        ("10:00", "10:00", False),
        ("09:59", "18:00", True),
        ("17:59", "17:59", False),
        ("18:00", "18:00", False),
        ("18:01", "18:00", True),
    ],
)
def test_leaving_by_another_visit_ends_this_one(other_left, ends, assumed):
    one, other = came("10:00"), came("08:00", other_left)
    found = end_of(one, (one, other), house())
    assert (found.at, found.is_assumed) == (at(ends), assumed)


@pytest.mark.acceptance(24)
def test_of_two_leavings_the_first_after_coming_ends_a_visit():
    one, others = came("10:00"), (came("08:00", "12:00"), came("09:00", "11:00"))
    assert end_of(one, (one, *others), house()).at == at("11:00")


def test_a_mistaken_visit_ends_no_other():
    one, other = came("10:00"), came("09:00", "12:00", mistake=1)
    assert end_of(one, (one, other), house()).is_assumed


def test_by_a_mistaken_visit_nobody_is_here():
    one = came("10:00", mistake=1)
    assert not is_here(one, end_of(one, (), house()), at("11:00"))


@pytest.mark.parametrize(
    ("now", "here"), [("09:59", True), ("17:59", True), ("18:00", False), ("09:01", True)]
)
def test_somebody_is_here_until_the_end(now, here):
    one = came("10:00")
    assert is_here(one, end_of(one, (), house()), at(now)) is here


def test_a_visit_dated_far_ahead_by_a_wrong_clock_puts_nobody_here():
    one = came("12:00")
    assert not is_here(one, end_of(one, (), house()), at("10:59"))
    assert is_here(one, end_of(one, (), house()), at("11:00"))


def test_who_said_that_they_left_is_gone_whatever_the_time_is():
    one = came("10:00", "12:00")
    assert not is_here(one, end_of(one, (), house()), at("11:00"))


@pytest.mark.acceptance(20)
def test_heads_are_those_who_came_and_those_who_stay():
    group = came("10:00", grown_ups=2, children=3, gone=2)
    assert (heads(group), heads_here(group)) == (5, 3)
    assert heads_here(came("10:00", gone=9)) == 0


def test_time_that_would_pass_the_calendar_stays():
    end = datetime(9999, 12, 31, tzinfo=UTC)
    assert later(end, timedelta(days=9)) == end
