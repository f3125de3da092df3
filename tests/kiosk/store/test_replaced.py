"""A text written here that gives way before any server had it is kept for its author."""

from datetime import UTC, datetime

import pytest

from kiosk.store import Changes, Write
from tests.kiosk.store.conftest import NOW_MS

HUB = "0199b100-0000-7000-8000-000000000001"
LATER_MS = NOW_MS + 900_000


def record(ms, kind="notice", record_id="n", **fields):
    named = {name.replace("__", "."): value for name, value in fields.items()}
    stamp = f"l{ms:012x}-0000-aaaaaaaa"
    return {"kind": kind, "id": record_id, "fields": named, "stamps": {"*": stamp}}


@pytest.fixture
def board(store):
    """A store of a hub with a notice that the server has too."""
    store.merge([record(NOW_MS - 9_000, "hub", HUB, timezone="UTC")])
    store.merge([record(NOW_MS - 9_000, title__en="Soup", owner="luis")])
    return store


def writes(store, text):
    store.commit(Changes.of(Write("notice", "n", {"title.en": text})), now_ms=NOW_MS)


def kept(store):
    rows = store.tables().get("old_text", {})
    return [(row.body["fields"]["text"], row.body["fields"]["made_at"]) for row in rows.values()]


def test_a_text_that_no_server_had_is_kept_when_a_later_one_replaces_it(board):
    writes(board, "Soup at one")
    board.merge([record(LATER_MS, title__en="Bread")], now_ms=LATER_MS)
    at = datetime.fromtimestamp(LATER_MS / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert kept(board) == [("Soup at one", at)]
    assert all(row.is_waiting for row in board.tables()["old_text"].values())


def test_what_the_server_had_already_is_the_server_s_to_keep(board):
    writes(board, "Soup at one")
    board.acknowledge(board.outbox(2**50))
    board.merge([record(LATER_MS, title__en="Bread")], now_ms=LATER_MS)
    assert kept(board) == []


def test_a_text_that_stands_is_not_kept_twice(board):
    writes(board, "Soup at one")
    board.merge([record(NOW_MS - 5_000, title__en="Bread")], now_ms=LATER_MS)
    assert kept(board) == []


def test_the_same_loss_met_again_is_one_record(board):
    writes(board, "Soup at one")
    for _ in range(2):
        board.merge([record(LATER_MS, title__en="Bread")], now_ms=LATER_MS)
    assert len(kept(board)) == 1


@pytest.mark.parametrize("hub", ["", "h"])
def test_a_hub_without_a_proper_id_merges_as_ever(store, hub):
    store.merge([record(NOW_MS - 9_000, "hub", hub, timezone="UTC")] if hub else [])
    writes(store, "Soup at one")
    store.merge([record(LATER_MS, title__en="Bread")], now_ms=LATER_MS)
    assert kept(store) == []
    assert store.tables()["notice"]["n"].body["fields"] == {"title.en": "Bread"}
