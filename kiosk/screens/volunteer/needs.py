"""What waits for a volunteer before all else: two bookings for one room. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.hub.actor import Actor
from kiosk.hub.shown import shown
from kiosk.hub.snapshot import Snapshot
from kiosk.screens.room.clash import room_name
from kiosk.screens.rooms.view import bar_title
from kiosk.ui.words import Words
from sync.records.booking_decide import clashes
from sync.records.booking_diary import CLASHING, Taken, taken
from sync.records.booking_free import known
from sync.records.booking_time import Span

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Need:
    """A sentence, and the day of a booking that it is about."""

    text: str
    room: str
    day: date
    booking: str


def first_need(hub: Snapshot, now: datetime, words: Words, viewer: Actor) -> Need | None:
    """Return the next booking within two weeks that clashes; None where none does."""
    window = Span(now, now + AHEAD)
    there = (one for room in hub.diary.rooms for one in taken(hub.diary, room, window))
    clashing = (one for one in there if one.state == CLASHING and one.span.start >= now)
    one = min(clashing, key=lambda each: (each.span, each.booking.id), default=None)
    return _need(hub, one, now, words, viewer) if one else None


def _need(hub: Snapshot, one: Taken, now: datetime, words: Words, viewer: Actor) -> Need:
    there = known(hub.diary, one.booking.room)
    found = clashes(one.booking, hub.diary, [(one.day, one.span)], there)
    starts = hub.local(one.span.start)
    facts = {
        "title": bar_title(hub, shown(hub, one, viewer), words),
        "room": room_name(hub, one.booking.room, words),
        "day": words.near_day(starts.date(), hub.today(now)),
        "time": words.clock(starts),
    }
    if found:
        facts["other"] = bar_title(hub, shown(hub, found[0][1], viewer), words)
    text = words.say("volunteer.needs_clash" if found else "volunteer.needs_room", **facts)
    return Need(text, one.booking.room, one.day, one.booking.id)
