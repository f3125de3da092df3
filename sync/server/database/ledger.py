"""One hub's rows in one transaction. Every query names the hub first."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    text,
    true,
    update,
)

from sync.merge import WireRecord, is_erased
from sync.records import KINDS
from sync.records.booking import Booking
from sync.server.database import bulk
from sync.server.database.found_by import MOVES, found_by
from sync.server.database.models import CommitTag, Device, Erased, HubRow, RecordRow, Timer
from sync.server.database.pages import Cursor, cursor_of

Key = tuple[str, str]
_AT_ONCE = 500
_ONE_BY_ONE = 20
"""Of more ids than this each row is read once here, instead of once for each id by the database."""
_QUOTED = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')
JUMP_MS = 2 * 24 * 3600 * 1000
"""A server whose clock is further than this from what it last knew does nothing by it."""
_SET_TIMER = text(
    "INSERT INTO timer (hub_id, kind, id, due_ms) VALUES (:hub_id, :kind, :id, :due_ms)"
    " ON CONFLICT (hub_id, kind, id) DO UPDATE SET due_ms = excluded.due_ms"
)
_ERASE = text(
    "INSERT INTO erased (hub_id, kind, id, stamp) VALUES (:hub_id, :kind, :id, :stamp)"
    " ON CONFLICT (hub_id, kind, id) DO NOTHING"
)
# Those of every exchange are put together once: that takes longer than to run them.
_THE_HUB: BindParameter[str] = bindparam("the_hub")
_LOOK = select(
    HubRow.seq, HubRow.cursor, HubRow.arrived, HubRow.top, HubRow.last_ms, HubRow.recovering_ms
).where(HubRow.hub_id == _THE_HUB)
_LOCK = _LOOK.with_for_update(key_share=True)
_DUE = select(Timer.id).where(Timer.hub_id == _THE_HUB, Timer.due_ms <= bindparam("now_ms"))
_ERASED = select(Erased.kind, Erased.id, Erased.stamp).where(Erased.hub_id == _THE_HUB)
_ERASED_PEOPLE = _ERASED.where(Erased.kind == "person")
# Spelled out: an index of some rows is taken only where the database sees that it has all of them.
_DATED = RecordRow.day > literal_column("0")
_TAG = insert(CommitTag)
_SET_HUB = update(HubRow).where(HubRow.hub_id == _THE_HUB)
_SET_DEVICE = update(Device).where(
    Device.hub_id == _THE_HUB, Device.device_id == bindparam("the_device")
)
_encode = msgspec.json.Encoder(order="deterministic").encode
_decode: msgspec.json.Decoder[WireRecord] = msgspec.json.Decoder()


@dataclass(frozen=True, slots=True)
class HubNow:
    """The hub's counters (HubRow, in models.py)."""

    seq: int
    cursor: Cursor
    arrived: int
    top: str
    last_ms: int
    recovering_ms: int

    def has_jumped(self, now_ms: int) -> bool:
        """Whether the server's clock is far from what it last knew: an operator has to look."""
        return bool(self.last_ms) and abs(now_ms - self.last_ms) > JUMP_MS


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is kept of one hub, as its open transaction sees it."""

    connection: Connection
    hub: str

    @property
    def _here(self) -> dict[str, str]:
        return {"the_hub": self.hub}

    def lock(self) -> HubNow | None:
        """Take the hub's row lock and return its counters; None where there is no such hub."""
        return self._counters(_LOCK)

    def look(self) -> HubNow | None:
        """Return the hub's counters without waiting for anybody."""
        return self._counters(_LOOK)

    def _counters(self, wanted: Select[int, str, int, str, int, int]) -> HubNow | None:
        row = self.connection.execute(wanted, self._here).first()
        if row is None:
            return None
        seq, said, arrived, top, last_ms, recovering_ms = row
        cursor = cursor_of(self.connection, self.hub, seq, said)
        return HubNow(seq, cursor, arrived, top, last_ms, recovering_ms)

    def bodies(self, keys: Iterable[Key]) -> dict[Key, WireRecord]:
        """Return those of these records that are here."""
        wanted = (key for key in keys if all(map(_may_be_kept, key)))
        return {
            (kind, record_id): _decode.decode(body)
            for kind, record_id, body in bulk.find(self.connection, self.hub, wanted)
        }

    def of_kinds(self, kinds: Iterable[str]) -> dict[Key, WireRecord]:
        """Return every record of some kinds."""
        return self._read(RecordRow.kind.in_(sorted(kinds)))

    def of_days(self, kind: str, first: int, last: int, room: str = "") -> dict[Key, WireRecord]:
        """Return the records of a kind that are found by a day from first to last (found_by.py).

        room: only those of it; one that moves another is found whatever its room.
        """
        here = (RecordRow.kind == kind) & _DATED & RecordRow.day.between(first, last)
        if room:
            here &= (RecordRow.room == room) | (RecordRow.day == MOVES)
        return self._read(here)

    def days_of(self, kind: str) -> list[int]:
        """Return the days by which a record of a kind is found."""
        here = (RecordRow.hub_id == self.hub) & (RecordRow.kind == kind) & _DATED
        return list(self.connection.execute(select(RecordRow.day).where(here).distinct()).scalars())

    def naming(self, ids: Iterable[str], kinds: Sequence[str] = ()) -> dict[Key, WireRecord]:
        """Return every record in which one of these ids occurs (ids: no quotes, no wildcards)."""
        found: dict[Key, WireRecord] = {}
        wanted = set(filter(_may_be_kept, ids))
        of_kinds = RecordRow.kind.in_(kinds) if kinds else true()
        if len(wanted) > _ONE_BY_ONE:
            return self._sift(of_kinds, lambda body: not wanted.isdisjoint(_QUOTED.findall(body)))
        for one in wanted:
            here = RecordRow.body.contains(f'"{one}"', autoescape=True)
            found |= self._read(here & of_kinds)
        return found

    def erased(self, keys: Sequence[Key]) -> dict[Key, str]:
        """Return the ids that are gone for good: those of these keys, and every person's."""
        people = self.connection.execute(_ERASED_PEOPLE, self._here)
        found = {(kind, record_id): stamp for kind, record_id, stamp in people}
        others = (key for key in keys if key[0] != "person" and may_be_erased(key[0]))
        for kind, some in _by_kind(others):
            here = (Erased.hub_id == self.hub) & (Erased.kind == kind) & Erased.id.in_(some)
            rows = select(Erased.kind, Erased.id, Erased.stamp).where(here)
            found |= {
                (k, record_id): stamp for k, record_id, stamp in self.connection.execute(rows)
            }
        return found

    def all_erased(self) -> dict[Key, str]:
        """Return every id that is gone for good."""
        rows = self.connection.execute(_ERASED, self._here)
        return {(kind, record_id): stamp for kind, record_id, stamp in rows}

    def kinds(self) -> list[str]:
        """Return the kinds of which there is a record."""
        rows = select(RecordRow.kind).where(RecordRow.hub_id == self.hub).distinct()
        return sorted(self.connection.execute(rows).scalars())

    def write(self, bodies: Mapping[Key, WireRecord], seq: int, now_ms: int) -> None:
        """Write records as part of the commit ``seq``."""
        rows = [
            (kind, record_id, _encode(body).decode(), int(is_erased(body)), *found_by(kind, body))
            for (kind, record_id), body in bodies.items()
        ]
        bulk.put(self.connection, self.hub, seq, now_ms, rows)

    def erase(self, stamps: Mapping[Key, str]) -> None:
        """Remember ids that are gone for good."""
        rows = [
            {"hub_id": self.hub, "kind": kind, "id": record_id, "stamp": stamp}
            for (kind, record_id), stamp in stamps.items()
        ]
        if rows:
            self.connection.execute(_ERASE, rows)

    def end_commit(self, seq: int, **columns: Any) -> str:
        """Have ``seq`` be the hub's last commit; return the 64 random bits that are its tag.

        columns: of the hub's counters, those that changed besides. Any: a column's value.
        """
        tag = secrets.token_hex(8)
        self.connection.execute(_TAG, {"hub_id": self.hub, "seq": seq, "tag": tag})
        self.set_hub(seq=seq, cursor=str(Cursor(seq, tag)), **columns)
        return tag

    def set_hub(self, **columns: Any) -> None:
        """Write some of the hub's counters. Any: a column's value."""
        self.connection.execute(_SET_HUB, {**self._here, **columns})

    def set_device(self, device: str, **columns: Any) -> None:
        """Write what is known of a device. Any: a column's value."""
        self.connection.execute(_SET_DEVICE, {**self._here, "the_device": device, **columns})

    def set_timers(self, timers: Mapping[str, int | None]) -> None:
        """Set or take away the timers of bookings (milliseconds since 1970, None: never)."""
        gone = [record_id for record_id, due in timers.items() if due is None]
        if gone:
            here = (Timer.hub_id == self.hub) & (Timer.kind == Booking.KIND) & Timer.id.in_(gone)
            self.connection.execute(delete(Timer).where(here))
        rows = [
            {"hub_id": self.hub, "kind": Booking.KIND, "id": record_id, "due_ms": due}
            for record_id, due in timers.items()
            if due is not None
        ]
        if rows:
            self.connection.execute(_SET_TIMER, rows)

    def due(self, now_ms: int) -> list[str]:
        """Return the ids of the bookings whose timer has rung."""
        return list(self.connection.execute(_DUE, {**self._here, "now_ms": now_ms}).scalars())

    def drop(self, keys: Iterable[Key]) -> None:
        """Let rows go whose days are over."""
        for kind, record_id in keys:
            here = (
                (RecordRow.hub_id == self.hub)
                & (RecordRow.kind == kind)
                & (RecordRow.id == record_id)
            )
            self.connection.execute(delete(RecordRow).where(here))

    def _read(self, where: Any) -> dict[Key, WireRecord]:
        # Any: an SQL expression, whose type says nothing more.
        return {
            (kind, record_id): _decode.decode(body)
            for kind, record_id, body in self.connection.execute(self._rows(where)).all()
        }

    def _sift(self, where: Any, wanted: Callable[[str], bool]) -> dict[Key, WireRecord]:
        # As _read, of a whole hub's rows without having them all in memory.
        few = {"yield_per": _AT_ONCE}
        return {
            (kind, record_id): _decode.decode(body)
            for kind, record_id, body in self.connection.execute(
                self._rows(where), execution_options=few
            )
            if wanted(body)
        }

    def _rows(self, where: Any) -> Select[str, str, str]:
        here = RecordRow.hub_id == self.hub
        return select(RecordRow.kind, RecordRow.id, RecordRow.body).where(here, where)


def may_be_erased(kind: str) -> bool:
    """Whether records of a kind may be erased as a whole; of an unknown kind they may."""
    cls = KINDS.get(kind)
    return cls is None or cls.ERASABLE


def _may_be_kept(word: str) -> bool:
    # A record may name anything as an id; PostgreSQL does not even look for a text with a NUL.
    return "\0" not in word


def _by_kind(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    by_kind: dict[str, dict[str, None]] = {}
    for kind, record_id in keys:
        if _may_be_kept(kind) and _may_be_kept(record_id):
            by_kind.setdefault(kind, {})[record_id] = None
    for kind, ids in by_kind.items():
        wanted = list(ids)
        for start in range(0, len(wanted), _AT_ONCE):
            yield kind, wanted[start : start + _AT_ONCE]
