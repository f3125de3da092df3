"""While a booking runs: staying longer, leaving early, saying that somebody is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.hub.actor import Actor
from kiosk.hub.book_rules import local_time, must_be_allowed, must_be_free
from kiosk.hub.booking_errors import Past, TooEarly
from kiosk.hub.bookings import (
    UNDO_S,
    OnDay,
    chain_after,
    must_own,
    the_booking,
    the_day,
    write_day,
)
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import new
from kiosk.store.changes import Changes
from sync.records.booking import Booking
from sync.records.booking_diary import Taken
from sync.records.booking_free import free_after, next_step
from sync.records.booking_release import came
from sync.records.booking_time import instant


@dataclass(frozen=True, slots=True)
class Extend:
    """Stay longer by so many minutes (in the hub's steps) on one day of a booking."""

    booking: str
    day: date
    minutes: int
    by: Actor


def extend(hub: Snapshot, ask: Extend, at: Moment) -> Changes:
    """Book the time after a booking for the same people; the result is the new Booking.

    The booking itself is not touched: what was confirmed stays so, whatever comes of this.
    Raises what ``book`` raises, NotYours; Past where it is over or was given back.
    """
    first = the_booking(hub, ask.booking)
    must_own(hub, first, ask.by)
    last = _last(hub, the_day(hub, first, ask.day))
    starts = local_time(hub, last.span.end)
    if last.span.end <= at.now or last.span.end != last.whole.end:
        raise Past
    if instant(starts, hub.zone) != last.span.end:  # the second 02:30 of a night has no name
        raise Past
    old = last.booking
    wanted = Booking(
        room=old.room,
        starts=starts,
        minutes=ask.minutes,
        title=old.title,
        note=old.note,
        heads=old.heads,
        private=old.private,
        person=old.person,
        for_name=old.for_name,
        extends=old.id,
        id=at.new_id(),
    )
    must_be_allowed(hub, wanted, ask.by, at)
    must_be_free(hub, wanted, ask.by, at)
    return Changes.of(new(hub, wanted, at, ask.by), undo_s=UNDO_S, result=wanted)


def longest_extension_min(hub: Snapshot, one: Taken) -> int:
    """Return by how many minutes a day of a booking can be extended, in the hub's steps."""
    last = _last(hub, one)
    free = free_after(hub.diary, last)
    step = max(hub.settings.book_step_min, 1)
    most = min(free, hub.settings.book_max_min)
    return most - most % step


def end_early(hub: Snapshot, ask: OnDay, at: Moment) -> Changes:
    """Give back the rest of a running booking, from the next whole five minutes on.

    What is given back can be booked by others at once and is not taken again but by a new booking.
    Raises NotYours, Past; TooEarly before it began (it is cancelled then).
    """
    booking = the_booking(hub, ask.booking)
    must_own(hub, booking, ask.by)
    one = the_day(hub, booking, ask.day)
    chain = (one, *chain_after(hub, one))
    running = next((t for t in chain if t.span.end > at.now), None)
    back_from = next_step(at.now)
    if running is None or running.span.end <= back_from:
        raise Past
    if running.span.start > at.now:
        raise TooEarly(opens=running.span.start)
    minutes = int((running.whole.end - back_from).total_seconds() // 60)
    acts = [write_day(hub, running.booking, running.day, at, ask.by, given_back_min=minutes)]
    later = chain[chain.index(running) + 1 :]
    acts += [write_day(hub, t.booking, t.day, at, ask.by, cancelled=1) for t in later]
    return Changes.of(*acts, undo_s=UNDO_S, result=back_from)


def we_are_here(hub: Snapshot, ask: OnDay, at: Moment) -> Changes:
    """Say that somebody of a booking is there: it is not given to others any more. For anybody.

    Raises TooEarly more than 30 minutes before the start, Past afterwards.
    """
    one = the_day(hub, the_booking(hub, ask.booking), ask.day)
    window = came(one.whole)
    if at.now < window.start:
        raise TooEarly(opens=window.start)
    if at.now >= one.span.end:
        raise Past
    write = write_day(hub, one.booking, one.day, at, ask.by, used=1)
    return Changes.of(write, undo_s=UNDO_S, result=one.booking)


def _last(hub: Snapshot, one: Taken) -> Taken:
    return (one, *chain_after(hub, one))[-1]
