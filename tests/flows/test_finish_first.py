"""A card that is held while somebody writes: it does its work, and not a word of theirs is lost."""

import pytest

from tests.flows.people import (
    ANA,
    ANA_CARD,
    MARTA,
    MARTA_CARD,
    at_work,
    is_here,
    person_of,
    was_told,
)

pytestmark = pytest.mark.one_form

NEW = "04FEEDC0FFEE01"


def writes_a_notice(door):
    door.shell.go("putting_up")
    door.settle().tap("I offer").turn_to("In my own words").tap("In my own words")
    return door.type("ZUMBA")


def text_of(door):
    return door.shell.screen.typing_page.text.upper()


def test_a_new_card_takes_nobodys_words(door):
    writes_a_notice(door).tap_card(NEW)
    assert (door.at, text_of(door)) == ("putting_up", "ZUMBA")
    assert was_told(door.audit(), "First finish what stands here, then hold the card again.")


def test_who_leaves_by_card_meanwhile_is_told_so_and_the_page_stays(door):
    writes_a_notice(door).tap_card(MARTA_CARD)
    assert (door.at, text_of(door)) == ("putting_up", "ZUMBA")
    assert not is_here(door.hub, MARTA, door.app.time.now())
    assert was_told(door, "Marta R. has left.")
    assert door.shell.session.person == ""


def test_where_a_name_is_asked_for_a_card_is_one(door):
    was_here = is_here(door.hub, ANA, door.app.time.now())
    writes_a_notice(door).tap("Go on").tap_card(ANA_CARD)
    assert is_here(door.hub, ANA, door.app.time.now()) is was_here
    assert text_of(door) == ANA.upper()
    door.audit().pass_(seconds=4.5).tap("Put it up")
    notice = next(one for one in door.hub.notices if "zumba" in str(one.title).lower())
    assert notice.owner == person_of(door.hub, ANA).id


def test_another_name_typed_after_a_card_is_nobodys_card(door):
    writes_a_notice(door).tap("Go on").tap_card(ANA_CARD)
    door.pass_(seconds=4.5).type("X").tap("Put it up")
    notice = next(one for one in door.hub.notices if "zumba" in str(one.title).lower())
    assert notice.owner == ""


@pytest.mark.parametrize("card", [NEW, MARTA_CARD])
def test_a_volunteer_who_types_a_name_is_taken_nowhere(door, card):
    at_work(door, then="volunteer_people", typed="Ad").tap_card(card)
    assert (door.at, text_of(door)) == ("volunteer_people", "AD")


def test_a_new_card_beside_a_volunteers_notice_opens_no_page(door):
    at_work(door).tap("Write a notice").tap("In my own words").type("FOG").tap_card(NEW)
    assert (door.at, text_of(door)) == ("volunteer_notice", "FOG")


def test_a_volunteer_who_writes_may_have_five_minutes_more(door):
    at_work(door).tap("Write a notice").tap("In my own words").type("FOG")
    for _ in range(13):
        door.pass_(seconds=20).touch_at(3, 3)
    door.pass_(seconds=12)
    assert door.audit().reads("Volunteer mode closes in half a minute.")
    door.tap("I need more time")
    for _ in range(13):
        door.pass_(seconds=20).touch_at(3, 3)
    assert text_of(door) == "FOG"
    door.pass_(seconds=12)
    for _ in range(3):
        door.touch_at(3, 3).pass_(seconds=12)
    assert door.at == "rest"


def test_the_question_about_more_time_is_not_hidden_by_another(door):
    at_work(door).tap("Write a notice").tap("In my own words").type("FOG")
    for _ in range(12):
        door.pass_(seconds=20).touch_at(3, 3)
    door.pass_(seconds=31)
    assert door.reads("Volunteer mode closes in half a minute.")
    assert not door.reads("Still there?")
    door.pass_(seconds=5).tap("I need more time").pass_(seconds=28).touch_at(3, 3)
    assert text_of(door) == "FOG"
