"""When a notice runs, in which order notices hang, whose turn it is at the top."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.base import Withdrawn
from sync.records.notice import Notice
from sync.records.notice_rules import at_the_top, in_order, runs, runs_on, turn_s

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def notice(**fields) -> Notice:
    return Notice(**({"id": "n", "first_day": MONDAY, "last_day": date(2026, 12, 6)} | fields))


def on(day: date, clock: str = "12:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}")


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (MONDAY, True),
        (date(2026, 12, 6), True),
        (date(2026, 11, 22), False),
        (date(2026, 12, 7), False),
    ],
)
def test_a_notice_runs_from_its_first_day_to_its_last(day, there):
    assert runs(notice(), on(day)) is there


@pytest.mark.parametrize("fields", [{"first_day": None}, {"last_day": None}])
def test_a_notice_without_days_does_not_run(fields):
    assert not runs(notice(**fields), on(MONDAY))


def test_a_withdrawn_notice_does_not_run():
    gone = Withdrawn(by="p", at=datetime(2026, 11, 23, tzinfo=UTC))
    assert not runs(notice(withdrawn=gone), on(MONDAY))


def test_a_notice_for_fridays_runs_on_fridays():
    assert runs(notice(weekdays=("fri",)), on(FRIDAY))
    assert not runs(notice(weekdays=("fri",)), on(MONDAY))


@pytest.mark.parametrize(
    ("clock", "there"), [("08:29", False), ("08:30", True), ("09:59", True), ("10:00", False)]
)
def test_a_notice_with_hours_runs_in_them(clock, there):
    assert runs(notice(from_="08:30", to="10:00"), on(MONDAY, clock)) is there


def test_a_notice_from_eight_to_eight_runs_all_round():
    assert runs(notice(from_="08:00", to="08:00"), on(MONDAY, "08:00"))
    assert runs(notice(from_="08:00", to="08:00"), on(FRIDAY, "07:59"))
    assert not runs(notice(from_="08:00", to="08:00"), on(MONDAY, "07:59"))


def test_whether_a_notice_runs_on_a_day_does_not_ask_for_the_hour():
    late = notice(weekdays=("fri",), from_="22:00", to="23:00")
    assert runs_on(late, FRIDAY)
    assert not runs_on(late, MONDAY)
    gone = Withdrawn(by="p", at=datetime(2026, 11, 23, tzinfo=UTC))
    for fields in ({"first_day": None}, {"last_day": None}, {"withdrawn": gone}):
        assert not runs_on(notice(**fields), FRIDAY)


@pytest.mark.acceptance(44)
@pytest.mark.parametrize(
    ("days_on", "clock", "there"),
    [
        (0, "01:59", False),
        (0, "21:59", False),
        (0, "22:00", True),
        (1, "01:59", True),
        (1, "02:00", False),
        (1, "22:00", False),
    ],
)
def test_fridays_from_ten_to_two_run_into_saturday(days_on, clock, there):
    late = notice(weekdays=("fri",), from_="22:00", to="02:00")
    assert runs(late, on(FRIDAY + timedelta(days=days_on), clock)) is there


@pytest.mark.acceptance(44)
def test_the_night_after_the_last_day_still_belongs_to_it():
    late = notice(last_day=MONDAY, from_="22:00", to="02:00")
    assert runs(late, on(date(2026, 11, 24), "01:00"))
    assert not runs(late, on(MONDAY, "01:00"))


@pytest.mark.parametrize(("from_", "to"), [("", "24:00"), ("x", "y"), ("", "")])
def test_hours_that_cannot_be_read_are_all_day(from_, to):
    assert runs(notice(from_=from_, to=to), on(MONDAY, "23:59"))


def test_only_a_beginning_or_only_an_end_will_do():
    assert runs(notice(from_="16:00"), on(MONDAY, "23:59"))
    assert not runs(notice(from_="16:00"), on(MONDAY, "15:59"))
    assert not runs(notice(to="16:00"), on(MONDAY, "16:00"))


def test_the_first_day_of_the_calendar_has_no_night_before():
    first = notice(first_day=date.min, from_="22:00", to="02:00")
    assert not runs(first, on(date.min, "01:00"))


HANGING = (
    notice(id="a", kind="urgent"),
    notice(id="z", kind="urgent", pin=2, first_day=date(2026, 11, 20)),
    notice(id="b", kind="lost_found", pin=2),
    notice(id="c", kind="offer", pin=1),
    notice(id="d", kind="decision"),
    notice(id="e", kind="news"),
    notice(id="f", kind="need"),
    notice(id="k", kind="offer", first_day=date(2026, 11, 24)),
    notice(id="h", kind="offer"),
    notice(id="i", kind="offer"),
    notice(id="j", kind="lost_found", first_day=None),
)


@pytest.mark.acceptance(45)
@given(st.integers(0, 2**32))
def test_the_board_is_in_one_order_everywhere(seed):
    mixed = list(HANGING)
    Random(seed).shuffle(mixed)
    assert "".join(one.id for one in in_order(mixed)) == "zabcdefkhij"


def urgent(count: int) -> list[Notice]:
    return [notice(id=f"u{n}", kind="urgent") for n in range(count)]


def second(n: float) -> datetime:
    return datetime(2026, 11, 23, 10, tzinfo=UTC) + timedelta(seconds=n)


@pytest.mark.acceptance(46)
@pytest.mark.parametrize("count", range(9))
def test_at_most_two_are_at_the_top_and_each_is_seen_within_24_s(count):
    top = [{one.id for one in at_the_top(urgent(count), second(n))} for n in range(72)]
    assert {len(ids) for ids in top} == {min(count, 2)}
    for begins in range(48):
        assert len(set().union(*top[begins : begins + 24])) == count


@pytest.mark.parametrize(("count", "seconds"), [(1, 12), (3, 12), (4, 12), (5, 8), (6, 8), (7, 6)])
def test_of_more_than_four_each_turn_is_a_whole_part_of_24_s(count, seconds):
    assert turn_s(count) == seconds


@pytest.mark.acceptance(46)
def test_they_take_turns_every_twelve_seconds():
    top = [tuple(one.id for one in at_the_top(urgent(3), second(n))) for n in range(36)]
    assert len(set(top)) == 3
    assert all(two in {("u0", "u1"), ("u2", "u0"), ("u1", "u2")} for two in top)
    assert all(len(set(top[n : n + 12])) == 1 for n in (0, 12, 24))
