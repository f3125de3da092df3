"""Who is at work, for how long yet, and which letters lead to a volunteer."""

from kiosk.screens.volunteer.view import dots, home_state, leading_letters, who_lines
from kiosk.ui.words import Words
from sync.records.card import Card
from tests.kiosk.hub.house import House, at, booking, id_of, notice, person, room, visit


def test_who_is_at_work_is_said_in_fewer_and_fewer_words():
    hub = House()
    hub.has(person("Inés Valverde"))
    lines = who_lines(hub.snapshot, id_of("Inés Valverde"), 4, Words("en"))
    assert lines == ("Inés V.: volunteer mode, 4 min left", "Inés V. · 4 min", "4 min left")


def test_letters_lead_to_volunteers_with_a_pin_only():
    hub = House()
    hub.has(
        person("Inés Valverde", kind="volunteer", pin_hash="h"),
        person("Koldo", kind="volunteer"),
        person("Ana Guerra"),
    )
    assert leading_letters(hub.snapshot, "") == {"I", "V"}


def test_digits_are_shown_as_dots():
    assert dots("123") == "• • •"


def test_home_says_what_waits():
    hub = House().has(
        room("Kitchen"),
        booking("Kitchen", "18:00", confirmed=1),
        booking("Kitchen", "20:00"),
        booking("Kitchen", "10:00", on=-1),
        notice("Soup"),
        visit(came="10:00"),
        visit("", "10:10", mistake=1),
        Card(id=id_of("card"), uid_hash="h", issue=1, lost=1),
    )
    state = home_state(hub.snapshot, at("10:42"), Words("en"))
    assert state.showing == "1 is showing"
    assert state.bookings == "1 pencilled in"
    assert state.lost == "1 card reported lost"
    assert state.came == "1 today"
