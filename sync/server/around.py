"""The bookings that an answer about some others depends on, and no more: a busy hub has 73,000.

What is left out cannot change the answer: it is in another room, or too far away in time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sync.ids import pair_id
from sync.merge import WireRecord, is_erased
from sync.records import read
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import LONGEST_CHAIN
from sync.records.booking_time import MOST_MINUTES, next_day, spans
from sync.server.database.found_by import MOVES, SERIES, day_number, room_key, runs
from sync.server.database.ledger import Key, Ledger

REACH_DAYS = MOST_MINUTES // (24 * 60) + 2
"""No span is longer, no buffer than a day; the last day is for the hub's zone."""
Bodies = dict[Key, WireRecord]


def around(
    ledger: Ledger, zone: ZoneInfo, asked: Sequence[Booking], reach_days: int = REACH_DAYS
) -> Bodies:
    """Return the bookings that may be in the way of those asked about, with their days.

    Of each room: what begins so many days around theirs, its series that are not over by then, its
    moves; of any room: what moves one of all these, and what they extend.
    """
    if not asked:
        return {}
    found = Bodies()
    for room, days in _days_by_room(asked, zone).items():
        wide = {next_day(day, n) for day in days for n in range(-reach_days, reach_days + 1)}
        for first, last in runs(wide):
            found |= ledger.of_days(Booking.KIND, day_number(first), day_number(last), room)
        begin = SERIES + day_number(min(wide))
        found |= ledger.of_days(Booking.KIND, begin, MOVES - 1, room)
    return _with_what_belongs(ledger, zone, found, asked, {one.room for one in asked})


def of_rooms(ledger: Ledger, zone: ZoneInfo, rooms: Collection[str]) -> Bodies:
    """Return every booking of some rooms, with its days, what moves it and what it extends."""
    if not rooms:
        return {}
    found = Bodies()
    for room in rooms:
        found |= ledger.of_days(Booking.KIND, 1, MOVES - 1, room)
    return _with_what_belongs(ledger, zone, found, (), rooms)


def _days_by_room(asked: Iterable[Booking], zone: ZoneInfo) -> dict[str, set[date]]:
    found: dict[str, set[date]] = {}
    for one in asked:
        days = _days(one, zone)
        if days and room_key(one.room):
            found.setdefault(one.room, set()).update(days)
    return found


def _days(one: Booking, zone: ZoneInfo) -> list[date]:
    if one.starts is None or one.minutes <= 0:
        return []
    return [day for day, _span in spans(one.starts, one.minutes, one.rule, zone)]


def _with_what_belongs(
    ledger: Ledger,
    zone: ZoneInfo,
    found: Bodies,
    asked: Sequence[Booking],
    rooms: Collection[str],
) -> Bodies:
    """Return what was found in some rooms, with its moves, what it extends, and its days."""
    found |= _moves(ledger, found, asked, rooms)
    extended = {one.extends for one in asked} | _extended(found)
    for _link in range(LONGEST_CHAIN):
        missing = [key for one in extended if (key := (Booking.KIND, one)) not in found]
        more = {k: body for k, body in ledger.bodies(missing).items() if not is_erased(body)}
        if not more:
            break
        found |= more
        extended = _extended(more)
    there = (read(Booking, key[1], body["fields"]) for key, body in found.items())
    near = {one.id: one for one in (*there, *asked) if one.room in rooms}
    return found | days_of(ledger, zone, near.values())


def days_of(ledger: Ledger, zone: ZoneInfo, bookings: Iterable[Booking]) -> Bodies:
    """Return what is particular to the days of some bookings."""
    return ledger.bodies(_keys_of_days(ledger.hub, zone, bookings))


def _moves(
    ledger: Ledger, found: Bodies, asked: Iterable[Booking], rooms: Collection[str]
) -> Bodies:
    moved = {key[1] for key in found} | {id_ for one in asked for id_ in (one.id, one.moves)}
    there = ledger.of_days(Booking.KIND, MOVES, MOVES)
    own = {key: body for key, body in there.items() if _said(body, "room") in rooms}
    moved |= {one for key, body in own.items() for one in (key[1], _said(body, "moves"))}
    return own | {key: body for key, body in there.items() if _said(body, "moves") in moved}


def _extended(bodies: Mapping[Key, WireRecord]) -> set[str]:
    return {_said(body, "extends") for body in bodies.values()} - {""}


def _said(body: WireRecord, name: str) -> str:
    said = body["fields"].get(name)
    return said if isinstance(said, str) else ""


def _keys_of_days(hub: str, zone: ZoneInfo, bookings: Iterable[Booking]) -> Iterable[Key]:
    """Yield under which ids every node keeps what is particular to a day of a booking."""
    for one in bookings:
        for day in _days(one, zone):
            yield BookingDay.KIND, pair_id(hub, BookingDay.KIND, one.id, day.isoformat())
