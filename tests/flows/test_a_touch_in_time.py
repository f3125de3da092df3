"""A touch that comes in the very frame in which something changed finds what is there."""

import pytest

from tests.flows.people import ANA_CARD


@pytest.fixture
def room(door):
    """The page of a free room, with Ana's card held to the reader."""
    quiet = next(one for one in door.hub.rooms if one.name["en"] == "Quiet Room")
    door.shell.go("room", room=quiet.id)
    return door.settle().tap_card(ANA_CARD)


def touched_in_one_frame_with(door, change, words):
    """Change something from another thread, and touch before the next frame is drawn."""
    place = door._aim(door.find(words))
    change()
    door.finger.down(*place)
    door.finger.up()
    return door.settle()


def test_news_of_that_frame_keep_nothing_from_being_pressed(room):
    news = lambda: room.app.loop.call(room.shell.refresh)
    assert touched_in_one_frame_with(room, news, "Pencil it in").reads("Pencilled in")


def test_a_minute_that_begins_with_it_keeps_nothing_from_being_pressed(room):
    minute = lambda: room.frames.clock.pass_(60)
    assert touched_in_one_frame_with(room, minute, "Pencil it in").reads("Pencilled in")
