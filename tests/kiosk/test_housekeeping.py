"""A device backs itself up once a day, and goes on where the disk will not have it."""

from datetime import timedelta

import pytest

from kiosk.housekeeping import Housekeeping
from kiosk.store import open_store
from kiosk.store.backups import in_folder, sound_state
from kiosk.store.errors import StoreFull
from tests.kiosk.hub.house import at


class Night:
    """A hub at night, with a clock that is moved by hand."""

    def __init__(self, folder):
        self.backups = folder / "backups"
        self.instant, self.is_open, self.asked = at("23:00"), False, 0

    def keeping(self, store):
        return Housekeeping(
            store, self.backups, now=lambda: self.instant, is_open=lambda: self.is_open
        )


@pytest.fixture
def night(tmp_path):
    return Night(tmp_path)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "hub.db") as opened:
        yield opened


class FullDisk:
    """A store whose disk is full."""

    def __init__(self, night):
        self.night = night

    def backup(self, path=None, *, now_ms=None):
        self.night.asked += 1
        raise StoreFull("no room")


def test_the_first_backup_is_made_at_once_and_can_be_read(night, store):
    night.keeping(store).look()
    (made,) = in_folder(night.backups)
    assert sound_state(made)


def test_one_a_day_is_enough(night, store):
    keeping = night.keeping(store)
    for _ in range(3):
        keeping.look()
        night.instant += timedelta(hours=8)
    assert len(in_folder(night.backups)) == 1
    keeping.look()
    assert len(in_folder(night.backups)) == 2


def test_a_backup_of_a_clock_that_was_ahead_makes_no_other_due(night, store):
    night.instant += timedelta(days=300)
    night.keeping(store).look()
    night.instant -= timedelta(days=299)
    for _ in range(3):
        night.keeping(store).look()
        night.instant += timedelta(hours=2)
    assert len(in_folder(night.backups)) == 2


def test_while_people_are_served_it_waits(night, store):
    night.keeping(store).look()
    night.instant += timedelta(hours=24)
    night.is_open = True
    night.keeping(store).look()
    assert len(in_folder(night.backups)) == 1


def test_a_full_disk_is_tried_again_after_an_hour_and_stops_nothing(night):
    keeping = night.keeping(FullDisk(night))
    for _ in range(61):
        keeping.look()
        night.instant += timedelta(minutes=1)
    assert night.asked == 2
