"""The light behind the glass: dim while nobody is there, bright again, and never left dark."""

import shutil
import threading
import time

import pytest

from kiosk.hardware.backlight import Backlight, lights_in

PATIENCE_S = 5


def until(ready):
    """Wait for what the light's own thread does."""
    deadline = time.monotonic() + PATIENCE_S
    while not ready():
        assert time.monotonic() < deadline
        threading.Event().wait(0.002)


@pytest.fixture
def panel(tmp_path):
    """A panel as the kernel shows it."""
    made = tmp_path / "backlight" / "10-0045"
    made.mkdir(parents=True)
    (made / "max_brightness").write_text("200\n")
    (made / "brightness").write_text("180\n")
    return made / "brightness"


@pytest.fixture
def light(panel):
    made = Backlight(panel.parent.parent)
    made.start()
    yield made
    made.stop()
    made.stop()


def shows(panel, level):
    return lambda: panel.read_text().strip() == str(level)


def test_it_dims_to_a_third_and_is_as_bright_as_before_again(light, panel):
    assert light.dim(dark=True)
    until(shows(panel, 54))
    assert light.dim(dark=False)
    until(shows(panel, 180))


def test_it_is_left_bright(light, panel):
    light.dim(dark=True)
    until(shows(panel, 54))
    light.stop()
    assert panel.read_text() == "180"


def test_left_dim_by_a_power_cut_it_is_bright_at_its_most(panel):
    panel.write_text("54")
    (found,) = lights_in(panel.parent.parent)
    assert found.bright == 200


def test_without_one_the_dark_has_to_be_drawn(tmp_path):
    for folder in (None, tmp_path / "none"):
        light = Backlight(folder)
        light.start()
        assert not light.dim(dark=True)
        light.stop()


@pytest.mark.parametrize("said", ["", "much", "-3", "1"])
def test_a_panel_that_says_nonsense_is_none(panel, said):
    (panel.with_name("max_brightness")).write_text(said)
    assert lights_in(panel.parent.parent) == ()


def test_one_that_vanished_is_given_up_and_the_next_dark_is_drawn(light, panel):
    shutil.rmtree(panel.parent)
    light.dim(dark=True)
    until(lambda: not light.dim(dark=True))
