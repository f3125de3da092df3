"""Another program holds the store's file for long: the door says so, and loses nothing."""

import shutil
import sqlite3

import pytest

from kiosk.config import Place
from kiosk.keeping import can_be_written, opened
from kiosk.store.errors import StoreBusy, StoreHeld
from kiosk.ui.words import Words
from tests.faults.a_day_at_the_door import FirstDay, Forgetting


@pytest.fixture
def door(bases, tmp_path):
    shutil.copytree(bases(Forgetting), tmp_path / "door")
    door = FirstDay(tmp_path / "door")
    yield door
    door.close()


def held(door, how="IMMEDIATE"):
    """Somebody's program that has begun to write, or (EXCLUSIVE) lets nobody read either."""
    other = sqlite3.connect(door.place.store, isolation_level=None)
    if how == "EXCLUSIVE":
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute(f"BEGIN {how}")
    return other


def test_who_asks_meanwhile_is_told_so_and_it_goes_on_afterwards(door, tally):
    door.opens()
    before, other = door.told(), held(door)
    for _twice in range(2):
        with pytest.raises(StoreBusy) as refused:
            door.somebody_comes()
        tally("locked by another program")
        assert refused.value.say == "sorry.store_busy"
    assert door.pretended(before) == []
    other.close()
    door.somebody_comes()
    told = door.told()
    door.close()
    assert told.items() <= {**FirstDay.found(door.place.data), "erased": []}.items()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_sentence_blames_no_window(lang):
    said = Words(lang).say("sorry.store_busy")
    assert ("program" in said, "window" in said, "ventana" in said) == (True, False, False)


def test_a_start_meanwhile_shows_what_is_there_and_comes_back(door, tally):
    other = held(door, "EXCLUSIVE")
    with opened(Place(door.place.data)) as store:
        tally("locked by another program")
        assert store.opened.refused == StoreHeld.say
        assert len(store.tables()["visit"]) == 2
        assert not can_be_written(door.place)
    other.close()
    assert can_be_written(door.place)


def test_a_second_door_on_the_same_folder_does_not_start(door):
    door.opens()
    with pytest.raises(StoreBusy) as refused:
        opened(door.place)
    assert not isinstance(refused.value, StoreHeld)
