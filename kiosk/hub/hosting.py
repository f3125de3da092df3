"""Hosting: a day of an event cancelled, how many places there are, how many came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.hub.actor import ANYBODY, KNOWN, VOLUNTEER, Actor
from kiosk.hub.events import NotOnThatDay, day_id, days_of, places_on, the_event
from kiosk.hub.may import needs
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes, Write
from sync.records.booking_day import BookingDay
from sync.records.event import Event


@dataclass(frozen=True, slots=True)
class CancelEvent:
    """The host cancels one day of an event, or all of it (``day`` None)."""

    event: str
    day: date | None = None
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class SetPlaces:
    """The host sets how many places there are; 0 = no limit."""

    event: str
    places: int
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class CountTurnout:
    """The host says how many came on a day."""

    event: str
    day: date
    heads: int
    by: Actor = ANYBODY


def cancel_event(hub: Snapshot, ask: CancelEvent, at: Moment) -> Changes:
    """Cancel an event, or one day of it and that day of its booking.

    Raises NotKnown, TooLow, NotOnThatDay.
    """
    event = _own_event(hub, ask.event, ask.by)
    if ask.day is None:
        return Changes.of(edit(event, cancelled=1), undo_s=10)
    if not any(one.day == ask.day for one in days_of(hub, event)):
        raise NotOnThatDay
    return Changes.of(_cancelled_day(hub, event, ask.day, at), undo_s=10)


def set_places(hub: Snapshot, ask: SetPlaces, at: Moment) -> Changes:
    """Set the limit, not below the places that are taken on any day to come: nobody loses one.

    Raises NotKnown, TooLow. The result is the limit that was set.
    """
    event = _own_event(hub, ask.event, ask.by)
    coming = [one.day for one in days_of(hub, event) if one.span.end > at.now]
    taken = [places_on(hub, event, day).taken for day in coming]
    places = max([ask.places, *taken]) if ask.places > 0 else 0
    return Changes.of(edit(event, places=places), undo_s=10, result=places)


def count_turnout(hub: Snapshot, ask: CountTurnout, at: Moment) -> Changes:  # noqa: ARG001
    """Write the host's own number for a day. Raises NotKnown, TooLow."""
    event = _own_event(hub, ask.event, ask.by)
    counted = event.turnout | {ask.day.isoformat(): max(ask.heads, 0)}
    return Changes.of(edit(event, turnout=counted), undo_s=10)


def _own_event(hub: Snapshot, event_id: str, by: Actor) -> Event:
    event = the_event(hub, event_id)
    is_host = bool(event.host) and hub.who(event.host) == hub.who(by.person)
    needs(by, KNOWN if is_host else VOLUNTEER)
    return event


def _cancelled_day(hub: Snapshot, event: Event, day: date, at: Moment) -> Write:
    record_id = day_id(hub, event, day)
    if known := hub.get(BookingDay, record_id):
        return edit(known, cancelled=1)
    booking = event.booking or event.id
    return new(hub, BookingDay(id=record_id, booking=booking, date=day, cancelled=1), at)
