"""The first day of a kiosk: a few taps, and it is a door."""

import pytest

from kiosk.config import read


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
