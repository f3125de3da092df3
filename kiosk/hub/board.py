"""The board: a day's rooms as rows, its hours as columns, bookings as bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.hub.actor import ANYBODY, Actor
from kiosk.hub.open_now import is_open_now
from kiosk.hub.room_day import SOON_MIN, RoomNow, day_window, room_now
from kiosk.hub.shown import Shown, bars
from kiosk.hub.snapshot import Snapshot
from sync.records.base import Texts
from sync.records.booking_diary import CLASHING, taken
from sync.records.booking_time import Span
from sync.records.closed_day import WHOLE_HUB
from sync.records.opening import hub_hours, room_hours
from sync.records.room import Room

PAST, RUNNING, SOON, LATER = "past", "running", "soon", "later"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the board. when: past, running, soon or later."""

    shown: Shown
    when: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A room's day: how it is now (None on another day), its bars, when it is shut."""

    room: Room
    now: RoomNow | None
    bars: tuple[Bar, ...]
    shut: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A day of the house. span: whole hours, from opening to closing, as the hub's clock has them.

    shut: the whole day, with ``why`` in the languages it was given in.
    """

    day: date
    span: Span
    rows: tuple[BoardRow, ...]
    shut: bool
    why: Texts


def board(hub: Snapshot, day: date, now: datetime, viewer: Actor = ANYBODY) -> Board:
    """Return the board of a day. Clashing bookings are not on it: their rooms' pages have them."""
    hours = hub_hours(hub.hub, day, hub.diary.closed, hub.zone)
    there = {room.id: _bars(hub, room, day, now, viewer) for room in hub.rooms_on(day)}
    span = _whole_hours(hub, day, hours, [bar for some in there.values() for bar in some])
    rows = tuple(
        BoardRow(
            room=room,
            now=room_now(hub, room, now, viewer) if hub.today(now) == day else None,
            bars=there[room.id],
            shut=_gaps(span, room_hours(hub.hub, room, day, hub.diary.closed, hub.zone)),
        )
        for room in hub.rooms_on(day)
    )
    closed = hub.diary.closed.get((WHOLE_HUB, day))
    why = dict(closed.why) if closed else {}
    shut = not hours and not any(there.values())
    if day == hub.today(now) and is_open_now(hub, now):  # the evening before goes on
        shut = False
    return Board(day, span, rows, shut=shut, why=why)


def _bars(hub: Snapshot, room: Room, day: date, now: datetime, viewer: Actor) -> tuple[Bar, ...]:
    there = [t for t in taken(hub.diary, room.id, day_window(hub, day)) if t.state != CLASHING]
    return tuple(Bar(bar, _when(bar.span, now)) for bar in bars(hub, there, viewer))


def _when(span: Span, now: datetime) -> str:
    if span.end <= now:
        return PAST
    if span.start <= now:
        return RUNNING
    return SOON if span.start - now <= timedelta(minutes=SOON_MIN) else LATER


def _whole_hours(hub: Snapshot, day: date, hours: tuple[Span, ...], bars_there: list[Bar]) -> Span:
    window = day_window(hub, day)
    spans = [*hours, *(bar.shown.span for bar in bars_there)]
    if not spans:
        return window
    start = hub.local(max(min(s.start for s in spans), window.start))
    end = hub.local(max(s.end for s in spans))
    first = start.replace(minute=0, second=0, microsecond=0)
    last = end.replace(minute=0, second=0, microsecond=0)
    if last != end:
        last += timedelta(hours=1)
    return Span(first.astimezone(window.start.tzinfo), last.astimezone(window.start.tzinfo))


def _gaps(span: Span, hours: tuple[Span, ...]) -> tuple[Span, ...]:
    found, start = [], span.start
    for opened in hours:
        if start < opened.start:
            found.append(Span(start, min(opened.start, span.end)))
        start = max(start, opened.end)
    if start < span.end:
        found.append(Span(start, span.end))
    return tuple(gap for gap in found if gap.start < gap.end)
