"""What each feed reads of a hub: as few records as it can do with, and when they were written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from sync.ids import pair_id
from sync.merge import WireRecord, is_erased, versions
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import Diary
from sync.records.booking_time import spans
from sync.records.closed_day import ClosedDay
from sync.records.event import Event
from sync.records.opening import closed_by_day
from sync.records.room import Room
from sync.server.database.ledger import Key, Ledger
from sync.server.web.reading import House, bookings_of_days, every, typed

Bodies = Mapping[Key, WireRecord]
KEPT_DAYS = 92
"""What ended longer ago is in no feed."""


def since(house: House) -> dt.date:
    """Return the first day of which feeds still tell."""
    return house.today - dt.timedelta(days=KEPT_DAYS)


def changed_ms(body: WireRecord) -> int:
    """Return when a field of a record was last written; 0 where all it had is erased."""
    if is_erased(body):
        return 0
    stamps = (one.stamp[:12] for one in versions(body).values())
    return max((int(stamp, 16) for stamp in stamps if stamp), default=0)


def room_diary(
    connection: Connection, hub: str, house: House, room: Room
) -> tuple[Diary, dict[str, int]]:
    """Return the diary of one room, and when each of its bookings was last changed."""
    bookings = bookings_of_days(connection, hub, since(house), dt.date.max, room.id)
    found = [
        one for one in typed(Booking, bookings.values()) if one.moves or _is_recent(one, house)
    ]
    days = _particular(connection, hub, house, found)
    diary = _diary(house, [room], found, days, every(connection, hub, ClosedDay))
    changed = _changed(Booking.KIND, bookings, days)
    for moved, mover in diary.movers.items():
        changed[moved] = max(changed.get(moved, 0), changed.get(mover.id, 0))
    return diary, changed


def _is_recent(one: Booking | Event, house: House) -> bool:
    days = _spans(one, house)
    return bool(days) and days[-1][0] >= since(house)


def event_diary(
    connection: Connection, hub: str, house: House
) -> tuple[Diary, list[Event], dict[str, int]]:
    """Return the events that are not long over, what a diary knows of them, and their changes."""
    ledger = Ledger(connection, hub)
    bodies = ledger.of_kinds((Event.KIND,))
    events = [one for one in typed(Event, bodies.values()) if _is_recent(one, house)]
    bookings = ledger.bodies((Booking.KIND, one.booking) for one in events if one.booking)
    days = _particular(connection, hub, house, events)
    diary = _diary(house, every(connection, hub, Room), typed(Booking, bookings.values()), days, ())
    changed = _changed(Event.KIND, bodies, {})
    of_bookings = _changed(Booking.KIND, bookings, days)
    for one in events:
        also = of_bookings.get(one.booking or one.id, 0)
        changed[one.id] = max(changed.get(one.id, 0), also)
    return diary, events, changed


def _particular(
    connection: Connection, hub: str, house: House, of: Iterable[Booking | Event]
) -> Bodies:
    """Return what is particular to single days: their ids follow from day and booking."""
    keys = (
        (BookingDay.KIND, pair_id(hub, BookingDay.KIND, name, day.isoformat()))
        for one in of
        for day, _span in _spans(one, house)
        for name in (one.booking or one.id if isinstance(one, Event) else one.id,)
    )
    return Ledger(connection, hub).bodies(keys)


def _spans(one: Booking | Event, house: House) -> tuple[tuple[dt.date, object], ...]:
    return spans(one.starts, one.minutes, one.rule, house.zone) if one.starts else ()


def _diary(
    house: House,
    rooms: Iterable[Room],
    bookings: Iterable[Booking],
    days: Bodies,
    closed: Iterable[ClosedDay],
) -> Diary:
    particular = typed(BookingDay, days.values())
    return Diary.of(house.zone, house.hub, rooms, bookings, particular, closed_by_day(closed))


def _changed(kind: str, bodies: Bodies, days: Bodies) -> dict[str, int]:
    found = {
        record_id: changed_ms(body) for (one, record_id), body in bodies.items() if one == kind
    }
    for body in days.values():
        of = "" if is_erased(body) else body["fields"].get("booking")
        if isinstance(of, str) and of:
            found[of] = max(found.get(of, 0), changed_ms(body))
    return found
