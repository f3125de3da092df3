"""Reading what can be read of a damaged file: each row carries a sum, so a sound one is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from msgspec import structs

from kiosk.store.arrivals import readings_of
from kiosk.store.changes import Forgotten, Key
from kiosk.store.disk import Disk
from kiosk.store.draft import Draft
from kiosk.store.errors import StoreDamaged
from kiosk.store.lines import NOTE_LINES, RECORD_LINES, note_of, row_of
from kiosk.store.oblivion import ForgottenList, without
from kiosk.store.places import Places
from kiosk.store.rows import Row
from kiosk.store.state import State
from kiosk.store.undated import PREFIX
from sync.merge import merge

RESCUED = "rescued"
"""The note of the last damaged file of which everything readable was taken in."""


def rescued_into(disk: Disk, state: State, places: Places, now_ms: int) -> tuple[State, int]:
    """Take in what can be read of the newest damaged file; once, whatever interrupts it."""
    newest = next(iter(places.aside()), None)
    if newest is None or state.notes.get(RESCUED) == newest.name:
        return state, 0
    draft = Draft(state, now_ms)
    for key, row in _readable(newest, ForgottenList(places.forgotten).read()):
        _take_back(draft, key, row)
    draft.delta.notes.update(_marks(newest))
    draft.delta.notes[RESCUED] = newest.name
    disk.keep(draft.delta)
    return state.after(draft.delta), len(draft.delta.records)


def _take_back(draft: Draft, key: Key, row: Row) -> None:
    before = draft.row(key)
    draft.hear(readings_of(dict(row.body)))
    body = dict(row.body) if before is None else merge(dict(before.body), dict(row.body))
    if before is None or body != before.body:
        after = draft.put(key, before, body)
        draft.delta.records[key] = structs.replace(after, ever=max(after.ever, row.ever))


def _readable(path: Path, forgotten: list[Forgotten]) -> Iterator[tuple[Key, Row]]:
    """Yield each record that is as it was written, without what was forgotten."""
    for line in _lines(path):
        try:
            kind, row_id, found = row_of(line)
        except StoreDamaged:
            continue
        row: Row | None = found
        for one in forgotten:
            if row is not None and (one.kind, one.id) == (kind, row_id):
                row = without(row, one)
        if row is not None:
            yield (kind, row_id), row


def _marks(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the marks of undated writes: without them their stamps would be taken for true."""
    try:
        with closing(sqlite3.connect(path)) as db:
            for line in db.execute(NOTE_LINES):
                with suppress(StoreDamaged):
                    key, note = note_of(line)
                    if key.startswith(PREFIX):
                        yield key, note
    except sqlite3.Error:
        return


def _lines(path: Path) -> Iterator[Sequence[Any]]:
    """Yield the lines of a damaged file from both ends up to the damage; some come twice."""
    for order in ("ASC", "DESC"):
        try:
            with closing(sqlite3.connect(path)) as db:
                yield from db.execute(f"{RECORD_LINES} ORDER BY kind {order}, id {order}")
        except sqlite3.Error:
            continue
