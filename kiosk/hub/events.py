"""What's on: the days of an event, coming to it as somebody or as one more, who has a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.hub.actor import ANYBODY, KNOWN, Actor
from kiosk.hub.errors import NotKnown
from kiosk.hub.may import needs_self
from kiosk.hub.moment import Moment
from kiosk.hub.presence import end, visits_of
from kiosk.hub.sign_in import MOST_HEADS, NobodyComing, TooManyComing
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.typed import name as clean_name
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes
from sync.errors import Refused
from sync.ids import pair_id
from sync.records.booking_time import Span
from sync.records.event import Event
from sync.records.event_days import EventDay, event_days
from sync.records.event_rules import PENCILLED, Place, Seats, seats, turnout
from sync.records.join import Join
from sync.records.visit_rules import local_day


class NotOnThatDay(Refused):
    """The event is not on that day, or is over, or was cancelled."""

    say = "event.not_that_day"


@dataclass(frozen=True, slots=True)
class JoinEvent:
    """I'll come: by a person, by a name typed now, or as one more (level 0)."""

    event: str
    day: date
    heads: int = 1
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class GiveUpPlace:
    """Somebody does not come after all."""

    join: str
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class Joined:
    """You are coming: with a place, waiting as so-and-so-manieth, or pencilled in."""

    join: str
    place: Place


def days_of(hub: Snapshot, event: Event) -> tuple[EventDay, ...]:
    """Return every day of an event, cancelled ones too."""
    return event_days(hub.diary, event)


def events_until(hub: Snapshot, last: date, now: datetime) -> tuple[EventDay, ...]:
    """Return what is not over and begins on a last day at most, in order of time."""
    days = (one for event in hub.events for one in days_of(hub, event))
    found = [one for one in days if one.day <= last and one.span.end > now]
    return tuple(sorted(found, key=lambda one: (one.span, one.event.id)))


def places_on(hub: Snapshot, event: Event, day: date) -> Seats:
    """Return who has a place on a day of an event."""
    return seats(event.places, hub.joins_of(event.id), day)


def join_event(hub: Snapshot, ask: JoinEvent, at: Moment) -> Changes:
    """Come to an event; coming again, or with more heads, is one more join of that person.

    The result is Joined. Raises NotKnown, NotOnThatDay, NobodyComing, TooManyComing.
    """
    _must_be_on(hub, ask.event, ask.day, at.now)
    if ask.heads < 1:
        raise NobodyComing
    if ask.heads > MOST_HEADS:
        raise TooManyComing
    person = hub.who(ask.by.person) if ask.by.level >= KNOWN else ""
    join = Join(
        id=_join_id(hub, ask, person) if person else at.new_id(),
        event=ask.event,
        date=ask.day,
        person=person,
        name="" if person else clean_name(ask.by.name),
        heads=ask.heads,
    )
    event = the_event(hub, ask.event)
    known = seats(event.places, (*hub.joins_of(event.id), join), ask.day)
    result = Joined(join.id, known.places.get(join.id, Place(PENCILLED)))
    return Changes.of(new(hub, join, at, ask.by), undo_s=10, result=result)


def give_up_place(hub: Snapshot, ask: GiveUpPlace, at: Moment) -> Changes:  # noqa: ARG001
    """Give a place up; who waits moves up by itself. Raises NotKnown, TooLow."""
    join = hub.get(Join, ask.join)
    if join is None:
        raise NotKnown(kind="join")
    needs_self(hub, ask.by, join.person)
    return Changes.of(edit(join, gave_up=1), undo_s=10)


def turnout_of(hub: Snapshot, one: EventDay) -> int:
    """Return how many came to one day of an event, as far as is known; no list of who did not."""
    joins = hub.joins_of(one.event.id)
    there = [join.person for join in joins if _was_there(hub, join.person, one.span)]
    by_host = one.event.turnout.get(one.day.isoformat(), 0)
    return turnout(joins, there, one.day, by_host)


def the_event(hub: Snapshot, event_id: str) -> Event:
    """Return an event. Raises NotKnown."""
    found = hub.get(Event, event_id)
    if found is None or found.withdrawn:
        raise NotKnown(kind="event")
    return found


def _must_be_on(hub: Snapshot, event_id: str, day: date, now: datetime) -> None:
    event = the_event(hub, event_id)
    that_day = [one for one in days_of(hub, event) if one.day == day and not one.cancelled]
    if not that_day or that_day[0].span.end <= now:
        raise NotOnThatDay


def _join_id(hub: Snapshot, ask: JoinEvent, person: str) -> str:
    """Return the id of the next join of a person: ``n`` is 1 + those known here for that day."""
    known = [
        join
        for join in hub.joins_of(ask.event)
        if join.date == ask.day and hub.who(join.person) == person
    ]
    parts = (ask.event, ask.day.isoformat(), person, str(len(known) + 1))
    return pair_id(hub.hub.id, "join", *parts)


def day_id(hub: Snapshot, event: Event, day: date) -> str:
    """Return the id of what is particular to one day of an event, and of its booking."""
    return pair_id(hub.hub.id, "booking_day", event.booking or event.id, day.isoformat())


def _was_there(hub: Snapshot, person_id: str, span: Span) -> bool:
    """Whether a person was signed in at any time of a span."""
    for visit in visits_of(hub, person_id) if person_id else ():
        left = end(hub, visit)
        if visit.came_at and left and visit.came_at < span.end and left.at > span.start:
            return True
    return False


def today_events(hub: Snapshot, now: datetime) -> tuple[EventDay, ...]:
    """Return what is on today and not over, begun before midnight or since."""
    return events_until(hub, local_day(now, hub.zone), now)
