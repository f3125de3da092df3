"""Marks of writes that were made before the device's time was known.

A mark is one of the device's own notes, written in the transaction of what it marks: in which boot,
how long after its start, and by which provisional readings its fields are stamped. Those readings
are counted on from the clock without looking at the time, so that they lie above everything in the
store and never in the future, whatever the device takes the time for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from immutables import Map

from kiosk.store.changes import Key
from sync.device_time import Undated
from sync.merge import ERASED, WireRecord

PREFIX = "undated:"
"""What the key of a mark begins with; behind it the first reading, so that keys sort as writes."""


class Mark(msgspec.Struct, frozen=True):
    """One undated commit.

    boot, uptime_ms: when it was made. at_ms: what the device took the time for. known_ms: the last
    time that was known before. readings: its provisional ones. rows: kind and id of what it wrote.
    """

    boot: str
    uptime_ms: int
    at_ms: int
    known_ms: int
    readings: list[str]
    rows: list[tuple[str, str]]

    @property
    def key(self) -> str:
        """The key of its note."""
        return PREFIX + self.readings[0]


def mark_of(undated: Undated, at_ms: int, readings: Iterable[str], rows: Iterable[Key]) -> Mark:
    """Return the mark of a commit made now."""
    return Mark(
        undated.boot, undated.uptime_ms, at_ms, undated.known_ms, list(readings), list(rows)
    )


def noted(mark: Mark) -> Any:
    """Return a mark as a note holds it: JSON."""
    return msgspec.json.decode(msgspec.json.encode(mark))


def marks_in(notes: Mapping[str, Any]) -> dict[str, Mark]:
    """Return the marks among notes, by their keys."""
    return {key: msgspec.convert(note, Mark) for key, note in notes.items() if _is_mark(key)}


def marks_after(
    marks: Map[str, Mark], notes: Mapping[str, Any], gone: Iterable[str]
) -> Map[str, Mark]:
    """Return the marks after notes were written and taken away."""
    for key, note in notes.items():
        if _is_mark(key):
            marks = marks.set(key, msgspec.convert(note, Mark))
    for key in gone:
        if key in marks:
            marks = marks.delete(key)
    return marks


def in_order(marks: Mapping[str, Mark]) -> list[Mark]:
    """Return marks in the order in which their writes were made."""
    return [marks[key] for key in sorted(marks)]


def readings_in(marks: Mapping[str, Mark]) -> frozenset[str]:
    """Return every provisional reading."""
    return frozenset(reading for mark in marks.values() for reading in mark.readings)


def is_stamped_by(body: WireRecord | Mapping[str, Any], readings: frozenset[str]) -> bool:
    """Say whether any field of a record, or its erasure, carries one of these readings."""
    if "erased" in body:
        return body["erased"].lstrip(ERASED) in readings
    return any(reading_of(stamp[1:]) in readings for stamp in body["stamps"].values())


def reading_of(stamp: str) -> str:
    """Return the reading in a stamp without its letter; a proof may follow it."""
    return stamp.partition("~")[0]


def _is_mark(key: str) -> bool:
    return key.startswith(PREFIX)
