"""What screens read: a room now, its day, the board; to whom a private booking says what."""

import msgspec
import pytest

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.board import board
from kiosk.hub.room_day import day_rows, free_again_at, lengths, room_now
from sync.records.booking import Clash
from sync.records.booking_day import BookingDay
from sync.records.booking_time import Span
from sync.records.closed_day import ClosedDay
from tests.kiosk.hub.house import TODAY, at, booking, day, id_of, person, room

ANA = Actor(level=KNOWN, person=id_of("Ana"))
LUIS = Actor(level=KNOWN, person=id_of("Luis"))
INES = Actor(level=VOLUNTEER, person=id_of("Inés"))
NOW = at("10:42")


@pytest.fixture
def house(hub):
    return hub.has(
        person("Ana"),
        person("Luis"),
        room("Quiet", buffer_min=10, capacity=8, order=1),
        room("Workshop", order=2, open={"mon": (("10:00", "20:00"),)}),
    )


def now_of(house, name="Quiet", now=NOW):
    hub = house.snapshot
    found = room_now(hub, hub.room(id_of(name)), now)
    until = f"{hub.local(found.until):%a %H:%M}" if found.until else ""
    return found.state, until


def rows_of(house, name="Quiet", on=0, now=NOW, viewer=ANA):
    hub = house.snapshot
    rows = day_rows(hub, hub.room(id_of(name)), day(on), now, viewer)
    return [
        (
            f"{hub.local(row.span.start):%H:%M}-{hub.local(row.span.end):%H:%M}",
            row.bar.state if row.bar else "free",
        )
        for row in rows
    ]


def test_a_room_is_in_use_until_its_booking_ends(house):
    house.has(booking("Quiet", "10:00"))
    assert now_of(house) == ("in_use", "Mon 11:00")


def test_a_room_that_somebody_comes_to_within_half_an_hour_is_free_soon_no_more(house):
    house.has(booking("Quiet", "11:12"))
    quiet = house.snapshot.room(id_of("Quiet"))
    found = room_now(house.snapshot, quiet, NOW)
    assert (found.room, found.bar.booking) == (quiet, id_of("booking Quiet 11:12 0"))
    assert now_of(house) == ("soon", "Mon 11:12")
    assert now_of(house, now=at("10:41")) == ("free", "Mon 11:12")


def test_a_room_without_a_booking_is_free_till_closing(house):
    assert now_of(house) == ("free", "Mon 22:00")
    quiet = house.snapshot.room(id_of("Quiet"))
    assert room_now(house.snapshot, quiet, NOW).room == quiet
    assert room_now(house.snapshot, house.snapshot.room(id_of("Quiet")), NOW).all_day


@pytest.mark.parametrize(("now", "all_day"), [("18:00", True), ("18:01", False), ("21:55", False)])
def test_all_day_is_said_no_more_when_closing_is_near(house, now, all_day):
    found = room_now(house.snapshot, house.snapshot.room(id_of("Quiet")), at(now))
    assert (found.state, found.all_day) == ("free", all_day)


def test_before_a_break_a_room_is_free_until_then_and_not_all_day(house):
    house.has(room("Loft", open={"mon": (("09:00", "15:00"), ("16:00", "20:00"))}))
    loft = house.snapshot.room(id_of("Loft"))
    assert not room_now(house.snapshot, loft, NOW).all_day
    assert now_of(house, "Loft") == ("free", "Mon 15:00")
    assert now_of(house, "Loft", at("15:30")) == ("shut", "Mon 16:00")


def test_a_room_outside_its_hours_is_shut_until_it_opens(house):
    assert now_of(house, "Workshop", at("09:30")) == ("shut", "Mon 10:00")
    assert now_of(house, "Quiet", at("22:00")) == ("shut", "Tue 09:00")


def test_a_house_that_does_not_open_again_soon_says_no_time(house):
    house.has(*(ClosedDay(id=id_of(f"x{n}"), date=day(n)) for n in range(15)))
    assert now_of(house) == ("shut", "")


def test_a_booking_that_runs_while_the_house_is_shut_is_shown_as_running(house):
    house.has(booking("Quiet", "22:30", confirmed=1))
    assert now_of(house, now=at("22:45")) == ("in_use", "Mon 23:30")


def test_a_clashing_booking_does_not_take_the_room(house):
    house.has(booking("Quiet", "10:30", clash_now=(Clash(TODAY, "x"),)))
    assert now_of(house) == ("free", "Mon 22:00")


def test_a_booking_and_what_it_was_extended_by_are_one_bar(house):
    first = booking("Quiet", "10:00", confirmed=1)
    more = booking("Quiet", "11:00", extends=first.id, id=id_of("more"))
    house.has(first, more)
    assert now_of(house) == ("in_use", "Mon 12:00")
    assert rows_of(house)[0] == ("10:00-12:00", "pencilled")


def test_an_extension_that_was_refused_is_no_part_of_the_bar(house):
    first = booking("Quiet", "10:00", confirmed=1)
    more = booking("Quiet", "11:00", extends=first.id, clash_now=(Clash(TODAY, "x"),))
    house.has(first, more)
    assert rows_of(house)[0] == ("10:00-11:00", "confirmed")


@pytest.mark.acceptance(40)
def test_here_nobody_is_released_but_that_nobody_was_seen_is_shown(house):
    quiet = booking("Quiet", "10:00", confirmed=1)
    house.has(quiet)
    hub = house.snapshot
    assert room_now(hub, hub.room(id_of("Quiet")), at("10:15")).nobody_yet
    assert not room_now(hub, hub.room(id_of("Quiet")), at("10:14")).nobody_yet
    house.has(BookingDay(id=id_of("d"), booking=quiet.id, date=TODAY, used=1))
    hub = house.snapshot
    assert not room_now(hub, hub.room(id_of("Quiet")), at("10:15")).nobody_yet


def test_who_said_that_they_are_here_is_here_for_the_time_they_stay_longer(house):
    first = booking("Quiet", "10:00", confirmed=1)
    more = booking("Quiet", "11:00", extends=first.id, id=id_of("more"))
    house.has(first, more)
    quiet = house.snapshot.room(id_of("Quiet"))
    assert room_now(house.snapshot, quiet, at("11:15")).nobody_yet
    house.has(BookingDay(id=id_of("d"), booking=first.id, date=TODAY, used=1))
    assert not room_now(house.snapshot, quiet, at("11:15")).nobody_yet


def test_when_a_room_is_free_again_if_nobody_comes_is_known_before_booking(house):
    assert free_again_at(house.snapshot, Span(at("10:45"), at("11:45"))) == at("11:00")


def test_a_day_is_told_as_free_spans_and_bookings_in_order(house):
    house.has(booking("Quiet", "16:00", confirmed=1), booking("Quiet", "18:00"))
    assert rows_of(house) == [
        ("10:42-15:50", "free"),
        ("16:00-17:00", "confirmed"),
        ("17:10-17:50", "free"),
        ("18:00-19:00", "pencilled"),
        ("19:10-22:00", "free"),
    ]


def test_what_is_over_today_is_not_told_and_another_day_is_told_whole(house):
    house.has(booking("Quiet", "09:00", rule="FREQ=DAILY;COUNT=2"))
    assert rows_of(house) == [("10:42-22:00", "free")]
    assert rows_of(house, on=1) == [("09:00-10:00", "pencilled"), ("10:10-22:00", "free")]


def test_a_free_span_too_short_to_book_is_not_told(house):
    house.has(booking("Quiet", "11:00"), booking("Quiet", "12:30"))
    assert ("12:10-12:20", "free") not in rows_of(house)


def test_a_clashing_booking_has_its_row_beside_the_one_it_clashes_with(house):
    house.has(
        booking("Quiet", "18:00", confirmed=1),
        booking("Quiet", "18:00", id=id_of("other"), clash_now=(Clash(TODAY, "x"),)),
    )
    assert ("18:00-19:00", "clashing") in rows_of(house)


def test_only_lengths_that_fit_before_the_next_booking_can_be_chosen(house):
    house.has(booking("Quiet", "12:30"))
    hub = house.snapshot
    quiet = hub.room(id_of("Quiet"))
    assert lengths(hub, quiet, NOW, (30, 60, 120, 240)) == (30, 60)
    assert lengths(hub, quiet, at("11:30"), (30, 50, 51)) == (30, 50)
    assert lengths(hub, quiet, at("12:45"), (30, 60)) == ()
    assert lengths(hub, quiet, at("22:30"), (30, 60)) == ()


@pytest.mark.acceptance(43)
@pytest.mark.parametrize(("viewer", "sees"), [(ANA, True), (INES, True), (LUIS, False)])
def test_a_private_booking_is_private_to_all_but_its_holder_and_volunteers(house, viewer, sees):
    house.has(
        booking("Quiet", "18:00", who="Ana", private=True, heads=3, note="keys", for_name="A")
    )
    bar = board(house.snapshot, TODAY, NOW, viewer).rows[0].bars[0].shown
    assert bar.private
    assert bool(bar.title) is sees
    assert (bar.person, bar.for_name, bar.note, bar.heads) == (
        (id_of("Ana"), "A", "keys", 3) if sees else ("", "", "", 0)
    )


@pytest.mark.acceptance(43)
@pytest.mark.parametrize(("viewer", "title"), [(ANA, "Quiet 10:00"), (LUIS, None)])
def test_a_private_booking_that_runs_is_private_too(house, viewer, title):
    house.has(booking("Quiet", "10:00", who="Ana", private=True))
    found = room_now(house.snapshot, house.snapshot.room(id_of("Quiet")), NOW, viewer)
    assert found.bar.title.get("en") == title


def test_others_see_title_and_holder_but_neither_note_nor_heads(house):
    house.has(booking("Quiet", "18:00", who="Ana", heads=3, note="keys"))
    bar = board(house.snapshot, TODAY, NOW).rows[0].bars[0].shown
    assert (bar.title, bar.person) == ({"en": "Quiet 18:00"}, id_of("Ana"))
    assert (bar.note, bar.heads, bar.mine) == ("", 0, False)


def test_the_board_runs_from_opening_to_closing_in_whole_hours(house):
    assert board(house.snapshot, TODAY, NOW).span == Span(at("09:00"), at("22:00"))


def test_the_board_makes_room_for_what_lies_outside_the_hours(house):
    house.has(booking("Quiet", "07:40", confirmed=1), booking("Quiet", "22:15", confirmed=1))
    assert board(house.snapshot, TODAY, NOW).span == Span(at("07:00"), at("00:00", 1))


def test_the_board_tells_past_running_soon_and_later_apart(house):
    house.has(*(booking("Quiet", clock) for clock in ("09:00", "10:15", "11:20", "15:00")))
    bars = board(house.snapshot, TODAY, at("10:55")).rows[0].bars
    assert [bar.when for bar in bars] == ["past", "running", "soon", "later"]


def test_the_board_leaves_what_clashes_to_the_room_s_own_page(house):
    house.has(booking("Quiet", "18:00", clash_now=(Clash(TODAY, "x"),)))
    assert board(house.snapshot, TODAY, NOW).rows[0].bars == ()


def test_the_board_hatches_the_hours_at_which_a_room_is_shut(house):
    workshop = board(house.snapshot, TODAY, NOW).rows[1]
    assert [row.room for row in board(house.snapshot, TODAY, NOW).rows] == list(
        house.snapshot.rooms
    )
    assert workshop.shut == (Span(at("09:00"), at("10:00")), Span(at("20:00"), at("22:00")))
    assert board(house.snapshot, TODAY, NOW).rows[0].shut == ()


def test_a_closed_day_is_shut_with_its_reason(house):
    house.has(ClosedDay(id=id_of("rest"), date=day(6), why={"en": "Rest day"}))
    closed = board(house.snapshot, day(6), NOW)
    assert (closed.shut, closed.why) == (True, {"en": "Rest day"})
    assert [row.now for row in closed.rows] == [None, None]


@pytest.mark.acceptance(42)
def test_a_closed_day_with_a_confirmed_booking_still_shows_it(house):
    house.has(
        ClosedDay(id=id_of("rest"), date=day(6)), booking("Quiet", "18:00", on=6, confirmed=1)
    )
    closed = board(house.snapshot, day(6), NOW)
    assert not closed.shut
    assert closed.rows[0].shut == (Span(at("18:00", 6), at("19:00", 6)),)


def test_retired_rooms_are_not_on_the_board(house):
    house.has(room("Attic", retired_from=TODAY))
    assert len(board(house.snapshot, TODAY, NOW).rows) == 2


def test_bookings_in_1970_and_9999_harm_no_board(house):
    six = booking("Quiet", "18:00")
    for year in (1970, 9999):
        house.has(
            msgspec.structs.replace(six, starts=six.starts.replace(year=year), id=id_of(str(year)))
        )
    house.has(booking("Quiet", "18:00", rule="FREQ=SECONDLY", minutes=10**12))
    assert len(board(house.snapshot, TODAY, NOW).rows[0].bars) == 1
    assert now_of(house) == ("free", "Mon 18:00")


def test_what_runs_on_past_midnight_is_on_both_days(house):
    house.has(booking("Quiet", "23:00", hours=3, on=-1))
    assert rows_of(house, now=at("00:30"))[0] == ("23:00-02:00", "pencilled")
    assert rows_of(house, now=at("02:00"))[0] == ("09:00-22:00", "free")


def test_what_was_extended_is_one_bar_of_all_its_parts(house):
    first = booking("Quiet", "18:00", confirmed=1)
    more = booking("Quiet", "19:00", extends=first.id)
    house.has(first, more, BookingDay(id="d", booking=more.id, date=TODAY, used=1))
    bar = board(house.snapshot, TODAY, NOW).rows[0].bars[0].shown
    assert (bar.day, bar.state, bar.used, bar.span) == (
        TODAY, "pencilled", True, Span(at("18:00"), at("20:00"))
    )  # fmt: skip
    assert [part.booking.id for part in bar.parts] == [first.id, more.id]
    house.has(msgspec.structs.replace(more, confirmed=1), since=NOW)
    assert board(house.snapshot, TODAY, NOW).rows[0].bars[0].shown.state == "confirmed"
