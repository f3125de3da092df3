"""What has a size in the tokens and the grid of the look has it on the screen, to half a mm.

Where no notice is urgent: an urgent one takes 15 mm from everything under it.
"""

import json
from pathlib import Path

import pytest

from tests.flows.seeing import box_of

TOKENS = json.loads((Path(__file__).parents[2] / "assets" / "tokens.json").read_text("utf-8"))
CALM = "2026-11-27 10:42"
WITHIN_MM = 0.5

GRID_MM: dict[str, dict[str, tuple[float | None, float | None]]] = {
    "1280x800": {
        "I'm here": (92, 39),
        "I'm leaving": (None, 15),
        "Roll call": (None, 15),
        "All rooms": (109, None),
        "All notices": (None, 15),
    },
    "800x480": {
        "I'm here": (52, 46.2),
        "I'm leaving": (None, 15),
        "Roll call": (None, 15),
        "All rooms": (91, 46.2),
    },
    "720x1280": {
        "I'm here": (80, 24),
        "I'm leaving": (None, 15),
        "Roll call": (None, 15),
        "All rooms": (88, None),
    },
}
"""Width and height on the rest screen, by what it says; None: as wide as its words."""


@pytest.fixture
def calm(open_door, form):
    """A door on a day without urgent notices, at normal text."""
    if form.wall or form.large:
        pytest.skip("the grid is that of doors at normal text")
    return open_door(at=CALM)


def size_mm(door, words):
    px_per_mm = door.shell.theme.px_per_mm
    _left, _bottom, width, height = box_of(door.find(words))
    return width / px_per_mm, height / px_per_mm


def test_the_rest_screen_keeps_to_its_grid(calm, form):
    for words, wanted in GRID_MM[form.screen].items():
        found = size_mm(calm, words)
        for side_mm, wanted_mm in zip(found, wanted, strict=True):
            assert wanted_mm is None or abs(side_mm - wanted_mm) <= WITHIN_MM, (words, found)


def test_the_margins_are_those_of_the_tokens(calm):
    theme = calm.shell.theme
    left, bottom, _width, _height = box_of(calm.find("I'm leaving"))
    wanted_mm = TOKENS["space"]["margin"][theme.form]
    assert abs(left / theme.px_per_mm - wanted_mm) <= WITHIN_MM
    assert bottom / theme.px_per_mm >= wanted_mm - WITHIN_MM


def test_a_key_takes_a_touch_over_its_whole_pitch(calm):
    calm.tap("I'm here")
    if not calm.has_letters():
        calm.tap("My name")
    wanted = TOKENS["target"]["key_pitch"]
    found = size_mm(calm, "T")
    assert found[0] >= min(wanted[0], 15) - WITHIN_MM
    assert found[1] >= 15
