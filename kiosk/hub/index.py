"""The maps behind a snapshot: typed records by id, and the few ways in which they are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from immutables import Map

from sync.records import KINDS, Record, read
from sync.records.acceptance import Acceptance
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.card import Card
from sync.records.join import Join
from sync.records.roll_tick import RollTick
from sync.records.visit import Visit
from sync.records.welcomer import Welcomer

Touched = Iterable[tuple[str, str]]
"""Kind and id of the records that a commit changed."""


class Row(Protocol):
    """What the snapshot needs of a stored row: the record in the shape that nodes exchange."""

    @property
    def body(self) -> Mapping[str, Any]: ...


class Tables(Protocol):
    """The store at one instant: kind -> id -> row."""

    def get(self, kind: str, default: Mapping[str, Any], /) -> Mapping[str, Row]: ...


def utc_day(instant: datetime | None) -> str:
    """Return the key of an instant: its UTC day. A hub's own day lies in at most two of these."""
    return instant.astimezone(UTC).date().isoformat() if instant else ""


INDEXES: Mapping[str, tuple[type[Record], Callable[[Any], str]]] = {
    "visits_by_day": (Visit, lambda visit: utc_day(visit.came_at)),
    "visits_by_person": (Visit, lambda visit: visit.person),
    "visits_open": (Visit, lambda visit: "" if visit.left_at or visit.assumed_at else "open"),
    "cards_by_uid": (Card, lambda card: card.uid_hash),
    "bookings_by_room": (Booking, lambda booking: booking.room),
    "bookings_by_person": (Booking, lambda booking: booking.person),
    "days_by_booking": (BookingDay, lambda day: day.booking),
    "joins_by_event": (Join, lambda join: join.event),
    "acceptances_by_person": (Acceptance, lambda acceptance: acceptance.person),
    "welcomers_by_day": (Welcomer, lambda one: one.date.isoformat() if one.date else ""),
    "ticks_by_roll": (RollTick, lambda tick: tick.roll),
}
"""Name of an index -> the kind it is over, and the key of a record ("" = not in it)."""

Kinds = Map[str, Map[str, Record]]
Index = Map[str, Map[str, None]]
NO_RECORDS: Map[str, Record] = Map()
NO_IDS: Map[str, None] = Map()


class Update:
    """The next snapshot's maps while they are being made; used by one ``after`` alone."""

    def __init__(self, records: Kinds, indexes: Map[str, Index]) -> None:
        self._old_records, self._old_indexes = records, indexes
        self._kinds: dict[str, Any] = {}
        self._keys: dict[str, dict[str, Any]] = {}

    def put(self, kind: str, record_id: str, record: Record | None) -> None:
        """Take in a record as it is now; None where it is gone."""
        table = self._table(kind)
        before = table.get(record_id)
        if record is None:
            table.pop(record_id, None)
        else:
            table[record_id] = record
        for name, (cls, key_of) in INDEXES.items():
            if kind == cls.KIND:
                old, new = (key_of(one) if one else "" for one in (before, record))
                self._move(name, record_id, old, new)

    def records(self) -> Kinds:
        """Return the records of the next snapshot."""
        return self._old_records.update({k: m.finish() for k, m in self._kinds.items()})

    def indexes(self) -> Map[str, Index]:
        """Return the indexes of the next snapshot."""
        changed = {
            name: self._old_indexes.get(name, Map()).update(
                {key: ids.finish() for key, ids in keys.items()}
            )
            for name, keys in self._keys.items()
        }
        return self._old_indexes.update(changed)

    def _table(self, kind: str) -> Any:
        if kind not in self._kinds:
            self._kinds[kind] = self._old_records.get(kind, NO_RECORDS).mutate()
        return self._kinds[kind]

    def _move(self, name: str, record_id: str, old: str, new: str) -> None:
        if old == new:
            return
        if old:
            self._ids(name, old).pop(record_id, None)
        if new:
            self._ids(name, new)[record_id] = None

    def _ids(self, name: str, key: str) -> Any:
        keys = self._keys.setdefault(name, {})
        if key not in keys:
            keys[key] = self._old_indexes.get(name, Map()).get(key, NO_IDS).mutate()
        return keys[key]


def typed(kind: str, record_id: str, row: Row | None) -> Record | None:
    """Return the record of a row, or None where there is none or it was erased."""
    if row is None or "erased" in row.body:
        return None
    return read(KINDS[kind], record_id, row.body["fields"])
