"""Which calendars a room listens to: entering one, wishing it read, ending it; and how each stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.booking import Booking
from sync.records.hub import Hub
from sync.server.database import calendars
from sync.server.database.calendars import Subscription, fresh_calendar_id
from sync.server.web.accounts import accounts
from sync.server.web.calendars.guard import target
from sync.server.web.calendars.pace import at_wish
from sync.server.web.calendars.plan import plan
from sync.server.web.calendars.reader import written_by
from sync.server.web.reading import House
from sync.server.web.sessions import Who
from sync.server.web.writing import Write
from sync.typed import TextMissing, line

MOST_OF_A_ROOM, MOST_OF_A_HUB = 5, 100


class TooMany(Refused):
    """A room listens to so many calendars already, or the hub does."""

    say = "calendar.too_many"

    def __init__(self, *, most: int) -> None:
        super().__init__(f"{most} calendars")
        self.most = most


class ThereAlready(Refused):
    """The room listens to this address already."""

    say = "calendar.there_already"


@dataclass(frozen=True, slots=True)
class Line:
    """One calendar as a steward sees it. host: of its address. by: who entered it, "" = gone.

    state: "waiting" for its first reading, "read", or in "trouble". None of a time: never.
    """

    calendar: Subscription
    host: str
    by: str
    state: str
    read_at: dt.datetime | None
    next_at: dt.datetime


def entered(
    connection: Connection, who: Who, room: str, *, name: str, lang: str, address: str, now_ms: int
) -> Subscription:
    """Keep a calendar that a room listens to from now on; it is read within half a minute.

    name: as it stands on the boards. Raises TextMissing, TextTooLong, NotAnAddress, TooMany,
    ThereAlready.
    """
    called, asked = line(name), target(address).address
    if not called:
        raise TextMissing
    there = calendars.every(connection, who.hub)
    of_room = [one for one in there if one.room == room]
    if any(one.address == asked for one in of_room):
        raise ThereAlready
    for some, most in ((of_room, MOST_OF_A_ROOM), (there, MOST_OF_A_HUB)):
        if len(some) >= most:
            raise TooMany(most=most)
    made = Subscription(
        hub_id=who.hub,
        calendar_id=fresh_calendar_id(),
        room=room,
        name=called,
        lang=lang,
        address=asked,
        account=who.account,
        made_ms=now_ms,
        next_ms=now_ms,
    )
    calendars.add(connection, made)
    return made


def wished(connection: Connection, one: Subscription, now_ms: int) -> None:
    """Have a calendar read as soon as politeness allows."""
    next_ms = min(at_wish(now_ms, one.tried_ms), one.next_ms)
    calendars.change(connection, one.hub_id, one.calendar_id, {"next_ms": next_ms})


def wished_whole(connection: Connection, hub: str, room: str, now_ms: int) -> None:
    """Have every calendar of a room ("": of all rooms) read again from its first word, soon."""
    for one in calendars.every(connection, hub, room):
        next_ms = min(at_wish(now_ms, one.tried_ms), one.next_ms)
        calendars.change(connection, hub, one.calendar_id, {"next_ms": next_ms, "whole_ms": 0})


def in_another_zone(connection: Connection, one: Write, hub: str, now_ms: int) -> None:
    """Have every calendar read whole where a write moves the hub's clock: their times move too."""
    if one.kind == Hub.KIND and "timezone" in one.fields:
        wished_whole(connection, hub, "", now_ms)


def ended(connection: Connection, one: Subscription, home: House, now_ms: int) -> Sequence[Write]:
    """Let go of a calendar; return the writes that give its times back. What was stays as it was."""
    now = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC)
    calendars.end(connection, one.hub_id, one.calendar_id)
    there = written_by(connection, one, home)
    gone = plan(one.calendar_id, Booking(), (), there, home.zone, now).gone
    return [Write(Booking.KIND, booking.id, {"cancelled": 1}) for booking in gone]


def listed(connection: Connection, home: House, room: str) -> list[Line]:
    """Return how each calendar of a room stands."""
    hub = home.hub.id
    names = {one.account: one.name for one in accounts(connection, hub)}
    return [_line(one, names, home) for one in calendars.every(connection, hub, room)]


def _line(one: Subscription, names: Mapping[str, str], home: House) -> Line:
    state = "trouble" if one.trouble else "read" if one.read_ms else "waiting"
    return Line(
        calendar=one,
        host=target(one.address).host,
        by=names.get(one.account, ""),
        state=state,
        read_at=home.at(one.read_ms) if one.read_ms else None,
        next_at=home.at(one.next_ms),
    )
