"""One transaction in the making: acts become rows, stamps and marks; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from kiosk.store.changes import Act, Drop, Erase, Forgotten, Key, Note, Receipt, Undo, Was, Write
from kiosk.store.errors import UnfitValue
from kiosk.store.rows import Row
from kiosk.store.state import Delta, State
from kiosk.store.undated import mark_of, noted
from kiosk.store.values import EXACT, document_of
from sync.clock import Reading, hear, tick
from sync.device_time import Undated
from sync.merge import WireRecord, erase_fields, is_erased, merge, shortened
from sync.records import KINDS, check, personal_fields, rule_of

CLOCK = "clock"
"""The note of the hybrid clock's last reading, where it is not the stamp of a stored field.

A usual commit leaves it in the stamps it wrote: one page on the disk instead of two.
"""


class Draft:
    """Acts on a state, one after another. ``delta`` is what they change.

    undated: when the acts are done, where the time is not known; ``mark`` then says so of them.
    """

    def __init__(self, state: State, now_ms: int, undated: Undated | None = None) -> None:
        self.delta = Delta()
        self._undated, self._readings = undated, list[str]()
        self._state, self._now_ms = state, now_ms
        self._reading = _reading(state.clock)
        self._is_clock_noted = False
        self._version, self._place = state.version, state.place
        self._was: dict[Key, Was] = {}

    @property
    def clock(self) -> str:
        """Where the hybrid clock stands after the acts so far."""
        return str(self._reading)

    def row(self, key: Key) -> Row | None:
        """Return a row as the acts so far have left it."""
        return self.delta.records[key] if key in self.delta.records else self._state.row(key)

    def do(self, act: Act, held_until_ms: int = 0) -> None:
        """Take in one act. Raises BadField or UnfitValue; the draft is then of no use."""
        if isinstance(act, Write):
            self.write(act, held_until_ms)
        elif isinstance(act, Drop):
            self.drop((act.kind, act.id))
        elif isinstance(act, Note):
            self.delta.notes[act.key] = document_of({"value": act.value})["value"]
        else:
            self.erase(act)

    def write(self, act: Write, held_until_ms: int = 0) -> None:
        """Stamp fields and merge them into what is there, as any other node will.

        So a "once" field that has its value keeps it, and "highest" never falls.
        """
        key = (act.kind, act.id)
        fields = document_of(act.fields, largest=EXACT)
        check(act.kind, fields)
        fresh = _stamped(key, fields, str(self._tick()))
        before = self.row(key)
        body = fresh if before is None else merge(dict(before.body), fresh)
        # Python's equality is enough: a field that was taken brings a stamp of its own.
        if before is None or body != before.body:
            after = self.put(key, before, body, held_until_ms)
            self._was[key] = Was(self._was[key].before if key in self._was else before, after)

    def drop(self, key: Key) -> None:
        """Take a row out, and have its bytes washed from every disk."""
        if self.row(key) is not None:
            self.take_out(key)
            self.forget(*key)
        self._was.pop(key, None)

    def take_out(self, key: Key) -> None:
        """Take a row out; the clock's last reading may have been in its stamps alone."""
        self.delta.records[key] = None
        self.note_clock()

    def erase(self, act: Erase) -> None:
        """Erase fields, or a whole record; what was erased already stays as it is."""
        before = self.row((act.kind, act.id))
        whole = act.fields is None and _is_erasable(act.kind)
        if before is None and not whole:
            return
        known = before.body.get("fields", {}) if before else {}
        names = act.fields if act.fields is not None else personal_fields(act.kind, known)
        body = self._tombstone(act) if whole else erase_fields(dict(before.body), names)  # type: ignore[union-attr]  # a row is there unless the record goes whole
        if before and (is_erased(dict(before.body)) or body == before.body):
            return
        self.put((act.kind, act.id), before, body)
        self.note_clock()
        self.forget(act.kind, act.id, fields=() if whole else names, erased=body.get("erased", ""))
        self._was.pop((act.kind, act.id), None)

    def put(self, key: Key, before: Row | None, body: WireRecord, held_until_ms: int = 0) -> Row:
        """Give a row a new body and the next version; the server lacks it from now on."""
        self._version += 1
        if before is None:
            self._place += 1
            row = Row(body, self._version, held_until_ms=held_until_ms, place=self._place)
            if key[0] not in self._state.names and key[0] in KINDS:
                self.delta.named.add(key[0])
        else:
            held = max(held_until_ms, before.held_until_ms)
            if self._undated and held_until_ms:
                held = held_until_ms  # by another clock than what was there; it moves with it
            row = replace(before, body=body, version=self._version, held_until_ms=held)
        self.delta.records[key] = row
        return row

    def forget(self, kind: str, row_id: str, **what: Any) -> None:
        """Put something on the list of what has to leave every disk."""
        self.delta.forgotten.append(Forgotten(kind, row_id, self._now_ms, **what))

    def hear(self, readings: Iterable[Reading]) -> None:
        """Have the clock stand behind whatever came in: what is written next is later."""
        for reading in readings:
            self._reading = hear(self._reading, reading)
        self.note_clock()

    def note_clock(self) -> None:
        """Note the clock's reading: what this draft leaves may not hold it in any stamp."""
        self._is_clock_noted = True
        self.delta.clock = self.delta.notes[CLOCK] = str(self._reading)

    def mark(self) -> None:
        """Mark what was written as undated, where the time is not known."""
        rows = [key for key, row in self.delta.records.items() if row is not None]
        if self._undated and self._readings and rows:
            mark = mark_of(self._undated, self._now_ms, self._readings, rows)
            self.delta.notes[mark.key] = noted(mark)

    def receipt(self, skipped: int = 0) -> Receipt:
        """Return what the draft touches and how to take it back."""
        touched = frozenset((*self.delta.records, *self.delta.plain))
        return Receipt(touched, Undo(tuple(self._was.items())), skipped)

    def _tombstone(self, act: Erase) -> WireRecord:
        return {"kind": act.kind, "id": act.id, "erased": str(self._tick())}

    def _tick(self) -> Reading:
        # Provisional readings only count on: above all in the store, never in the future.
        self._reading = tick(self._reading, 0 if self._undated else self._now_ms)
        if self._undated:
            self._readings.append(str(self._reading))
        self.delta.clock = str(self._reading)
        if self._is_clock_noted:
            self.note_clock()
        return self._reading


@lru_cache(maxsize=4)  # a draft begins where the one before it ended
def _reading(text: str) -> Reading:
    return Reading.parse(text)


def _stamped(key: Key, fields: Mapping[str, Any], stamp: str) -> WireRecord:
    """Return the record of fields written just now, in the short form that all nodes write."""
    kind, record_id = key
    if not record_id or not record_id.isascii():
        raise UnfitValue(where=f"{kind}.id", why="an id is plain text")
    names = sorted(fields)
    return {
        "kind": kind,
        "id": record_id,
        "fields": {name: fields[name] for name in names},
        "stamps": shortened({name: rule_of(kind, name) + stamp for name in names}),
    }


def _is_erasable(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].ERASABLE


def fields_of(row: Row) -> dict[str, Any]:
    """Return a record as a TinyDB document: its flat fields, those that are empty left out."""
    fields: Mapping[str, Any] = row.body.get("fields", {})
    return {name: value for name, value in fields.items() if value is not None}
