"""What the server answers: first come first confirmed, and never a yes taken back."""

import pytest

from sync.records.booking import Clash
from sync.records.booking_decide import decide, decide_days, needs_deciding
from sync.records.closed_day import ClosedDay
from sync.records.room import Room
from tests.sync.records.referee import (
    GARDEN,
    QUIET,
    TODAY,
    WILLOW,
    Referee,
    a_booking,
    a_diary,
    at,
    local,
)

WEEKS = {"starts": "10:00", "rule": "FREQ=WEEKLY;COUNT=8"}


@pytest.fixture
def server() -> Referee:
    return Referee()


def days_of(server, name, room="willow"):
    return [one.day for one in server.promised(room) if one.booking.id == name]


def test_a_free_room_is_confirmed(server):
    assert server.takes(a_booking("ana")).confirmed


@pytest.mark.acceptance(33)
def test_of_two_clashing_the_one_that_arrived_first_is_confirmed_whatever_their_stamps(server):
    later_made = a_booking("luis", made_at=at("10:20"))
    earlier_made = a_booking("ana", made_at=at("10:05"))
    assert server.takes(later_made).confirmed
    assert server.takes(earlier_made).clash_now == (Clash(date=TODAY, with_="luis"),)


@pytest.mark.acceptance(31)
@pytest.mark.parametrize(("starts", "is_free"), [("11:00", 0), ("11:14", 0), ("11:15", 1)])
def test_the_buffer_lies_between_two_bookings(server, starts, is_free):
    server.takes(a_booking("ana", "10:00"))
    assert server.takes(a_booking("luis", starts)).confirmed == is_free


def test_a_booking_that_reaches_the_server_again_is_not_decided_again(server):
    server.takes(a_booking("luis"))
    server.takes(a_booking("ana"))
    server.changes("luis", cancelled=1)
    assert not server.changes("ana", note="please").confirmed


@pytest.mark.acceptance(35)
def test_when_the_standing_one_gives_up_one_tap_confirms_the_other_if_it_is_still_free(server):
    server.takes(a_booking("luis"))
    server.takes(a_booking("ana"))
    server.changes("luis", cancelled=1)
    taken_up = server.changes("ana", asked=1)
    assert taken_up.confirmed
    assert taken_up.clash == taken_up.clash_now == ()


@pytest.mark.acceptance(35)
def test_asking_for_a_slot_that_somebody_else_took_meanwhile_gets_a_no_again(server):
    server.takes(a_booking("luis"))
    server.takes(a_booking("ana"))
    server.changes("luis", cancelled=1)
    server.takes(a_booking("eva"))
    assert server.changes("ana", asked=1).clash_now == (Clash(date=TODAY, with_="eva"),)


@pytest.mark.acceptance(36)
def test_a_series_with_a_clashing_date_is_confirmed_for_the_rest(server):
    server.takes(a_booking("luis", "10:30", on=14))
    choir = server.takes(a_booking("choir", **WEEKS))
    assert choir.confirmed
    assert choir.clash == (Clash(date=local("10:00", 14).date(), with_="luis"),)
    assert len(days_of(server, "choir")) == 7


@pytest.mark.acceptance(36)
def test_one_tap_adds_the_missing_day_of_a_series_when_it_is_free(server):
    server.takes(a_booking("luis", "10:30", on=14))
    server.takes(a_booking("choir", **WEEKS))
    server.changes("luis", cancelled=1)
    server.changes("choir", asked=1)
    assert len(days_of(server, "choir")) == 8


def test_a_series_that_moved_another_gets_its_missing_day_too(server):
    server.takes(a_booking("luis", "10:30", on=14, room="quiet"))
    server.takes(a_booking("choir", **WEEKS))
    server.takes(a_booking("moved", room="quiet", moves="choir", **WEEKS))
    server.changes("luis", cancelled=1)
    server.changes("moved", asked=1)
    assert len(days_of(server, "moved", "quiet")) == 8


def test_a_series_that_gets_none_of_its_days_is_not_confirmed(server):
    server.takes(a_booking("luis", **WEEKS))
    assert not server.takes(a_booking("choir", **WEEKS)).confirmed


@pytest.mark.parametrize("clock", ["11:00", "12:00"])
def test_a_series_whose_days_ahead_are_all_taken_is_not_promised_its_past(server, clock):
    server.takes(a_booking("luis", "10:00", on=7, rule="FREQ=WEEKLY;COUNT=7"))
    server.now = at(clock)
    assert not server.takes(a_booking("choir", **WEEKS)).confirmed


def test_a_booking_that_is_over_when_it_arrives_is_confirmed_if_nobody_had_the_room(server):
    server.now = at("09:00", 3)
    assert server.takes(a_booking("ana")).confirmed


@pytest.mark.acceptance(37)
def test_extending_needs_no_buffer_to_what_it_extends_and_keeps_it_to_others(server):
    server.takes(a_booking("ana"))
    server.takes(a_booking("next", "20:00"))
    assert server.takes(a_booking("short", "19:00", 45, extends="ana")).confirmed
    assert not server.takes(a_booking("long", "19:00", 60, extends="ana")).confirmed


@pytest.mark.acceptance(37)
def test_a_refused_extension_leaves_what_was_confirmed(server):
    server.takes(a_booking("ana"))
    server.takes(a_booking("next", "19:15"))
    server.takes(a_booking("longer", "19:00", extends="ana"))
    assert server.bookings["ana"].confirmed
    assert not server.bookings["longer"].confirmed


@pytest.mark.acceptance(37)
def test_a_move_that_is_not_confirmed_leaves_the_old_one_standing(server):
    server.takes(a_booking("ana"))
    server.takes(a_booking("luis", room="quiet"))
    server.takes(a_booking("moved", room="quiet", moves="ana"))
    assert days_of(server, "ana") == [TODAY]


@pytest.mark.acceptance(37)
def test_a_move_that_is_confirmed_is_the_end_of_the_old_one(server):
    server.takes(a_booking("ana"))
    assert server.takes(a_booking("moved", room="quiet", moves="ana")).confirmed
    assert days_of(server, "ana") == []
    assert days_of(server, "moved", "quiet") == [TODAY]


def test_a_booking_may_move_into_its_own_time(server):
    server.takes(a_booking("ana"))
    assert server.takes(a_booking("moved", "18:30", moves="ana")).confirmed


def test_nothing_is_moved_twice(server):
    server.takes(a_booking("ana"))
    server.takes(a_booking("one", room="quiet", moves="ana"))
    two = server.takes(a_booking("two", room="garden", moves="ana"))
    assert two.clash_now == (Clash(date=TODAY, with_="one"),)


def test_a_move_that_was_given_up_before_it_got_here_is_in_no_other_s_way(server):
    server.takes(a_booking("ana"))
    server.day("one", cancelled=1)
    server.takes(a_booking("one", room="quiet", moves="ana"))
    assert server.takes(a_booking("two", room="garden", moves="ana")).confirmed
    assert days_of(server, "ana") == []


@pytest.mark.parametrize("order", [1, -1])
def test_a_booking_and_what_extends_it_move_one_by_one_and_leave_nothing(server, order):
    server.takes(a_booking("ana"))
    server.takes(a_booking("longer", "19:00", 45, extends="ana"))
    first = a_booking("first", room="quiet", moves="ana")
    second = a_booking("second", "19:00", 45, room="quiet", moves="longer", extends="first")
    for one in (first, second)[::order]:
        assert server.takes(one).confirmed
    assert server.promised() == []
    assert [one.booking.id for one in server.promised("quiet")] == ["first", "second"]


def test_what_a_confirmed_booking_moves_is_never_confirmed_later(server):
    server.takes(a_booking("luis"))
    server.takes(a_booking("ana"))
    server.takes(a_booking("moved", room="quiet", moves="ana"))
    server.changes("luis", cancelled=1)
    assert not server.changes("ana", asked=1).confirmed


@pytest.mark.acceptance(38)
def test_minutes_given_back_can_be_booked_by_others_and_are_not_taken_again(server):
    server.takes(a_booking("ana"))
    server.day("ana", given_back_min=30)
    assert server.takes(a_booking("luis", "18:45", 15)).confirmed
    server.day("ana", given_back_min=0)
    assert [one.span.end for one in server.promised()] == [at("18:30"), at("19:00")]


@pytest.mark.acceptance(42)
@pytest.mark.parametrize("shut", ["willow", "hub"])
def test_closing_a_day_keeps_what_is_confirmed_and_refuses_what_comes_later(server, shut):
    server.takes(a_booking("ana"))
    server.closed.append(ClosedDay(id="shut", date=TODAY, room=shut))
    late = server.takes(a_booking("luis", "12:00"))
    assert days_of(server, "ana") == [TODAY]
    assert late.clash_now == (Clash(date=TODAY, with_="closed"),)


@pytest.mark.parametrize(
    ("starts", "is_within"), [("08:59", 0), ("09:00", 1), ("13:00", 1), ("13:01", 0)]
)
def test_a_day_with_other_hours_takes_bookings_within_them(server, starts, is_within):
    server.closed.append(ClosedDay(id="short", date=TODAY, open=(("09:00", "14:00"),)))
    assert server.takes(a_booking("luis", starts)).confirmed == is_within


@pytest.mark.acceptance(42)
def test_retiring_a_room_keeps_what_is_confirmed_and_refuses_what_comes_later(server):
    server.takes(a_booking("ana"))
    server.rooms = (Room(id="willow", retired_from=TODAY), QUIET, GARDEN)
    late = server.takes(a_booking("luis", "12:00"))
    assert days_of(server, "ana") == [TODAY]
    assert late.clash_now == (Clash(date=TODAY, with_="retired"),)


def test_a_restored_server_confirms_nothing_until_its_kiosks_are_back():
    assert decide(a_booking("ana"), a_diary(recovering=True), at("10:00")) == {}
    missing = a_booking("luis", confirmed=1, clash=(Clash(date=TODAY, with_="eva"),))
    assert decide_days(missing, a_diary(missing, recovering=True), at("10:00")) == {}


def test_a_booking_waits_for_a_room_that_has_not_arrived():
    assert decide(a_booking("ana"), a_diary(rooms=[WILLOW][:0]), at("10:00")) == {}
    missing = a_booking("luis", confirmed=1, clash=(Clash(date=TODAY, with_="eva"),))
    assert decide_days(missing, a_diary(missing, rooms=()), at("10:00")) == {}


def test_what_was_given_up_before_it_arrived_is_not_confirmed():
    assert decide(a_booking("ana", cancelled=1), a_diary(), at("10:00")) == {}


def test_a_yes_is_not_decided_again():
    standing = a_booking("ana", confirmed=1)
    assert decide(standing, a_diary(standing, a_booking("luis", confirmed=1)), at("10:00")) == {}


def test_only_a_confirmed_series_gets_days_later():
    assert decide_days(a_booking("ana"), a_diary(), at("10:00")) == {}


def test_a_missing_day_that_is_over_is_not_promised():
    missing = a_booking("ana", confirmed=1, clash=(Clash(date=TODAY, with_="luis"),))
    assert decide_days(missing, a_diary(missing), at("18:30")) == {TODAY: {"confirmed": 1}}
    assert decide_days(missing, a_diary(missing), at("19:00")) == {}


def test_a_booking_is_decided_when_it_is_new_and_when_its_holder_asks_again():
    ana = a_booking("ana")
    assert needs_deciding(None, ana)
    assert not needs_deciding(ana, a_booking("ana", note="x"))
    assert needs_deciding(ana, a_booking("ana", asked=1))
