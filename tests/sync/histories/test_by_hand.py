"""Histories that random ones seldom meet, each for one invariant."""

from __future__ import annotations

import pytest

from tests.sync.histories import truths
from tests.sync.histories.kiosk import FATES
from tests.sync.histories.people import BOOK, ROOMS
from tests.sync.histories.world import World

TABLES = ("record", "commit_tag", "erased", "device", "timer", "pairing", "session", "file")


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.furnishes(**dict.fromkeys(ROOMS, "A room"))
    for _ in range(2):
        world.kiosk()
    world.wall()
    world.settles()
    yield world
    world.close()


def all_hold_the_same(world, too_large=frozenset()):
    held = world.server_holds()
    truths.everything_is_there(world, held, too_large)
    for kiosk in world.kiosks:
        truths.holds_the_same(kiosk, held, too_large)
    truths.shows_what_it_may(world.walls[0], held)


def test_a_record_that_is_refused_stops_no_other_whichever_comes_first(world):
    """5. Progress."""
    one, _other = world.kiosks
    one.writes("notice", title__en="Before")
    book = one.writes("notice", title__en="A book", body__en=BOOK)
    one.writes("kind_of_tomorrow", "one", words=[None])
    one.writes("notice", title__en="After")
    world.settles()
    all_hold_the_same(world, {book})
    one.writes("notice", title__en="Much later")
    world.settles()
    all_hold_the_same(world, {book})


def test_exchanges_that_failed_leave_nothing_behind(world):
    """12. No litter."""
    one, _other = world.kiosks
    one.writes("notice", title__en="Soup")

    def fail(times):
        for _ in range(times):
            for fate in FATES:
                if fate != "edited meanwhile":
                    one.wakes(fate, fate)
                    one.starts_again(0, remembers=True, was_told=False)
        world.settles()
        memory = len(one.state.aside), len(one.state.refused), len(one.store.notes)
        return world.rows_of(*TABLES), memory

    few = fail(2)
    assert fail(20) == few


def test_with_nothing_to_say_nobody_asks_for_anything_but_news(world):
    """13. Quiet."""
    one, other = world.kiosks
    one.writes("notice", title__en="Soup")
    one.writes("notice", title__en="A book", body__en=BOOK)
    other.wakes("answer lost")
    world.settles()
    for _ in range(5):
        truths.is_quiet(world)
        world.village.pass_(hours=1)
