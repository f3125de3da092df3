"""Another room or time for a booking, or for one day of a series."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.book import Move, MoveDay, move, move_day
from kiosk.hub.booking_errors import AlreadyMoved, NotYours, Past, RoomTaken
from kiosk.hub.bookings import OnDay
from kiosk.hub.extend import Extend, extend
from kiosk.hub.give_up import cancel_day
from kiosk.store.changes import Changes, Write
from sync.records.booking import Booking, Clash
from sync.records.booking_decide import decide
from sync.records.booking_diary import taken
from tests.kiosk.hub.house import K2, House, at, booking, day, id_of, room

ANA = Actor(level=KNOWN, person=id_of("Ana"))
INES = Actor(level=VOLUNTEER, person=id_of("Inés"))
NOW = at("10:42")


@pytest.fixture
def house(with_rooms):
    return with_rooms.has(room("Quiet", capacity=18, buffer_min=10, order=2))


def on_clock(clock, on=0):
    return datetime.fromisoformat(f"{day(on).isoformat()}T{clock}")


def there(house, name):
    """What a room has: day, from, until, how it stands."""
    local = house.snapshot.local
    return [
        (one.day, f"{local(one.span.start):%H:%M}", f"{local(one.span.end):%H:%M}", one.state)
        for one in taken(house.snapshot.diary, id_of(name))
    ]


def to_quiet(old, clock="18:00", on=3):
    return Move(old.id, id_of("Quiet"), on_clock(clock, on), ANA)


@pytest.mark.parametrize("clash", [(), (Clash(date=day(3), with_=id_of("choir")),)])
def test_a_booking_whose_move_was_given_up_can_be_moved_again(house, clash):
    old = booking("Willow", "18:00", who="Ana", on=3, confirmed=1)
    house.has(old)
    asked = house.do(move, to_quiet(old), NOW)
    house.has(
        booking("Quiet", "18:00", on=3, id=asked.id, who="Ana", moves=old.id, clash_now=clash)
    )
    house.do(cancel_day, OnDay(asked.id, day(3), ANA), NOW)
    assert house.do(move, to_quiet(old, "20:00"), NOW).moves == old.id


def test_a_booking_whose_move_came_to_nothing_in_time_can_be_moved_again(house):
    old = booking("Willow", "18:00", who="Ana", on=3, confirmed=1)
    house.has(old)
    house.do(move, to_quiet(old, on=1), NOW)
    with pytest.raises(AlreadyMoved):
        house.ask(move, to_quiet(old), at("18:59", 1))
    assert house.ask(move, to_quiet(old), at("19:00", 1)).acts


def test_a_move_that_nobody_answered_in_time_takes_nothing_away(house):
    old = booking("Willow", "18:00", who="Ana", on=3, confirmed=1)
    house.has(old)
    late = house.do(move, to_quiet(old, on=1), NOW)
    again = house.do(move, to_quiet(old, on=5), at("19:00", 1))
    the_server_decides(house, late, again, now=at("19:30", 1))
    assert there(house, "Willow") == []
    assert there(house, "Quiet")[-1] == (day(5), "18:00", "19:00", "confirmed")


def test_what_a_confirmed_move_left_behind_is_not_moved_again_when_that_is_given_up(house):
    old = booking("Willow", "18:00", who="Ana", on=3, confirmed=1)
    new = booking("Quiet", "18:00", who="Ana", on=3, confirmed=1, moves=old.id)
    house.has(old, new).do(cancel_day, OnDay(new.id, day(3), ANA), NOW)
    with pytest.raises(Past):
        house.ask(move, to_quiet(old), NOW)


WEEKLY = booking(
    "Willow",
    "18:00",
    who="Ana",
    rule="FREQ=WEEKLY;COUNT=3",
    private=True,
    title={"en": "AA meeting"},
    note="the side door",
    heads=9,
    confirmed=1,
)


def one_day(clock="18:00", on=7, to=7, by=ANA):
    return MoveDay(WEEKLY.id, day(on), id_of("Quiet"), on_clock(clock, to), by)


@pytest.mark.parametrize("by", [ANA, INES])
def test_one_day_of_a_series_moves_with_all_that_was_said_of_it_whoever_taps(house, by):
    made = house.has(WEEKLY).do(move_day, one_day(by=by), NOW)
    for name in ("private", "title", "note", "heads", "person", "for_name", "minutes"):
        assert getattr(made, name) == getattr(WEEKLY, name)
    assert (made.rule, made.moves, made.came_from[0].id) == ("", "", WEEKLY.id)


def test_one_day_that_moves_is_given_up_where_it_was_and_the_others_stay(house):
    house.has(replace(WEEKLY, confirmed=0)).do(move_day, one_day("19:30"), NOW)
    assert [one[0] for one in there(house, "Willow")] == [day(0), day(14)]
    assert there(house, "Quiet") == [(day(7), "19:30", "20:30", "pencilled")]
    house.undo()
    assert [one[0] for one in there(house, "Willow")] == [day(0), day(7), day(14)]
    assert there(house, "Quiet") == []


def test_a_confirmed_day_stands_until_its_holder_gives_it_up(house):
    house.has(WEEKLY).do(move_day, one_day("19:30"), NOW)
    assert [one[0] for one in there(house, "Willow")] == [day(0), day(7), day(14)]
    assert there(house, "Quiet") == [(day(7), "19:30", "20:30", "pencilled")]


def test_one_day_that_cannot_move_is_not_given_up(house):
    house.has(WEEKLY, booking("Quiet", "18:00", on=7))
    with pytest.raises(RoomTaken):
        house.do(move_day, one_day(), NOW)
    assert [one[0] for one in there(house, "Willow")] == [day(0), day(7), day(14)]


def test_only_its_holder_moves_a_day_and_only_before_it_is_over(house):
    house.has(WEEKLY)
    with pytest.raises(NotYours):
        house.ask(move_day, one_day(by=Actor(level=KNOWN, person=id_of("Luis"))), NOW)
    with pytest.raises(Past):
        house.ask(move_day, one_day("20:00", on=0, to=0), at("19:00"))
    assert house.ask(move_day, one_day("20:00", on=0, to=0), at("18:59")).acts


def an_extended_one(house, on=3, **fields):
    old = booking("Willow", "18:00", who="Ana", on=on, confirmed=1, heads=9, private=True, **fields)
    house.has(old).do(extend, Extend(old.id, day(3), 45, ANA), NOW)
    return old


def the_server_decides(house, *records, now=NOW):
    for one in records:
        answer = decide(house.snapshot.booking(one.id), house.snapshot.diary, now)
        house.take(Changes.of(Write(Booking.KIND, one.id, answer)), now)


def test_what_a_booking_was_extended_by_moves_with_it(house):
    old = an_extended_one(house)
    first = house.do(move, to_quiet(old, "10:00"), NOW)
    (more,) = [one for one in house.snapshot.diary.bookings.values() if one.extends == first.id]
    assert (first.minutes, more.minutes, more.heads, more.private) == (60, 45, 9, True)
    assert [one[1:] for one in there(house, "Quiet")] == [
        ("10:00", "11:00", "pencilled"),
        ("11:00", "11:45", "pencilled"),
    ]
    assert [one[1:3] for one in there(house, "Willow")] == [("18:00", "19:00"), ("19:00", "19:45")]


@pytest.mark.parametrize("order", [1, -1])
def test_an_extended_booking_that_was_moved_leaves_nothing_behind_at_any_door(house, order):
    other = House(K2).meets(house)
    old = an_extended_one(house)
    house.do(move, to_quiet(old), NOW)
    moves = [one for one in house.snapshot.diary.bookings.values() if one.moves]
    the_server_decides(house, *moves[::order])
    house.meets(other)
    assert there(house, "Willow") == there(other, "Willow") == []
    assert [one[1:] for one in there(other, "Quiet")] == [
        ("18:00", "19:00", "confirmed"),
        ("19:00", "19:45", "confirmed"),
    ]


def test_an_extended_booking_moves_as_a_whole_or_not_at_all(house):
    old = an_extended_one(house)
    house.has(booking("Quiet", "19:15", on=3))
    with pytest.raises(RoomTaken) as caught:
        house.ask(move, to_quiet(old), NOW)
    assert {free.span.minutes for free in (*caught.value.times, *caught.value.rooms)} == {105}


def test_while_a_move_of_its_extension_stands_a_booking_is_not_moved_again(house):
    old = an_extended_one(house)
    first = house.do(move, to_quiet(old), NOW)
    (more,) = [one for one in house.snapshot.diary.bookings.values() if one.extends == first.id]
    house.take(
        Changes.of(
            Write(
                Booking.KIND,
                more.id,
                {"clash_now": [{"date": day(3).isoformat(), "with": "choir"}]},
            )
        ),
        NOW,
    )
    house.do(cancel_day, OnDay(first.id, day(3), ANA), NOW)
    with pytest.raises(AlreadyMoved):
        house.ask(move, to_quiet(old), NOW)
    house.do(cancel_day, OnDay(more.id, day(3), ANA), NOW)
    assert house.ask(move, to_quiet(old), NOW).acts


def test_one_day_of_a_series_moves_with_what_it_was_extended_by(house):
    old = an_extended_one(house, on=-4, rule="FREQ=WEEKLY;COUNT=3")
    asked = MoveDay(old.id, day(3), id_of("Quiet"), on_clock("10:00", 3), ANA)
    assert house.do(move_day, asked, NOW).minutes == 105
    assert [one[0] for one in there(house, "Willow")] == [day(-4), day(3), day(3), day(10)]
