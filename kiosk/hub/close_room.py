"""Other hours on a day, and rooms that retire: neither undoes a confirmed booking."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kiosk.hub.actor import VOLUNTEER, Actor
from kiosk.hub.booking_errors import StillBooked
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes, Write
from sync.ids import pair_id
from sync.records.base import Texts
from sync.records.booking_diary import Taken, confirmed
from sync.records.closed_day import WHOLE_HUB, ClosedDay
from sync.records.hub import Spans
from sync.records.opening import day_spans


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Other hours on a day (none = shut), in the whole hub or in one room."""

    day: date
    by: Actor
    room: str = WHOLE_HUB
    open: Spans = ()
    why: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retire:
    """Take a room off the boards from a day on."""

    room: str
    since: date
    by: Actor


def close_day(hub: Snapshot, ask: CloseDay, at: Moment) -> Changes:
    """Give a day other hours; the result is what is confirmed outside them, which stays.

    result: tuple of Taken, each shown as an exception until its holder gives it up or moves.
    Raises TooLow, NotKnown.
    """
    _must_be_volunteer(ask.by)
    rooms = [r.id for r in hub.rooms] if ask.room == WHOLE_HUB else [ask.room]
    if ask.room != WHOLE_HUB and hub.room(ask.room) is None:
        raise NotKnown(kind="room")
    hours = day_spans(ask.open, ask.day, hub.zone)
    stays = [
        one
        for room in rooms
        for one in confirmed_on(hub, room, ask.day)
        if not any(span.holds(one.span) for span in hours)
    ]
    return Changes.of(_closing(hub, ask, at), result=tuple(stays))


def confirmed_on(hub: Snapshot, room_id: str, day: date) -> tuple[Taken, ...]:
    """Return the confirmed bookings of a room on a day, in order of time."""
    return tuple(sorted(one for one in confirmed(hub.diary, room_id) if one.day == day))


def retire(hub: Snapshot, ask: Retire, _at: Moment) -> Changes:
    """Take a room off the boards, once nothing confirmed is left in it from that day on.

    Raises TooLow, NotKnown, StillBooked.
    """
    _must_be_volunteer(ask.by)
    room = hub.room(ask.room)
    if room is None:
        raise NotKnown(kind="room")
    ours = (one for one in confirmed(hub.diary, room.id) if not one.booking.outside)
    after = sorted(one for one in ours if one.day >= ask.since)
    if after:
        names = dict.fromkeys(one.booking.id for one in after)
        raise StillBooked(last_day=after[-1].day, bookings=list(names))
    return Changes.of(edit(room, retired_from=ask.since), result=room)


def _closing(hub: Snapshot, ask: CloseDay, at: Moment) -> Write:
    record_id = pair_id(hub.hub.id, ClosedDay.KIND, ask.day.isoformat(), ask.room)
    there = hub.get(ClosedDay, record_id)
    if there:
        return edit(there, open=ask.open, why=ask.why, withdrawn=None)
    made = ClosedDay(id=record_id, date=ask.day, room=ask.room, open=ask.open, why=ask.why)
    return new(hub, made, at, ask.by)


def _must_be_volunteer(by: Actor) -> None:
    if by.level < VOLUNTEER:
        raise TooLow(needed=VOLUNTEER)
