"""TinyDB's storage over the keeper: the whole state for middlewares, written back as a diff."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from tinydb.storages import Storage

from kiosk.store.disk import Connect, Disk, connect
from kiosk.store.draft import CLOCK, Draft
from kiosk.store.files import Lock, reached
from kiosk.store.keeper import Keeper, Now
from kiosk.store.opening import NODE, Opening, named, opened
from kiosk.store.overlay import Overlay, View, keep_documents, keep_records
from kiosk.store.places import Places
from kiosk.store.reading import ReadOnly, state_to_read
from kiosk.store.state import Delta, State
from sync.clock import first, new_node
from sync.errors import Lost
from sync.ids import new_id
from sync.records import KINDS

IN_MEMORY = ":memory:"
Whole = dict[str, dict[str, Any]]
"""TinyDB's shape of everything: table -> text of the id -> document."""


def system_time_ms() -> int:
    """Return the system's time, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class SQLiteStorage(Storage):
    """An open store under TinyDB. Use ``open_store``; this is for ``TinyDB(storage=...)``."""

    def __init__(
        self,
        path: str | Path,
        *,
        backups: Path | None = None,
        connect: Connect = connect,
        now_ms: Now = system_time_ms,
        dice: Random | None = None,
        refused: Lost | None = None,
    ) -> None:
        """refused: why the store cannot be written; what it holds is then read, and no more."""
        self._now_ms, self._dice = now_ms, dice or SystemRandom()
        if refused is None:
            self.keeper = self._opened(path, backups, connect)
        else:
            self.keeper = self._read(path, backups, refused)
        self._given: State | None = None

    def _opened(self, path: str | Path, backups: Path | None, connect: Connect) -> Keeper:
        node = new_node(self._dice)
        if str(path) == IN_MEMORY:
            disk = Disk(IN_MEMORY, connect, journal="MEMORY")
            state = named(disk, disk.load(), node)
            return Keeper(disk, state, Opening(), now_ms=self._now_ms)
        places = _places(path, backups)
        with ExitStack() as undo, reached():
            places.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = Lock(places.lock)
            undo.callback(lock.let_go)
            found = opened(places, connect, self._now_ms(), node)
            keeper = Keeper(*found, now_ms=self._now_ms, places=places, lock=lock)
            undo.pop_all()
        return keeper

    def _read(self, path: str | Path, backups: Path | None, refused: Lost) -> Keeper:
        state = state_to_read(_places(path, backups))
        if NODE not in state.notes:
            clock = str(first(new_node(self._dice)))
            state = state.after(Delta(notes={NODE: clock[-8:], CLOCK: clock}, clock=clock))
        opening = Opening(refused=refused.say)
        return Keeper(ReadOnly(refused), state, opening, now_ms=self._now_ms)

    def new_id(self) -> str:
        """Return the id of a record made now."""
        return new_id(self._now_ms(), self._dice)

    def read(self) -> Whole | None:
        """Return everything, as copies; None where there is no table yet."""
        self._given = state = self.keeper.state
        return {name: dict(View(state.table(name))) for name in sorted(state.names)} or None

    def write(self, data: Whole) -> None:
        """Keep what differs from what ``read`` gave last.

        Not from the present state: what was merged since a middleware read it would be let go.
        """
        now_ms = self._now_ms()
        with self.keeper.turn() as state:
            given = state if self._given is None or not data else self._given
            draft = Draft(state, now_ms)
            for name in given.names - data.keys():
                _unname(draft, state, name)
            for name, documents in data.items():
                self._differ(draft, state, given, name, documents)
            self.keeper.keep(draft.delta, now_ms)
            self._given = self.keeper.state

    def _differ(
        self, draft: Draft, state: State, given: State, name: str, documents: Mapping[Any, Any]
    ) -> None:
        overlay = Overlay(given.table(name), str)
        for text in [text for text in overlay if text not in documents]:
            del overlay[text]
        for doc_id, document in documents.items():
            overlay[str(doc_id)] = document
        _keep(draft, state, name, overlay)

    def update(self, name: str, updater: Callable[[Any], None]) -> None:
        """Run an updater of TinyDB's on one table, in one transaction."""
        now_ms = self._now_ms()
        with self.keeper.turn() as state:
            overlay = Overlay(state.table(name), str if name in KINDS else int)
            updater(overlay)
            draft = Draft(state, now_ms)
            _keep(draft, state, name, overlay)
            self.keeper.keep(draft.delta, now_ms)

    def drop(self, names: frozenset[str]) -> None:
        """Let go of whole tables."""
        now_ms = self._now_ms()
        with self.keeper.turn() as state:
            draft = Draft(state, now_ms)
            for name in names & state.names:
                _unname(draft, state, name)
            self.keeper.keep(draft.delta, now_ms)

    def close(self) -> None:
        """Close the file and let another process have it."""
        self.keeper.close()


def _places(path: str | Path, backups: Path | None) -> Places:
    return Places(Path(path), backups or Path(path).parent / "backups")


def _keep(draft: Draft, state: State, name: str, overlay: Overlay) -> None:
    (keep_records if name in KINDS else keep_documents)(draft, state, name, overlay)


def _unname(draft: Draft, state: State, name: str) -> None:
    for text in state.table(name):
        if name in KINDS:
            draft.drop((name, text))
        else:
            draft.delta.plain[name, text] = None
    draft.delta.unnamed.add(name)
