"""A screen that hangs where no cable comes: on the first day, and when the password has changed."""

import pytest

from tests.flows.people import at_work, was_told
from tests.kiosk.hardware.nmcli import CABLE, Nmcli


@pytest.fixture
def first_day(open_door, form):
    """A new kiosk that may have no network yet, at its first question."""

    def open_(nmcli):
        if form.wall:
            pytest.skip("the first day is walked at a door")
        door = open_door(sample=False, nmcli=nmcli)
        door.frames.until(lambda: door.shell.around.wifi.seen is not None, "a look around")
        return door.settle().tap("English" if door.shell.words.lang == "en" else "Español")

    return open_


def types(door, password):
    """Type a password, with the keys of each page where they are."""
    for letter in password:
        if letter == " ":
            door.tap("space")
        elif letter.isupper():
            door.tap("Shift").type(letter)
        else:
            door.type(letter)
    return door


def until_near(door):
    near = door.shell.words.say("wifi.title")
    door.frames.until(lambda: door.settle().shell.screen.heading == near, "networks to be there")
    return door


def test_the_network_is_chosen_and_its_password_typed_and_the_questions_go_on(first_day):
    nmcli = Nmcli()
    door = first_day(nmcli)
    door.audit().picture("setup_network").tap("Wi-Fi")
    until_near(door).audit().picture("wifi").turn_to("La Ronda").tap("La Ronda").audit()
    assert not door.can("Join")
    types(door, "catorce sillas").picture("wifi_password").tap("Join")
    door.frames.until(lambda: door.at == "setup", "the questions to go on")
    door.settle()
    assert door.reads("Which house is this?") and was_told(door, "Connected to La Ronda.")
    joins = [typed for words, typed in nmcli.ran if "connect" in words]
    assert joins == ["catorce sillas\n"]


def test_a_wrong_password_is_said_and_can_be_mended(first_day):
    door = first_day(Nmcli(password="catorce sillas!"))
    until_near(door.tap("Wi-Fi")).turn_to("La Ronda").tap("La Ronda")
    types(door, "catorce sillas").tap("Join")
    door.frames.until(lambda: door.shell.dialog, "a sentence")
    door.settle().audit()
    assert door.reads("That is not the password of this network. Capital letters count.")
    door.shell.close_dialog()
    door.settle().tap("123").type("!").tap("Join")
    door.frames.until(lambda: door.at == "setup", "the questions to go on")


def test_the_door_begins_without_a_network_too(first_day):
    door = first_day(Nmcli()).tap("Without a network")
    assert door.settle().reads("Which house is this?")


def test_with_a_cable_nothing_is_asked(first_day):
    assert first_day(Nmcli(CABLE)).settle().reads("Which house is this?")


def test_where_no_network_is_near_one_may_look_again(first_day):
    nmcli = Nmcli(near="")
    door = first_day(nmcli).tap("Wi-Fi")
    door.frames.until(lambda: door.settle().reads("There is no Wi-Fi near"), "an answer")
    nmcli.near = Nmcli.near
    until_near(door.audit().tap("Look again")).audit()


@pytest.mark.parametrize("low", [False, True], ids=["usual", "low"])
def test_a_volunteer_finds_it_on_the_page_of_the_screen(open_door, form, low):
    if form.wall:
        pytest.skip("walls have no volunteer mode")
    door = open_door(nmcli=Nmcli(), low=low)
    at_work(door, then="volunteer_device")
    door.frames.until(lambda: door.settle().can("Wi-Fi"), "a look around")
    name = f"wifi{'-low' if low else ''}"
    until_near(door.audit().picture(f"volunteer-device-{name}").tap("Wi-Fi")).audit()
    door.picture(f"{name}-near").turn_to("La Ronda").tap("La Ronda")
    door.settle().audit().picture(f"{name}-password").tap("Back")
    while "Plaza: free" not in "".join(door.texts()):
        door.tap("More")
    door.tap_text("Plaza: free")
    door.frames.until(lambda: door.at == "volunteer_device", "to be back")


def test_nobody_else_gets_there(open_door, form):
    if form.wall:
        pytest.skip("walls have no volunteer mode")
    door = open_door(nmcli=Nmcli())
    door.shell.go("wifi")
    assert door.settle().at == "rest"


@pytest.mark.one_form
def test_a_card_that_is_tried_on_the_way_leaves_the_password_and_the_questions(first_day):
    door = first_day(Nmcli())
    until_near(door.tap("Wi-Fi")).turn_to("La Ronda").tap("La Ronda")
    types(door, "cator")
    door.tap_card("04FEEDC0FFEE01")
    assert door.at == "wifi"
    assert was_told(door, "The card reader works.")
