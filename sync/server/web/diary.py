"""Rooms and bookings as volunteers see and make them; what may be booked is decided as on a door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from sync.errors import Refused
from sync.ids import pair_id
from sync.merge import WireRecord
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import Diary, Taken, all_days, kept_days, taken
from sync.records.booking_free import Free, fits, in_the_way, other_rooms, other_times
from sync.records.booking_outside import meetings
from sync.records.booking_time import Span, day_start, instant, is_series
from sync.records.closed_day import ClosedDay
from sync.records.opening import closed_by_day, is_closed_day
from sync.records.room import Room
from sync.server.database.found_by import MOVES, SERIES, day_number, runs
from sync.server.database.ledger import Key, Ledger
from sync.server.web.doorkeeper import NotThere
from sync.server.web.notice_form import Form, NotADay, said
from sync.server.web.reading import House, bookings_of_days, every, typed
from sync.server.web.sessions import Who
from sync.server.web.writing import Write, new
from sync.typed import line, name

LENGTHS = (30, 45, 60, 90, 120, 180, 240, 480)
Repeat = Literal["once", "daily", "weekly", "fortnightly"]
RULES: dict[Repeat, str] = {
    "once": "",
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
}


class Past(Refused):
    """What has begun cannot be booked any more."""

    say = "book.past"


class BadSeries(Refused):
    """A series ends, after 53 times or 400 days at the latest."""

    say = "book.bad_series"


class OverCapacity(Refused):
    """More people than the room holds."""

    say = "book.over_capacity"

    def __init__(self, *, capacity: int) -> None:
        super().__init__(f"more than {capacity}")
        self.capacity = capacity


class NotInService(Refused):
    """The room is shut on a day that was asked for."""

    say = "book.not_in_service"


class Outside(Refused):
    """A time that a calendar of others says is not given up here."""

    say = "book.outside"


class RoomTaken(Refused):
    """Somebody has the room on some of the days. rooms, times: what is free instead."""

    say = "book.taken"

    def __init__(self, *, rooms: Sequence[Free], times: Sequence[Free]) -> None:
        super().__init__("taken")
        self._rooms, self._times = tuple(rooms), tuple(times)

    @property
    def instead(self) -> tuple[Free, ...]:
        """What is free: other times in this room, then other rooms at this time."""
        return (*self._times, *self._rooms)


@dataclass(frozen=True, slots=True)
class Bar:
    """One booking on one day, local times."""

    taken: Taken
    begin: dt.datetime
    end: dt.datetime

    @property
    def booking(self) -> Booking:
        """Whose day it is."""
        return self.taken.booking

    @property
    def look(self) -> str:
        """How it is shown: by its state, or as a time of others."""
        return "outside" if self.booking.outside else self.taken.state


def diary_of_days(
    connection: Connection, hub: str, house: House, first: dt.date, last: dt.date, room: str = ""
) -> Diary:
    """Return the diary as far as these days need it: their bookings, every series, every move.

    room: the only one whose bookings are wanted; "" for all.
    """
    bookings = bookings_of_days(connection, hub, first - dt.timedelta(days=1), last, room)
    begin, end = day_number(first, -1), day_number(last)
    particular = Ledger(connection, hub).of_days(BookingDay.KIND, begin, end)
    return _diary(
        connection,
        hub,
        house,
        typed(Booking, bookings.values()),
        typed(BookingDay, particular.values()),
    )


def diary_on(connection: Connection, hub: str, house: House, some: Iterable[dt.date]) -> Diary:
    """Return the same for days that need not follow each other."""
    ledger, days = Ledger(connection, hub), set(some)
    bookings, particular = dict[Key, WireRecord](), dict[Key, WireRecord]()
    for first, last in runs(days):
        begin, end = day_number(first, -1), day_number(last)
        bookings |= ledger.of_days(Booking.KIND, begin, end)
        particular |= ledger.of_days(BookingDay.KIND, begin, end)
    if days:
        bookings |= ledger.of_days(Booking.KIND, SERIES + day_number(min(days), -1), MOVES)
    return _diary(
        connection,
        hub,
        house,
        typed(Booking, bookings.values()),
        typed(BookingDay, particular.values()),
    )


def whole_diary(connection: Connection, hub: str, house: House) -> Diary:
    """Return the diary with every booking: what a series has to be asked about."""
    return _diary(
        connection, hub, house, every(connection, hub, Booking), every(connection, hub, BookingDay)
    )


def _diary(
    connection: Connection,
    hub: str,
    house: House,
    bookings: Iterable[Booking],
    days: Iterable[BookingDay],
) -> Diary:
    closed = closed_by_day(every(connection, hub, ClosedDay))
    return Diary.of(house.zone, house.hub, every(connection, hub, Room), bookings, days, closed)


def rooms_of(diary: Diary, day: dt.date) -> list[Room]:
    """Return the rooms in service, as they hang."""
    return in_service(diary.rooms.values(), day)


def in_service(rooms: Iterable[Room], day: dt.date) -> list[Room]:
    """Return those of these rooms that are in service, as they hang."""
    there = (one for one in rooms if not (one.withdrawn or is_retired(one, day)))
    return sorted(there, key=as_they_hang)


def is_retired(room: Room, day: dt.date) -> bool:
    """Whether a room is out of use on a day."""
    return room.retired_from is not None and day >= room.retired_from


def as_they_hang(room: Room) -> tuple[int, str, str]:
    """Return by what rooms are in order."""
    return room.order, str(room.name), room.id


def bars(diary: Diary, room: str, day: dt.date) -> list[Bar]:
    """Return what a room has on a day."""
    window = Span(day_start(day, diary.zone), day_start(day + dt.timedelta(days=1), diary.zone))
    return [
        Bar(one, one.span.start.astimezone(diary.zone), one.span.end.astimezone(diary.zone))
        for one in taken(diary, room, window)
    ]


def meets(there: Sequence[Bar], bar: Bar) -> Bar | None:
    """Return the time of others that a booking meets on a day, among all that a room has then."""
    found = meetings([one.taken for one in there])
    theirs = next((one.theirs for one in found if one.ours is bar.taken), None)
    return next((one for one in there if one.taken is theirs), None)


def wanted(form: Form, room: str, who: Who) -> Booking:
    """Return the booking that a form asks for. Raises NotADay, TextTooLong."""
    try:
        day = dt.date.fromisoformat(said(form, "day"))
        at = dt.time.fromisoformat(said(form, "from"))
        minutes = int(said(form, "minutes") or "60")
        until = dt.date.fromisoformat(said(form, "until")) if said(form, "until") else None
        heads = int(said(form, "heads") or "0")
    except ValueError:
        raise NotADay from None
    lang = line(said(form, "lang")) or "en"
    title = line(said(form, "title"))
    for_name = name(said(form, "for_name"))
    return Booking(
        room=room,
        starts=dt.datetime.combine(day, at.replace(second=0, microsecond=0, tzinfo=None)),
        minutes=minutes,
        rule=_rule(said(form, "repeat"), until),
        title={lang: title} if title else {},
        heads=max(heads, 0),
        private=said(form, "private") == "yes",
        person="" if for_name else who.person,
        for_name=for_name,
    )


def _rule(repeat: str, until: dt.date | None) -> str:
    rule = next((text for key, text in RULES.items() if key == repeat), "")
    if not rule:
        return ""
    # With a day alone for UNTIL, as local as ``starts`` (RFC 5545, section 3.3.10).
    return f"{rule};UNTIL={until:%Y%m%d}T235959" if until else f"{rule};COUNT=53"


def booked(diary: Diary, one: Booking, who: Who, now_ms: int) -> Write:
    """Write a booking: pencilled in until the commit has decided, in the same moment.

    Raises NotThere, Past, BadSeries, OverCapacity, NotInService, RoomTaken.
    """
    room, now = diary.rooms.get(one.room), dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC)
    if room is None or one.starts is None:
        raise NotThere
    if not 5 <= one.minutes <= 24 * 60:
        raise NotADay
    if one.rule and not is_series(one.starts, one.rule, diary.zone):
        raise BadSeries
    if instant(one.starts, diary.zone) < now.replace(second=0, microsecond=0):
        raise Past
    if not fits(room, one.heads):
        raise OverCapacity(capacity=room.capacity)
    for day, _span in all_days(diary, one):
        retired = room.retired_from and day >= room.retired_from
        if retired or is_closed_day(room, day, diary.closed):
            raise NotInService
    if in_the_way(diary, one):
        raise RoomTaken(rooms=other_rooms(diary, one, now), times=other_times(diary, one, now))
    return new(one, who, now_ms)


def cancelled(diary: Diary, booking: str, day: str, who: Who, now_ms: int) -> Write:
    """Give up one day of a booking, or (day: "") all that are ahead.

    Raises NotThere, Past, Outside.
    """
    one = diary.bookings.get(booking)
    if one is None:
        raise NotThere
    if one.outside:
        raise Outside
    now = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC)
    ahead = [on for on, _span, whole in kept_days(diary, one) if whole.end > now]
    if not ahead:
        raise Past
    if not day:
        fields = {"cancelled": 1, "cancelled_on": min(ahead).isoformat()}
        return Write(Booking.KIND, one.id, fields)
    found = next((on for on in ahead if on.isoformat() == day), None)
    if found is None:
        raise NotThere
    made = BookingDay(
        id=pair_id(who.hub, BookingDay.KIND, one.id, day), booking=one.id, date=found, cancelled=1
    )
    return new(made, who, now_ms)
