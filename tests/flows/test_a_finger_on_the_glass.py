"""What a finger is on acts when it is lifted, though records changed in between."""

import gc

import pytest

from tests.flows.test_leaving import tag


@pytest.fixture
def touched(door):
    """Touch what says ``words``, let all that is shown be built anew, and lift the finger."""

    def touch(words):
        door.finger.down(*door._aim(door.find(words)))
        door.shell.refresh()
        gc.collect()
        door.frames.one()
        door.finger.up()
        return door.settle()

    return touch


def at_rooms(door):
    """The list of rooms: on a board on seven inches no single one can be touched."""
    door.shell.go("rooms", as_list=True)
    return door.settle().turn_to("Kitchen")


def test_a_room_opens(door, touched):
    at_rooms(door)
    touched("Kitchen")
    assert door.at == "room"


def test_a_touch_is_for_what_was_drawn_when_it_came(door):
    """Not for what the frame that brings it builds anew: that has no place yet, and hears nothing."""
    from kivy.clock import Clock

    at_rooms(door)
    place = door._aim(door.find("Kitchen"))
    always = Clock.schedule_interval(lambda _dt: door.shell.refresh(), 0)
    door.finger.down(*place)
    door.finger.up()
    always.cancel()
    assert door.settle().at == "room"


def test_a_tag_leaves(door, touched):
    door.tap_any("I'm leaving", "Leaving")
    touched(tag(door, "blue otter 1"))
    assert door.at == "saved"


def test_what_a_touch_starts_begins_now_however_long_nothing_happened(door):
    """*Everybody out* is held for three seconds; nobody's brush of it opens the names."""
    door.tap("Roll call").turn_to("Everybody out")
    place = door._aim(door.find("Everybody out"))
    door.frames.clock.pass_(5)  # the loop was asleep
    door.finger.down(*place)
    door.finger.up()
    assert door.settle().at == "rollcall"
