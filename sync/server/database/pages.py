"""Reading on from a cursor: a page ends only at the end of a commit, all of it in one snapshot."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, bindparam, func, literal_column, select

from sync.server.database.models import CommitTag, HubRow, RecordRow

Key = tuple[str, str]
FULL_PAGE_LETTERS = 8 * 1024 * 1024
"""A page ends at the first end of a commit after bodies of as many letters: what it has in bytes,
with the commit that fills it, a device still inflates (MAX_ANSWER_BYTES)."""


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


_TAG = select(CommitTag.tag).where(
    CommitTag.hub_id == bindparam("hub"), CommitTag.seq == bindparam("at")
)
_NEWEST = select(HubRow.seq, HubRow.cursor).where(HubRow.hub_id == bindparam("hub"))
# All have one; spelled out, because the index is only of rows of which a query says so.
_COMMITTED = RecordRow.seq > literal_column("0")
_AHEAD = (
    (RecordRow.hub_id == bindparam("hub"))
    & _COMMITTED
    & (RecordRow.seq > bindparam("after"))
    & ((RecordRow.is_erased == 0) | (RecordRow.seq > bindparam("fresh")))
)
_NTH = (
    select(RecordRow.seq)
    .where(_AHEAD)
    .order_by(RecordRow.seq)
    .offset(bindparam("skipped"))
    .limit(1)
)
_WEIGHTS = (
    select(RecordRow.seq, func.sum(func.length(RecordRow.body)))
    .where(_AHEAD, RecordRow.seq <= bindparam("end"))
    .group_by(RecordRow.seq)
    .order_by(RecordRow.seq)
)
_ROWS = (
    select(RecordRow.seq, RecordRow.kind, RecordRow.id, RecordRow.body)
    .where(_AHEAD, RecordRow.seq <= bindparam("end"))
    .order_by(RecordRow.seq)
)


def knows(connection: Connection, hub: str, cursor: Cursor) -> bool:
    """Whether a cursor is of this life of the database."""
    if not cursor.seq:
        return True
    tag = connection.execute(_TAG, {"hub": hub, "at": cursor.seq}).scalar()
    return bool(tag == cursor.tag)


def newest(connection: Connection, hub: str) -> Cursor:
    """Return the cursor of the hub's last commit."""
    found = connection.execute(_NEWEST, {"hub": hub}).first()
    return cursor_of(connection, hub, found.seq, found.cursor) if found else Cursor()


def cursor_of(connection: Connection, hub: str, seq: int, said: str) -> Cursor:
    """Return the cursor of a hub's last commit. said: what its row says, maybe of an earlier one."""
    cursor = Cursor.parse(said)
    if cursor and cursor.seq == seq:
        return cursor
    return Cursor(seq, connection.execute(_TAG, {"hub": hub, "at": seq}).scalar() or "")


def page(
    connection: Connection,
    hub: str,
    after: int,
    limit: int,
    *,
    own: int = 0,
    news: Collection[Key] = frozenset(),
    fresh: int = 0,
) -> Page:
    """Return what was committed after ``after``, about ``limit`` records.

    own, news: of the commit ``own`` only these records are meant, all else its device has. fresh:
    up to this commit no tombstones are sent.
    """
    last = newest(connection, hub)
    if last.seq <= after or (last.seq == own == after + 1 and not news):
        return Page([], last, more=False)
    ahead: dict[str, str | int] = {"hub": hub, "after": after, "fresh": fresh}
    end = connection.execute(_NTH, {**ahead, "skipped": limit - 1}).scalar() or last.seq
    end = _full_at(connection, ahead, end)
    rows = connection.execute(_ROWS, {**ahead, "end": end})
    found = [
        msgspec.Raw(body.encode())
        for seq, kind, record_id, body in rows
        if seq != own or (kind, record_id) in news
    ]
    beyond = {**ahead, "after": end, "skipped": 0}
    more = end < last.seq and connection.execute(_NTH, beyond).scalar() is not None
    if not more:
        return Page(found, last, more=False)
    tag = connection.execute(_TAG, {"hub": hub, "at": end}).scalar() or ""
    return Page(found, Cursor(end, tag), more=True)


def _full_at(connection: Connection, ahead: dict[str, str | int], end: int) -> int:
    """Return the commit that fills a page, however few its records are; ``end`` where none does."""
    letters = 0
    for seq, more in connection.execute(_WEIGHTS, {**ahead, "end": end}):
        letters += more
        if letters >= FULL_PAGE_LETTERS:
            return int(seq)
    return end
