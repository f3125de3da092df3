"""What the use cases of bookings share: whose a booking is, its days, and who has come for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from kiosk.hub import presence
from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.booking_errors import NotYours, Past
from kiosk.hub.errors import NotKnown
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes, Write
from sync.ids import pair_id
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import CLASHING, Taken, taken
from sync.records.booking_release import COMES_EARLY, came
from sync.records.booking_time import Span

UNDO_S = 10


@dataclass(frozen=True, slots=True)
class OnDay:
    """An ask about one day of a booking. by: whose act it is."""

    booking: str
    day: date
    by: Actor


def the_booking(hub: Snapshot, booking_id: str) -> Booking:
    """Return a booking. Raises NotKnown."""
    found = hub.booking(booking_id)
    if found is None:
        raise NotKnown(kind="booking")
    return found


def the_day(hub: Snapshot, booking: Booking, day: date) -> Taken:
    """Return a day of a booking that nobody gave up. Raises Past where there is none."""
    kept = (one for one in taken(hub.diary, booking.room) if one.booking.id == booking.id)
    found = next((one for one in kept if one.day == day), None)
    if found is None:
        raise Past
    return found


def is_holder(hub: Snapshot, booking: Booking, person_id: str) -> bool:
    """Whether a booking is this person's, merged records of one person counting as one."""
    return bool(person_id) and hub.who(booking.person) == hub.who(person_id)


def must_own(hub: Snapshot, booking: Booking, by: Actor) -> None:
    """Pass the holder of a booking and any volunteer. Raises NotYours.

    What a calendar of others says is nobody's here: it ends where it comes from.
    """
    if booking.outside:
        raise NotYours
    if by.level < VOLUNTEER and not is_holder(hub, booking, by.person):
        raise NotYours


def write_day(
    hub: Snapshot, booking: Booking, day: date, at: Moment, by: Actor, **fields: int
) -> Write:
    """Return the write of what is particular to one day of a booking; numbers only rise."""
    there = hub.diary.day(booking, day)
    if there.id:
        return edit(there, **fields)
    record_id = pair_id(hub.hub.id, BookingDay.KIND, booking.id, day.isoformat())
    made = BookingDay(id=record_id, booking=booking.id, date=day)
    return new(hub, msgspec.structs.replace(made, **fields), at, by)


def chain_after(hub: Snapshot, one: Taken) -> tuple[Taken, ...]:
    """Return the extensions that go on where a day of a booking ends, in order of time."""
    found = [one]
    there = [t for t in taken(hub.diary, one.booking.room) if t.state != CLASHING]
    while nexts := [t for t in there if _goes_on(found[-1], t) and t not in found]:
        found.append(nexts[0])
    return tuple(found[1:])


def _goes_on(one: Taken, other: Taken) -> bool:
    return other.booking.extends == one.booking.id and other.span.start == one.whole.end


def mark_used(hub: Snapshot, at: Moment) -> Changes:
    """Write ``used`` for every booking whose holder is in the house in time for it (a time rule)."""
    soon = Span(at.now, at.now + COMES_EARLY + timedelta(minutes=1))
    unseen = (t for r in hub.rooms for t in taken(hub.diary, r.id, soon) if not t.used)
    came_for = (t for t in unseen if in_house(hub, t.booking.person, came(t.whole), at))
    acts = [write_day(hub, t.booking, t.day, at, ANYBODY, used=1) for t in came_for]
    return Changes.of(*acts)


def in_house(hub: Snapshot, person_id: str, window: Span, at: Moment) -> bool:
    """Whether a person was in the house during a window, as far as it has gone by."""
    gone_by = Span(window.start, min(window.end, at.now + timedelta(seconds=1)))
    return any(gone_by.overlaps(stay) for stay in _stays(hub, person_id))


def _stays(hub: Snapshot, person_id: str) -> Iterator[Span]:
    for visit in presence.visits_of(hub, person_id) if person_id else ():
        end = presence.end(hub, visit)
        if end and visit.came_at and not visit.mistake:
            yield Span(visit.came_at, end.at)
