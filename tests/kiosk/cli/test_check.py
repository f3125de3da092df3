"""check: what is well and what needs somebody, each in a sentence."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.cli.check import findings_of
from kiosk.cli.opened import store_in
from kiosk.config import Place
from kiosk.store import Changes, Write


def now():
    """Asked when it is needed: a test may run long after the tests were collected."""
    return datetime.now(UTC)


def unwell(data, at=None):
    findings = findings_of(Place(data), at or now())
    return [finding.sentence for finding in findings if not finding.is_well]


@pytest.fixture
def kept(kiosk, data):
    kiosk("backup", "--data", data)
    return data


def test_a_device_that_is_well_is_said_to_be(kiosk, kept):
    said = kiosk("check", "--data", kept)
    assert (said.code, unwell(kept)) == (0, [])
    assert "All is well." in said.out


def test_a_door_that_runs_is_checked_without_stopping_it(kiosk, kept):
    with store_in(kept):
        assert kiosk("check", "--data", kept).code == 0


def test_a_device_without_a_backup_is_told_how_to_make_one(kiosk, data):
    said = kiosk("check", "--data", data)
    assert said.code == 1
    assert "python -m kiosk backup" in said.out


def test_an_old_backup_is_said_to_be_old(kept):
    for backup in Place(kept).backups.iterdir():
        old = (now() - timedelta(days=4)).timestamp()
        os.utime(backup, (old, old))
    assert "4 days old" in unwell(kept)[0]


def test_records_that_were_damaged_are_found(kiosk, kept):
    path = Place(kept).store
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 3 + 2000] = b"\xa5" * 2000
    path.write_bytes(content)
    assert "The records" in unwell(kept)[0]


def test_one_changed_letter_is_found(kept):
    path = Place(kept).store
    content = path.read_bytes()
    assert b"Ana Guerra" in content
    path.write_bytes(content.replace(b"Ana Guerra", b"Ana Guerre", 1))
    assert "The records" in unwell(kept)[0]


def test_a_file_that_was_set_aside_is_mentioned(kept):
    (kept / "hub.db.damaged-20261123T040000.000Z").write_bytes(b"x")
    assert "set aside" in unwell(kept)[0]


def test_a_key_that_others_may_read_is_found(kept):
    Place(kept).key.chmod(0o644)
    assert "Others may read" in unwell(kept)[0]


def test_a_missing_key_is_found_and_none_is_made(kept):
    Place(kept).key.unlink()
    assert "key is missing" in unwell(kept)[0]
    assert not Place(kept).key.exists()


def test_broken_settings_are_found(kept):
    Place(kept).settings.write_text("mode = 'stroll'")
    assert "The settings" in unwell(kept)[0]


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (lambda: datetime(1970, 1, 1, tzinfo=UTC), "never set"),
        (lambda: now() - timedelta(days=20), "behind"),
    ],
    ids=["never set", "behind"],
)
def test_a_clock_that_cannot_be_right_is_found(kept, at, says):
    assert any(says in sentence for sentence in unwell(kept, at()))


def test_records_that_wait_for_a_server_are_counted_and_no_reason_to_worry(kept):
    with store_in(kept) as store:
        store.commit(Changes.of(Write("person", "p", {"name": "New"})), now_ms=1)
    said = [finding.sentence for finding in findings_of(Place(kept), now())]
    assert "1 records are kept here and wait for a server." in said
    assert unwell(kept) == []
