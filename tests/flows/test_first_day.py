"""The first day of a kiosk: a few taps, and it is a door."""

import contextlib

import pytest

from kiosk.config import read
from tests.kiosk.hardware.sockets import Sockets
from tests.kiosk.hardware.streams import LD_BOTH


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
