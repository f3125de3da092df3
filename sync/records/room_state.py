"""How a room is at a moment: in use, free, soon taken, shut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sync.records.booking_diary import CLASHING, Diary, Taken, taken
from sync.records.booking_time import Span
from sync.records.opening import open_around
from sync.records.room import Room

IN_USE, FREE, SOON, SHUT = "in_use", "free", "soon", "shut"
SOON_MIN = 30
"""A room that somebody has within so many minutes is not free for long."""
AHEAD = timedelta(hours=24)


def room_state(diary: Diary, room: Room, now: datetime) -> tuple[str, datetime | None]:
    """Return how a room is at an instant, and until when; of a shut one nobody says."""
    there = [one for one in taken(diary, room.id, Span(now, now + AHEAD)) if one.state != CLASHING]
    busy = [Span(some[0].span.start, some[-1].span.end) for some in stretches(there)]
    today = now.astimezone(diary.zone).date()
    return state_at(now, busy, open_around(diary.hub, room, today, diary.closed, diary.zone))


def stretches(there: Iterable[Taken]) -> list[list[Taken]]:
    """Return bookings in order, each with what it was extended by: both take the room as one.

    One that did not get its room stands by itself.
    """
    found: list[list[Taken]] = []
    for one in there:
        before = next((some for some in found if _goes_on(some[-1], one)), None)
        if before is None:
            found.append([one])
        else:
            before.append(one)
    return found


def _goes_on(last: Taken, one: Taken) -> bool:
    if CLASHING in {last.state, one.state}:
        return False
    return one.booking.extends == last.booking.id and one.span.start == last.span.end


def state_at(
    now: datetime, busy: Sequence[Span], hours: Iterable[Span]
) -> tuple[str, datetime | None]:
    """Return how a room is that is taken at these times and open at those, and until when.

    busy: times of which none is over.
    Of a soon or free one: when somebody comes, or the room closes.
    """
    running = next((span for span in busy if span.start <= now < span.end), None)
    if running:
        return IN_USE, running.end
    opened = next((span for span in hours if span.start <= now < span.end), None)
    if opened is None:
        return SHUT, None
    coming = min((span.start for span in busy if span.start < opened.end), default=None)
    if coming is None:
        return FREE, opened.end
    return SOON if coming - now <= timedelta(minutes=SOON_MIN) else FREE, coming
