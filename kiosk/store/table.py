"""TinyDB's table over rows: every method of it as documented, each write one transaction.

A table named for a kind holds records: document ids are record ids (text), a document is the
record's flat fields, and a write is a local write, stamped and merged like any other. An empty
field (null) is absent from the document; taking a field out of a document empties it. ``remove``
lets a row go from this device alone: one that was never sent is as if it had never been, one
that was sent stays on the other nodes. (*Withdraw* hides a record everywhere, *erase* takes it
from everybody.) Every other table is plain TinyDB with integer ids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tinydb.table import Table
from tinydb.utils import LRUCache

from kiosk.store.overlay import View
from kiosk.store.storage import SQLiteStorage
from sync.records import KINDS


class NoCache(LRUCache):  # type: ignore[type-arg]
    """Remembers nothing: a slow reader could put an old answer back after a commit."""

    def set(self, key: Any, value: Any) -> None:
        """Forget it."""


class StoreTable(Table):
    """One table of the store; see the module."""

    query_cache_class = NoCache

    def __init__(self, storage: Any, name: str, **options: Any) -> None:
        self._is_direct = isinstance(storage, SQLiteStorage)
        if name in KINDS:
            # TinyDB reads the class from the instance; a record's id is its text.
            self.document_id_class = str  # type: ignore[assignment]
        super().__init__(storage, name, **options)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        if not self._is_direct:  # a middleware wants to see the whole state
            return super()._read_table()
        return View(self._storage.keeper.state.table(self.name))  # type: ignore[attr-defined, return-value]  # a Mapping is all TinyDB uses

    def _update_table(self, updater: Callable[[dict[Any, Mapping[str, Any]]], None]) -> None:
        if self._is_direct:
            self._storage.update(self.name, updater)  # type: ignore[attr-defined]
        else:
            super()._update_table(updater)

    def _get_next_id(self) -> Any:
        if self.name in KINDS:
            return self._storage.new_id()  # type: ignore[attr-defined]  # middlewares pass it on
        with self._storage.keeper.turn():  # type: ignore[attr-defined]  # two threads, two ids
            return super()._get_next_id()  # type: ignore[no-untyped-call]  # TinyDB's own gap
