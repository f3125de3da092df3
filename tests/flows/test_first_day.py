"""The first day of a kiosk: a few taps, and it is a door."""

import contextlib
import shutil

import pytest

from kiosk.config import hub_key, read
from kiosk.sample.loader import LA_RONDA, load, read_file
from kiosk.setting_up import SettingUp
from kiosk.store import open_store
from sync.client.pairing import Approved, Holding, Kept, Paired
from sync.records.visit import Visit
from tests.flows.conftest import NOW
from tests.flows.server_far_away import NOT_PAIRED, FarServer
from tests.kiosk.hardware.sockets import Sockets
from tests.kiosk.hardware.streams import LD_BOTH

SAMPLE = ("Try it with the sample hub", "Door", "Front door", "Green", "Begin")
"""What is answered to try it, after the language."""


@pytest.fixture(autouse=True)
def _window_stays():
    """The kiosk ends to start over; the window of the tests does not."""
    yield
    from kivy.base import EventLoop

    EventLoop.quit = False


def test_the_sample_hub_is_tried_with_six_taps(open_door):
    door = open_door(sample=False)
    door.tap("English" if door.shell.words.lang == "en" else "Español")
    door.tap("Try it with the sample hub").tap("Door").tap("Front door").tap("Green")
    door.tap("Begin")
    door.frames.until(lambda: door.app.starts_over, "the kiosk to start over")
    assert door.taps <= 12
    assert door.hub.hub.name["en"] == "La Ronda Commons"
    assert read(door.app.place).colour == "green"


def test_a_house_of_ones_own_takes_twelve_taps_and_its_name(open_door):
    door = open_door(sample=False)
    door.tap("English" if door.shell.words.lang == "en" else "Español")
    door.tap("Our own house").type("RIO").tap("Go on").tap("Go on")
    door.tap("Wall").tap("Hall").tap("Blue").tap("Begin")
    door.frames.until(lambda: door.app.starts_over, "the kiosk to start over")
    assert door.taps <= 12
    assert next(iter(door.hub.hub.name.values())).casefold() == "rio"
    assert read(door.app.place).mode == "wall"


def test_a_card_held_while_it_is_set_up_leaves_what_was_answered(open_door):
    door = open_door(sample=False)
    door.tap("English" if door.shell.words.lang == "en" else "Español")
    door.tap("Our own house").type("RIO").tap_card("04FEEDC0FFEE01")
    assert door.at == "setup"
    door.tap("Go on")
    assert not door.has_letters()


def tongue(door):
    return "English" if door.shell.words.lang == "en" else "Español"


def left_by(door):
    """What the power leaves of a door that it goes at: the next one's folder."""
    left = door.app.place.data

    def spoil(place):
        shutil.copytree(left, place.data, ignore=shutil.ignore_patterns("taps", "sticks", "kivy"))

    return spoil


def with_a_hub(door):
    """The same, and a hub that has come from elsewhere."""
    left = left_by(door)

    def spoil(place):
        left(place)
        with open_store(place.store) as store:
            load(store, read_file(LA_RONDA), NOW, hub_key(place))

    return spoil


@pytest.mark.parametrize("answered", range(len(SAMPLE) + 1))
def test_whichever_question_the_power_goes_at_the_next_start_asks_again(open_door, answered):
    door = open_door(sample=False)
    for words in (tongue(door), *SAMPLE)[:answered]:
        door.tap(words)
    door = open_door(sample=False, spoil=left_by(door))
    for words in (tongue(door), *SAMPLE):
        door.tap(words)
    door.frames.until(lambda: door.app.starts_over, "the kiosk to start over")
    assert door.hub.hub.name["en"] == "La Ronda Commons"
    assert read(door.app.place).colour == "green"


def test_when_the_power_goes_before_the_settings_are_kept_the_house_is_there_already(
    open_door, monkeypatch
):
    door = open_door(sample=False)
    with monkeypatch.context() as cut:
        cut.setattr(SettingUp, "_then", lambda *_: None)
        for words in (tongue(door), *SAMPLE):
            door.tap(words)
        door.frames.until(lambda: door.hub.hub.id, "the hub to be kept")
    visits = {one.id for one in door.hub.all(Visit)}
    door = open_door(sample=False, spoil=left_by(door))
    for words in (tongue(door), "Door", "Front door", "Green", "Begin"):
        door.tap(words)
    door.frames.until(lambda: door.app.starts_over, "the kiosk to start over")
    assert {one.id for one in door.hub.all(Visit)} == visits
    assert read(door.app.place).colour == "green"


def test_when_the_power_goes_while_a_hub_is_being_joined_the_rest_is_still_asked(open_door):
    door = open_door(sample=False)
    FarServer(door, NOT_PAIRED)
    door.tap(tongue(door)).turn_to("A house that is there")
    door.tap("A house that is there")
    door.frames.until(door.app.place.being_set_up.exists, "it to be kept that it asks")

    door = open_door(sample=False, spoil=with_a_hub(door))
    door.tap(tongue(door)).tap("Door")


@pytest.mark.one_form
def test_a_door_that_somebody_joined_as_a_wall_is_joined_again_as_what_it_is(open_door):
    """Asked what it is for, it would else have taken people's names, and sent none of them."""
    door = open_door(sample=False)
    door.app.place.being_set_up.touch()
    door = open_door(sample=False, spoil=with_a_hub(door))
    door.tap(tongue(door))
    FarServer(door, NOT_PAIRED)
    door.app.desk.aside(lambda: door.app.store.keep_notes(role="wall")).result(10)
    door.tap("Door")
    assert door.reads("joined as a wall")
    assert door.tap("All right").at == "pairing"


@pytest.mark.one_form
def test_a_door_that_is_joined_as_a_wall_starts_over_as_one(open_door):
    door = open_door(mode="door")
    server = FarServer(door, NOT_PAIRED)
    door.shell.go("pairing")
    door.settle()
    door.app.desk.aside(lambda: door.app.store.keep_notes(role="wall")).result(10)
    server.pairing.told(Approved(Paired("t", "h", role="wall"), Holding()))
    server.pairing.told(Kept())
    door.settle().tap("All right")
    assert door.app.starts_over


def test_a_hub_that_was_brought_to_a_door_that_nobody_had_asked_anything_is_its_hub(open_door):
    door = open_door(sample=False)
    assert open_door(sample=False, spoil=with_a_hub(door)).at in {"rest", "wall"}


def test_what_is_connected_on_the_first_day_is_found_and_kept(
    open_door, form, tmp_path, monkeypatch
):
    if (form.screen, form.lang, form.large) != ("1280x800", "en", False):
        pytest.skip("what is connected is the same on every screen")
    folder = tmp_path / "by-id"
    folder.mkdir()
    sockets = Sockets(folder).plug("sensor")
    monkeypatch.setattr("kiosk.hardware.finding.BY_ID", str(folder))
    door = open_door(sample=False)

    def found():
        with contextlib.suppress(BlockingIOError):
            sockets.says("sensor", LD_BOTH)
        return any(one.kind == "ld2410" for one in door.app.shell.around.set_up.found)

    door.frames.until(found, "the sensor to be recognised")
    door.tap("English").tap("Try it with the sample hub").tap("Door").tap("Front door").tap("Green")
    assert door.reads("Presence sensor found on")
    door.audit().picture("setup_attached").tap("Go on").tap("Begin")
    door.frames.until(lambda: door.app.starts_over, "the kiosk to start over")
    assert read(door.app.place).ports == {"ld2410": sockets.path("sensor")}
    sockets.close()
