"""Giving bookings up, taking what others gave up, closing days and retiring rooms."""

import pytest

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.booking_errors import (
    AlreadyMoved,
    HubShut,
    NotYours,
    Past,
    RoomRetired,
    RoomTaken,
    StillBooked,
)
from kiosk.hub.bookings import OnDay
from kiosk.hub.close_room import CloseDay, Retire, close_day, confirmed_on, retire
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.give_up import OfBooking, cancel, cancel_day, free_now, still_wanted, take_it
from sync.records.booking import Clash
from sync.records.booking_decide import decide
from sync.records.booking_diary import kept_days, taken
from sync.records.closed_day import ClosedDay
from tests.kiosk.hub.house import TODAY, at, booking, day, id_of, person, room

ANA = Actor(level=KNOWN, person=id_of("Ana"))
LUIS = Actor(level=KNOWN, person=id_of("Luis"))
INES = Actor(level=VOLUNTEER, person=id_of("Inés"))
NOW = at("10:42")
WEEKLY = booking("Willow", "10:00", who="Ana", rule="FREQ=WEEKLY;COUNT=4", confirmed=1)


@pytest.fixture
def house(hub):
    return hub.has(
        person("Ana"),
        person("Luis"),
        room("Willow", buffer_min=15, capacity=18),
        room("Quiet", capacity=8),
    )


def refused(house, kind, use_case, asked, now=NOW):
    with pytest.raises(kind) as caught:
        house.ask(use_case, asked, now)
    return caught.value


def days(house, one=WEEKLY):
    diary = house.snapshot.diary
    return [d for d, _span, _whole in kept_days(diary, house.snapshot.booking(one.id))]


@pytest.mark.acceptance(30)
def test_giving_up_one_day_leaves_the_others(house):
    house.has(WEEKLY).do(cancel_day, OnDay(WEEKLY.id, day(7), ANA), NOW)
    assert days(house) == [day(0), day(14), day(21)]


def test_giving_up_a_series_leaves_the_days_that_are_over(house):
    house.has(WEEKLY).do(cancel, OfBooking(WEEKLY.id, ANA), at("12:00", 7))
    assert days(house) == [day(0), day(7)]


def test_giving_up_while_a_day_runs_frees_the_rest_of_it(house):
    house.has(WEEKLY).do(cancel, OfBooking(WEEKLY.id, ANA), NOW)
    assert days(house) == []


def test_giving_up_takes_the_extensions_along(house):
    longer = booking("Willow", "11:00", who="Ana", extends=WEEKLY.id, id=id_of("longer"))
    house.has(WEEKLY, longer).do(cancel_day, OnDay(WEEKLY.id, TODAY, ANA), NOW)
    assert days(house, longer) == []


def test_giving_up_everything_takes_the_extensions_along(house):
    longer = booking("Willow", "11:00", who="Ana", extends=WEEKLY.id, id=id_of("longer"))
    house.has(WEEKLY, longer).do(cancel, OfBooking(WEEKLY.id, ANA), NOW)
    assert days(house, longer) == []


def test_what_is_over_is_not_given_up(house):
    house.has(WEEKLY)
    refused(house, Past, cancel_day, OnDay(WEEKLY.id, TODAY, ANA), at("11:00"))
    refused(house, Past, cancel, OfBooking(WEEKLY.id, ANA), at("11:00", 21))


def test_what_a_calendar_of_others_says_is_given_up_by_nobody_here(house):
    theirs = booking("Willow", "10:00", confirmed=1, outside="choir")
    house.has(theirs)
    refused(house, NotYours, cancel, OfBooking(theirs.id, INES))
    refused(house, NotYours, cancel_day, OnDay(theirs.id, TODAY, INES))
    house.do(retire, Retire(room("Willow").id, TODAY, INES), NOW)


def test_only_its_holder_or_a_volunteer_gives_a_booking_up(house):
    house.has(WEEKLY)
    refused(house, NotYours, cancel, OfBooking(WEEKLY.id, LUIS))
    refused(house, NotYours, cancel_day, OnDay(WEEKLY.id, TODAY, LUIS))
    assert house.ask(cancel, OfBooking(WEEKLY.id, INES), NOW).acts


def a_clash(house, **luis):
    standing = booking("Willow", "18:00", who="Luis", confirmed=1, id=id_of("B2"), **luis)
    clashing = booking(
        "Willow", "18:00", who="Ana", id=id_of("B1"), clash_now=(Clash(TODAY, id_of("B2")),)
    )
    house.has(standing, clashing)
    return clashing


@pytest.mark.acceptance(35)
def test_the_holder_of_a_clashing_booking_asks_again_with_one_tap(house):
    clashing = a_clash(house, cancelled=1)
    house.do(take_it, OfBooking(clashing.id, ANA), NOW)
    house.do(take_it, OfBooking(clashing.id, ANA), NOW)
    assert house.snapshot.booking(clashing.id).asked == 2


@pytest.mark.acceptance(34)
def test_while_the_other_stands_free_rooms_and_times_are_shown(house):
    clashing = a_clash(house)
    taken_still = refused(house, RoomTaken, take_it, OfBooking(clashing.id, ANA))
    assert taken_still.clash == id_of("B2")
    assert taken_still.rooms[0].room == id_of("Quiet")
    assert [free.span.start for free in taken_still.times] == [at("19:15"), at("16:45")]


def test_there_is_nothing_to_take_of_what_was_not_refused_or_is_over(house):
    clashing = a_clash(house, cancelled=1)
    refused(house, Past, take_it, OfBooking(clashing.id, ANA), at("19:00"))
    house.has(WEEKLY)
    refused(house, Past, take_it, OfBooking(WEEKLY.id, ANA))
    refused(house, NotYours, take_it, OfBooking(clashing.id, LUIS))


def test_no_missing_day_has_none_that_is_free(house):
    assert free_now(house.snapshot, []) == []


def refused_by_the_server(house, **fields):
    """A booking in a week that the server said no to, by its own words."""
    one = booking("Willow", "18:00", on=7, who="Ana", **fields)
    answer = decide(house.has(one).snapshot.booking(one.id), house.snapshot.diary, NOW)
    assert answer["clash_now"]
    lost = tuple(Clash(day(7), said["with"]) for said in answer["clash_now"])
    house.has(booking("Willow", "18:00", on=7, who="Ana", clash_now=lost, **fields))
    return one


CLOSED = ClosedDay(id=id_of("closed"), date=day(7))
RETIRED = room("Willow", buffer_min=15, retired_from=day(7))
MOVED = booking("Quiet", "18:00", on=7, who="Ana", moves="old", confirmed=1)


@pytest.mark.parametrize(
    ("there", "why"),
    [
        ((CLOSED,), HubShut),
        ((CLOSED, room("Willow", buffer_min=15, retired_from=day(8))), HubShut),
        ((RETIRED,), RoomRetired),
        ((MOVED,), AlreadyMoved),
    ],
)
def test_what_the_server_would_refuse_again_is_neither_offered_nor_asked_for(house, there, why):
    one = refused_by_the_server(house.has(*there), moves="old")
    assert still_wanted(house.snapshot, ANA.person, NOW) == ()
    refused(house, why, take_it, OfBooking(one.id, ANA))
    assert not house.snapshot.booking(one.id).asked


def test_a_day_that_is_open_after_all_is_offered_again(house):
    one = refused_by_the_server(house.has(CLOSED))
    house.has(ClosedDay(id=CLOSED.id, date=day(7), open=(("09:00", "22:00"),)))
    assert [t.booking.id for t in still_wanted(house.snapshot, ANA.person, NOW)] == [one.id]
    house.do(take_it, OfBooking(one.id, ANA), NOW)
    assert decide(house.snapshot.booking(one.id), house.snapshot.diary, NOW)["confirmed"]


def test_of_a_room_that_has_not_arrived_only_what_is_booked_there_is_known(house):
    lost = (Clash(TODAY, "gone"),)
    house.has(booking("Attic", "18:00", who="Ana", clash_now=lost))
    assert len(still_wanted(house.snapshot, ANA.person, NOW)) == 1


def test_of_a_series_only_the_days_that_can_be_had_are_offered(house):
    lost = tuple(Clash(day(on), "gone") for on in (7, 14))
    house.has(
        CLOSED, booking("Willow", "10:00", who="Ana", rule=WEEKLY.rule, confirmed=1, clash=lost)
    )
    assert [t.day for t in still_wanted(house.snapshot, ANA.person, NOW)] == [day(14)]


@pytest.mark.acceptance(42)
def test_closing_a_day_lists_what_is_confirmed_and_leaves_it(house):
    house.has(WEEKLY, booking("Quiet", "20:00", confirmed=1), booking("Quiet", "12:00"))
    asked = CloseDay(TODAY, INES, open=(("09:00", "14:00"),), why={"en": "Electrician"})
    stays = house.do(close_day, asked, NOW)
    assert [one.booking.id for one in stays] == [id_of("booking Quiet 20:00 0")]
    assert confirmed_on(house.snapshot, id_of("Quiet"), TODAY)


def test_a_day_can_be_closed_for_one_room_and_given_other_hours_again(house):
    house.has(WEEKLY)
    asked = CloseDay(TODAY, INES, room=id_of("Willow"))
    assert len(house.do(close_day, asked, NOW)) == 1
    again = CloseDay(TODAY, INES, room=id_of("Willow"), open=(("09:00", "12:00"),))
    assert house.do(close_day, again, NOW) == ()
    (closed,) = house.snapshot.closed_days
    assert closed.open == (("09:00", "12:00"),)


@pytest.mark.acceptance(42)
def test_a_room_with_confirmed_bookings_ahead_is_not_retired(house):
    house.has(WEEKLY)
    still = refused(house, StillBooked, retire, Retire(id_of("Willow"), day(14), INES))
    assert (still.last_day, still.bookings) == (day(21), (WEEKLY.id,))
    still = refused(house, StillBooked, retire, Retire(id_of("Willow"), TODAY, INES))
    assert (still.last_day, still.bookings) == (day(21), (WEEKLY.id,))


def test_a_room_is_retired_after_its_last_confirmed_booking(house):
    house.has(WEEKLY, booking("Willow", "12:00", on=30))
    assert house.do(retire, Retire(id_of("Willow"), day(22), INES), NOW).id == id_of("Willow")
    assert house.snapshot.room(id_of("Willow")).retired_from == day(22)


def test_only_volunteers_close_days_and_retire_rooms_that_are_there(house):
    refused(house, TooLow, close_day, CloseDay(TODAY, ANA))
    refused(house, TooLow, retire, Retire(id_of("Willow"), day(1), ANA))
    refused(house, NotKnown, close_day, CloseDay(TODAY, INES, room="attic"))
    refused(house, NotKnown, retire, Retire("attic", day(1), INES))


def test_a_clashing_booking_can_be_given_up_and_leaves_the_standing_one(house):
    clashing = a_clash(house)
    house.do(cancel, OfBooking(clashing.id, ANA), NOW)
    assert [one.booking.id for one in taken(house.snapshot.diary, id_of("Willow"))] == [id_of("B2")]


@pytest.mark.acceptance(35)
def test_a_holder_is_asked_once_whether_a_slot_that_became_free_is_still_wanted(house):
    a_clash(house)
    assert still_wanted(house.snapshot, ANA.person, NOW) == ()
    clashing = a_clash(house, cancelled=1)
    assert [t.booking.id for t in still_wanted(house.snapshot, ANA.person, NOW)] == [clashing.id]
    assert still_wanted(house.snapshot, ANA.person, at("18:00")) == ()
    assert house.do(take_it, OfBooking(clashing.id, ANA), NOW).id == clashing.id
    assert still_wanted(house.snapshot, ANA.person, NOW) == ()


def test_what_reached_the_server_first_is_offered_first(house):
    clash = (Clash(date=TODAY, with_="gone"),)
    late, early = (
        booking("Quiet", starts, who="Ana", clash_now=clash, arrived=arrived)
        for starts, arrived in (("12:00", 2), ("14:00", 1))
    )
    house.has(late, early)
    found = still_wanted(house.snapshot, ANA.person, NOW)
    assert [one.booking.id for one in found] == [early.id, late.id]


def test_the_answer_to_giving_up_is_the_booking(house):
    house.has(WEEKLY)
    assert house.ask(cancel, OfBooking(WEEKLY.id, ANA), NOW).result.id == WEEKLY.id
    gone = house.do(cancel_day, OnDay(WEEKLY.id, day(7), ANA), NOW)
    assert gone == house.snapshot.booking(WEEKLY.id)
