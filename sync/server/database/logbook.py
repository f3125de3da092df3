"""The rows of the hub's activity. Every query names the hub first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from sync.server.activity import KEPT_MS, VALUES_MS, Entry, Was
from sync.server.database.models import Activity, Erased

MOST = 50_000
"""Of more changes the oldest go before their 90 days: a device gone wild fills no disk."""
_COLUMNS = (
    Activity.entry,
    Activity.at_ms,
    Activity.kind,
    Activity.record_id,
    Activity.act,
    Activity.person,
    Activity.node,
    Activity.fields,
    Activity.before,
)
_stamps: msgspec.json.Decoder[dict[str, str]] = msgspec.json.Decoder(dict[str, str])
_values: msgspec.json.Decoder[dict[str, Any]] = msgspec.json.Decoder(dict[str, Any])


def add(connection: Connection, hub: str, entries: Sequence[Entry]) -> None:
    """Write entries; whoever does holds the hub's lock."""
    if not entries:
        return
    last = select(func.max(Activity.entry)).where(Activity.hub_id == hub)
    first = (connection.execute(last).scalar() or 0) + 1
    rows = [
        {
            "hub_id": hub,
            "entry": first + n,
            "at_ms": one.at_ms,
            "kind": one.kind,
            "record_id": one.record,
            "act": one.act,
            "person": one.person,
            "node": one.node,
            "fields": _packed({name: was.stamp for name, was in one.fields.items()}),
            "before": _packed({name: was.value for name, was in one.fields.items() if was.kept}),
        }
        for n, one in enumerate(entries)
    ]
    connection.execute(insert(Activity), rows)
    too_many = (Activity.hub_id == hub) & (Activity.entry <= first + len(rows) - 1 - MOST)
    connection.execute(delete(Activity).where(too_many))


def _packed(said: dict[str, Any]) -> str:
    return msgspec.json.encode(said).decode() if said else ""


def forget(connection: Connection, hub: str) -> None:
    """Say of no entry any more that it was somebody's who was erased."""
    gone = select(Erased.id).where(Erased.hub_id == hub, Erased.kind == "person")
    theirs = (Activity.hub_id == hub) & (Activity.person != "") & Activity.person.in_(gone)
    connection.execute(update(Activity).where(theirs).values(person=""))


def forget_account(connection: Connection, hub: str, account: str) -> None:
    """Say of no entry any more that it was about an account that ended."""
    of_it = (
        (Activity.hub_id == hub) & (Activity.kind == "volunteer") & (Activity.record_id == account)
    )
    connection.execute(update(Activity).where(of_it).values(record_id=""))


def let_go(connection: Connection, hub: str, now_ms: int) -> None:
    """Let entries go whose 90 days are over, and what was there before after 14."""
    over = (Activity.hub_id == hub) & (Activity.at_ms < now_ms - KEPT_MS)
    connection.execute(delete(Activity).where(over))
    old = (Activity.hub_id == hub) & (Activity.at_ms < now_ms - VALUES_MS)
    connection.execute(update(Activity).where(old, Activity.before != "").values(before=""))


@dataclass(frozen=True, slots=True)
class Logbook:
    """The activity of one hub, as it may be read now."""

    connection: Connection
    hub: str
    now_ms: int

    def listed(
        self, kinds: Collection[str], *, most: int, after: tuple[int, int] | None = None
    ) -> list[Entry]:
        """Return entries of some kinds, the latest first. after: time and number of the one before."""
        wanted: ColumnElement[bool] = Activity.kind.in_(sorted(kinds))
        if after:
            at_ms, number = after
            is_older = (Activity.at_ms < at_ms) | (
                (Activity.at_ms == at_ms) & (Activity.entry < number)
            )
            wanted &= is_older
        return self._read(wanted, (Activity.at_ms.desc(), Activity.entry.desc()), most)

    def one(self, number: int) -> Entry | None:
        """Return one entry."""
        return next(iter(self._read(Activity.entry == number, (), 1)), None)

    def last_of(self, kind: str, record: str) -> Entry | None:
        """Return the last change of a record that is remembered."""
        of_it = (Activity.kind == kind) & (Activity.record_id == record)
        return next(iter(self._read(of_it, (Activity.entry.desc(),), 1)), None)

    def _read(self, wanted: ColumnElement[bool], order: Sequence[Any], most: int) -> list[Entry]:
        # Any: an SQL expression. What is over is not shown either while nobody has swept.
        here = (Activity.hub_id == self.hub) & (Activity.at_ms >= self.now_ms - KEPT_MS)
        rows = select(*_COLUMNS).where(here, wanted).order_by(*order).limit(most)
        return [self._entry(*row) for row in self.connection.execute(rows)]

    def _entry(self, number: int, at_ms: int, *said: str) -> Entry:
        kind, record, act, person, node, fields, before = said
        is_known = before and at_ms >= self.now_ms - VALUES_MS
        values = _values.decode(before) if is_known else {}
        stamps = _stamps.decode(fields) if fields else {}
        was = {n: Was(stamp, values.get(n), n in values) for n, stamp in stamps.items()}
        return Entry(at_ms, kind, record, act, person, node, was, number)
