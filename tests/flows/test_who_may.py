"""What is asked of whom: a name opens what a name may do, a card what a card may do.

| Act | Needs (`kiosk.hub.actor`) |
|---|---|
| read, be counted, leave by tag, come to an event as "one more", call the welcomer | nobody |
| answer for the wall of this visit, leave by name | one's own visit |
| put up an offer or a need | a name typed now |
| come to an event in one's own name | a card, or one's own code |
| book, give up, take what became free | a card, or one's own code |
| take down a notice of one's own, put a text back | a card, or one's own code |
| urgent notices, news, other people's records | a volunteer with a PIN |
"""

import pytest

pytestmark = pytest.mark.one_form

ANA, ANA_CARD = "Ana Guerra", "04B39E62072BD4"


def came_by(door, how: str):
    """Ana came in by her card, or by her tile alone."""
    from kiosk.hub.sign_in import ComeByTile, come_by_tile
    from kiosk.screens.here.came import show
    from tests.flows.people import person_of

    if how == "card":
        return door.tap_card(ANA_CARD)
    asked = ComeByTile(person_of(door.hub, ANA).id)
    show(door.shell, door.app.desk.ask(come_by_tile, asked).result(10).result)
    return door.settle()


def spanish(door):
    return next(e for e in door.hub.events if e.title["en"] == "Spanish conversation")


def ana_in(door, joins) -> bool:
    from tests.flows.people import person_of

    return person_of(door.hub, ANA).id in {join.person for join in joins}


@pytest.mark.parametrize(("how", "named"), [("card", True), ("tile", False)])
def test_only_a_card_puts_a_name_on_an_event(door, how, named):
    came_by(door, how)
    day = door.hub.today(door.app.time.now()).isoformat()
    before = len(door.hub.joins_of(spanish(door).id))
    door.shell.go("event", event=spanish(door).id, day=day)
    door.settle().audit().tap("I'll come")
    joins = door.hub.joins_of(spanish(door).id)
    assert len(joins) == before + 1
    assert ana_in(door, joins) is named


@pytest.mark.parametrize(("how", "offered"), [("card", True), ("tile", False)])
def test_only_a_card_takes_down_a_notice_of_ones_own(door, how, offered):
    from kiosk.hub.actor import KNOWN, Actor
    from kiosk.hub.notices import Publish, publish
    from tests.flows.people import person_of

    mine = Actor(KNOWN, person_of(door.hub, ANA).id)
    pears = Publish(by=mine, kind="offer", title={"en": "Pears", "es": "Peras"}, first_lang="en")
    notice = door.app.desk.ask(publish, pears).result(10).result
    came_by(door, how)
    door.shell.go("notice", notice=notice)
    assert door.settle().audit().can("Take it down") is offered


@pytest.mark.parametrize(("how", "signed"), [("card", True), ("tile", False)])
def test_who_came_by_name_signs_what_they_put_up_with_the_name_they_type(door, how, signed):
    from kiosk.screens.putting_up.view import Draft

    came_by(door, how)
    door.shell.go("putting_up", draft=Draft("words"))
    door.settle().turn_to("Company for a walk").tap("Company for a walk")
    assert (door.at == "saved") is signed
    assert door.has_letters() is not signed


def test_whoever_goes_back_to_the_rest_screen_is_known_there_no_more(door):
    kitchen = next(room for room in door.hub.rooms if room.name["en"] == "Kitchen")
    door.shell.go("room", room=kitchen.id)
    door.settle().tap_card(ANA_CARD)
    assert door.can("Pencil it in")
    door.tap("Back")
    assert door.at == "rest"
    door.shell.go("room", room=kitchen.id)
    assert not door.settle().can("Pencil it in")


def test_who_agrees_after_holding_a_card_is_known_by_it(door, monkeypatch):
    from kiosk.hub import agreement
    from tests.flows.people import person_of

    force = agreement.in_force(door.hub, door.app.time.now())
    monkeypatch.setattr(agreement, "due", lambda *_: force)
    door.tap_card(ANA_CARD)
    assert door.at == "agreement"
    door.tap("I agree")
    assert door.at == "welcome"
    assert door.shell.session.person == person_of(door.hub, ANA).id
    assert door.shell.session.by_card
