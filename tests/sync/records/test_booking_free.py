"""What is offered instead is truly free."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.booking_diary import taken
from sync.records.booking_free import (
    Free,
    at_time,
    fits,
    free_spans,
    in_the_way,
    is_free,
    known,
    next_open,
    next_step,
    other_rooms,
    other_times,
)
from sync.records.booking_time import Span
from sync.records.closed_day import ClosedDay
from sync.records.room import Room
from tests.sync.records.referee import (
    GARDEN,
    MADRID,
    QUIET,
    TODAY,
    WILLOW,
    a_booking,
    a_diary,
    at,
    local,
)

NOW = at("10:42")


def clocks(spans):
    zone = a_diary().zone
    return [tuple(f"{t.astimezone(zone):%H:%M}" for t in (s.start, s.end)) for s in spans]


def test_a_room_is_free_from_the_next_five_minutes_to_closing():
    assert clocks(free_spans(a_diary(), WILLOW, TODAY, NOW)) == [("10:45", "22:00")]


def test_free_spans_keep_the_buffer_on_both_sides():
    diary = a_diary(a_booking("a", "16:00", room="quiet"), a_booking("b", "18:00", room="quiet"))
    assert clocks(free_spans(diary, QUIET, TODAY, NOW)) == [
        ("10:45", "15:50"),
        ("17:10", "17:50"),
        ("19:10", "22:00"),
    ]


def test_a_room_that_is_taken_till_closing_has_no_free_end():
    diary = a_diary(a_booking("a", "12:00", 600), a_booking("over", "08:00", 60))
    assert clocks(free_spans(diary, WILLOW, TODAY, NOW)) == [("10:45", "11:45")]


def test_without_a_buffer_bookings_may_touch_each_other_and_closing():
    diary = a_diary(a_booking("a", "12:00", 600, room="garden"))
    assert clocks(free_spans(diary, GARDEN, TODAY, NOW)) == [("10:45", "12:00")]


def test_what_is_known_near_a_time_is_what_reaches_into_it():
    diary = a_diary(a_booking("a", "12:00"), a_booking("b", "18:00"))
    near = Span(at("18:30"), at("19:00"))
    assert [one.booking.id for one in known(diary, "willow", near)] == ["b"]


def test_a_retired_room_and_a_closed_day_have_nothing_free():
    gone = Room(id="willow", retired_from=TODAY)
    shut = ClosedDay(id="x", date=TODAY)
    assert free_spans(a_diary(), gone, TODAY, NOW) == ()
    assert free_spans(a_diary(closed=[shut]), WILLOW, TODAY, NOW) == ()


def test_a_clashing_booking_takes_nothing_from_the_others():
    standing, other = a_booking("luis", confirmed=1), a_booking("ana", "17:00", 90)
    diary = a_diary(standing, other)
    assert clocks(free_spans(diary, WILLOW, TODAY, at("16:00"))) == [
        ("16:00", "17:45"),
        ("19:15", "22:00"),
    ]


@pytest.mark.acceptance(34)
def test_a_clashing_booking_is_offered_a_free_room_and_a_free_time():
    wanted = a_booking("ana")
    diary = a_diary(wanted, a_booking("luis", confirmed=1))
    assert other_rooms(diary, wanted, NOW)[0] == Free("quiet", Span(at("18:00"), at("19:00")))
    assert clocks(free.span for free in other_times(diary, wanted, NOW)) == [
        ("19:15", "20:15"),
        ("16:45", "17:45"),
    ]


@pytest.mark.acceptance(34)
def test_a_series_is_offered_only_what_is_free_on_all_its_days():
    wanted = a_booking("ana", rule="FREQ=WEEKLY;COUNT=3")
    diary = a_diary(
        a_booking("luis", confirmed=1),
        a_booking("eva", on=14, room="quiet"),
        a_booking("tom", "19:30", on=7),
    )
    assert [free.room for free in other_rooms(diary, wanted, NOW)] == ["garden"]
    assert clocks(free.span for free in other_times(diary, wanted, NOW)) == [("16:45", "17:45")]


def test_the_times_offered_are_the_nearest_and_each_is_of_the_wanted_room():
    there = [
        a_booking(n, s, confirmed=1) for n, s in (("a", "12:00"), ("b", "15:00"), ("c", "18:02"))
    ]
    diary, wanted = a_diary(*there), a_booking("ana")
    before, after = Span(at("16:45"), at("17:45")), Span(at("19:20"), at("20:20"))
    assert other_times(diary, wanted, NOW) == (Free("willow", after), Free("willow", before))


def test_a_time_that_is_exactly_long_enough_is_offered_though_the_one_before_is_too_short():
    there = [
        a_booking(n, s, confirmed=1) for n, s in (("a", "11:05"), ("b", "12:20"), ("c", "18:00"))
    ]
    diary, wanted = a_diary(*there, a_booking("d", "19:15", 60)), a_booking("ana", minutes=250)
    assert clocks(f.span for f in other_times(diary, wanted, NOW)) == [("13:35", "17:45")]


def test_the_wanted_time_is_no_other_time():
    assert other_times(a_diary(), a_booking("ana"), NOW) == ()


def test_a_time_that_the_clock_shows_twice_is_booked_as_the_first():
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert at_time(a_diary(), a_booking("ana"), twice).starts == datetime(2026, 10, 25, 2, 30)


def test_no_other_time_is_offered_in_the_past_or_after_closing():
    diary = a_diary(a_booking("luis", "20:00", 60, confirmed=1))
    assert other_times(diary, a_booking("ana", "20:00", 120), at("19:30")) == ()


def test_a_room_that_is_too_small_or_not_for_all_is_not_offered():
    closed_to_most = Room(id="office", bookable="vol", capacity=20)
    diary = a_diary(rooms=(WILLOW, QUIET, GARDEN, closed_to_most))
    assert [f.room for f in other_rooms(diary, a_booking("ana", heads=10), NOW)] == ["garden"]


def test_no_more_rooms_are_offered_than_asked_for():
    assert len(other_rooms(a_diary(), a_booking("ana"), NOW, most=1)) == 1
    many = [Room(id=f"r{n}") for n in range(9)]
    assert len(other_rooms(a_diary(rooms=many), a_booking("ana"), NOW)) == 3


def test_rooms_of_the_nearest_size_are_offered_first():
    free = other_rooms(a_diary(), a_booking("ana", room="garden"), NOW)
    assert [one.room for one in free] == ["willow", "quiet"]


def test_a_booking_of_a_room_that_is_not_known_is_offered_all_others():
    free = other_rooms(a_diary(), a_booking("ana", room="gone"), NOW)
    assert [one.room for one in free] == ["quiet", "willow", "garden"]


@pytest.mark.parametrize("booking", [a_booking("ana", minutes=0), a_booking("ana", room="gone")])
def test_nothing_is_offered_in_place_of_what_cannot_be(booking):
    assert other_times(a_diary(), booking, NOW) == ()
    assert not is_free(a_diary(), booking, NOW)


def test_a_booking_of_no_time_has_no_other_room():
    assert other_rooms(a_diary(), a_booking("ana", minutes=0), NOW) == ()


def test_a_room_is_not_free_outside_its_hours_or_before_now():
    assert not is_free(a_diary(), a_booking("ana", "21:30"), NOW)
    assert not is_free(a_diary(), a_booking("ana", "10:00"), NOW)
    assert is_free(a_diary(), a_booking("ana"), NOW)
    assert is_free(a_diary(), a_booking("ana", "10:42"), NOW)


def test_a_room_that_nobody_may_book_is_never_free():
    office = Room(id="willow", bookable="nobody")
    assert not is_free(a_diary(rooms=[office]), a_booking("ana"), NOW)


def test_days_of_a_series_that_are_not_wanted_are_in_nobody_s_way():
    series, there = a_booking("ana", rule="FREQ=WEEKLY;COUNT=2"), a_booking("luis", on=7)
    diary, but = a_diary(there), [local("18:00", 7).date()]
    assert not is_free(diary, series, NOW)
    assert is_free(diary, series, NOW, but)
    all_day = a_booking("tom", "09:00", 780, on=7)
    busy = a_diary(all_day, a_booking("eva"))
    assert other_times(busy, series, NOW) == ()
    assert clocks(free.span for free in other_times(busy, series, NOW, but)) == [
        ("19:15", "20:15"),
        ("16:45", "17:45"),
    ]


def test_a_retired_room_is_not_free_on_any_later_day():
    gone = a_diary(rooms=(Room(id="willow", retired_from=TODAY),))
    assert not is_free(gone, a_booking("ana"), NOW)


def test_what_is_pencilled_in_is_in_the_way_too():
    there = a_booking("luis")
    found = in_the_way(a_diary(there), a_booking("ana"))
    assert [(day, one.booking.id) for day, one in found] == [(TODAY, "luis")]


def test_the_next_opening_with_room_enough_is_found():
    assert next_open(a_diary(), WILLOW, at("21:30"), 60) == Span(at("09:00", 1), at("10:00", 1))
    assert next_open(a_diary(), WILLOW, at("12:01"), 60) == Span(at("12:05"), at("13:05"))
    last = next_open(a_diary(), WILLOW, at("21:00").astimezone(MADRID), 60)
    assert last == Span(at("21:00"), at("22:00"))
    assert {last.start.tzinfo, last.end.tzinfo} == {UTC}


def test_a_room_that_never_opens_has_no_next_opening():
    never = Room(id="willow", open=dict.fromkeys(("mon",), (("03:00", "04:00"),)))
    shut = [ClosedDay(id=str(n), date=local("00:00", n).date()) for n in range(15)]
    assert next_open(a_diary(closed=shut), never, NOW, 60) is None


def test_a_capacity_of_nothing_is_not_known_and_holds_anybody():
    assert fits(Room(), 500)
    assert not fits(Room(capacity=1), 2)
    assert not fits(QUIET, 9)
    assert fits(QUIET, 8)


@pytest.mark.parametrize(
    ("clock", "step"),
    [("10:40", "10:40"), ("10:40:01", "10:45"), ("10:40:00.000001", "10:45"), ("10:59", "11:00")],
)
def test_a_start_is_the_next_whole_five_minutes(clock, step):
    assert next_step(at(clock)) == at(step)


QUARTERS = st.integers(36, 84)
BOOKED = st.lists(
    st.tuples(QUARTERS, st.sampled_from([15, 60, 120]), st.sampled_from(["willow", "quiet"])),
    max_size=8,
)


def the_booked(booked):
    return [
        a_booking(f"b{n}", f"{q // 4:02}:{q % 4 * 15:02}", minutes, room=room, confirmed=n % 2)
        for n, (q, minutes, room) in enumerate(booked)
    ]


@pytest.mark.acceptance(34)
@given(BOOKED, QUARTERS, st.sampled_from([15, 60, 240]))
def test_whatever_is_offered_is_truly_free(booked, quarter, minutes):
    wanted = a_booking("ana", f"{quarter // 4:02}:{quarter % 4 * 15:02}", minutes)
    diary = a_diary(*the_booked(booked), wanted)
    for free in (*other_times(diary, wanted, NOW), *other_rooms(diary, wanted, NOW)):
        there = (one.booking for one in taken(diary, free.room) if one.state != "clashing")
        moved = at_time(diary, a_booking("ana", minutes=minutes, room=free.room), free.span.start)
        assert not in_the_way(a_diary(*(b for b in there if b.id != "ana")), moved)
        assert NOW <= free.span.start < free.span.end <= at("22:00")


@given(BOOKED)
def test_what_is_shown_as_free_can_be_booked_from_end_to_end(booked):
    diary = a_diary(*the_booked(booked))
    for span in free_spans(diary, WILLOW, TODAY, NOW):
        whole = at_time(diary, a_booking("ana", minutes=span.minutes), span.start)
        assert is_free(diary, whole, NOW)
