"""Who is at work, for how long yet, and which letters lead to a volunteer."""

from kiosk.screens.volunteer.view import dots, leading_letters, who_lines
from kiosk.ui.words import Words
from tests.kiosk.hub.house import House, id_of, person


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
