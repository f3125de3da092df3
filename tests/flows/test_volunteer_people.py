"""Visits, people, cards and rooms in volunteer mode: done for others, and it says by whom."""

import datetime as dt

import pytest

from tests.flows.people import ANA, INES, MARTA, at_work, is_here, person_of

NEW_CARD = "04AABBCCDDEE01"


@pytest.fixture
def ines(door):
    return person_of(door.hub, INES).id


def page_of(door, name):
    return at_work(door, then="volunteer_person", person=person_of(door.hub, name).id)


def open_visit(door, name):
    person = person_of(door.hub, name).id
    return next(one for one in door.hub.visits_open if one.person == person)


def test_somebody_who_is_here_is_entered_with_the_name_of_who_did_it(door, ines):
    page_of(door, ANA).tap("They came").turn_to("Now").tap("Now")
    assert door.audit().reads("The visit is entered.")
    assert is_here(door.after_power_cut(), ANA, door.app.time.now())
    assert open_visit(door, ANA).entered_by == ines


def test_a_forgotten_sign_out_gets_its_own_time(door):
    one = open_visit(door, MARTA)
    at_work(door, then="volunteer_visits").audit()
    at_work(door, then="volunteer_visit", visit=one.id).tap("They left earlier")
    door.turn_to("10:30").tap("10:30")
    left = door.after_power_cut().visit(one.id).left_at
    assert left == dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    assert not is_here(door.hub, MARTA, door.app.time.now())


def test_whoever_turned_the_page_of_visits_stays_there_when_others_come(door):
    from kiosk.hub.sign_in import ComeVisiting, come_visiting

    def comes(name):
        door.app.desk.ask(come_visiting, ComeVisiting(name=name)).result(10)
        door.settle()

    comes("Zoe Lund")
    at_work(door, then="volunteer_visits")
    assert any("Zoe L." in words for words in door.offers())
    if door.shell.screen._rows.slots < 3:
        pytest.skip("one name a page: whoever comes takes its place")
    door.tap("More")
    comes("Ada Berg")
    assert not any(name in words for words in door.offers() for name in ("Zoe L.", "Ada B."))
    at_work(door, then="volunteer_visits")
    assert any("Ada B." in words for words in door.offers())


def test_a_visit_that_never_was_counts_no_more_and_can_be_taken_back(door):
    one = open_visit(door, MARTA)
    at_work(door, then="volunteer_visit", visit=one.id).tap("It never was: a mistake")
    assert door.hub.visit(one.id).mistake == 1
    door.shell.screen.undo()
    assert door.settle().hub.visit(one.id).mistake == 0


def test_a_card_is_given_by_tapping_it_and_reported_lost(door, ines):
    from kiosk.hub.cards import holder

    page_of(door, ANA).turn_to("Give a card").tap("Give a card").audit().tap_card(NEW_CARD)
    hashed = door.app._hashed(NEW_CARD)
    assert holder(door.after_power_cut(), hashed).name == ANA
    assert door.hub.cards(hashed)[0].entered_by == ines
    assert not is_here(door.hub, ANA, door.app.time.now())
    page_of(door, ANA).turn_to("Their card is lost").tap("Their card is lost")
    assert all(card.lost for card in door.after_power_cut().cards(hashed))


def test_somebody_elses_card_is_not_given_away(door):
    from tests.flows.people import MARTA_CARD

    page_of(door, ANA).turn_to("Give a card").tap("Give a card").tap_card(MARTA_CARD).audit()
    assert door.reads("This card belongs to somebody else.")
    assert is_here(door.hub, MARTA, door.app.time.now())


def test_a_card_opens_the_page_of_whose_it_is(door):
    from tests.flows.people import MARTA_CARD

    at_work(door, then="volunteer_people").tap_card(MARTA_CARD)
    assert door.at == "volunteer_person"
    assert door.shell.screen.heading == "Marta R."
    assert is_here(door.hub, MARTA, door.app.time.now())


def test_somebody_new_is_made_and_found(door, ines):
    at_work(door, then="volunteer_people").tap("Somebody new").type("zoe").tap("Go on")
    assert door.at == "volunteer_person"
    made = next(one for one in door.hub.people if one.name.casefold() == "zoe")
    assert (made.kind, made.entered_by) == ("member", ines)
    at_work(door, then="volunteer_find").type("ZO").tap("Zoe")
    assert door.at == "volunteer_person"


def test_a_room_is_booked_for_somebody_by_the_volunteers_hand(door, ines):
    from sync.records.booking import Booking

    before = {one.id for one in door.hub.all(Booking)}
    page_of(door, ANA).turn_to("Book a room").tap("Book a room")
    assert door.at == "rooms"
    garden = next(one for one in door.hub.rooms if one.name["en"] == "Garden")
    door.shell.go("room", room=garden.id)
    door.settle().tap_any("Pencil it in", "Book")
    made = [one for one in door.hub.all(Booking) if one.id not in before]
    assert [(one.person, one.entered_by) for one in made] == [(person_of(door.hub, ANA).id, ines)]
    at_work(door)
    assert door.shell.session.person == ""


def test_somebody_is_made_a_volunteer_with_a_pin_typed_twice(door):
    page_of(door, "Nuria Campos").turn_to("Make a volunteer").tap("Make a volunteer")
    door.type("135790").type("135791").type("135790").type("135790").settle()
    nuria = person_of(door.after_power_cut(), "Nuria Campos")
    assert nuria.kind == "volunteer"
    door.shell.rest()
    door.shell.go("volunteer_pin", person=nuria.id)
    door.settle().type("135790")
    assert door.at == "volunteer"
    assert door.shell.session.volunteer == nuria.id
