"""How a room is at a moment: in use, free, soon taken, shut."""

from __future__ import annotations

from datetime import datetime, timedelta

from sync.records.booking_diary import CLASHING, Diary, Taken, taken
from sync.records.booking_time import Span
from sync.records.opening import joined, open_around
from sync.records.room import Room

IN_USE, FREE, SOON, SHUT = "in_use", "free", "soon", "shut"
SOON_MIN = 30
"""A room that somebody has within so many minutes is not free for long."""
AHEAD = timedelta(hours=24)


def room_state(diary: Diary, room: Room, now: datetime) -> tuple[str, datetime | None]:
    """Return how a room is at an instant, and until when; of a shut one nobody says.

    Of a soon or free one: when somebody comes, or the room closes.
    """
    there = [one for one in taken(diary, room.id, Span(now, now + AHEAD)) if _stands(one)]
    running = next((s for s in joined(one.span for one in there) if s.start <= now < s.end), None)
    if running:
        return IN_USE, running.end
    today = now.astimezone(diary.zone).date()
    hours = open_around(diary.hub, room, today, diary.closed, diary.zone)
    opened = next((span for span in hours if span.start <= now < span.end), None)
    if opened is None:
        return SHUT, None
    coming = min((one.span.start for one in there if one.span.start < opened.end), default=None)
    if coming is None:
        return FREE, opened.end
    return SOON if coming - now <= timedelta(minutes=SOON_MIN) else FREE, coming


def _stands(one: Taken) -> bool:
    return one.state != CLASHING
