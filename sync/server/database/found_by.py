"""By what records are found without reading all of their kind: a day, and a room.

Both stand beside the record's JSON and follow from it. A day is a number, its place in the
calendar (``date.toordinal``): text would be ordered otherwise by each database.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sync.merge import WireRecord, is_erased
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_time import MOST_DAYS
from sync.records.visit import Visit

SERIES = 10_000_000
"""A booking on many days: this, and the last day that it can have."""
MOVES = 20_000_000
"""A booking that moves another: whatever the day, it may be why the other one is not there."""
_DATED = {Visit.KIND: "came_at", Booking.KIND: "starts", BookingDay.KIND: "date"}
_LONGEST_ID = 80


class FoundBy(NamedTuple):
    """0 and "": it is not looked for by this."""

    day: int = 0
    room: str = ""


_NOTHING = FoundBy()


def found_by(kind: str, body: WireRecord) -> FoundBy:
    """Return day and room of a record; a broken day is none, and is shown on none."""
    name = _DATED.get(kind)
    if name is None or is_erased(body):
        return _NOTHING
    fields = body["fields"]
    said = fields.get(name)
    day = _day(said[:10]) if isinstance(said, str) else 0
    if kind != Booking.KIND:
        return _on(day)
    if fields.get("moves"):
        day = MOVES
    elif day and fields.get("rule"):
        day += SERIES + MOST_DAYS
    return FoundBy(day, room_key(fields.get("room")))


def room_key(said: Any) -> str:
    """Return by which room a booking is found that says this one; "": by none.

    Any: whatever a device wrote there. PostgreSQL keeps no text with a NUL, and no room's id is longer.
    """
    is_id = isinstance(said, str) and len(said) <= _LONGEST_ID and "\0" not in said
    return said if is_id else ""


def day_number(day: date, days: int = 0) -> int:
    """Return the number of a day, or of one so many days on."""
    return max(day.toordinal() + days, 1)


def runs(days: Collection[date]) -> list[tuple[date, date]]:
    """Return the first and the last of each row of days without a gap."""
    numbers = {day.toordinal() for day in days}  # the calendar ends: a day beyond it is none
    firsts = sorted(one for one in numbers if one - 1 not in numbers)
    lasts = sorted(one for one in numbers if one + 1 not in numbers)
    ends = zip(firsts, lasts, strict=True)
    return [(date.fromordinal(first), date.fromordinal(last)) for first, last in ends]


@lru_cache(maxsize=1024)  # a first push is ten thousand visits, on few days
def _day(said: str) -> int:
    try:
        return date.fromisoformat(said).toordinal()
    except ValueError:
        return 0


@lru_cache(maxsize=1024)
def _on(day: int) -> FoundBy:
    return FoundBy(day)
