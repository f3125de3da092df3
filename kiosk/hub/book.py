"""Booking a room, now or on another day, and moving a booking to another room or time.

What is booked here is pencilled in: only a server makes it confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from kiosk.hub.actor import Actor
from kiosk.hub.book_rules import local_time, must_be_allowed, must_be_free
from kiosk.hub.booking_errors import AlreadyMoved, Past
from kiosk.hub.bookings import UNDO_S, must_own, the_booking
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import new
from kiosk.store.changes import Changes
from sync.records.base import Texts
from sync.records.booking import Booking
from sync.records.booking_diary import kept_days
from sync.records.booking_free import next_step


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

    Raises what ``book`` raises, NotYours, AlreadyMoved; Past where nothing of it is ahead.
    """
    old = the_booking(hub, ask.booking)
    must_own(hub, old, ask.by)
    if not any(span.end > at.now for _day, span, _whole in kept_days(hub.diary, old)):
        raise Past
    if any(one.moves == old.id and not one.cancelled for one in hub.all(Booking)):
        raise AlreadyMoved
    wanted = msgspec.structs.replace(
        Booking(minutes=old.minutes, rule=old.rule, title=old.title, note=old.note),
        room=ask.room,
        starts=ask.starts.replace(tzinfo=None, fold=0),
        heads=old.heads,
        private=old.private,
        person=old.person,
        for_name=old.for_name,
        moves=old.id,
    )
    must_be_allowed(hub, wanted, ask.by, at, longest_min=old.minutes)
    must_be_free(hub, wanted, ask.by, at)
    return _written(hub, wanted, ask.by, at)


def _written(hub: Snapshot, wanted: Booking, by: Actor, at: Moment) -> Changes:
    made = msgspec.structs.replace(wanted, id=at.new_id(), made_at=at.now.replace(microsecond=0))
    return Changes.of(new(hub, made, at, by), undo_s=UNDO_S, result=made)
