"""Booking a room, now or on another day, and moving a booking to another room or time.

What is booked here is pencilled in: only a server makes it confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from kiosk.hub.actor import Actor
from kiosk.hub.book_rules import local_time, must_be_allowed, must_be_free
from kiosk.hub.booking_errors import AlreadyMoved, Past
from kiosk.hub.bookings import UNDO_S, chain_after, must_own, the_booking, the_day, write_day
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import new
from kiosk.store.changes import Changes, Write
from sync.records.base import CameFrom, Texts
from sync.records.booking import Booking
from sync.records.booking_diary import Taken, is_being_moved, is_confirmed, kept_days
from sync.records.booking_free import next_step
from sync.records.booking_time import instant


@dataclass(frozen=True, slots=True)
class BookNow:
    """Book a free room from now. minutes: in the hub's steps, up to its longest."""

    room: str
    minutes: int
    by: Actor
    title: Texts = field(default_factory=dict)
    heads: int = 0
    private: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """Book a room for a time. starts: local, without a zone. rule: RRULE text, or empty.

    skip_taken: of a series, take the days that can be had; the others wait as clashing.
    for_name: whom a volunteer books for, who has no record here.
    """

    room: str
    starts: datetime
    minutes: int
    by: Actor
    rule: str = ""
    title: Texts = field(default_factory=dict)
    note: str = ""
    heads: int = 0
    private: bool = False
    for_name: str = ""
    skip_taken: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Give a booking another room or start (local); it stands until the new one is confirmed."""

    booking: str
    room: str
    starts: datetime
    by: Actor


@dataclass(frozen=True, slots=True)
class MoveDay:
    """Give one day of a series another room or start (local): it is a booking of its own then."""

    booking: str
    day: date
    room: str
    starts: datetime
    by: Actor


def book_now(hub: Snapshot, ask: BookNow, at: Moment) -> Changes:
    """Book a room from the next whole five minutes on; the result is the Booking.

    Raises what ``book`` raises.
    """
    starts = local_time(hub, next_step(at.now))
    wanted = Book(
        room=ask.room,
        starts=starts,
        minutes=ask.minutes,
        by=ask.by,
        title=ask.title,
        heads=ask.heads,
        private=ask.private,
    )
    return book(hub, wanted, at)


def book(hub: Snapshot, ask: Book, at: Moment) -> Changes:
    """Book a room for a time, once or in a series; the result is the Booking.

    Raises NotKnown, TooLow, NotBookable, TooLong, BadSeries, Past, TooFar, RoomRetired,
    OverCapacity, HubShut, RoomTaken.
    """
    wanted = Booking(
        room=ask.room,
        starts=ask.starts.replace(tzinfo=None, fold=0),
        minutes=ask.minutes,
        rule=ask.rule,
        title=ask.title,
        note=ask.note,
        heads=max(ask.heads, 0),
        private=ask.private,
        person=ask.by.person if not ask.for_name else "",
        for_name=ask.for_name,
    )
    must_be_allowed(hub, wanted, ask.by, at)
    must_be_free(hub, wanted, ask.by, at, skip_taken=ask.skip_taken)
    return _written(hub, wanted, ask.by, at)


def move(hub: Snapshot, ask: Move, at: Moment) -> Changes:
    """Ask for another room or time for a booking; nothing is given up before that is confirmed.

    What it was extended by moves with it: each part by a booking of its own, as it was made.
    The result is the first. Raises what ``book`` raises, NotYours, AlreadyMoved; Past where nothing of it is ahead.
    """
    old = the_booking(hub, ask.booking)
    must_own(hub, old, ask.by)
    ahead = [day for day, span, _whole in kept_days(hub.diary, old) if span.end > at.now]
    if not ahead:
        raise Past
    parts = _parts(hub, the_day(hub, old, ahead[0])) if not old.rule else ()
    if any(is_being_moved(hub.diary, one, at.now) for one in (old, *(t.booking for t in parts))):
        raise AlreadyMoved
    minutes = _minutes(parts) or old.minutes
    wanted = _like(old, ask.room, ask.starts, minutes=minutes, rule=old.rule, moves=old.id)
    must_be_allowed(hub, wanted, ask.by, at, longest_min=wanted.minutes)
    must_be_free(hub, wanted, ask.by, at)
    first = _made(msgspec.structs.replace(wanted, minutes=old.minutes), at)
    more = _extensions(hub, parts, first, at)
    acts = [new(hub, made, at, ask.by) for made in (first, *more)]
    return Changes.of(*acts, undo_s=UNDO_S, result=first)


def move_day(hub: Snapshot, ask: MoveDay, at: Moment) -> Changes:
    """Book another room or time for one day of a series; the result is the new Booking.

    It is as long as the day was with what that was extended by. A day that was not confirmed is given
    up for it; one that was stands until its holder gives it up: the new one may still be refused.
    Raises what ``book`` raises, NotYours; Past where that day is over.
    """
    old = the_booking(hub, ask.booking)
    must_own(hub, old, ask.by)
    one = the_day(hub, old, ask.day)
    if one.span.end <= at.now:
        raise Past
    parts = _parts(hub, one)
    came_from = (CameFrom(old.hub, Booking.KIND, old.id),)
    wanted = _like(old, ask.room, ask.starts, minutes=_minutes(parts), came_from=came_from)
    must_be_allowed(hub, wanted, ask.by, at, longest_min=wanted.minutes)
    must_be_free(hub, wanted, ask.by, at)
    stands = is_confirmed(hub.diary, old, ask.day)
    given_up = () if stands else parts
    gone = [write_day(hub, t.booking, t.day, at, ask.by, cancelled=1) for t in given_up]
    return _written(hub, wanted, ask.by, at, *gone)


def _parts(hub: Snapshot, one: Taken) -> tuple[Taken, ...]:
    return (one, *chain_after(hub, one))


def _minutes(parts: Sequence[Taken]) -> int:
    return sum(one.whole.minutes for one in parts)


def _extensions(
    hub: Snapshot, parts: Sequence[Taken], first: Booking, at: Moment
) -> Iterator[Booking]:
    """Yield what extends a moved booking as its parts did, each from the end of the one before."""
    for one in parts[1:]:
        assert first.starts is not None  # noqa: S101 (each was made here)
        end = instant(first.starts, hub.zone) + timedelta(minutes=first.minutes)
        more = {"minutes": one.whole.minutes, "moves": one.booking.id, "extends": first.id}
        first = _made(_like(one.booking, first.room, local_time(hub, end), **more), at)
        yield first


def _like(old: Booking, room: str, starts: datetime, **more: Any) -> Booking:
    # Any: each field has a type of its own.
    return Booking(
        room=room,
        starts=starts.replace(tzinfo=None, fold=0),
        title=old.title,
        note=old.note,
        heads=old.heads,
        private=old.private,
        person=old.person,
        for_name=old.for_name,
        **more,
    )


def _written(hub: Snapshot, wanted: Booking, by: Actor, at: Moment, *also: Write) -> Changes:
    made = _made(wanted, at)
    return Changes.of(new(hub, made, at, by), *also, undo_s=UNDO_S, result=made)


def _made(wanted: Booking, at: Moment) -> Booking:
    return msgspec.structs.replace(wanted, id=at.new_id(), made_at=at.now.replace(microsecond=0))
