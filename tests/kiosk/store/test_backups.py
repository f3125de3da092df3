"""Backups: whole, checked after writing, the last few kept."""

import sqlite3
from contextlib import closing

import pytest

from kiosk.store import open_store
from kiosk.store.backups import KEPT, in_folder
from kiosk.store.disk import Disk
from kiosk.store.errors import StoreAway, StoreDamaged


def fields(store, record_id="v1"):
    return store.tables()["visit"][record_id].body["fields"]


def test_while_a_copy_is_made_whoever_asks_hears_that_it_takes_long(tmp_path, monkeypatch):
    with open_store(tmp_path / "hub.db") as store:
        heard = []
        monkeypatch.setattr(Disk, "copy_to", lambda *_: heard.append(store.is_at_long_work))
        with pytest.raises(StoreAway):
            store.backup()
        assert (heard, store.is_at_long_work) == ([True], False)


def test_a_backup_holds_everything(backed_up):
    backup = in_folder(backed_up.folder / "backups")[0]
    with open_store(backup) as found:
        assert fields(found) == {"name": "Ana"}
        assert found.all() == [{"plain": True}]


def test_only_the_last_few_backups_are_kept(place, clock):
    store = place.open()
    for _ in range(KEPT + 3):
        clock.pass_(days=1)
        last = store.backup(now_ms=clock.now_ms)
    kept = in_folder(place.folder / "backups")
    assert (len(kept), kept[0]) == (KEPT, last)


def test_after_days_with_a_clock_ahead_the_new_backups_stay_and_the_others_go_first(place, clock):
    store = place.open()
    clock.pass_(days=300)
    ahead = {store.backup(now_ms=clock.now_ms + nth) for nth in range(KEPT)}
    clock.pass_(days=-299)
    made = [store.backup(now_ms=clock.now_ms + nth) for nth in range(2)]
    kept = in_folder(place.folder / "backups", clock.now_ms + 1)
    assert kept[:2] == made[::-1]
    assert kept[2:] == sorted(ahead, reverse=True)[: KEPT - 2]


def test_a_backup_can_be_written_anywhere(place, commit, tmp_path, clock):
    store = place.open()
    commit(store, "v1", name="Ana")
    assert store.backup(tmp_path / "stick" / "copy.db", now_ms=clock.now_ms).exists()
    assert in_folder(place.folder / "backups") == []


SPOILT = ["UPDATE record SET body = replace(body, 'Ana', 'Eva')"] + [
    f"DELETE FROM {table}" for table in ("record", "plain", "note", "named")
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_backup_that_does_not_read_back_is_no_backup(place, commit, clock, monkeypatch, spoil):
    store = place.open()
    commit(store, "v1", name="Ana")
    store.insert({"plain": True})
    written = Disk.copy_to

    def written_badly(disk, path):
        written(disk, path)
        with closing(sqlite3.connect(path)) as copy, copy:
            copy.execute(spoil)

    monkeypatch.setattr(Disk, "copy_to", written_badly)
    with pytest.raises(StoreDamaged):
        store.backup(now_ms=clock.now_ms)
    assert list((place.folder / "backups").iterdir()) == []


def test_a_store_in_memory_has_no_folder_for_backups():
    with open_store(":memory:") as store, pytest.raises(StoreAway):
        store.backup()
