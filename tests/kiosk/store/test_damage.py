"""A damaged file gives way to the newest backup, and loses as little as can be."""

import os
import sqlite3
from random import Random

import pytest

from kiosk.store import Changes, Erase, Write
from kiosk.store.errors import StoreAway


def fields(store, record_id="v1"):
    return store.tables()["visit"][record_id].body["fields"]


def spoil(path, at=0.5, with_=b"\xde\xad\xbe\xef" * 200):
    """Overwrite part of a file: ``at`` of its length."""
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * at))
        file.write(with_)


def flip(path, old, new):
    """Change a few letters in place, as a tired memory card may."""
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: spoil(path, at=0),
        lambda path: spoil(path, at=0.3, with_=b"\0" * 4_096),
        lambda path: path.write_bytes(path.read_bytes()[:5_000]),
        lambda path: path.write_bytes(b"this is no database at all, but rather a letter" * 99),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
        lambda path: flip(path, b'"name":"Ana"', b'"name":"Bob"'),
        lambda path: flip(path, b'"name":"Ana"', b'"name":"A\xffa"'),
    ],
    ids=["head", "page", "cut", "letter", "empty", "gone", "one word", "one byte"],
)
def test_the_newest_backup_takes_a_damaged_store_s_place(backed_up, damage):
    damage(backed_up.file)
    store = backed_up.open()
    assert fields(store) == {"name": "Ana"}
    assert store.opened.restored_from.startswith("store-2026")
    assert store.all() == [{"plain": True}]


def visit(number, padding):
    return Write("visit", f"v{number}", {"name": f"Visitor {number}", "padding": padding})


@pytest.mark.parametrize("seed", range(25))
def test_wherever_a_file_is_damaged_what_is_shown_is_what_was_written(place, clock, seed):
    dice, store = Random(seed), place.open()
    for numbers in (range(31), range(31, 60)):
        acts = tuple(visit(number, "z" * dice.randrange(900)) for number in numbers)
        store.commit(Changes(acts), now_ms=clock.now_ms)
        if numbers.start == 0:
            store.backup(now_ms=clock.now_ms)
    store.close()
    spoil(place.file, at=dice.random(), with_=dice.randbytes(dice.choice((1, 40, 4_096))))
    visits = place.open().tables()["visit"]
    assert {f"v{number}" for number in range(31)} <= visits.keys()
    assert [
        one for one, row in visits.items() if row.body["fields"]["name"] != f"Visitor {one[1:]}"
    ] == []


def test_a_damaged_file_is_set_aside_under_its_date_and_says_so(backed_up):
    spoil(backed_up.file, at=0)
    store = backed_up.open()
    assert store.opened.set_aside == "store.db.damaged-20261123T104200.000Z"
    assert (backed_up.folder / store.opened.set_aside).exists()


def test_records_that_can_still_be_read_are_rescued_from_a_damaged_file(backed_up, commit):
    flip(backed_up.file, b'"name":"Ana"', b'"name":"Bob"')
    store = backed_up.open()
    assert fields(store, "v2") == {"name": "Eva"}
    assert store.opened.rescued == 1
    assert "v2" in [out.id for out in store.outbox(2**50)]


def test_what_was_rescued_is_rescued_once(backed_up, clock):
    flip(backed_up.file, b'"name":"Ana"', b'"name":"Bob"')
    store = backed_up.open()
    store.table("visit").remove(doc_ids=["v2"])
    store.close()
    assert backed_up.open().opened.rescued == 0
    assert "v2" not in backed_up.stores[-1].tables()["visit"]


def test_without_any_backup_a_damaged_store_begins_anew_with_what_can_be_read(place, commit):
    store = place.open()
    commit(store, "v1", name="Ana")
    commit(store, "v2", name="Eva")
    store.close()
    flip(place.file, b'"name":"Ana"', b'"name":"Bob"')
    again = place.open()
    assert (again.opened.restored_from, list(again.tables()["visit"])) == ("", ["v2"])
    commit(again, "v3", name="Luis")
    assert max(fields(again, "v3")) == "name"


def test_a_damaged_backup_is_passed_over_for_an_older_one(backed_up, clock):
    store = backed_up.open()
    clock.pass_(days=1)
    newer = store.backup(now_ms=clock.now_ms)
    store.close()
    spoil(newer, at=0)
    backed_up.file.unlink()
    assert fields(backed_up.open()) == {"name": "Ana"}
    assert backed_up.stores[-1].opened.restored_from != newer.name


def test_the_newest_backup_is_the_one_that_holds_the_latest_write(backed_up, commit, clock):
    """A wall clock that was wrong for a day gives a backup the wrong name, not the wrong place."""
    store = backed_up.open()
    clock.pass_(days=-365)
    latest = store.backup(now_ms=clock.now_ms)
    store.close()
    backed_up.file.unlink()
    assert backed_up.open().opened.restored_from == latest.name


def test_a_damaged_file_is_deleted_after_21_days(backed_up, clock):
    spoil(backed_up.file, at=0)
    store = backed_up.open()
    clock.pass_(days=20)
    store.backup(now_ms=clock.now_ms)
    aside = backed_up.folder / store.opened.set_aside
    assert aside.exists()
    clock.pass_(days=2)
    store.backup(now_ms=clock.now_ms)
    assert not aside.exists()


def test_a_damaged_file_is_deleted_at_once_after_an_erasure(backed_up, clock):
    spoil(backed_up.file, at=0)
    store = backed_up.open()
    store.commit(Changes.of(Erase("visit", "v1")), now_ms=clock.now_ms)
    assert not (backed_up.folder / store.opened.set_aside).exists()


def test_a_log_of_a_damaged_store_is_never_played_into_a_backup(place, commit, clock, tmp_path):
    store = place.open()
    commit(store, "v1", name="Ana")
    store.backup(now_ms=clock.now_ms)
    commit(store, "v2", name="Eva")
    for name in ("store.db", "store.db-wal"):  # as after a power cut: the log still holds it all
        (tmp_path / f"cut-{name}").write_bytes((place.folder / name).read_bytes())
    store.close()
    for name in ("store.db", "store.db-wal"):
        (tmp_path / f"cut-{name}").rename(place.folder / name)
    place.file.unlink()
    again = place.open()
    assert again.opened.restored_from
    assert list(again.tables()["visit"]) == ["v1"]


def test_a_page_that_is_broken_in_the_file_but_whole_in_the_log_is_no_damage(place, commit):
    store = place.open()
    commit(store, "v1", name="Ana")
    files = {name: (place.folder / name).read_bytes() for name in ("store.db", "store.db-wal")}
    store.close()
    for name, content in files.items():
        (place.folder / name).write_bytes(content)
    spoil(place.file, at=0)
    again = place.open()
    assert not again.opened.was_damaged
    assert fields(again) == {"name": "Ana"}


def test_an_interrupted_restoration_is_taken_up_again(backed_up, monkeypatch):
    spoil(backed_up.file, at=0)

    def cut(source, target):
        raise OSError(5, "the power is gone")

    monkeypatch.setattr("kiosk.store.opening.move", cut)
    with pytest.raises(StoreAway):
        backed_up.open()
    monkeypatch.undo()
    assert fields(backed_up.open()) == {"name": "Ana"}


def test_a_disk_that_does_not_answer_is_no_reason_to_set_a_file_aside(backed_up):
    def connect(path):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        raise error

    with pytest.raises(StoreAway):
        backed_up.open(connect=connect)
    assert os.path.exists(backed_up.file)
    assert not list(backed_up.folder.glob("*.damaged-*"))
