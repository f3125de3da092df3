"""Which calendars of others a hub's rooms are taken by, and how the last reading went.

Times are milliseconds since 1970, 0 = never. Every query names the hub first but ``due``, which
asks of all of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import (
    BigInteger,
    Connection,
    ForeignKey,
    String,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from sync.server.database.models import Base

LEASE_MS = 5 * 60_000
"""For so long nobody else reads what one process has begun to read."""


def _text(length: int) -> Mapped[str]:
    return mapped_column(String(length), default="", server_default="")


def _number() -> Mapped[int]:
    return mapped_column(BigInteger, default=0, server_default="0")


class CalendarRow(Base):
    """A calendar that a room listens to (Subscription says what is in it).

    address: it may hold a secret, and is shown to stewards only. account: who entered it.
    """

    __tablename__ = "calendar"

    hub_id: Mapped[str] = mapped_column(String(36), ForeignKey("hub.hub_id"), primary_key=True)
    calendar_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    room: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = _text(120)
    lang: Mapped[str] = _text(12)
    address: Mapped[str] = mapped_column(Text)
    account: Mapped[str] = _text(16)
    made_ms: Mapped[int] = _number()
    next_ms: Mapped[int] = _number()
    tried_ms: Mapped[int] = _number()
    read_ms: Mapped[int] = _number()
    whole_ms: Mapped[int] = _number()
    failures: Mapped[int] = _number()
    trouble: Mapped[str] = _text(20)
    etag: Mapped[str] = _text(200)
    modified: Mapped[str] = _text(200)
    found: Mapped[int] = _number()
    left_out: Mapped[int] = _number()
    meets: Mapped[int] = _number()
    made_day: Mapped[int] = _number()
    made: Mapped[int] = _number()


@dataclass(frozen=True, slots=True)
class Subscription:
    """One calendar of one room. name: as it stands on the boards, in the language ``lang``.

    next_ms: when it is read next. tried_ms, read_ms: when it was asked for last, and when with
    success. whole_ms: when its whole file came last; in between it said that nothing changed.
    failures: how often in a row it could not be read, trouble: why not (trouble.py, reason).
    found: times that lie ahead; left_out: those beyond what a room takes;
    meets: bookings of ours that overlap one. made: how many were
    written new on the day ``made_day`` (its place in the calendar).
    """

    hub_id: str
    calendar_id: str
    room: str
    name: str
    lang: str
    address: str
    account: str = ""
    made_ms: int = 0
    next_ms: int = 0
    tried_ms: int = 0
    read_ms: int = 0
    whole_ms: int = 0
    failures: int = 0
    trouble: str = ""
    etag: str = ""
    modified: str = ""
    found: int = 0
    left_out: int = 0
    meets: int = 0
    made_day: int = 0
    made: int = 0


_COLUMNS = tuple(getattr(CalendarRow, name) for name in Subscription.__dataclass_fields__)


def fresh_calendar_id() -> str:
    """Return an id that nobody has; its first half is the node that writes what was read."""
    return secrets.token_hex(8)


def add(connection: Connection, made: Subscription) -> None:
    """Keep a calendar."""
    connection.execute(insert(CalendarRow), [asdict(made)])


def every(connection: Connection, hub: str, room: str = "") -> list[Subscription]:
    """Return the calendars of a hub, or of one of its rooms, in the order they were entered."""
    rows = select(*_COLUMNS).where(CalendarRow.hub_id == hub)
    if room:
        rows = rows.where(CalendarRow.room == room)
    rows = rows.order_by(CalendarRow.made_ms, CalendarRow.calendar_id)
    return [Subscription(*row) for row in connection.execute(rows)]


def one(connection: Connection, hub: str, calendar: str) -> Subscription | None:
    """Return a calendar; None where it is not here, or not here any more."""
    row = select(*_COLUMNS).where(CalendarRow.hub_id == hub, CalendarRow.calendar_id == calendar)
    found = connection.execute(row).first()
    return Subscription(*found) if found else None


def change(
    connection: Connection, hub: str, calendar: str, columns: Mapping[str, int | str]
) -> None:
    """Write some columns of a calendar."""
    here = (CalendarRow.hub_id == hub) & (CalendarRow.calendar_id == calendar)
    connection.execute(update(CalendarRow).where(here).values(**columns))


def end(connection: Connection, hub: str, calendar: str) -> bool:
    """Let go of a calendar and its address; return whether it was there."""
    here = (CalendarRow.hub_id == hub) & (CalendarRow.calendar_id == calendar)
    return connection.execute(delete(CalendarRow).where(here)).rowcount == 1


def due(connection: Connection, now_ms: int) -> list[tuple[str, str, int]]:
    """Return hub, id and ``next_ms`` of what should be read now, the longest overdue first."""
    columns = (CalendarRow.hub_id, CalendarRow.calendar_id, CalendarRow.next_ms)
    rows = select(*columns).where(CalendarRow.next_ms <= now_ms).order_by(CalendarRow.next_ms)
    return [(hub, calendar, at) for hub, calendar, at in connection.execute(rows)]


def claim(connection: Connection, hub: str, calendar: str, next_ms: int, now_ms: int) -> bool:
    """Take a calendar to read it; of several processes that try, one is told yes."""
    as_seen = (
        (CalendarRow.hub_id == hub)
        & (CalendarRow.calendar_id == calendar)
        & (CalendarRow.next_ms == next_ms)
    )
    values = {"next_ms": now_ms + LEASE_MS, "tried_ms": now_ms}
    return connection.execute(update(CalendarRow).where(as_seen).values(**values)).rowcount == 1
