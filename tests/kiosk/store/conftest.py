"""Stores for tests: a clock that stands still until it is told, the same dice every time."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from tinydb import JSONStorage, TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage

from kiosk.store import Changes, SQLiteStorage, Store, Write, open_store

NOW_MS = 1_795_430_520_000  # 2026-11-23T10:42:00Z
SECOND = 1_000


@dataclass
class Clock:
    """The time of a test, in milliseconds since 1970."""

    now_ms: int = NOW_MS

    def __call__(self) -> int:
        return self.now_ms

    def pass_(self, *, seconds=0, days=0):
        self.now_ms += (seconds + days * 86_400) * 1_000


@dataclass
class Place:
    """A folder in which a store is opened, closed and opened again."""

    folder: Path
    clock: Clock
    stores: list[Store] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "store.db"

    def open(self, **options) -> Store:
        store = open_store(self.file, now_ms=self.clock, dice=Random(len(self.stores)), **options)
        self.stores.append(store)
        return store

    def holds(self, text: str) -> list[str]:
        """The files that have these bytes anywhere, closed or open."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return sorted(path.name for path in files if text.encode() in path.read_bytes())


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def place(tmp_path, clock):
    place = Place(tmp_path, clock)
    yield place
    for store in place.stores:
        store.close()


@pytest.fixture(params=["in memory", "on disk"])
def store(request, place, clock):
    """Every test of the store's own promises runs in memory and on the disk."""
    if request.param == "on disk":
        yield place.open()
    else:
        with open_store(":memory:", now_ms=clock, dice=Random(0)) as store:
            yield store


@pytest.fixture
def commit(clock):
    """Commit one write; what is written is what a sign-in writes."""

    def commit(store, record_id, undo_s=0, kind="visit", **fields):
        changes = Changes.of(Write(kind, record_id, fields), undo_s=undo_s)
        return store.commit(changes, now_ms=clock.now_ms)

    return commit


STORAGES = {
    "TinyDB JSON": lambda path: TinyDB(path / "db.json", storage=JSONStorage),
    "TinyDB memory": lambda path: TinyDB(storage=MemoryStorage),
    "ours on disk": lambda path: open_store(path / "store.db"),
    "ours in memory": lambda path: open_store(":memory:"),
    "ours under a middleware": lambda path: open_store(
        path / "store.db", storage=CachingMiddleware(SQLiteStorage)
    ),
}


@pytest.fixture(params=list(STORAGES))
def db(request, tmp_path):
    """TinyDB as documented: its own storages first, they say what is right."""
    with STORAGES[request.param](tmp_path) as db:
        yield db


@pytest.fixture(params=["TinyDB JSON", "ours on disk", "ours in memory"])
def strict_db(request, tmp_path):
    """Where TinyDB's own storages differ, its JSON storage is the reference: memory is shared."""
    with STORAGES[request.param](tmp_path) as db:
        yield db


@pytest.fixture
def three(db):
    """The documents that TinyDB's own documentation likes: a, b, c."""
    db.insert_multiple({"int": 1, "char": char} for char in "abc")
    return db


@pytest.fixture
def backed_up(place, commit, clock):
    """A closed store with a backup of v1, and v2 written since."""
    store = place.open()
    commit(store, "v1", name="Ana")
    store.insert({"plain": True})
    store.backup(now_ms=clock.now_ms)
    commit(store, "v2", name="Eva")
    store.close()
    return place
