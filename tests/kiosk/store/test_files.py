"""The files of a store: private, held by one process, backed up, and mended when damaged."""

import sqlite3
import stat
import subprocess
import sys

import pytest

from kiosk.store import Changes, Erase, open_store
from kiosk.store.errors import StoreAway, StoreBusy, StoreClosed, StoreNewer

DAY_S = 86_400


def fields(store, record_id="v1"):
    return store.tables()["visit"][record_id].body["fields"]


def test_only_the_kiosk_s_own_account_reads_what_the_store_holds(place, commit, clock):
    store = place.open()
    commit(store, "v1", name="Ana")
    store.backup(now_ms=clock.now_ms)
    store.commit(Changes.of(Erase("visit", "v1")), now_ms=clock.now_ms)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in place.folder.rglob("*")}
    assert {mode for name, mode in modes.items() if name != "backups"} == {0o600}
    assert {"store.db", "store.db-wal", "store.db.lock", "store.db.forgotten"} < set(modes)


def test_a_store_is_open_once_at_a_time(place):
    place.open()
    with pytest.raises(StoreBusy) as refused:
        place.open()
    assert "open in another process" in str(refused.value)


def test_another_process_is_told_clearly_that_the_store_is_open(place):
    place.open()
    program = "from kiosk.store import open_store; import sys; open_store(sys.argv[1])"
    told = subprocess.run(
        [sys.executable, "-c", program, place.file], capture_output=True, text=True, check=False
    )
    assert "StoreBusy" in told.stderr


def test_a_store_that_was_closed_can_be_opened_again(place, commit):
    commit(place.open(), "v1", name="Ana")
    place.stores[-1].close()
    assert fields(place.open()) == {"name": "Ana"}


def test_closing_twice_does_nothing_and_a_closed_store_says_so(place):
    store = place.open()
    store.close()
    store.close()
    with pytest.raises(StoreClosed):
        store.tables()


def test_a_lock_of_sqlite_s_own_ends_in_a_clear_no(place, commit):
    store = place.open()
    other = sqlite3.connect(place.file)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        commit(store, "v1", name="Ana")
    other.close()
    assert len(store.tables()["visit"]) == 0


def test_a_folder_that_cannot_be_made_is_a_disk_that_is_away(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreAway):
        open_store(tmp_path / "file" / "store.db")


def test_a_file_of_a_later_version_is_left_as_it_is(place):
    place.open().close()
    with sqlite3.connect(place.file) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreNewer):
        place.open()
    assert not list(place.folder.glob("*.damaged-*"))


def test_a_node_keeps_its_id(place):
    node = place.open().node
    place.stores[-1].close()
    assert place.open().node == node
    assert len(bytes.fromhex(node)) == 4


def test_notes_are_kept_and_never_sent(place):
    place.open().keep_notes(colour="blue", seen=3)
    place.stores[-1].close()
    again = place.open()
    assert (again.note("colour"), again.notes["seen"], again.note("nothing")) == ("blue", 3, None)
    assert again.waiting == 0


def test_nothing_is_said_of_an_ordinary_opening(place):
    assert not place.open().opened.was_damaged
