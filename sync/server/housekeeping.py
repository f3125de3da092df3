"""What goes by itself: names past their days, rows past theirs, tombstones and tags past the horizon.

So does what is remembered of changes, and of what devices offered in vain; and an account of somebody
who was erased, where a restored backup or a welcome under way brought it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Connection, delete, func, select

from sync.merge import WireRecord, is_erased, merge
from sync.records import KINDS, read
from sync.records.hub import Hub
from sync.records.notice import Notice
from sync.records.person import Person
from sync.records.retention import is_over
from sync.server.commit import Commits
from sync.server.database import account_rows, logbook, refusals
from sync.server.database.ledger import Key, Ledger
from sync.server.database.models import CommitTag, RecordRow
from sync.server.files import is_name, let_go
from sync.server.landing import calendar_of
from sync.washing import Calendar, washed

TOMBSTONES_MS = timedelta(days=430) // timedelta(milliseconds=1)
"""From their arrival; no device that was away for longer pushes what it had."""


def stale(commits: Commits, connection: Connection, hub: str) -> list[Key]:
    """Return what a sweep would change now, found without holding anybody up."""
    ledger, now_ms = Ledger(connection, hub), commits.now_ms()
    counters = ledger.look()
    if counters is None or counters.has_jumped(now_ms):
        return []
    gone = ledger.all_erased()
    days = _days(ledger, gone, now_ms)
    return [
        key
        for held in _by_kind(ledger)
        for key, body in held.items()
        if _swept(body, gone.get(key), days) is not body
    ]


def sweep(
    commits: Commits,
    connection: Connection,
    hub: str,
    erased: Mapping[Key, str] | None = None,
    only: Sequence[Key] | None = None,
) -> int:
    """Wash what a hub holds, under its lock; return how many rows changed, and accounts ended.

    erased: ids that must be gone as well (a restored backup may bring them back). only: the records
    to look at, if not all. What is washed takes a new place in the order of commits, so that every
    device hears of it.
    """
    ledger, now_ms = Ledger(connection, hub), commits.now_ms()
    counters = ledger.lock()
    if counters is None or counters.has_jumped(now_ms):
        return 0
    if erased:
        ledger.erase(erased)
    gone = ledger.all_erased()
    days = _days(ledger, gone, now_ms)
    after: dict[Key, WireRecord] = {}
    over: list[Key] = []
    for held in [ledger.bodies(only)] if only is not None else _by_kind(ledger):
        for key, body in held.items():
            clean = _swept(body, gone.get(key), days)
            if clean is None:
                over.append(key)
            elif clean is not body:
                after[key] = clean
    ledger.drop(over)
    _drop_tombstones(connection, hub, now_ms)
    _drop_tags(connection, hub, now_ms)
    ended = account_rows.forget_erased(connection, hub)
    logbook.forget(connection, hub)
    logbook.let_go(connection, hub, now_ms)
    refusals.let_go(connection, hub, now_ms)
    if after:
        ledger.write(after, counters.seq + 1, now_ms)
        ledger.end_commit(counters.seq + 1)
    return len(after) + len(over) + ended + _drop_pictures(ledger, now_ms)


def _by_kind(ledger: Ledger) -> Iterator[dict[Key, WireRecord]]:
    return (ledger.of_kinds((kind,)) for kind in ledger.kinds())


def _days(ledger: Ledger, gone: Mapping[Key, str], now_ms: int) -> Calendar:
    hub = (Hub.KIND, ledger.hub)
    said = ledger.bodies([hub]).get(hub)
    return calendar_of(said, now_ms, lambda one: (Person.KIND, one) in gone)


def _swept(body: WireRecord, erased: str | None, days: Calendar) -> WireRecord | None:
    """Return a record as it has to be now, the same where it is so; None where its days are over."""
    clean = washed(_without(body, erased), days)
    if _is_over(clean, days):
        return None
    return clean if clean != body else body


def _drop_pictures(ledger: Ledger, now_ms: int) -> int:
    notices = ledger.of_kinds((Notice.KIND,)).values()
    said = [body["fields"].get("picture") for body in notices if not is_erased(body)]
    named = {one for one in said if isinstance(one, str) and is_name(one)}
    return let_go(ledger.connection, ledger.hub, named, now_ms)


def _without(body: WireRecord, stamp: str | None) -> WireRecord:
    if stamp is None or is_erased(body):
        return body
    return merge(body, {"kind": body["kind"], "id": body["id"], "erased": stamp})


def _is_over(body: WireRecord, days: Calendar) -> bool:
    cls = KINDS.get(body["kind"])
    if cls is None or is_erased(body) or cls.KEPT.days is None:
        return False
    return is_over(read(cls, body["id"], body["fields"]), days.today, days.settings, days.zone)


def _drop_tombstones(connection: Connection, hub: str, now_ms: int) -> None:
    old = (
        (RecordRow.hub_id == hub)
        & (RecordRow.is_erased == 1)
        & (RecordRow.written_ms < now_ms - TOMBSTONES_MS)
    )
    connection.execute(delete(RecordRow).where(old))


def _drop_tags(connection: Connection, hub: str, now_ms: int) -> None:
    """Let tags go that no device can show any more: it would have been told ``expired`` before.

    What was newest 430 days ago stays: whoever was here a day later may still stand there. When a
    commit was is known from the rows that it was the last to write.
    """
    long_ago = (
        select(func.max(RecordRow.seq))
        .where(RecordRow.hub_id == hub, RecordRow.written_ms < now_ms - TOMBSTONES_MS)
        .scalar_subquery()
    )
    old = (CommitTag.hub_id == hub) & (CommitTag.seq < long_ago)
    connection.execute(delete(CommitTag).where(old))
