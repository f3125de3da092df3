"""Whoever taps again before the answer is there has done it once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from kiosk.hub.presence import heads_at
from kiosk.hub.sign_in import JustCount, just_count
from sync.records.roll_tick import RollTick
from tests.flows.people import ANA_CARD

pytestmark = pytest.mark.one_form


@contextmanager
def busy_hub(door) -> Iterator[None]:
    """The hub's thread has much to do: a first exchange with a server, a slow card."""
    free = Event()
    door.app.desk._thread.submit(free.wait, 20)
    yield
    free.set()


def twice(door, words: str):
    """Tap, and again where the finger is, before there is an answer."""
    place = door._aim(door.find(words))
    with busy_hub(door):
        for _ in range(2):
            door.finger.down(*place)
            door.finger.up()
    return door.settle()


def test_one_is_counted_out(door):
    for _ in range(2):
        door.app.desk.ask(just_count, JustCount()).result(10)
    door.shell.go("leaving")
    door.settle().turn_to("I was only counted")
    before = heads_at(door.hub, door.app.time.now())
    twice(door, "I was only counted")
    assert heads_at(door.hub, door.app.time.now()) == before - 1


def test_two_who_are_ticked_off_one_after_the_other_are_both_seen(door):
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2)
    places = [door._aim(door.find(name)) for name in ("Luis O.", "Marta R.")]
    with busy_hub(door):
        for place in places:
            door.finger.down(*place)
            door.finger.up()
    door.settle()
    assert sum(one.safe for one in door.hub.all(RollTick)) == 2


def test_one_notice_is_put_up(door):
    from kiosk.screens.putting_up.view import Draft

    door.tap_card(ANA_CARD)
    before = len(list(door.hub.notices))
    door.shell.go("putting_up", draft=Draft("words"))
    door.settle().turn_to("Company for a walk")
    twice(door, "Company for a walk")
    assert len(list(door.hub.notices)) == before + 1
