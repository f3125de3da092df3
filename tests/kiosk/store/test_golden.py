"""Stores that earlier versions wrote are opened for good; these files are added to, never edited."""

import sqlite3
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def first(place):
    """A store as the first version wrote it."""
    db = sqlite3.connect(place.file)
    db.executescript((GOLDEN / "layout-1.sql").read_text("utf-8"))
    db.close()
    return place.open()


def test_a_store_of_the_first_layout_is_not_taken_for_damaged(first):
    assert not first.opened.was_damaged


def test_its_records_are_as_they_were(first):
    tables = first.tables()
    assert tables.kinds == {"visit", "room", "person", "hovercraft"}
    assert tables["visit"]["v1"].body["fields"]["name"] is None
    assert tables["person"]["p1"].is_erased
    assert tables["hovercraft"]["x1"].body["fields"] == {"eels": [1, None, {"a": 1.5}]}


def test_its_outbox_is_as_it_was(first):
    assert "r1" not in [out.id for out in first.outbox(2**50)]
    assert [out.id for out in first.outbox(1_795_430_520_003)] == ["x1", "p1", "v1"]


def test_its_plain_tables_and_notes_are_as_they_were(first):
    assert first.all() == [{"a": 1}, {"b": [True]}]
    assert first.tables() == {"_default", "empty", "person", "room", "visit"}
    assert (first.note("cursor"), len(first.node)) == ("7.abc", 8)


def test_its_clock_goes_on(first, commit, clock):
    clock.now_ms = 0
    commit(first, "v3", how="count")
    stamps = [row.body["stamps"]["*"][1:] for row in first.tables()["visit"].values()]
    assert max(stamps) == first.tables()["visit"]["v3"].body["stamps"]["*"][1:]
