"""backup and restore: a copy that was read back, and a way back from it."""

import stat

import pytest

from kiosk.cli.opened import hub_in, store_in
from kiosk.config import Place
from kiosk.store import Changes, Write
from kiosk.store.backups import in_folder


def add_person(data, name="Somebody new"):
    with store_in(data) as store:
        store.commit(Changes.of(Write("person", "ours", {"name": name})), now_ms=1)


def names(data):
    return {person.name for person in hub_in(data).people}


def test_a_backup_brings_back_what_was_there_and_keeps_what_is_replaced(kiosk, data):
    kiosk("backup", "--data", data)
    add_person(data)
    said = kiosk("restore", "--data", data)
    assert said.code == 0
    assert "Somebody new" not in names(data)
    assert len(list(data.glob("hub.db.before-*Z"))) == 1


def test_a_backup_is_made_while_the_door_runs(kiosk, data):
    with store_in(data) as store:
        store.commit(Changes.of(Write("person", "ours", {"name": "Just in"})), now_ms=1)
        assert kiosk("backup", "--data", data).code == 0
    kiosk("restore", "--data", data)
    assert "Just in" in names(data)


def test_a_folder_that_cannot_be_written_is_named_with_the_reason(kiosk, data):
    said = kiosk("backup", "--data", data, "--to", "/proc/no-such")
    assert said.code == 1
    assert said.err == "Not done: /proc/no-such: No such file or directory\n"


def test_unsaid_the_newest_is_restored_though_a_clock_was_ahead_once(kiosk, data):
    kiosk("backup", "--data", data)
    (backup,) = in_folder(Place(data).backups)
    backup.with_name("store-20990101T040000.000Z.db").write_bytes(backup.read_bytes())
    assert f"Restored from {backup}" in kiosk("restore", "--data", data).out


def test_nobody_else_may_read_a_backup(kiosk, data):
    kiosk("backup", "--data", data)
    (backup,) = in_folder(Place(data).backups)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_elsewhere_has_what_a_new_device_needs(kiosk, data, tmp_path):
    stick, new = tmp_path / "stick", tmp_path / "new device"
    kiosk("backup", "--data", data, "--to", stick)
    (backup,) = in_folder(stick)
    assert kiosk("restore", backup, "--data", new).code == 0
    assert Place(new).key.read_bytes() == Place(data).key.read_bytes()
    assert stat.S_IMODE(Place(new).key.stat().st_mode) == 0o600
    assert names(new) == names(data)


def test_who_was_forgotten_after_a_backup_is_not_in_it_nor_brought_back(kiosk, data):
    kiosk("backup", "--data", data)
    (backup,) = in_folder(Place(data).backups)
    old = data / "kept-elsewhere.db"
    old.write_bytes(backup.read_bytes())
    kiosk("erase-person", "Ana Guerra", "--data", data, "--yes")
    assert b"Ana Guerra" not in backup.read_bytes()
    kiosk("restore", old, "--data", data)
    assert "Ana Guerra" not in names(data)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\xa5" * 9000])
def test_a_damaged_backup_is_refused_and_nothing_changes(kiosk, data, tmp_path, content):
    broken = tmp_path / "broken.db"
    broken.write_bytes(content)
    said = kiosk("restore", broken, "--data", data)
    assert said.code == 1
    assert "nothing was changed" in said.err
    assert len(names(data)) == 60


def test_without_a_backup_there_is_nothing_to_restore(kiosk, data):
    said = kiosk("restore", "--data", data)
    assert said.code == 1
    assert "there is no backup" in said.err
