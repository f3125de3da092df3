"""Whatever ends or hangs at the door, the rest screen is there again within ten seconds, and every record."""

import pytest

from tests.vm.door import BACK_S, Door, until

CARDS = ("04B39E62072BD4", "047252F8CBF43B", "0463A4D8046B21")
"""Somebody else each time: a card that is held twice says what it said."""


def seconds(record_property, name, found):
    """Keep the figures where a report finds them, and say them."""
    record_property(name, found)
    print(f"{name}: {' '.join(f'{one:.1f}' for one in found)} s")


def test_a_door_that_is_killed_is_back_and_has_lost_nothing(door, record_property):
    resting = door.rests()
    found = []
    for card in CARDS:
        door.tap_card(card)
        known, process = door.written("visit"), door.process()
        found.append(door.back_after_s(door.kill(), process))
        assert door.written("visit").items() >= known.items()
    until(lambda: door.shows(resting), 5, "the rest screen is shown")
    seconds(record_property, "killed", found)
    assert max(found) < BACK_S


@pytest.mark.parametrize("thread", ["Kivy", "hub"])
def test_a_door_of_which_one_thread_hangs_is_back_and_has_lost_nothing(
    door, thread, record_property
):
    resting = door.rests()
    found = []
    for card in CARDS:
        door.tap_card(card)
        known, process = door.written("visit"), door.process()
        found.append(door.back_after_s(door.hang(thread), process))
        assert door.written("visit").items() >= known.items()
    until(lambda: door.shows(resting), 5, "the rest screen is shown")
    seconds(record_property, f"the {thread} thread hung", found)
    assert max(found) < BACK_S


def test_screens_that_lose_their_compositor_are_back(door, record_property):
    wall = Door(door.machine, "wall", "HEADLESS-2")
    wall.rests()
    resting = door.rests()
    found = []
    for card in CARDS:
        door.tap_card(card)
        known, process = door.written("visit"), door.process()
        found.append(door.back_after_s(door.kill_compositor(), process))
        assert door.written("visit").items() >= known.items()
    wall.is_ready()
    until(lambda: door.shows(resting), 5, "the rest screen is shown")
    seconds(record_property, "the compositor was killed", found)
    assert max(found) < BACK_S
