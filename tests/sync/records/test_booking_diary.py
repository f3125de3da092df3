"""Who has which room when: what is taken, what was given up, and what is in whose way."""

import msgspec
import pytest

from sync.records.booking import Clash
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import (
    CLASHING,
    CONFIRMED,
    PENCILLED,
    confirmed,
    is_being_moved,
    kept_days,
    taken,
)
from sync.records.booking_time import Span
from tests.sync.records.referee import TODAY, WILLOW, a_booking, a_diary, at, local

MONDAYS = {"starts": "10:00", "rule": "FREQ=WEEKLY;COUNT=4"}


def a_day(name, on=0, **fields):
    return BookingDay(id=f"{name} {on}", booking=name, date=local("00:00", on).date(), **fields)


def kept(booking, *days, others=()):
    diary = a_diary(booking, *others, days=days)
    return [(day.isoformat(), span) for day, span, _whole in kept_days(diary, booking)]


def states(*bookings, **diary):
    return {one.booking.id: one.state for one in taken(a_diary(*bookings, **diary), "willow")}


@pytest.mark.parametrize(
    ("move", "days", "clock", "stands"),
    [
        ({}, (), "18:59", True),
        ({}, (), "19:00", False),
        ({}, (a_day("new", cancelled=1),), "10:00", False),
        ({"cancelled": 1}, (), "10:00", False),
        ({"clash_now": (Clash(TODAY, "luis"),)}, (), "10:00", True),
    ],
)
def test_a_move_stands_until_it_is_given_up_or_over(move, days, clock, stands):
    old, new = a_booking("ana", on=3), a_booking("new", moves="ana", **move)
    assert is_being_moved(a_diary(old, new, days=days), old, at(clock)) == stands
    assert not is_being_moved(a_diary(old, new, days=days), new, at(clock))


@pytest.mark.acceptance(30)
def test_an_exception_takes_out_one_date_and_count_is_not_made_up_for_it():
    found = kept(a_booking("choir", **MONDAYS), a_day("choir", 7, cancelled=1))
    assert [day for day, _span in found] == ["2026-11-23", "2026-12-07", "2026-12-14"]


def test_minutes_given_back_are_free():
    assert kept(a_booking("choir"), a_day("choir", given_back_min=20)) == [
        ("2026-11-23", Span(at("18:00"), at("18:40")))
    ]


@pytest.mark.parametrize("fields", [{"given_back_min": 60}, {"released": 1}, {"cancelled": 1}])
def test_a_day_that_was_given_up_takes_nothing(fields):
    assert kept(a_booking("choir"), a_day("choir", **fields)) == []


def test_a_negative_number_of_minutes_gives_nothing_back():
    assert kept(a_booking("choir"), a_day("choir", given_back_min=-20)) == [
        ("2026-11-23", Span(at("18:00"), at("19:00")))
    ]


def test_a_cancelled_series_keeps_the_days_before_it_was():
    ended = a_booking("choir", **MONDAYS, cancelled=1, cancelled_on=local("00:00", 7).date())
    assert [day for day, _span in kept(ended)] == ["2026-11-23"]


def test_a_booking_cancelled_without_a_day_is_gone_as_a_whole():
    assert kept(a_booking("choir", **MONDAYS, cancelled=1)) == []


def test_withdrawing_a_booking_frees_nothing_for_it_can_be_restored():
    hidden = a_booking("choir", withdrawn={"by": "ana", "at": at("08:00")})
    assert len(kept(hidden)) == 1


@pytest.mark.parametrize("fields", [{"starts": None}, {"minutes": 0}, {"minutes": -5}])
def test_a_booking_without_time_takes_none(fields):
    assert kept(msgspec.structs.replace(a_booking("choir"), **fields)) == []


def test_a_moved_booking_is_gone_once_the_move_is_confirmed():
    old, new = a_booking("old", confirmed=1), a_booking("new", room="quiet", moves="old")
    confirmed = a_booking("new", room="quiet", moves="old", confirmed=1, made_at=at("10:00"))
    assert len(kept(old, others=[new])) == 1
    assert kept(old, others=[confirmed]) == []


def test_what_was_over_before_a_move_stays_as_it_was():
    old = a_booking("old", **MONDAYS, confirmed=1)
    moved = a_booking("new", "12:00", on=8, moves="old", confirmed=1, made_at=at("09:00", 5))
    assert [day for day, _span in kept(old, others=[moved])] == ["2026-11-23"]


@pytest.mark.parametrize(("asked", "stands"), [("18:59", 0), ("19:00", 1)])
def test_what_is_over_as_the_move_is_asked_for_stays(asked, stands):
    mover = a_booking("late", "20:00", confirmed=1, moves="ana", made_at=at(asked))
    assert len(kept(a_booking("ana", confirmed=1), others=[mover])) == stands


def test_a_minute_is_time_enough():
    assert len(kept(a_booking("choir", minutes=1))) == 1


def test_a_move_from_a_clock_years_ahead_leaves_no_two_in_one_place():
    old = a_booking("old", confirmed=1)
    moved = a_booking("new", "18:30", moves="old", confirmed=1, made_at=at("10:00", 900))
    assert kept(old, others=[moved]) == []


def test_of_two_confirmed_moves_the_one_that_arrived_first_counts():
    old = a_booking("old", confirmed=1)
    one = a_booking("b", room="quiet", moves="old", confirmed=1, arrived=2)
    two = a_booking("a", room="garden", moves="old", confirmed=1, arrived=3)
    assert a_diary(old, two, one).movers["old"] is one


def test_a_booking_is_pencilled_in_until_the_server_says_yes():
    assert states(a_booking("ana")) == {"ana": PENCILLED}
    assert states(a_booking("ana", confirmed=1)) == {"ana": CONFIRMED}


def test_a_pencilled_booking_in_the_way_of_a_confirmed_one_is_shown_as_clashing():
    found = states(a_booking("ana"), a_booking("luis", "19:10", confirmed=1))
    assert found == {"ana": CLASHING, "luis": CONFIRMED}


def test_a_day_that_the_server_refused_is_clashing_even_when_the_other_is_gone():
    refused = a_booking("ana", clash_now=(Clash(date=TODAY, with_="luis"),))
    assert states(refused) == {"ana": CLASHING}


def test_a_day_of_a_series_got_later_is_confirmed():
    missing = a_booking("ana", confirmed=1, clash=(Clash(date=TODAY, with_="luis"),))
    assert states(missing) == {"ana": CLASHING}
    assert states(missing, days=[a_day("ana", confirmed=1)]) == {"ana": CONFIRMED}


def test_what_is_promised_is_told_with_its_whole_time():
    choir = a_booking("choir", confirmed=1)
    found = list(confirmed(a_diary(choir, days=[a_day("choir", given_back_min=20)]), "willow"))
    whole = Span(at("18:00"), at("19:00"))
    assert [(one.state, one.whole, one.span.end) for one in found] == [
        (CONFIRMED, whole, at("18:40"))
    ]


def test_a_day_that_a_series_did_not_get_is_in_nobodys_way():
    series = a_booking("choir", confirmed=1, clash=(Clash(date=TODAY, with_="x"),))
    assert states(series, a_booking("ana")) == {"choir": CLASHING, "ana": PENCILLED}


def test_what_stands_within_the_buffer_before_a_window_is_in_the_way_of_what_is_in_it():
    diary = a_diary(a_booking("luis", confirmed=1), a_booking("ana", "19:10"))
    found = taken(diary, "willow", Span(at("19:10"), at("20:10")))
    assert [(one.booking.id, one.state) for one in found] == [("ana", CLASHING)]


def test_only_what_overlaps_the_asked_window_is_given():
    diary = a_diary(a_booking("ana"), a_booking("luis", "20:00"))
    found = taken(diary, "willow", Span(at("17:00"), at("18:30")))
    assert [one.booking.id for one in found] == ["ana"]


def test_a_chain_of_extensions_is_one_family():
    chain = [a_booking("a"), a_booking("b", extends="a"), a_booking("c", extends="b")]
    assert {a_diary(*chain).family(one) for one in chain} == {"a"}


def test_a_chain_whose_beginning_never_arrived_is_one_family():
    second, third = a_booking("2", extends="1"), a_booking("3", extends="2")
    diary = a_diary(second, third)
    assert {diary.family(one) for one in (second, third)} == {"1"}


def test_an_extension_of_what_never_arrived_belongs_to_that():
    assert a_diary().family(a_booking("b", extends="a")) == "a"


def test_a_ring_of_extensions_is_one_family_and_ends():
    ring = [a_booking("a", extends="c"), a_booking("b", extends="a"), a_booking("c", extends="b")]
    assert {a_diary(*ring).family(one) for one in ring} == {"a"}


def test_a_buffer_is_never_less_than_nothing_nor_more_than_a_day():
    strange = [type(WILLOW)(id="a", buffer_min=-5), type(WILLOW)(id="b", buffer_min=10**9)]
    diary = a_diary(rooms=strange)
    assert diary.buffer("a").total_seconds() == 0
    assert diary.buffer("b").days == 1
    assert diary.buffer("nowhere").total_seconds() == 0


def test_a_day_without_a_date_is_no_day_of_anything():
    assert a_diary(days=[BookingDay(id="x", booking="ana", cancelled=1)]).days == {}
