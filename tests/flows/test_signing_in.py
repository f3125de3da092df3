"""I'm here: by card, by one's own tile, visiting, together, just counted."""

import pytest

from kiosk.hub.presence import heads_at
from tests.flows.people import ANA_CARD, is_here


def heads(door):
    return heads_at(door.hub, door.app.time.now())


def newest(hub):
    return max(hub.visits_open, key=lambda visit: (visit.came_at, visit.id))


def by_name(door):
    """From the rest screen to the letters: one tap where they stand beside the ways, else two."""
    door.tap("I'm here")
    if door.at == "here" and not door.has_letters():
        door.tap_any("By my name", "My name")
    return door


def test_a_card_signs_in_without_a_tap(door):
    name = "Samuel Achebe"
    assert not is_here(door.hub, name, door.app.time.now())
    door.tap_card("04A6A91FB69386").audit()
    assert door.taps == 0
    assert is_here(door.hub, name, door.app.time.now())
    assert door.reads("Welcome") or door.at == "agreement"


def test_a_returning_person_finds_their_own_tile(door, short):
    by_name(door).audit().picture("here-letters").type("OL").audit().picture("here-choose")
    door.tap("Olga P.")
    assert door.letters == 2
    assert door.taps <= (2 if short == "roomy" else 3)  # at 7" there are two steps
    assert is_here(door.hub, "Olga Prieto", door.app.time.now())


@pytest.mark.parametrize(
    ("letters", "tile", "name"),
    [("NG", "Nguyễn", "Nguyễn Thu Hà"), ("YU", "Yūki", "Yūki Tanaka")],
)
def test_people_with_names_in_other_scripts_sign_in_by_latin_letters(door, letters, tile, name):
    by_name(door).type(letters).audit().tap_text(tile)
    assert is_here(door.hub, name, door.app.time.now())


def test_a_letter_in_the_corner_is_pressed_beside_letters_that_lead_nowhere(door):
    by_name(door).type("GR").tap_text("Greta")
    assert is_here(door.hub, "Greta Holm", door.app.time.now())


def test_a_visitor_signs_in_with_four_taps(door):
    before = heads(door)
    door.tap("I'm here").audit().picture("here")
    door.tap("I'm visiting").audit().picture("here-visitor-reason")
    door.turn_to("Just looking").tap("Just looking").audit().tap("Done").audit()
    door.picture("here-welcome")
    assert door.at == "welcome"
    assert door.taps == 4
    assert heads(door) == before + 1


def test_what_a_visitor_was_told_survives_a_power_cut(door):
    door.tap("I'm here").tap("I'm visiting").turn_to("Just looking").tap("Just looking").tap("Done")
    kept = newest(door.after_power_cut())
    assert (kept.how, kept.reason) == ("visitor", "looking")


def test_a_family_signs_in_under_one_tag_with_two_more_taps(door, short):
    before = heads(door)
    door.tap("I'm here").tap("Family or group").audit().picture("here-group")
    was = door.taps
    grown_ups = door.shell.screen
    assert grown_ups.name == "group"
    door.tap_any("Go on: 2 of you", "Go on").audit()
    door.turn_to("Just looking").tap("Just looking").tap("Done").audit()
    assert door.taps - was <= 3
    assert newest(door.hub).how == "group"
    assert heads(door) >= before + 2


def test_just_count_me_keeps_no_name(door):
    before = heads(door)
    door.tap("I'm here").tap("Just count me").audit()
    visit = newest(door.hub)
    assert (visit.how, visit.name, visit.person, visit.tag) == ("count", "", "", "")
    assert heads(door) == before + 1


def test_signing_in_is_undone_within_ten_seconds(door):
    before = heads(door)
    door.tap("I'm here").tap("Just count me").pass_(seconds=4).tap("Undo")
    assert heads(door) == before


def test_signing_in_cannot_be_undone_later(door):
    before = heads(door)
    door.tap("I'm here").tap("Just count me").pass_(seconds=11)
    assert not any("Undo" in words or "Deshacer" in words for words in door.offers())
    assert heads(door) == before + 1


def test_the_same_card_within_a_minute_changes_nothing(door):
    door.tap_card(ANA_CARD)
    visits = len(list(door.hub.visits_open))
    door.pass_(seconds=20).tap_card(ANA_CARD)
    assert len(list(door.hub.visits_open)) == visits
