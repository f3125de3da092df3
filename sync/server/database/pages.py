"""Reading on from a cursor: a page ends only at the end of a commit, all of it in one snapshot."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from sync.server.database.models import CommitTag, HubRow, RecordRow

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a device has heard: the last commit, and its tag."""

    seq: int = 0
    tag: str = ""

    def __str__(self) -> str:
        return f"{self.seq}.{self.tag}" if self.seq else ""

    @classmethod
    def parse(cls, said: str) -> Cursor | None:
        """Return the cursor of ``812.c41f77a20b9e6d13``; "" is the beginning; None: no cursor."""
        if not said:
            return cls()
        number, _, tag = said.partition(".")
        if not (number.isascii() and number.isdecimal() and 0 < len(number) <= 18 and tag):
            return None
        return cls(int(number), tag)


@dataclass(frozen=True, slots=True)
class Page:
    """Records (raw JSON, in order of commit), up to ``cursor``; more: there is another page."""

    records: list[msgspec.Raw]
    cursor: Cursor
    more: bool


def knows(connection: Connection, hub: str, cursor: Cursor) -> bool:
    """Whether a cursor is of this life of the database."""
    if not cursor.seq:
        return True
    tag = select(CommitTag.tag).where(CommitTag.hub_id == hub, CommitTag.seq == cursor.seq)
    return connection.execute(tag).scalar() == cursor.tag


def newest(connection: Connection, hub: str) -> Cursor:
    """Return the cursor of the hub's last commit."""
    seq = connection.execute(select(HubRow.seq).where(HubRow.hub_id == hub)).scalar() or 0
    return _cursor(connection, hub, seq)


def page(
    connection: Connection,
    hub: str,
    after: int,
    limit: int,
    *,
    own: int = 0,
    but: Container[Key] = frozenset(),
    fresh: int = 0,
) -> Page:
    """Return what was committed after ``after``, about ``limit`` records.

    own, but: of the commit ``own`` these records are left out, their device has them. fresh: up to
    this commit no tombstones are sent.
    """
    last = connection.execute(select(HubRow.seq).where(HubRow.hub_id == hub)).scalar() or 0
    if last <= after:
        return Page([], _cursor(connection, hub, last), more=False)
    ahead = (RecordRow.hub_id == hub) & (RecordRow.seq > after)
    nth = select(RecordRow.seq).where(ahead).order_by(RecordRow.seq).offset(limit - 1).limit(1)
    end = connection.execute(nth).scalar() or last
    rows = (
        select(RecordRow.seq, RecordRow.kind, RecordRow.id, RecordRow.body)
        .where(ahead, RecordRow.seq <= end)
        .where((RecordRow.is_erased == 0) | (RecordRow.seq > fresh))
        .order_by(RecordRow.seq)
    )
    found = [
        msgspec.Raw(body.encode())
        for seq, kind, record_id, body in connection.execute(rows)
        if seq != own or (kind, record_id) not in but
    ]
    beyond = select(RecordRow.seq).where(RecordRow.hub_id == hub, RecordRow.seq > end).limit(1)
    more = end < last and connection.execute(beyond).scalar() is not None
    return Page(found, _cursor(connection, hub, end if more else last), more)


def _cursor(connection: Connection, hub: str, seq: int) -> Cursor:
    tag = select(CommitTag.tag).where(CommitTag.hub_id == hub, CommitTag.seq == seq)
    return Cursor(seq, connection.execute(tag).scalar() or "") if seq else Cursor()
