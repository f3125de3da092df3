"""Rooms and bookings as volunteers see them: read as far as a page, or a decision, needs them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from sync.merge import WireRecord
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import Diary, Taken, taken
from sync.records.booking_outside import meetings
from sync.records.booking_time import Span, day_start
from sync.records.closed_day import ClosedDay
from sync.records.opening import closed_by_day
from sync.records.room import Room
from sync.server.around import REACH_DAYS, around, of_rooms
from sync.server.database.found_by import MOVES, SERIES, day_number, runs
from sync.server.database.ledger import Key, Ledger
from sync.server.web.reading import House, bookings_of_days, every, typed

TWICE_DAYS = 2 * REACH_DAYS
"""So far lies what clashes with what lies in the way."""


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
    return _diary(connection, hub, house, bookings | particular)


def diary_on(connection: Connection, hub: str, house: House, some: Iterable[dt.date]) -> Diary:
    """Return the same for days that need not follow each other."""
    ledger, days = Ledger(connection, hub), set(some)
    found = dict[Key, WireRecord]()
    for first, last in runs(days):
        begin, end = day_number(first, -1), day_number(last)
        found |= ledger.of_days(Booking.KIND, begin, end)
        found |= ledger.of_days(BookingDay.KIND, begin, end)
    if days:
        found |= ledger.of_days(Booking.KIND, SERIES + day_number(min(days), -1), MOVES)
    return _diary(connection, hub, house, found)


def diary_around(connection: Connection, hub: str, house: House, asked: Sequence[Booking]) -> Diary:
    """Return the diary as far as a decision about some bookings needs it."""
    found = around(Ledger(connection, hub), house.zone, asked, TWICE_DAYS)
    return _diary(connection, hub, house, found)


def also_around(
    connection: Connection, diary: Diary, asked: Sequence[Booking], reach_days: int
) -> Diary:
    """Return the same rooms and hours with the bookings around others. reach_days: how far."""
    found = around(Ledger(connection, diary.hub.id), diary.zone, asked, reach_days)
    there = Diary.of(diary.zone, diary.hub, (), *_bookings(found))
    return replace(diary, bookings=there.bookings, days=there.days)


def diary_of_rooms(connection: Connection, hub: str, house: House, rooms: Collection[str]) -> Diary:
    """Return the diary of some rooms, with all that was ever booked in them."""
    return _diary(connection, hub, house, of_rooms(Ledger(connection, hub), house.zone, rooms))


def _diary(connection: Connection, hub: str, house: House, found: dict[Key, WireRecord]) -> Diary:
    closed = closed_by_day(every(connection, hub, ClosedDay))
    rooms = every(connection, hub, Room)
    return Diary.of(house.zone, house.hub, rooms, *_bookings(found), closed)


def _bookings(found: dict[Key, WireRecord]) -> tuple[Iterable[Booking], Iterable[BookingDay]]:
    of_kind = {
        kind: [body for key, body in found.items() if key[0] == kind]
        for kind in (Booking.KIND, BookingDay.KIND)
    }
    bookings = typed(Booking, of_kind[Booking.KIND])
    return bookings, typed(BookingDay, of_kind[BookingDay.KIND])


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
