"""Middlewares see TinyDB's whole state; what they write back is kept as a difference."""

import base64
import json

import pytest
from tinydb import JSONStorage, TinyDB, where
from tinydb.middlewares import CachingMiddleware, Middleware

from kiosk.store import SQLiteStorage

ANA = {"how": "visitor", "name": "Ana", "came_at": "2026-11-23T10:42:00Z"}


class Wrapping(Middleware):
    """Stores each document as one text, as a middleware that encrypts would."""

    def read(self):
        data = self.storage.read()
        return data and {
            name: {key: json.loads(base64.b64decode(doc["text"])) for key, doc in table.items()}
            for name, table in data.items()
        }

    def write(self, data):
        def wrapped(doc):
            return {"text": base64.b64encode(json.dumps(doc).encode()).decode()}

        self.storage.write(
            {
                name: {key: wrapped(doc) for key, doc in table.items()}
                for name, table in data.items()
            }
        )


@pytest.fixture(params=[JSONStorage, SQLiteStorage])
def wrapped(request, tmp_path):
    with TinyDB(tmp_path / "db", storage=Wrapping(request.param)) as db:
        yield db


def test_a_middleware_that_changes_documents_is_not_gone_around(wrapped):
    wrapped.insert({"a": 1})
    wrapped.update({"a": 2}, where("a") == 1)
    assert wrapped.all() == [{"a": 2}]
    assert set(wrapped.storage.storage.read()["_default"]["1"]) == {"text"}


def test_what_a_caching_middleware_holds_is_written_at_closing(place):
    with place.open(storage=CachingMiddleware(SQLiteStorage)) as db:
        db.insert({"a": 1})
        assert db.storage.storage.read() is None
    assert place.open().all() == [{"a": 1}]


def test_a_caching_middleware_writes_when_it_is_told(place):
    db = place.open(storage=CachingMiddleware(SQLiteStorage))
    db.insert({"a": 1})
    db.storage.flush()
    assert db.storage.storage.read() == {"_default": {"1": {"a": 1}}}


def test_a_middleware_s_write_leaves_versions_and_marks_of_other_records_alone(place, commit):
    db = place.open(storage=CachingMiddleware(SQLiteStorage))
    commit(db, "v1", **ANA)
    db.acknowledge([("visit", "v1", 1)])
    db.insert({"a": 1})
    db.storage.flush()
    assert db.tables()["visit"]["v1"].sent == 1
    assert db.waiting == 0


def test_what_came_in_since_a_middleware_read_is_not_taken_for_removed(place, commit):
    db = place.open(storage=CachingMiddleware(SQLiteStorage))
    db.insert({"a": 1})
    commit(db, "v1", **ANA)
    db.storage.flush()
    assert "v1" in db.tables()["visit"]


def test_records_can_be_written_through_a_middleware(place):
    with place.open(storage=CachingMiddleware(SQLiteStorage)) as db:
        visit = db.table("visit").insert(ANA)
        db.table("visit").update({"left_at": "2026-11-23T11:00:00Z"}, doc_ids=[visit])
    row = place.open().tables()["visit"][visit]
    assert row.body["fields"]["left_at"] == "2026-11-23T11:00:00Z"
    assert row.is_waiting


def test_records_can_be_removed_through_a_middleware(place, commit):
    db = place.open(storage=CachingMiddleware(SQLiteStorage))
    commit(db, "v1", **ANA)
    commit(db, "v2", **ANA)
    db.table("visit").remove(doc_ids=["v1"])
    db.storage.flush()
    assert list(db.tables()["visit"]) == ["v2"]


def test_dropping_all_tables_through_a_middleware_drops_them(place, commit):
    db = place.open(storage=CachingMiddleware(SQLiteStorage))
    commit(db, "v1", **ANA)
    db.drop_tables()
    db.storage.flush()
    assert db.tables() == set()


def test_a_dropped_table_of_records_keeps_the_marks_of_all_others(store, commit):
    commit(store, "v1", **ANA)
    commit(store, "r1", kind="room", colour="red")
    store.acknowledge([("room", "r1", 2)])
    store.drop_table("visit")
    assert store.tables() == {"room"}
    assert store.tables()["room"]["r1"].sent == 2
