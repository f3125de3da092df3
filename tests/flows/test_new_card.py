"""A card that nobody had before, a card printed at home, a guest's code to leave with."""

import logging

import pytest

from kiosk.hub.actor import VOLUNTEER, Actor
from kiosk.hub.cards import ReportLost, cards_of, report_lost
from kiosk.screens.tags import tag_words, whole
from kiosk.store import Changes, Write
from sync.qr_codes import home_card, leaving_code
from sync.records.card import Card
from tests.flows.people import ANA, MARTA, MARTA_CARD, at_work, is_here, person_of, was_told

NEW = "04FEEDC0FFEE01"
KEY = "c" * 64


@pytest.fixture
def door(open_door, form):
    """A door on the usual screen; how the pages look on all others, test_every_page says."""
    if (form.screen, form.lang, form.large) != ("1280x800", "en", False):
        pytest.skip("cards are the same on every screen")
    return open_door()


def cards(door):
    return len(list(door.hub.all(Card)))


def here(door, name):
    return is_here(door.hub, name, door.app.time.now())


def signed(door, name, issue=1):
    """A card printed at home, of a hub whose server made a key for them."""
    write = Write("hub", door.hub.hub.id, {"card_key": KEY})
    now_ms = round(door.app.time.now().timestamp() * 1000)
    door.app.desk.do(lambda: door.app.store.commit(Changes((write,)), now_ms=now_ms)).result(10)
    return home_card(KEY, door.hub.hub.id, person_of(door.hub, name).id, issue)


@pytest.mark.acceptance(52)
def test_a_new_card_has_two_ways_in_and_nothing_of_it_is_kept(door, caplog):
    caplog.set_level(logging.DEBUG)
    before = cards(door)
    door.tap_card(NEW)
    assert door.at == "new_card"
    door.audit().picture("new-card")
    assert cards(door) == before
    said = caplog.text + repr(door.shell.trail) + repr(door.shell.screen.kept())
    assert NEW not in said.upper()
    door.tap("Find my name")
    assert door.has_letters()
    door.pass_(seconds=45).tap_card(NEW).tap("I'm visiting")
    assert door.at == "visiting"


def test_a_volunteer_says_whose_card_it_is(door):
    olga = person_of(door.hub, "Olga Prieto").id
    before = len(cards_of(door.hub, olga))
    at_work(door)
    door.tap_card(NEW)
    assert door.at == "whose_card"
    door.audit().picture("whose-card").type("OL").audit().tap("Olga P.")
    assert door.at == "volunteer"
    assert len(cards_of(door.hub, olga)) == before + 1
    door.shell.rest()
    door.pass_(seconds=15).tap_card(NEW)
    assert here(door, "Olga Prieto")


def test_a_new_card_on_the_page_about_people_asks_whose_it_is(door):
    at_work(door, then="volunteer_people").tap_card(NEW)
    assert door.at == "whose_card"


def test_without_a_volunteer_nobody_is_asked_and_no_card_is_given(door):
    before = cards(door)
    door.shell.go("whose_card", uid_hash="f" * 64)
    door.settle()
    assert door.at == "rest"
    assert cards(door) == before


def test_a_card_printed_at_home_signs_in_and_out_without_a_record_of_it(door):
    code = signed(door, "Olga Prieto")
    door.tap_card(code)
    assert here(door, "Olga Prieto")
    door.pass_(minutes=2).tap_card(code.lower())
    assert not here(door, "Olga Prieto")


def test_a_card_printed_at_home_books_too(door):
    code = signed(door, "Olga Prieto")
    kitchen = next(room for room in door.hub.rooms if room.name["en"] == "Kitchen")
    door.shell.go("room", room=kitchen.id)
    assert door.settle().tap_card(code).can("Pencil it in")
    door.pass_(seconds=5)
    at_work(door, then="volunteer_people").tap_card(code)
    assert door.at == "volunteer_person"


def test_a_card_printed_at_home_that_was_taken_back_opens_nothing(door):
    code = signed(door, "Olga Prieto")
    olga = person_of(door.hub, "Olga Prieto").id
    at_work(door, then="volunteer_person", person=olga, asked="card").tap_card(code)
    by = Actor(VOLUNTEER, person_of(door.hub, ANA).id)
    door.app.desk.ask(report_lost, ReportLost(olga, by=by)).result(10)
    door.shell.rest()
    door.pass_(seconds=5).tap_card(code)
    assert door.reads("This card was reported lost")
    assert not here(door, "Olga Prieto")


def test_a_forged_card_is_a_new_one(door):
    signed(door, "Olga Prieto")
    forged = home_card("f" * 64, door.hub.hub.id, person_of(door.hub, "Olga Prieto").id, 1)
    door.tap_card(forged)
    assert door.at == "new_card"
    assert not here(door, "Olga Prieto")


def tagged(door):
    door.tap("I'm here").tap("I'm visiting").turn_to("Just looking").tap("Just looking").tap("Done")
    return max(door.hub.visits_open, key=lambda visit: (visit.came_at, visit.id))


def test_a_guest_leaves_by_the_code_on_their_tag_from_any_page(door):
    visit = tagged(door)
    door.pass_(seconds=12).tap("Roll call") if door.can("Roll call") else door.shell.rest()
    door.tap_card(leaving_code(visit.id))
    assert door.at == "saved"
    assert door.hub.visit(visit.id).left_at
    door.pass_(seconds=12).tap_card(leaving_code(visit.id))
    assert door.shell.dialog is not None  # they are gone already, it says


def test_a_volunteer_at_work_is_told_which_guest_left(door):
    visit = tagged(door)
    at_work(door.pass_(seconds=12)).tap_card(leaving_code(visit.id))
    assert door.at == "volunteer"
    assert was_told(
        door, f"{whole(tag_words(visit.tag, door.shell.words), door.shell.words)} has left."
    )


def test_a_scanner_that_types_may_be_used_for_codes(door):
    visit = tagged(door)
    for letter in leaving_code(visit.id) + "\r":
        door.type_key(letter)
    door.settle()
    assert door.hub.visit(visit.id).left_at


def test_in_and_out_and_not_understood_have_tones(door):
    for uid, tone in ((MARTA_CARD, "out"), (NEW, "unsure"), ("04A6A91FB69386", "in")):
        before = len(door.tones)
        door.tap_card(uid)
        door.frames.until(lambda n=before: len(door.tones) > n, f"the tone for {tone}")
        from kiosk.hardware.sound import toned

        assert door.tones[-1] == toned(tone, 60)
        door.pass_(seconds=45)


def test_in_quiet_hours_there_are_none(open_door, form):
    from kiosk.config import SoundFacts

    if (form.screen, form.lang, form.large) != ("1280x800", "en", False):
        pytest.skip("tones are the same on every screen")
    door = open_door(sound=SoundFacts(quiet="10:00-11:00"))
    door.tap_card(MARTA_CARD)
    assert not here(door, MARTA)
    assert door.tones == []
