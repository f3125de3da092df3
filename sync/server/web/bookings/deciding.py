"""What may be booked and given up, by a diary that has all that is around it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sync.ids import pair_id
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import Diary, kept_days
from sync.records.booking_free import fits, in_the_way, is_open
from sync.records.booking_time import Span, instant, is_series
from sync.records.opening import is_closed_day
from sync.records.room import Room
from sync.server.web.bookings.refusals import (
    BadSeries,
    NotBookable,
    NotInService,
    Outside,
    OverCapacity,
    Past,
    RoomTaken,
)
from sync.server.web.bookings.wish import Wish
from sync.server.web.diary import is_retired
from sync.server.web.doorkeeper import NotThere
from sync.server.web.sessions import Who
from sync.server.web.writing import Write, new


def booked(diary: Diary, wish: Wish, who: Who, now_ms: int) -> list[Write]:
    """Write a booking: pencilled in until the commit has decided, in the same moment.

    Raises NotThere, NotBookable, BadSeries, Past, OverCapacity, NotInService, RoomTaken.
    """
    wish = standing(diary, wish, now_ms)
    one = wish.booking
    but = sorted(set(_series(diary, one)) & wish.but)
    return [new(one, who, now_ms), *(given_up(one, day, who, now_ms) for day in but)]


def standing(diary: Diary, wish: Wish, now_ms: int) -> Wish:
    """Return the wish that can be had: itself, or without the days that it would rather skip.

    Raises what ``booked`` raises.
    """
    one, room = wish.booking, diary.rooms.get(wish.booking.room)
    if room is None or one.starts is None:
        raise NotThere
    if room.bookable == "nobody":
        raise NotBookable
    if (one.rule and not is_series(one.starts, one.rule, diary.zone)) or not wish.days(diary):
        raise BadSeries
    now = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC)
    if instant(one.starts, diary.zone) < now.replace(second=0, microsecond=0):
        raise Past
    if not fits(room, one.heads):
        raise OverCapacity(diary, wish, capacity=room.capacity)
    return _without_refused(diary, wish, room)


def _without_refused(diary: Diary, wish: Wish, room: Room) -> Wish:
    shut = [day for day, span in wish.days(diary) if _is_shut(diary, room, day, span)]
    taken = [day for day, _one in in_the_way(diary, wish.booking, wish.but)]
    refused = frozenset((*shut, *taken))
    if refused and wish.skips and len(refused) < len(wish.days(diary)):
        return wish.without(refused)
    if shut:
        raise NotInService(diary, wish, sorted(refused))
    if taken:
        raise RoomTaken(diary, wish, sorted(refused))
    return wish


def _is_shut(diary: Diary, room: Room, day: dt.date, span: Span) -> bool:
    """Whether a room is out of use, or keeps other hours that day: else a volunteer may exceed them."""
    shut = is_closed_day(room, day, diary.closed) and not is_open(diary, room, day, span)
    return shut or is_retired(room, day)


def _series(diary: Diary, one: Booking) -> Iterable[dt.date]:
    return (day for day, _span in Wish(one).days(diary))


def given_up(one: Booking, day: dt.date, who: Who, now_ms: int) -> Write:
    """Write that one day of a booking is not wanted (any more)."""
    day_id = pair_id(who.hub, BookingDay.KIND, one.id, day.isoformat())
    return new(BookingDay(id=day_id, booking=one.id, date=day, cancelled=1), who, now_ms)


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
    return given_up(one, found, who, now_ms)
