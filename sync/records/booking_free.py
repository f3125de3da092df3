"""What is free: spans of a room, times in it, other rooms at a time; offered only if truly so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import msgspec

from sync.records.booking import Booking
from sync.records.booking_decide import clashes
from sync.records.booking_diary import CLASHING, Diary, Taken, all_days, taken
from sync.records.booking_time import MOST_MINUTES, Span, day_start, next_day
from sync.records.opening import open_around
from sync.records.room import Room

GRID_MIN = 5
"""Starts and minutes given back are whole steps of the clock: 10:42 -> 10:45."""
_LOOK_AHEAD_DAYS = 14
_LONGEST = timedelta(minutes=MOST_MINUTES)


@dataclass(frozen=True, slots=True)
class Free:
    """A room that is free for a span."""

    room: str
    span: Span


def next_step(instant: datetime, step_min: int = GRID_MIN) -> datetime:
    """Return an instant, or the next whole step of the clock after it."""
    whole = instant.replace(second=0, microsecond=0)
    whole -= timedelta(minutes=whole.minute % step_min)
    return whole if whole == instant else whole + timedelta(minutes=step_min)


def known(diary: Diary, room_id: str, window: Span | None = None) -> tuple[Taken, ...]:
    """Return what a kiosk lets nobody book over: pencilled and confirmed days of a room."""
    return tuple(one for one in taken(diary, room_id, window) if one.state != CLASHING)


def in_the_way(
    diary: Diary, wanted: Booking, but: Collection[date] = ()
) -> list[tuple[date, Taken]]:
    """Return the days of a wanted booking that something known here takes, each with what.

    but: days of a series that are not wanted.
    """
    days = [(day, span) for day, span in all_days(diary, wanted) if day not in but]
    return clashes(wanted, diary, days, known(diary, wanted.room))


def is_free(diary: Diary, wanted: Booking, now: datetime, but: Collection[date] = ()) -> bool:
    """Whether a wanted booking is inside the room's hours every day, ahead, and in nobody's way."""
    room = diary.rooms.get(wanted.room)
    days = all_days(diary, wanted)
    if room is None or not days or days[0][1].start < now or room.bookable == "nobody":
        return False
    if any(not is_open(diary, room, day, span) for day, span in days if day not in but):
        return False
    return not in_the_way(diary, wanted, but)


def is_open(diary: Diary, room: Room, day: date, span: Span) -> bool:
    """Whether a room is in service and open for the whole of a span."""
    if room.retired_from and day >= room.retired_from:
        return False
    hours = open_around(diary.hub, room, day, diary.closed, diary.zone)
    return any(one.holds(span) for one in hours)


def free_spans(diary: Diary, room: Room, day: date, now: datetime) -> tuple[Span, ...]:
    """Return when a room can be booked on a day: open, ahead, buffers kept on both sides."""
    if room.retired_from and day >= room.retired_from:
        return ()
    hours = _hours_on(diary, room, day)
    if not hours:
        return ()
    gap = diary.buffer(room.id)
    # Far enough that whatever reaches into the day is there, and what that clashes with.
    near = Span(hours[0].start, hours[-1].end).widened(_LONGEST)
    there = [Span(one.span.start - gap, one.span.end + gap) for one in known(diary, room.id, near)]
    found: list[Span] = []
    for opened in hours:
        ahead = Span(max(opened.start, next_step(now)), opened.end)
        found.extend(_without(ahead, there))
    return tuple(found)


def _hours_on(diary: Diary, room: Room, day: date) -> list[Span]:
    """Return the hours that begin on a day, to their end, and what is in it of those before."""
    begins, ends = (day_start(one, diary.zone) for one in (day, next_day(day)))
    around = open_around(diary.hub, room, day, diary.closed, diary.zone)
    there = (one for one in around if one.start < ends and begins < one.end)
    return [one if begins <= one.start else Span(begins, min(one.end, ends)) for one in there]


def _without(opened: Span, there: Iterable[Span]) -> Iterator[Span]:
    start = opened.start
    for one in sorted(there):
        if one.end > start and one.start < opened.end:
            if start < one.start:
                yield Span(start, one.start)
            start = one.end
    if start < opened.end:
        yield Span(start, opened.end)


def free_after(diary: Diary, one: Taken) -> int:
    """Return how many minutes a day of a booking could go on for: to closing, or to who is next."""
    room = diary.rooms.get(one.booking.room)
    if room is None:
        return 0
    hours = open_around(diary.hub, room, one.day, diary.closed, diary.zone)
    until = next((h.end for h in hours if h.start <= one.span.end < h.end), one.span.end)
    gap, family = diary.buffer(room.id), diary.family(one.booking)
    for other in known(diary, room.id):
        own = diary.family(other.booking) == family
        begins = other.span.start if own else other.span.start - gap
        if other.span.start >= one.span.end and other.booking.id != one.booking.id:
            until = min(until, begins)
    return max(Span(one.span.end, until).minutes, 0)


def other_times(
    diary: Diary, wanted: Booking, now: datetime, but: Collection[date] = ()
) -> tuple[Free, ...]:
    """Return the nearest times after and before, that day in that room, for the whole booking."""
    room, days = diary.rooms.get(wanted.room), all_days(diary, wanted)
    if room is None or not days:
        return ()
    day, span = days[0]
    length = span.end - span.start
    later, earlier = [], []
    for free in free_spans(diary, room, day, now):
        if free.end - free.start < length:
            continue
        later.append(next_step(max(free.start, span.start)))
        earlier.append(_step_before(min(free.end - length, span.start)))
    after = (start for start in sorted(later) if start > span.start)
    before = (start for start in sorted(earlier, reverse=True) if start < span.start)
    firsts = (_first_free(diary, wanted, starts, now, but) for starts in (after, before))
    return tuple(Free(room.id, Span(at, at + length)) for at in firsts if at)


def _step_before(instant: datetime) -> datetime:
    step = next_step(instant)
    return step if step == instant else step - timedelta(minutes=GRID_MIN)


def _first_free(
    diary: Diary,
    wanted: Booking,
    starts: Iterable[datetime],
    now: datetime,
    but: Collection[date],
) -> datetime | None:
    free = (at for at in starts if is_free(diary, at_time(diary, wanted, at), now, but))
    return next(free, None)


def at_time(diary: Diary, wanted: Booking, start: datetime) -> Booking:
    """Return a booking as if it began at another instant."""
    local = start.astimezone(diary.zone).replace(tzinfo=None, fold=0)
    return msgspec.structs.replace(wanted, starts=local)


def other_rooms(diary: Diary, wanted: Booking, now: datetime, most: int = 3) -> tuple[Free, ...]:
    """Return rooms that are free at the wanted time and hold its heads; the most alike first."""
    days = all_days(diary, wanted)
    if not days:
        return ()
    alike = alike_rooms(diary, wanted)
    free = (one for one in alike if is_free(diary, in_room(wanted, one), now))
    return tuple(Free(one.id, days[0][1]) for one in islice(free, most))


def alike_rooms(diary: Diary, wanted: Booking) -> list[Room]:
    """Return the other rooms that hold the heads of a wanted booking; the most alike first."""
    here = diary.rooms.get(wanted.room, Room())
    others = (room for room in diary.rooms.values() if room.id != here.id)
    fitting = [r for r in others if r.bookable == "self" and fits(r, wanted.heads)]
    return sorted(
        fitting, key=lambda room: (abs(room.capacity - here.capacity), room.order, room.id)
    )


def in_room(wanted: Booking, room: Room) -> Booking:
    """Return a booking as if it were of another room."""
    return msgspec.structs.replace(wanted, room=room.id)


def fits(room: Room, heads: int) -> bool:
    """Whether a room holds so many people; a capacity of 0 is not known and holds anybody."""
    return room.capacity <= 0 or heads <= room.capacity


def next_open(diary: Diary, room: Room, after: datetime, minutes: int) -> Span | None:
    """Return the next span of a room, free for so long at or after an instant, within 14 days."""
    first = after.astimezone(diary.zone).date()
    for days in range(_LOOK_AHEAD_DAYS):
        for free in free_spans(diary, room, next_day(first, days), after):
            start = next_step(max(free.start, after))
            end = start + timedelta(minutes=minutes)
            if end <= free.end:
                return Span(start.astimezone(UTC), end.astimezone(UTC))
    return None
