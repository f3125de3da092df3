"""Giving a booking up, one day or all; and taking what somebody else gave up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.hub.actor import Actor
from kiosk.hub.book_rules import hub_shut
from kiosk.hub.booking_errors import AlreadyMoved, Past, RoomRetired, RoomTaken
from kiosk.hub.bookings import (
    UNDO_S,
    OnDay,
    chain_after,
    is_holder,
    must_own,
    the_booking,
    the_day,
    write_day,
)
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit
from kiosk.store.changes import Changes, Write
from sync.errors import Refused
from sync.records.booking import Booking
from sync.records.booking_decide import clashes, moved_elsewhere, shut
from sync.records.booking_diary import CLASHING, Taken, taken
from sync.records.booking_free import known, other_rooms, other_times
from sync.records.booking_time import next_day


@dataclass(frozen=True, slots=True)
class OfBooking:
    """An ask about a whole booking. by: whose act it is."""

    booking: str
    by: Actor


def cancel_day(hub: Snapshot, ask: OnDay, at: Moment) -> Changes:
    """Give up one day of a booking, with what it was extended by. Raises NotYours, Past."""
    booking = the_booking(hub, ask.booking)
    must_own(hub, booking, ask.by)
    one = the_day(hub, booking, ask.day)
    if one.span.end <= at.now:
        raise Past
    gone = (one, *chain_after(hub, one))
    acts = [write_day(hub, t.booking, t.day, at, ask.by, cancelled=1) for t in gone]
    return Changes.of(*acts, undo_s=UNDO_S, result=booking)


def cancel(hub: Snapshot, ask: OfBooking, at: Moment) -> Changes:
    """Give up a booking with all its days ahead; those that are over stay as they were.

    Raises NotYours, Past.
    """
    booking = the_booking(hub, ask.booking)
    must_own(hub, booking, ask.by)
    ahead = _ahead(hub, booking, at)
    if not ahead:
        raise Past
    since = min(ahead[0].day, next_day(hub.today(at.now)))
    acts: list[Write] = [edit(booking, cancelled=1, cancelled_on=since)]
    for one in ahead:
        after = chain_after(hub, one)
        acts += [write_day(hub, t.booking, t.day, at, ask.by, cancelled=1) for t in after]
    return Changes.of(*acts, undo_s=UNDO_S, result=booking)


def take_it(hub: Snapshot, ask: OfBooking, at: Moment) -> Changes:
    """Ask the server once more for the days of a booking that it did not get.

    Raises NotYours; Past where no such day is ahead; where none can be had still, RoomTaken,
    HubShut, RoomRetired, AlreadyMoved.
    """
    booking = the_booking(hub, ask.booking)
    must_own(hub, booking, ask.by)
    missing = [one for one in _ahead(hub, booking, at) if one.state == CLASHING]
    if not missing:
        raise Past
    free = free_now(hub, missing)
    if not free:
        raise _refusal(hub, booking, missing, at)
    return Changes.of(edit(booking, asked=booking.asked + 1), undo_s=UNDO_S, result=booking)


def free_now(hub: Snapshot, missing: list[Taken]) -> list[Taken]:
    """Return the clashing days of one booking that nothing known here takes any more.

    None that a server would refuse again: closed days, a retired room, what was moved elsewhere.
    """
    if not missing or moved_elsewhere(missing[0].booking, hub.diary):
        return []
    there = known(hub.diary, missing[0].booking.room)
    return [t for t in missing if not _is_refused(hub, t, there)]


def _is_refused(hub: Snapshot, one: Taken, there: tuple[Taken, ...]) -> bool:
    if shut(one.booking, hub.diary, one.day, one.span):
        return True
    return bool(clashes(one.booking, hub.diary, [(one.day, one.span)], there))


def still_wanted(hub: Snapshot, person_id: str, now: datetime) -> tuple[Taken, ...]:
    """Return the clashing days ahead of a person that are free now: "Still wanted? [Take it]".

    Only what was not asked for again since; the first to have reached the server comes first.
    """
    mine = [one for one in hub.all(Booking) if is_holder(hub, one, person_id) and not one.asked]
    found: list[Taken] = []
    for booking in sorted(mine, key=lambda one: (one.arrived, one.id)):
        there = taken(hub.diary, booking.room)
        ahead = [t for t in there if t.booking.id == booking.id and t.span.start > now]
        found += free_now(hub, [t for t in ahead if t.state == CLASHING])
    return tuple(found)


def _refusal(hub: Snapshot, booking: Booking, missing: list[Taken], at: Moment) -> Refused:
    days = [(t.day, t.span) for t in missing]
    in_the_way = clashes(booking, hub.diary, days, known(hub.diary, booking.room))
    if moved_elsewhere(booking, hub.diary):
        return AlreadyMoved()
    if not in_the_way:
        since = hub.diary.rooms[booking.room].retired_from
        if since and missing[0].day >= since:
            return RoomRetired(since=since)
        return hub_shut(hub, booking, at)
    return RoomTaken(
        clash=in_the_way[0][1].booking.id,
        days=[t.day for t in missing],
        rooms=other_rooms(hub.diary, booking, at.now),
        times=other_times(hub.diary, booking, at.now),
    )


def _ahead(hub: Snapshot, booking: Booking, at: Moment) -> list[Taken]:
    there = taken(hub.diary, booking.room)
    return [t for t in there if t.booking.id == booking.id and t.span.end > at.now]
