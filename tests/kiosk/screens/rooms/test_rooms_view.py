"""What the board of rooms says, at any day, in either language."""

import pytest

from kiosk.hub.actor import KNOWN, Actor
from kiosk.screens.rooms.view import board_view, one_line, wrapped
from kiosk.ui.words import Words
from sync.records.closed_day import ClosedDay
from tests.kiosk.hub.house import TODAY, House, at, booking, day, id_of, person, room

NOW = at("10:42")
EN, ES = Words("en"), Words("es")
ANA = Actor(level=KNOWN, person=id_of("Ana"))


@pytest.fixture
def hub() -> House:
    return House().has(
        person("Ana"),
        room("Quiet", order=1, short={"en": "Q"}),
        room("Workshop", order=2, open={"mon": (("10:00", "20:00"),)}),
    )


def view(hub, on=0, now=NOW, words=EN, **how):
    return board_view(hub.snapshot, day(on), now, words, **how)


def test_the_board_names_its_day_and_the_days_beside_it(hub):
    today, tomorrow = view(hub), view(hub, 1)
    assert (today.title, today.before, today.after) == ("Rooms today", "", "Tomorrow")
    assert (tomorrow.title, tomorrow.before, tomorrow.after) == (
        "Rooms tomorrow",
        "Today",
        "Wednesday",
    )


def test_a_later_day_is_named_by_its_date(hub):
    assert view(hub, 9).title == "Rooms, Wed 2 Dec"
    assert view(hub, 9, words=ES).title == "Salas, mié 2 dic"


def test_the_hours_run_from_opening_to_closing(hub):
    hours = view(hub).hours
    assert [text for _at, text in hours][:2] == ["09", "10"]
    assert (len(hours), hours[0][0]) == (13, 0.0)


def test_the_line_of_now_stands_where_the_time_is_and_on_no_other_day(hub):
    assert view(hub).now == pytest.approx(102 / 780)
    assert view(hub, 1).now is None


@pytest.mark.acceptance(29)
def test_a_bar_stands_at_its_local_hours(hub):
    hub.has(booking("Quiet", "12:00", hours=1.5))
    (bar,) = view(hub).rows[0].bars
    assert (bar.start, bar.end) == (pytest.approx(3 / 13), pytest.approx(4.5 / 13))


def test_a_row_says_how_the_room_is_until_when_and_what_is_on(hub):
    hub.has(booking("Quiet", "10:00", title={"en": "Chess"}))
    quiet, workshop = view(hub).rows
    assert (quiet.status, quiet.word, quiet.until, quiet.coming) == (
        "in_use",
        "in use",
        "until 11:00",
        "Chess",
    )
    assert (workshop.word, workshop.until, workshop.coming) == ("free", "all day", "")


def test_a_room_that_is_wanted_soon_says_in_how_many_minutes(hub):
    hub.has(booking("Quiet", "11:00", title={"en": "Chess"}))
    assert view(hub).rows[0].until == "in 18 min"


def test_a_shut_room_says_when_it_opens(hub):
    assert view(hub, now=at("09:30")).rows[1].until == "opens 10:00"
    assert view(hub, now=at("21:00")).rows[1].until == "opens Tue 09:00"
    hub.has(*(ClosedDay(id=id_of(f"x{n}"), date=day(n)) for n in range(15)))
    assert view(hub).rows[1].until == ""


def test_on_another_day_a_row_says_how_much_is_booked(hub):
    hub.has(booking("Quiet", "11:00", on=1), booking("Quiet", "14:00", on=1))
    quiet, workshop = view(hub, 1).rows
    assert (quiet.until, workshop.until, quiet.status) == ("2 bookings", "free all day", "")


def test_on_another_day_a_room_that_is_shut_is_not_called_free(hub):
    hub.has(ClosedDay(id=id_of("x"), date=day(1), room=id_of("Workshop")))
    assert [row.until for row in view(hub, 1).rows] == ["free all day", "shut all day"]


def test_hours_at_which_a_room_is_shut_are_hatched(hub):
    start, end = view(hub).rows[1].shut[0]
    assert (start, end) == (0.0, pytest.approx(1 / 13))


def test_five_hours_are_shown_from_the_present_one_on(hub):
    shown = view(hub, hours=5)
    assert [text for _at, text in shown.hours] == ["10", "11", "12", "13", "14"]
    assert (shown.earlier, shown.later) == (False, True)


def test_later_hours_end_with_the_day(hub):
    shown = view(hub, hours=5, since=at("20:00"))
    assert [text for _at, text in shown.hours][-1] == "21"
    assert (shown.earlier, shown.later) == (True, False)


def test_another_day_of_five_hours_begins_with_opening(hub):
    shown = view(hub, 1, hours=5)
    assert shown.hours[0][1] == "09"
    assert not shown.earlier


def test_a_bar_outside_the_hours_shown_is_not_drawn(hub):
    hub.has(booking("Quiet", "18:00"))
    assert view(hub, hours=5).rows[0].bars == ()


@pytest.mark.acceptance(43)
def test_a_private_booking_says_private_to_others_and_its_title_to_its_holder(hub):
    hub.has(booking("Quiet", "12:00", who="Ana", private=True, title={"en": "Talk"}))
    assert view(hub).rows[0].bars[0].title == "Private"
    assert view(hub, viewer=ANA).rows[0].bars[0].title == "Talk"


def test_a_booking_without_a_title_says_that_it_is_booked(hub):
    hub.has(booking("Quiet", "12:00", title={}))
    assert view(hub, words=ES).rows[0].bars[0].title == "Reservada"


def test_a_name_is_written_in_the_reader_s_language_else_in_any(hub):
    assert view(hub, words=ES).rows[0].name == "Quiet"
    assert (view(hub).rows[0].short, view(hub).rows[1].short) == ("Q", "Workshop")


def test_a_closed_day_says_why(hub):
    hub.has(ClosedDay(id=id_of("rest"), date=day(6), why={"en": "Rest day"}))
    assert (view(hub, 6).shut, view(hub, 6).why) == (True, "Rest day")
    assert view(hub, 6, words=ES).why == "Rest day (en inglés)"
    assert view(hub, 6).long_title == "Sunday 29 November"


def test_a_day_without_hours_says_that_the_house_is_shut(hub):
    hub.has(ClosedDay(id=id_of("rest"), date=day(6)))
    assert view(hub, 6).why == "The house is shut"


def test_the_night_of_a_clock_change_has_its_own_number_of_hours(hub):
    hub.has(ClosedDay(id=id_of("ball"), date=day(126), open=(("00:00", "24:00"),)))
    hours = [text for _at, text in view(hub, 126).hours]
    assert day(126).isoformat() == "2027-03-29"
    assert len(hours) == 24
    hub.has(ClosedDay(id=id_of("night"), date=day(125), open=(("00:00", "24:00"),)))
    spring = [text for _at, text in view(hub, 125).hours]
    assert (len(spring), "02" in spring) == (23, False)


def letters(text):
    return float(len(text))


@pytest.mark.parametrize(
    ("text", "room_px", "lines", "shown"),
    [
        ("Chess", 10, 2, "Chess"),
        ("Spanish conversation", 12, 2, "Spanish\nconversation"),
        ("Sitting in silence", 10, 2, "Sitting in\nsilence"),
        ("Babies and crawlers", 10, 2, "Babies and\ncrawlers"),
        ("Babies and crawlers", 8, 2, "Babies\nand cra…"),
        ("Unbelievably", 5, 2, "Unbe…"),
        ("Film and talk", 9, 1, "Film and…"),
        ("Film", 0, 2, ""),
        ("", 9, 2, ""),
    ],
)
def test_a_title_is_wrapped_and_cut_to_its_room(text, room_px, lines, shown):
    assert wrapped(text, room_px, letters, lines) == shown


def test_line_breaks_in_a_name_are_spaces():
    assert one_line(" Quiet\n Room ") == "Quiet Room"


def test_a_hub_without_a_language_still_has_a_board(hub):
    hub.tables["hub"].clear()
    assert board_view(hub.snapshot, TODAY, NOW, EN).rows


def test_a_title_of_ten_thousand_letters_is_one_line_of_a_board(hub):
    hub.has(booking("Quiet", "12:00", title={"en": "x \u202e\n" * 10_000}))
    title = view(hub).rows[0].bars[0].title
    assert len(title) <= 160
    assert "\n" not in title


def test_a_title_is_cut_with_few_measurements():
    asked = []
    wrapped("x" * 160, 20, lambda text: asked.append(text) or float(len(text)), 1)
    assert len(asked) < 12
