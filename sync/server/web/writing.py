"""Writing what a volunteer changes: as their session's own node, by the way that devices push."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from sync.clock import Reading, first, hear, tick
from sync.errors import Refused
from sync.ids import new_id
from sync.merge import Version, WireRecord, record
from sync.records import Record, check, flat, rule_of
from sync.server.activity import WEB, Entry
from sync.server.commit import Commits, Committed
from sync.server.database import logbook
from sync.server.database.ledger import Key, Ledger
from sync.server.proofs import SERVER_RULES, Notary
from sync.server.web.sessions import Who

_DICE = random.SystemRandom()


class NotWritten(Refused):
    """The hub did not take what was written, as it would not from a device."""

    say = "sorry.not_written"


@dataclass(frozen=True, slots=True)
class Write:
    """Some fields of a record, by their stored names; all others stay as they are."""

    kind: str
    id: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Erase:
    """A whole record that is gone for good, with the personal fields of all that point at it."""

    kind: str
    id: str


def fresh_id(now_ms: int) -> str:
    """Return the id of a record that is about to be."""
    return new_id(now_ms, _DICE)


def new(made: Record, who: Who, now_ms: int) -> Write:
    """Return the write of a new record. Raises BadField."""
    at = dt.datetime.fromtimestamp(now_ms // 1000, dt.UTC)
    by = "" if getattr(made, "owner", "") == who.person else who.person
    whole = msgspec.structs.replace(
        made,
        id=made.id or fresh_id(now_ms),
        hub=who.hub,
        made_at=at,
        made_on=who.node,
        entered_by=by,
    )
    return Write(made.KIND, whole.id, flat(whole))


def write(commits: Commits, connection: Connection, who: Who, *writes: Write | Erase) -> Committed:
    """Write in an open transaction; ``commits.announce`` is for after it. Raises NotWritten.

    Raises BadField, and Answered where the server's clock is not sure.
    """
    ledger, now_ms = Ledger(connection, who.hub), commits.now_ms()
    counters = ledger.lock()
    last = first(who.node)
    if counters and counters.top:
        last = hear(last, Reading.parse(counters.top))
    stamp = str(tick(last, now_ms))
    bodies = [_body(one, stamp, commits.notary, who.hub) for one in writes]
    done = commits.commit(connection, who.hub, bodies, by=who.person, counters=counters)
    if done.refused:
        raise NotWritten(", ".join(one.reason for one in done.refused))
    return done


def note(connection: Connection, who: Who, now_ms: int, about: Key, act: str) -> None:
    """Remember what somebody did that is no change of a record.

    It comes first in its transaction: whoever waits for a hub holds nothing that others wait for.
    """
    Ledger(connection, who.hub).lock()
    logbook.add(connection, who.hub, [Entry(now_ms, *about, act, who.person, WEB)])


def _body(one: Write | Erase, stamp: str, notary: Notary, hub: str) -> WireRecord:
    """Return what travels; a field that the server alone may write carries its proof."""
    if isinstance(one, Erase):
        return {"kind": one.kind, "id": one.id, "erased": stamp}
    check(one.kind, one.fields)
    said = {
        name: Version(rule_of(one.kind, name), stamp, value) for name, value in one.fields.items()
    }
    for name, version in said.items():
        if version.rule in SERVER_RULES:
            said[name] = notary.signed(hub, (one.kind, one.id), name, version)
    return record(one.kind, one.id, said)
