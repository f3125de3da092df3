"""Histories that random ones seldom meet, each for one invariant."""

from __future__ import annotations

import pytest

from tests.sync.histories import truths
from tests.sync.histories.happenings import YEAR_MS
from tests.sync.histories.kiosk import FATES
from tests.sync.histories.people import BOOK, DAY, NAME, ROOMS
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


def test_who_was_forgotten_does_not_come_back_by_a_restore_or_a_copied_card(world):
    """7. No resurrection."""
    one, _other = world.kiosks
    person = one.writes("person", name=NAME, kind="remembered")
    one.writes("visit", how="tile", person=person[1], name=NAME)
    world.settles()
    world.backs_up()
    copy = world.copy_of(one)
    one.erases(person)
    one.wakes("answer lost")
    world.restores()
    truths.no_word_is_left({person: NAME}, {person}, world.server_holds())
    copy.writes("visit", how="tile", person=person[1], name=NAME)
    copy.wakes()
    truths.no_word_is_left({person: NAME}, {person}, world.server_holds())
    world.settles()
    all_hold_the_same(world)
    truths.no_word_is_left({person: NAME}, {person}, copy.everything())


def test_a_clock_that_is_years_ahead_drags_no_other(world):
    """8. Time."""
    one, other = world.kiosks
    one.starts_again(3 * YEAR_MS, remembers=True, was_told=True)
    notice = one.writes("notice", title__en="Written in three years")
    one.writes("visit", how="count", grown_ups=1, came_at=one.says_now())
    person = one.writes("person", name=NAME, kind="remembered")
    one.erases(person)
    one.wakes()
    other.wakes()
    other.writes(*notice, title__en="Written now")
    world.settles()
    all_hold_the_same(world)
    truths.no_clock_was_dragged(world.server_holds(), world.village.latest_ms)


def test_what_the_hub_promised_is_promised_after_a_restore_whose_answers_are_cut(world):
    """4 and 9. Promise, restore."""
    one, other = world.kiosks
    world.backs_up()
    room, starts = ROOMS[0], f"{DAY}T10:00:00"
    promised = one.writes("booking", room=room, starts=starts, minutes=60)
    one.wakes()
    world.restores()
    rival = other.writes("booking", room=room, starts=starts, minutes=60)
    other.wakes("done", "answer lost")
    one.wakes("answer lost", "answer lost", "came twice")
    world.settles()
    all_hold_the_same(world)
    assert truths.promised(world.server_holds()) == {promised: 1}
    one.writes(*promised, cancelled=1)
    other.writes(*rival, asked=1)
    world.settles()
    all_hold_the_same(world)
    assert truths.promised(world.server_holds()) == {promised: 1, rival: 1}


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
