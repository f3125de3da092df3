"""Tables as readers see them: immutable, in order, shared by every thread without a lock."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from typing import Any, Self

import msgspec
from immutables import Map

Body = Mapping[str, Any]
"""A record in its wire shape, or a plain TinyDB document. Never changed once it is in a row."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """One stored thing.

    version: the local number of its last change (0: a plain document, never sent).
    sent: the version that the server has. ever: the last version it accepted (0: none).
    held_until_ms: not sent before, it may still be undone. place: where it stands in its table.
    """

    body: Body
    version: int = 0
    sent: int = 0
    ever: int = 0
    held_until_ms: int = 0
    place: int = 0

    @property
    def is_waiting(self) -> bool:
        """Say whether the server lacks something of it (held or not): it is in the outbox."""
        return self.version > self.sent

    @property
    def is_erased(self) -> bool:
        """Say whether the whole record was erased: only that it existed is left."""
        return "erased" in self.body and self.version > 0


class Rows(Mapping[str, Row]):
    """A table by id, in the order in which its rows first came."""

    __slots__ = ("_by_id", "_ordered")

    def __init__(self, by_id: Map[str, Row] | None = None) -> None:
        self._by_id: Map[str, Row] = Map() if by_id is None else by_id
        self._ordered: dict[str, Row] | None = None

    def __getitem__(self, row_id: str) -> Row:
        return self._by_id[row_id]

    def get(self, row_id: str, default: Any = None) -> Any:  # a row, or whatever is given
        """Return a row, or ``default``: without the exception that a Mapping would go by."""
        return self._by_id.get(row_id, default)

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._by_id

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[str]:
        if self._ordered is not None:
            return iter(self._ordered)
        return iter(sorted(self._by_id, key=lambda row_id: self._by_id[row_id].place))

    def items(self) -> ItemsView[str, Row]:
        """Return ids and rows in order; sorted once a snapshot, when somebody asks."""
        return self._in_order().items()

    def values(self) -> ValuesView[Row]:
        """Return the rows in order."""
        return self._in_order().values()

    def each(self) -> Iterator[tuple[str, Row]]:
        """Yield ids and rows in whatever order: nothing is sorted, nor kept for the next time."""
        yield from self._by_id.items()

    def __repr__(self) -> str:
        return f"<Rows {len(self)}>"

    def _in_order(self) -> dict[str, Row]:
        # Two threads may both sort here: they get equal answers and one of them is kept.
        if self._ordered is None:
            self._ordered = dict(sorted(self._by_id.items(), key=lambda item: item[1].place))
        return self._ordered

    def changed(self, changes: Mapping[str, Row | None]) -> Rows:
        """Return the table with these rows put in, or taken out where they are None."""
        if len(changes) == 1:  # the usual commit: a mutation object would cost more than it saves
            ((row_id, row),) = changes.items()
            if row is not None:
                return Rows(self._by_id.set(row_id, row))
        draft = self._by_id.mutate()
        for row_id, row in changes.items():
            if row is not None:
                draft[row_id] = row
            elif row_id in draft:
                del draft[row_id]
        return Rows(draft.finish())


NO_ROWS = Rows()


class Tables(frozenset[str]):
    """The names of all tables, as TinyDB's ``tables()`` gives them, and the tables themselves.

    ``tables["visit"]`` maps ids to rows; a table that does not exist is empty. Two snapshots
    compare by their names, being sets: tell them apart by ``is``.
    """

    _records: Map[str, Rows]
    _plain: Map[str, Rows]

    def __new__(cls, names: frozenset[str], records: Map[str, Rows], plain: Map[str, Rows]) -> Self:
        tables = super().__new__(cls, names)
        tables._records, tables._plain = records, plain
        return tables

    def __getitem__(self, name: str) -> Rows:
        """Return a table; records go before plain documents of a table of the same name."""
        found = self._records.get(name)
        return found if found is not None else self._plain.get(name, NO_ROWS)

    def get(self, name: str, default: Any = NO_ROWS) -> Mapping[str, Row]:
        """Return a table, or ``default`` where it does not exist."""
        found = self[name]
        return found if found is not NO_ROWS else default

    def named(self, names: Iterable[str]) -> Tables:
        """Return the same tables under the names that a middleware sees."""
        return Tables(frozenset(names), self._records, self._plain)

    @property
    def kinds(self) -> frozenset[str]:
        """Return every kind that has records, those of newer versions of the hub included."""
        return frozenset(kind for kind, rows in self._records.items() if rows)
