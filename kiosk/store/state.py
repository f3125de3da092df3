"""Everything the store knows at one instant, and the step from one instant to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from immutables import Map

from kiosk.store.changes import Forgotten, Key
from kiosk.store.rows import NO_ROWS, Row, Rows, Tables
from kiosk.store.undated import Mark, marks_after
from kiosk.store.waiting import Waiting
from sync.records import KINDS

Json = Any
"""What JSON can hold."""


class Delta(msgspec.Struct):
    """What one transaction changes; None takes a row out.

    records: by kind and id. plain: by table and id. named, unnamed: tables that begin and cease to
    exist. notes: the device's own small facts. gone_notes: keys of those that are no more.
    forgotten: what must leave every disk afterwards. clock: where the hybrid clock stands then; a
    note says so too where no row's stamp does.
    """

    records: dict[Key, Row | None] = {}
    plain: dict[Key, Row | None] = {}
    named: set[str] = msgspec.field(default_factory=set)
    unnamed: set[str] = msgspec.field(default_factory=set)
    notes: dict[str, Json] = {}
    gone_notes: set[str] = msgspec.field(default_factory=set)
    forgotten: list[Forgotten] = []
    clock: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to write."""
        rows = self.records or self.plain or self.named or self.unnamed
        return not (rows or self.notes or self.gone_notes)


class State(msgspec.Struct, frozen=True):
    """One instant of the store; immutable, so a reader keeps it as long as it likes.

    waiting: the rows that the server lacks. version, place: the last ones given out. notes: the device's own small facts. clock: the hybrid clock's last reading.
    undated: the marks of writes made before the time was known, by the keys of their notes.
    """

    names: frozenset[str]
    records: Map[str, Rows]
    plain: Map[str, Rows]
    waiting: Waiting
    notes: Map[str, Json]
    version: int = 0
    place: int = 0
    clock: str = ""
    undated: Map[str, Mark] = Map()

    def row(self, key: Key) -> Row | None:
        """Return the row of a record, or None."""
        row: Row | None = self.records.get(key[0], NO_ROWS).get(key[1])
        return row

    def table(self, name: str) -> Rows:
        """Return a table as TinyDB sees it: records if it is named for a kind known here."""
        return (self.records if name in KINDS else self.plain).get(name, NO_ROWS)

    def tables(self) -> Tables:
        """Return the tables as readers get them."""
        return Tables(self.names, self.records, self.plain)

    def after(self, delta: Delta) -> State:
        """Return the next instant; costs as much as the delta, whatever is stored."""
        rows = [row for row in (*delta.records.values(), *delta.plain.values()) if row is not None]
        return State(
            names=self._names_after(delta),
            records=_rows_after(self.records, delta.records),
            plain=_rows_after(self.plain, delta.plain),
            waiting=self.waiting.after(
                (key, self.row(key), row) for key, row in delta.records.items()
            ),
            notes=_notes_after(self.notes, delta),
            version=max([self.version, *(row.version for row in rows)]),
            place=max([self.place, *(row.place for row in rows)]),
            clock=delta.clock or self.clock,
            undated=marks_after(self.undated, delta.notes, delta.gone_notes),
        )

    def _names_after(self, delta: Delta) -> frozenset[str]:
        if delta.named <= self.names and not delta.unnamed:
            return self.names
        return (self.names - delta.unnamed) | delta.named


def _notes_after(notes: Map[str, Json], delta: Delta) -> Map[str, Json]:
    notes = notes.update(delta.notes) if delta.notes else notes
    for key in delta.gone_notes:
        notes = notes.delete(key) if key in notes else notes
    return notes


def _rows_after(tables: Map[str, Rows], changes: Mapping[Key, Row | None]) -> Map[str, Rows]:
    by_table: dict[str, dict[str, Row | None]] = {}
    for (name, row_id), row in changes.items():
        by_table.setdefault(name, {})[row_id] = row
    for name, rows in by_table.items():
        tables = tables.set(name, tables.get(name, NO_ROWS).changed(rows))
    return tables
