"""What the screens of coming in say."""

import pytest

from kiosk.screens.here.view import agreement_words, leading_letters, reasons
from kiosk.ui.words import Words
from sync.records.agreement import Agreement
from tests.kiosk.hub.house import House, at, day, id_of, person, the_hub

EN, ES = Words("en"), Words("es")
NOW = at("10:42")


@pytest.fixture
def hub() -> House:
    return House()


def test_reasons_stand_in_the_order_people_know_whatever_the_map_says(hub):
    said = {"looking": {"en": "Just looking"}, "visiting": {"en": "Visiting someone"}}
    hub.has(the_hub(reasons=said))
    assert [one.key for one in reasons(hub.snapshot, EN)] == ["visiting", "looking"]


def test_a_reason_of_the_hubs_own_comes_last_with_a_sign_of_its_own(hub):
    hub.has(the_hub(reasons={"seeds": {"en": "Seed swap"}, "event": {"en": "An event"}}))
    found = reasons(hub.snapshot, EN)
    assert [one.words for one in found] == ["An event", "Seed swap"]
    assert all(one.icon for one in found)


def test_a_reason_is_read_in_the_readers_language_else_the_hubs(hub):
    said = {"event": {"en": "An event", "es": "Una actividad"}, "looking": {"en": "Looking"}}
    hub.has(the_hub(reasons=said))
    assert [one.words for one in reasons(hub.snapshot, ES)] == ["Una actividad", "Looking"]


def test_a_reason_without_words_is_left_out(hub):
    hub.has(the_hub(reasons={"event": {"en": " "}}))
    assert reasons(hub.snapshot, EN) == ()


def test_only_letters_that_lead_to_somebody_can_be_pressed(hub):
    hub.has(person("Marta Ruiz"), person("Óscar Peña"))
    assert leading_letters(hub.snapshot, "") == frozenset("MROP")
    assert leading_letters(hub.snapshot, "M") == frozenset("A")


def test_a_name_in_another_script_is_led_to_by_its_latin_letters(hub):
    hub.has(person("Олена Коваль"))
    assert "L" in leading_letters(hub.snapshot, "O")


def test_who_was_withdrawn_is_led_to_by_nothing(hub):
    hub.has(person("Marta Ruiz", withdrawn={"by": "x", "at": "2026-11-01T00:00:00Z"}))
    assert leading_letters(hub.snapshot, "") == frozenset()


def test_a_hub_without_an_agreement_asks_for_none(hub):
    assert agreement_words(hub.snapshot, NOW, EN) is None


def test_the_agreement_in_force_is_read_in_the_readers_language(hub):
    text = {"en": "We care.", "es": "Nos cuidamos."}
    hub.has(Agreement(id=id_of("a1"), version=1, text=text, since=day(-10)))
    assert agreement_words(hub.snapshot, NOW, ES).text == "Nos cuidamos."


def test_an_agreement_in_another_language_says_so(hub):
    hub.has(Agreement(id=id_of("a1"), version=1, text={"es": "Nos cuidamos."}, since=day(-10)))
    assert agreement_words(hub.snapshot, NOW, EN).foreign == "(in Spanish)"
