"""Volunteer mode: in by card or name and a PIN, out after five minutes, and names in one tap."""

import pytest

from tests.flows.people import (
    INES,
    INES_CARD,
    INES_PIN,
    MARTA_CARD,
    at_work,
    is_here,
    person_of,
    was_told,
)


@pytest.fixture
def asked(door):
    """The light's page led to the question who the volunteer is."""
    door.shell.go("light")
    return door.settle().tap("Volunteers")


def by_card(door):
    door.tap_card(INES_CARD)
    assert door.at == "volunteer_pin"
    return door


def wrong(door, times):
    for _ in range(times):
        door.type("000000").settle()
    return door


def test_a_card_and_a_pin_lead_in_and_the_card_signs_nobody_in(asked):
    by_card(asked).audit().type(INES_PIN)
    assert asked.at == "volunteer"
    assert asked.shell.session.volunteer == person_of(asked.hub, INES).id
    assert not is_here(asked.hub, INES, asked.app.time.now())
    asked.audit().picture("volunteer-home")


def test_a_name_and_a_pin_lead_in(asked):
    asked.audit().picture("volunteer-enter").type("IN").audit().tap("Inés V.").type(INES_PIN)
    assert asked.at == "volunteer"


def test_names_of_people_who_are_no_volunteers_are_not_offered(asked):
    assert asked.can("I")
    assert not asked.can("N")  # Nuria Campos is a member


def test_another_persons_card_opens_nothing(asked):
    from tests.flows.people import ANA_CARD  # a volunteer, so a way in

    asked.tap_card("04FFFFFFFFFFFF").audit()
    assert (asked.at, asked.shell.session.volunteer) == ("volunteer_enter", "")
    asked.tap("All right").tap_card(ANA_CARD)
    assert asked.at == "volunteer_pin"


def test_a_wrong_pin_says_so_and_opens_nothing(asked):
    wrong(by_card(asked), 1)
    assert asked.at == "volunteer_pin"
    said = ("That was not it. 4 tries left.", "Not it")  # in large words
    assert any(asked.audit().reads(words) for words in said)
    assert asked.shell.session.volunteer == ""


def test_after_five_wrong_ones_the_right_one_rests_too_for_five_minutes(asked):
    wrong(by_card(asked), 5).type(INES_PIN).audit()
    assert asked.at == "volunteer_pin"
    assert asked.reads(asked.shell.words.say("code.paused"))
    asked.tap("All right").pass_(minutes=5.1)
    asked.shell.go("volunteer_enter")
    by_card(asked.settle()).type(INES_PIN)
    assert asked.at == "volunteer"


def test_names_of_the_roll_call_open_for_a_volunteer_and_nobody_else(door):
    door.shell.go("rollcall")
    door.settle().tap_any("Names, for a volunteer", "Names").tap_card(INES_CARD).type(INES_PIN)
    assert door.at == "rollcall_names"
    assert door.audit().reads("Luis O.")
    door.picture("volunteer-names").tap("Back")
    assert door.at == "volunteer"
    door.tap_any("Leave volunteer mode", "Leave")
    door.shell.go("rollcall")
    door.settle().tap_any("Names, for a volunteer", "Names")
    assert door.at == "volunteer_enter"


def test_a_volunteer_sees_names_with_one_tap_and_ticks_off_with_another(door):
    at_work(door).tap("Roll call")
    assert door.at == "rollcall_names"
    door.tap("Luis O.").audit()
    assert door.taps == 2
    assert door.reads("1 of 16")
    roll = next(iter(door.after_power_cut().rolls))
    assert roll.entered_by == person_of(door.hub, INES).id


def test_ticking_off_opens_the_names_to_nobody_else(door):
    at_work(door).tap("Roll call").tap("Luis O.")
    door.shell.rest()
    door.shell.go("rollcall")
    door.settle().tap_any("Names, for a volunteer", "Names")
    assert door.at == "volunteer_enter"


def test_volunteer_mode_ends_by_itself_after_five_minutes(door):
    at_work(door)
    for _ in range(13):
        door.pass_(seconds=20).touch_at(3, 3)
    assert door.at == "volunteer"
    door.pass_(seconds=12)
    assert was_told(door, "Volunteer mode closes in half a minute.")
    door.touch_at(3, 3).pass_(seconds=29)
    assert (door.at, door.shell.session.volunteer) == ("rest", "")


@pytest.mark.parametrize("page", ["volunteer", "rollcall_names"])
def test_forty_seconds_after_the_last_touch_it_has_ended(door, page):
    at_work(door, then=page).pass_(seconds=40.5)
    assert (door.at, door.shell.session.volunteer) == ("rest", "")


def test_a_card_at_the_door_is_taken_while_the_volunteers_page_stays(door):
    at_work(door).tap_card(MARTA_CARD)
    assert door.at == "volunteer"
    assert not is_here(door.hub, "Marta Ruiz", door.app.time.now())
    assert was_told(door, "Marta R. has left.")
    assert door.shell.session.person == ""


def test_no_page_of_volunteer_mode_stays_without_a_volunteer(door):
    from kiosk.screens import SCREENS

    pages = {name for name in SCREENS if name.startswith("volunteer")}
    for page in sorted(pages - {"volunteer_enter", "volunteer_pin"}):
        door.shell.go(page)
        assert door.settle().at == "rest", page


def test_what_waits_for_a_volunteer_is_a_tap_away(door, form):
    at_work(door)
    if door.shell.theme.large or not door.shell.theme.roomy:
        assert not door.can("Look")  # the tile of the bookings counts them
        return
    assert door.audit().reads("Needs you:")
    door.picture("volunteer-home").tap("Look")
    assert (door.at, door.shell.screen.step) == ("room", "clash")
    door.audit().tap("Back").tap("Back")
    assert door.at == "volunteer"


def test_undo_beside_what_a_volunteer_did_takes_back_no_card(door):
    at_work(door).tap("Write a notice").turn_to("There is no water today")
    door.tap("There is no water today").tap("Publish").pass_(seconds=2)
    door.tap_card(MARTA_CARD).pass_(seconds=4.5)  # what is announced may lie over it
    assert door.reads("It is up.")
    door.tap("Undo")
    assert not [one for one in door.hub.notices if one.title.get("en") == "There is no water today"]
    assert not is_here(door.hub, "Marta Ruiz", door.app.time.now())
