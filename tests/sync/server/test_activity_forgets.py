"""Who was erased is nobody in what is remembered of changes: not here, not in a file, not in a backup."""

import gzip
from pathlib import Path

import pytest

from sync.server.database.backup import back_up
from sync.server.restoring import restore
from tests.sync.server.remembered import ANA, LUIS, MARKED, entries, kept


@pytest.fixture
def k1(village):
    return village.door()


def forgotten(village, k1, how="door"):
    """Somebody who wrote about everything, and is then erased."""
    ana = k1.wrote("person", ANA, name=MARKED)
    k1.asks(
        ana,
        k1.wrote("notice", "n1", title__en="Soup", owner=ANA, contact=MARKED),
        k1.wrote("booking", "b1", person=ANA, for_name=MARKED, note=MARKED),
        k1.wrote("event", "e1", title__en="Choir", host=ANA),
    )
    k1.asks(
        k1.wrote("notice", "n1", contact="none", **{"title__en": "Tea", "edited_by.title.en": ANA}),
        k1.wrote("event", "e1", host=LUIS),
        k1.wrote("booking", "b1", note=None),
    )
    return {"kind": "person", "id": ANA, "erased": str(k1.reading())}


def test_who_was_erased_is_nobody_s_hand_any_more(village, k1):
    gone = forgotten(village, k1)
    assert ANA in kept(village)
    k1.asks(gone)
    assert ANA not in kept(village)
    assert len(entries(village)) == 6


def test_whoever_was_erased_comes_back_with_nothing_that_comes_late(village, k1):
    k1.asks(forgotten(village, k1))
    k1.asks(
        k1.wrote("notice", "n9", title__en="Late", entered_by=ANA),
        k1.wrote("notice", "n1", withdrawn={"by": ANA, "at": "2026-11-23T10:00:00Z"}),
    )
    assert ANA not in kept(village)


def test_a_backup_brings_back_nobody_who_was_erased_since(village, k1, tmp_path):
    gone = forgotten(village, k1)
    back_up(village.database, tmp_path / "yesterday.gz")
    k1.asks(gone)
    restore(village.service.commits, tmp_path / "yesterday.gz", village.erased)
    assert len(entries(village)) == 6
    assert ANA not in kept(village)


def test_no_byte_of_somebody_who_was_erased_is_left_in_the_database_s_files(village, k1):
    folder = village.erased.parent
    if not village.database.is_sqlite:
        with village.database.reading() as connection:
            folder = Path(connection.exec_driver_sql("SHOW data_directory").scalar()) / "base"
    gone = forgotten(village, k1)
    assert holding(village, folder)
    k1.asks(gone)
    village.database.wash()
    assert holding(village, folder) == []


def holding(village, folder):
    """Return the files in which the name is."""
    if not village.database.is_sqlite:
        with village.database.at_once() as connection:
            connection.exec_driver_sql("CHECKPOINT")
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if MARKED.encode() in path.read_bytes()]


def test_the_id_of_somebody_who_was_erased_is_in_no_byte_of_the_activity(village, k1, tmp_path):
    """Ids stay in tombstones: the table of the activity is looked at by itself."""
    gone = forgotten(village, k1)
    back_up(village.database, tmp_path / "before.gz")
    k1.asks(gone)
    back_up(village.database, tmp_path / "after.gz")
    assert lines_of(tmp_path / "before.gz", ANA)
    assert lines_of(tmp_path / "after.gz", ANA) == []


def test_a_wash_leaves_no_old_row_of_the_activity_in_postgresql_s_files(village, k1):
    """A changed row leaves the former one behind there; SQLite's whole file is written anew."""
    if village.database.is_sqlite:
        return
    k1.asks(forgotten(village, k1))
    assert ANA.encode() in table_of(village)
    village.database.wash()
    assert ANA.encode() not in table_of(village)


def table_of(village):
    with village.database.at_once() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        where = (
            "SELECT current_setting('data_directory') || '/' || pg_relation_filepath('activity')"
        )
        return Path(connection.exec_driver_sql(where).scalar()).read_bytes()


def lines_of(backup, word):
    lines = gzip.decompress(backup.read_bytes()).splitlines()
    return [one for one in lines if b'"table":"activity"' in one and word.encode() in one]
