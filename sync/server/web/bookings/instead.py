"""What is free where something else was wanted: other times of the room, other rooms at the time."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from sync.records.booking_diary import all_days
from sync.records.booking_free import Free, alike_rooms, in_room, is_free, other_times
from sync.server.web.bookings.refusals import CannotBe, OverCapacity
from sync.server.web.diary import also_around

MOST_ROOMS = 3
_LOOKED_AT, _AT_ONCE = 24, 6
"""A busy house has 200 rooms: the most alike are read, a few at a time."""
_NEAR_DAYS = 2
"""No day that a door or a page books is longer than one. Whoever takes an offer is decided anew."""


def instead(connection: Connection, why: CannotBe, now: dt.datetime) -> tuple[Free, ...]:
    """Return what is free instead: first other times of that day, then rooms at that time."""
    one, but = why.wish.booking, why.wish.but
    times = () if isinstance(why, OverCapacity) else other_times(why.diary, one, now, but)
    return (*times, *_rooms(connection, why, now))


def _rooms(connection: Connection, why: CannotBe, now: dt.datetime) -> list[Free]:
    one, but = why.wish.booking, why.wish.but
    span = all_days(why.diary, one)[0][1]
    alike = alike_rooms(why.diary, one)[:_LOOKED_AT]
    found: list[Free] = []
    for first in range(0, len(alike), _AT_ONCE):
        there = [in_room(one, room) for room in alike[first : first + _AT_ONCE]]
        diary = also_around(connection, why.diary, there, _NEAR_DAYS)
        found += [Free(other.room, span) for other in there if is_free(diary, other, now, but)]
        if len(found) >= MOST_ROOMS:
            break
    return found[:MOST_ROOMS]
