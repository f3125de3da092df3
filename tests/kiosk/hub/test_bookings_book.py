"""Booking a room: what may be asked for, what is refused, and what is offered instead."""

from datetime import datetime, timedelta

import pytest

from kiosk.hub.actor import KNOWN, NOBODY, VOLUNTEER, Actor
from kiosk.hub.book import Book, BookNow, Move, book, book_now, move
from kiosk.hub.booking_errors import (
    AlreadyMoved,
    BadSeries,
    HubShut,
    NotBookable,
    NotYours,
    OverCapacity,
    Past,
    RoomRetired,
    RoomTaken,
    TooFar,
    TooLong,
)
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.room_day import room_now
from sync.records import read
from sync.records.booking import Booking
from sync.records.booking_free import Free
from sync.records.booking_time import Span
from sync.records.closed_day import ClosedDay
from tests.kiosk.hub.house import at, booking, day, id_of, room, the_hub

ANA = Actor(level=KNOWN, person=id_of("Ana"))
INES = Actor(level=VOLUNTEER, person=id_of("Inés"))
NOW = at("10:42")


@pytest.fixture
def house(with_rooms):
    return with_rooms.has(room("Garden", capacity=60, order=3))


def wanted(starts="18:00", minutes=60, *, name="Willow", on=0, by=ANA, **fields):
    local = datetime.fromisoformat(f"{day(on).isoformat()}T{starts}")
    return Book(room=id_of(name), starts=local, minutes=minutes, by=by, **fields)


def refusal(house, asked, kind, *, use_case=book, now=NOW):
    with pytest.raises(kind) as caught:
        house.ask(use_case, asked, now)
    return caught.value


def test_a_room_booked_now_begins_at_the_next_five_minutes(house):
    made = house.do(book_now, BookNow(id_of("Quiet"), 60, ANA), NOW)
    assert (made.starts, made.made_at) == (datetime(2026, 11, 23, 10, 45), NOW)
    assert room_now(house.snapshot, house.snapshot.room(id_of("Quiet")), at("11:00")).until == at(
        "11:45"
    )


@pytest.mark.acceptance(6)
def test_what_is_booked_here_is_pencilled_in_until_the_server_says_yes(house):
    made = house.do(book, wanted(title={"en": "Choir"}, heads=12), NOW)
    stored = house.body(made)["fields"]
    assert "confirmed" not in stored
    assert (stored["person"], stored["title.en"], stored["heads"]) == (ANA.person, "Choir", 12)


def test_a_booking_can_be_taken_back_for_ten_seconds(house):
    assert house.ask(book, wanted(), NOW).undo_s == 10


@pytest.mark.acceptance(11)
def test_a_helper_books_for_somebody_beside_them_and_both_are_kept(house):
    helped = Actor(level=KNOWN, person=ANA.person, entered_by=INES.person)
    made = house.do(book, wanted(by=helped), NOW)
    fields = house.body(made)["fields"]
    assert (fields["person"], fields["entered_by"]) == (ANA.person, INES.person)


def test_a_volunteer_books_in_the_name_of_somebody_without_a_record(house):
    made = house.do(book, wanted(by=INES, for_name="Julia"), NOW)
    assert (made.person, made.for_name) == ("", "Julia")


@pytest.mark.acceptance(29)
def test_a_weekly_booking_keeps_its_hour_across_both_clock_changes(house):
    weekly = wanted(by=INES, rule="FREQ=WEEKLY;COUNT=40")
    made = house.do(book, weekly, NOW)
    room_there = house.snapshot.room(id_of("Willow"))
    for monday in ("2026-11-30", "2027-03-22", "2027-03-29"):
        six = at("18:00", datetime.fromisoformat(monday).date())
        found = room_now(house.snapshot, room_there, six)
        assert (found.state, found.bar.booking) == ("in_use", made.id)


@pytest.mark.acceptance(31)
def test_the_buffer_of_a_room_lies_between_two_bookings(house):
    house.has(booking("Willow", "11:00"))
    taken = refusal(house, wanted("12:00"), RoomTaken)
    assert taken.clash == id_of("booking Willow 11:00 0")
    assert house.ask(book, wanted("12:15"), NOW).acts


@pytest.mark.acceptance(32)
@pytest.mark.parametrize("confirmed", [0, 1])
def test_what_clashes_with_anything_known_here_is_refused(house, confirmed):
    house.has(booking("Willow", "18:00", confirmed=confirmed))
    refusal(house, wanted("18:30"), RoomTaken)


@pytest.mark.acceptance(34)
def test_who_is_refused_a_room_is_shown_rooms_and_times_that_are_free(house):
    house.has(booking("Willow", "18:00"))
    taken = refusal(house, wanted("18:00"), RoomTaken)
    assert taken.rooms[0] == Free(id_of("Quiet"), Span(at("18:00"), at("19:00")))
    assert [free.span.start for free in taken.times] == [at("19:15"), at("16:45")]


def test_a_series_with_a_taken_day_says_which_and_can_be_had_for_the_rest(house):
    house.has(booking("Willow", "10:00", on=14))
    weekly = wanted("10:00", on=7, rule="FREQ=WEEKLY;COUNT=3")
    taken = refusal(house, weekly, RoomTaken)
    assert (taken.days, taken.some_free) == ((day(14),), True)
    for_the_rest = wanted("10:00", on=7, rule="FREQ=WEEKLY;COUNT=3", skip_taken=True)
    assert house.ask(book, for_the_rest, NOW).acts


def test_a_series_of_which_no_day_is_free_is_refused_whatever_is_skipped(house):
    house.has(booking("Willow", "10:00", on=7, rule="FREQ=WEEKLY;COUNT=3"))
    weekly = wanted("10:00", on=7, rule="FREQ=WEEKLY;COUNT=3", skip_taken=True)
    assert not refusal(house, weekly, RoomTaken).some_free


@pytest.mark.acceptance(41)
def test_outside_the_hours_the_next_possible_time_is_offered(house):
    shut = refusal(house, wanted("21:30"), HubShut)
    assert shut.opens == at("09:00", 1)
    assert shut.free == Span(at("09:00", 1), at("10:00", 1))


@pytest.mark.acceptance(41)
def test_on_a_closed_day_the_next_open_day_is_offered(house):
    house.has(ClosedDay(id=id_of("rest day"), date=day(6)))
    shut = refusal(house, wanted(on=6), HubShut)
    assert shut.free == Span(at("09:00", 7), at("10:00", 7))


def test_a_room_that_never_opens_offers_no_time(house):
    house.has(the_hub(open={}))
    house.tables["hub"].clear()
    house.has(the_hub(open={}))
    shut = refusal(house, wanted(), HubShut)
    assert (shut.opens, shut.free) == (None, None)


@pytest.mark.acceptance(41)
def test_more_people_than_the_room_holds_are_shown_rooms_that_hold_them(house):
    full = refusal(house, wanted(heads=20), OverCapacity)
    assert full.capacity == 18
    assert [free.room for free in full.rooms] == [id_of("Garden")]


def test_a_volunteer_may_exceed_hours_length_and_days_ahead(house):
    for asked in (
        wanted("21:30", by=INES),
        wanted("10:00", 600, on=1, by=INES),
        wanted(on=200, by=INES),
    ):
        assert house.ask(book, asked, NOW).acts


def test_a_volunteer_exceeds_neither_capacity_nor_a_clash_nor_a_closed_day(house):
    house.has(booking("Willow", "18:00"), ClosedDay(id=id_of("rest day"), date=day(6)))
    refusal(house, wanted("18:00", by=INES), RoomTaken)
    refusal(house, wanted("12:00", heads=19, by=INES), OverCapacity)
    refusal(house, wanted(on=6, by=INES), HubShut)


@pytest.mark.parametrize("minutes", [0, 10, 20, 255, -60])
def test_a_length_out_of_bounds_or_step_is_refused(house, minutes):
    too_long = refusal(house, wanted("12:00", minutes), TooLong)
    assert (too_long.most_min, too_long.step_min) == (240, 15)


def test_a_booking_lies_at_most_ninety_days_ahead(house):
    assert refusal(house, wanted(on=91), TooFar).last_day == day(90)
    assert house.ask(book, wanted(on=90), NOW).acts


def test_what_began_before_this_minute_is_past(house):
    refusal(house, wanted("10:40"), Past)
    assert house.ask(book, wanted("10:42"), NOW + timedelta(seconds=30)).acts


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY", "FREQ=DAILY;COUNT=60", "weekly"])
def test_a_series_without_a_near_end_is_refused(house, rule):
    assert refusal(house, wanted(rule=rule), BadSeries).most == 53


def test_a_room_off_the_boards_is_not_booked_from_that_day_on(house):
    house.has(room("Attic", retired_from=day(7)))
    assert house.ask(book, wanted(name="Attic", on=6), NOW).acts
    assert refusal(house, wanted(name="Attic", on=7), RoomRetired).since == day(7)


@pytest.mark.parametrize(("bookable", "by"), [("nobody", INES), ("vol", ANA)])
def test_a_room_that_is_not_booked_at_the_door_says_so(house, bookable, by):
    house.has(room("Office", bookable=bookable))
    assert refusal(house, wanted(name="Office", by=by), NotBookable).by == bookable


def test_a_volunteer_books_a_room_that_volunteers_book(house):
    house.has(room("Office", bookable="vol"))
    assert house.ask(book, wanted(name="Office", by=INES), NOW).acts


def test_who_is_not_known_by_card_is_asked_for_one(house):
    assert refusal(house, wanted(by=Actor(level=NOBODY)), TooLow).needed == KNOWN


def test_a_room_that_has_not_arrived_cannot_be_booked(house):
    assert refusal(house, wanted(name="Attic"), NotKnown).kind == "room"


@pytest.mark.acceptance(37)
def test_a_move_is_a_new_booking_and_the_old_one_stands_meanwhile(house):
    old = booking("Willow", "18:00", who="Ana", confirmed=1, heads=4)
    house.has(old)
    later = datetime(2026, 11, 23, 18, 30)
    made = house.do(move, Move(old.id, id_of("Willow"), later, ANA), NOW)
    assert (made.moves, made.minutes, made.heads) == (old.id, 60, 4)
    assert house.snapshot.booking(old.id).confirmed


def test_what_was_said_of_a_booking_goes_with_it_when_it_moves(house):
    rule = "FREQ=WEEKLY;COUNT=2"
    old = booking("Willow", "18:00", who="Ana", private=True, note="keys", rule=rule)
    house.has(old)
    made = house.do(move, Move(old.id, id_of("Willow"), datetime(2026, 11, 23, 18, 30), ANA), NOW)
    for name in ("title", "note", "heads", "private", "rule", "minutes", "person"):
        assert getattr(made, name) == getattr(old, name)


@pytest.mark.acceptance(37)
def test_what_was_moved_once_is_not_moved_again(house):
    old = booking("Willow", "18:00", who="Ana")
    house.has(old)
    asked = Move(old.id, id_of("Quiet"), datetime(2026, 11, 23, 18), ANA)
    house.do(move, asked, NOW)
    refusal(house, asked, AlreadyMoved, use_case=move)


def test_only_its_holder_moves_a_booking_and_only_before_it_is_over(house):
    old = booking("Willow", "18:00", who="Luis")
    house.has(old, booking("Willow", "09:00", who="Ana"))
    elsewhere = datetime(2026, 11, 23, 19)
    refusal(house, Move(old.id, id_of("Quiet"), elsewhere, ANA), NotYours, use_case=move)
    over = Move(id_of("booking Willow 09:00 0"), id_of("Quiet"), elsewhere, ANA)
    refusal(house, over, Past, use_case=move)
    refusal(house, Move("gone", id_of("Quiet"), elsewhere, ANA), NotKnown, use_case=move)


def test_a_long_booking_that_a_volunteer_made_keeps_its_length_when_it_moves(house):
    old = booking("Willow", "12:00", hours=6, who="Ana")
    house.has(old)
    made = house.do(move, Move(old.id, id_of("Quiet"), old.starts, ANA), NOW)
    assert made.minutes == 360


def test_every_refusal_has_its_own_sentence():
    kinds = (
        AlreadyMoved,
        BadSeries,
        HubShut,
        NotBookable,
        NotYours,
        OverCapacity,
        Past,
        RoomRetired,
        RoomTaken,
        TooFar,
        TooLong,
    )
    assert len({kind.say for kind in kinds}) == len(kinds)


def test_what_is_written_is_what_a_kind_says(house):
    rule = "FREQ=WEEKLY;COUNT=2"
    made = house.do(book, wanted(rule=rule, private=True), NOW)
    back = read(Booking, made.id, house.body(made)["fields"])
    told = (back.starts, back.minutes, back.rule, back.private)
    assert told == (made.starts, 60, rule, True)
