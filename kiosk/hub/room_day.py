"""A room as a page shows it: how it is now, and its day as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.hub.actor import ANYBODY, Actor
from kiosk.hub.book_rules import next_opening
from kiosk.hub.extend import longest_extension_min
from kiosk.hub.shown import Shown, bars
from kiosk.hub.snapshot import Snapshot
from sync.records.booking_diary import CLASHING, Taken, taken
from sync.records.booking_free import GRID_MIN, free_spans, next_step
from sync.records.booking_release import is_used, release_at
from sync.records.booking_time import Span, day_start, next_day
from sync.records.opening import open_around
from sync.records.room import Room
from sync.records.room_state import FREE, IN_USE, SHUT, SOON, SOON_MIN, state_at

ALL_DAY_LEAST = timedelta(hours=4)
"""Nearer to closing a room is free until then, and not "all day"."""


@dataclass(frozen=True, slots=True)
class RoomNow:
    """How a room is now.

    state: in_use, free, soon (somebody comes within 30 minutes) or shut. until: when that ends;
    of a soon one, when it begins; of a shut one, when it opens (None: not within 14 days).
    all_day: free until closing, and that is hours away. bar: what runs, or what comes next today.
    nobody_yet: it runs and should be free again, but nobody here can release it.
    """

    room: Room
    state: str
    until: datetime | None
    all_day: bool = False
    bar: Shown | None = None
    nobody_yet: bool = False


@dataclass(frozen=True, slots=True)
class DayRow:
    """One row of a room's day: free for a span (``bar`` None), or a bar."""

    span: Span
    bar: Shown | None = None


def day_window(hub: Snapshot, day: date) -> Span:
    """Return a day of the hub, from midnight to midnight of its own clock."""
    return Span(day_start(day, hub.zone), day_start(next_day(day), hub.zone))


def room_now(hub: Snapshot, room: Room, now: datetime, viewer: Actor = ANYBODY) -> RoomNow:
    """Return how a room is at an instant."""
    today = day_window(hub, hub.today(now))
    ahead = Span(now, max(today.end, now + timedelta(hours=6)))
    there = [one for one in taken(hub.diary, room.id, ahead) if one.state != CLASHING]
    found = bars(hub, there, viewer)
    hours = open_around(hub.hub, room, hub.today(now), hub.diary.closed, hub.zone)
    state, until = state_at(now, [bar.span for bar in found], hours)
    if until is None:
        return RoomNow(room, state, next_opening(hub, room, now))
    if state == IN_USE:
        running = next(bar for bar in found if bar.span.start <= now < bar.span.end)
        late = nobody_came(hub, running.parts[0], now)
        return RoomNow(room, state, until, bar=running, nobody_yet=late)
    nobody_comes = any(span.start <= now and span.end == until for span in hours)
    if nobody_comes:  # before it closes
        opens_again = any(until <= span.start < today.end for span in hours)
        whole = not opens_again and until - now >= ALL_DAY_LEAST
        return RoomNow(room, state, until, all_day=whole)
    coming = next(bar for bar in found if bar.span.start == until)
    return RoomNow(room, state, until, bar=coming)


def nobody_came(hub: Snapshot, one: Taken, now: datetime) -> bool:
    """Whether a booking runs, its delay is over, and nobody of it was seen at this kiosk."""
    if one.booking.outside:
        return False  # who comes to it may sign in elsewhere, or nowhere
    if not release_at(hub.diary, one.whole) <= now < one.span.end:
        return False
    return not is_used(one.booking, one.day, hub.diary)


def free_again_at(hub: Snapshot, span: Span) -> datetime:
    """Return when a booking of this span is given to others if nobody comes."""
    return release_at(hub.diary, span)


def day_rows(
    hub: Snapshot, room: Room, day: date, now: datetime, viewer: Actor = ANYBODY
) -> tuple[DayRow, ...]:
    """Return what is left of a room's day, free spans and bars in order of time."""
    window = day_window(hub, day)
    there = [t for t in taken(hub.diary, room.id, window) if t.day == day or t.span.end > now]
    busy = [DayRow(bar.span, bar) for bar in bars(hub, there, viewer) if bar.span.end > now]
    step_min = max(hub.settings.book_step_min, 1)
    spans = free_spans(hub.diary, room, day, now)
    free = [DayRow(_from_now(span, now)) for span in spans if span.minutes >= step_min]
    return tuple(sorted([*busy, *free], key=lambda row: (row.span, row.bar is not None)))


def _from_now(span: Span, now: datetime) -> Span:
    # The next whole five minutes is where a booking begins; the room is free from now on.
    whole = now.replace(second=0, microsecond=0)
    return Span(whole, span.end) if span.start == next_step(now) else span


def lengths(hub: Snapshot, room: Room, start: datetime, wanted: Sequence[int]) -> tuple[int, ...]:
    """Return which of the wanted lengths (minutes) can be booked from an instant on."""
    day = hub.today(start)
    begins = next_step(start)
    spans = free_spans(hub.diary, room, day, start)
    room_min = max((Span(begins, s.end).minutes for s in spans if s.start <= begins), default=0)
    most = min(room_min, hub.settings.book_max_min)
    return tuple(minutes for minutes in wanted if minutes <= most)


__all__ = [
    "FREE",
    "GRID_MIN",
    "IN_USE",
    "SHUT",
    "SOON",
    "SOON_MIN",
    "DayRow",
    "RoomNow",
    "day_rows",
    "day_window",
    "free_again_at",
    "lengths",
    "longest_extension_min",
    "nobody_came",
    "room_now",
]
