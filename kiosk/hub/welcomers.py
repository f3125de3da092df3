"""Welcomers: who says yes to a slot at the door, and whom a first-timer calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.hub.actor import ANYBODY, Actor
from kiosk.hub.errors import NotKnown
from kiosk.hub.may import needs_self
from kiosk.hub.moment import Moment
from kiosk.hub.people import the_person
from kiosk.hub.presence import Here, present, shown_names
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes
from sync.ids import pair_id
from sync.records.booking_time import Span, next_day
from sync.records.opening import day_spans
from sync.records.person import Person
from sync.records.visit import Visit
from sync.records.visit_rules import local_day
from sync.records.welcomer import Welcomer

CALL = timedelta(minutes=2)
KETTLE_ROOM = "kettle_room"
"""The hub's setting that says in which room the kettle is (a room's id)."""


@dataclass(frozen=True, slots=True)
class SayWelcome:
    """Somebody's yes (or no) to a slot of local times; a volunteer may enter it."""

    person: str
    day: date
    slot: tuple[str, str]
    yes: bool = True
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class CallWelcomer:
    """Somebody who is in asks for a welcomer to come to the door."""

    visit: str


@dataclass(frozen=True, slots=True)
class ImComing:
    """Somebody goes to the door, to meet the caller of this visit."""

    visit: str


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody waits at the door: a first-timer, or who asked for a welcomer (not ``is_new``).

    names: the masked names of who is called; none: nobody is, the kettle sentence is said, with
    ``kettle_room`` (a room's id, "" where the hub did not say). until: when the call ends.
    """

    visit: str
    names: tuple[str, ...]
    until: datetime
    kettle_room: str = ""
    is_new: bool = True


def say_welcome(hub: Snapshot, ask: SayWelcome, at: Moment) -> Changes:
    """Write a yes or a no to welcoming. Raises NotKnown, TooLow."""
    person = the_person(hub, ask.person)
    needs_self(hub, ask.by, person.id)
    slot = "-".join(ask.slot)
    record_id = pair_id(hub.hub.id, "welcomer", ask.day.isoformat(), slot, person.id)
    if known := hub.get(Welcomer, record_id):
        return Changes.of(edit(known, yes=ask.yes), undo_s=10)
    fresh = Welcomer(id=record_id, date=ask.day, slot=ask.slot, person=person.id, yes=ask.yes)
    return Changes.of(new(hub, fresh, at, ask.by), undo_s=10)


def hosts_today(hub: Snapshot, now: datetime) -> tuple[Person, ...]:
    """Return who hosts the day from now on, by the end of their slot: present or not."""
    slots = sorted((span.end, person) for span, person in _slots(hub, now) if now < span.end)
    ids = dict.fromkeys(hub.who(person) for _, person in slots)
    return tuple(person for one in ids if (person := hub.person(one)))


def on_duty(hub: Snapshot, now: datetime) -> tuple[Person, ...]:
    """Return the welcomers of this hour."""
    slots = _slots(hub, now)
    found = [hub.person(person) for span, person in slots if span.start <= now < span.end]
    return tuple({person.id: person for person in found if person}.values())


def slot_of(hub: Snapshot, person_id: str, now: datetime) -> Span | None:
    """Return the first slot of somebody that is not over, of today or of an evening that goes on."""
    slots = (span for span, who in _slots(hub, now) if hub.who(who) == person_id)
    return min((span for span in slots if now < span.end), default=None)


def welcome_call(hub: Snapshot, now: datetime) -> Call | None:
    """Return the newest call of the last two minutes, if nobody is coming yet."""
    waiting = [
        (asked, visit.id, visit)
        for day in _days(hub, now)
        for visit in hub.visits_on(day)
        if (asked := _asked_at(visit)) and timedelta(seconds=-60) <= now - asked < CALL
    ]
    if not waiting:
        return None
    asked, _, visit = max(waiting, key=lambda found: found[:2])
    here = [one for one in present(hub, now) if one.person and one.visit.id != visit.id]
    names = shown_names(_called(hub, here, now))
    room = "" if names else kettle_room(hub)
    return Call(visit.id, names, asked + CALL, room, is_new=visit.first_time)


def call_welcomer(hub: Snapshot, ask: CallWelcomer, at: Moment) -> Changes:
    """Ask for a welcomer; asking again calls for two more minutes. Raises NotKnown."""
    visit = hub.visit(ask.visit)
    if visit is None:
        raise NotKnown(kind="visit")
    return Changes.of(edit(visit, called_at=at.now.replace(microsecond=0)))


def unmet(hub: Snapshot, now: datetime) -> tuple[Visit, ...]:
    """Return today's first-timers whom nobody said they would meet, for the volunteers' page."""
    today = hub.visits_on(local_day(now, hub.zone))
    return tuple(v for v in today if v.first_time and not v.welcomed_at and not v.mistake)


def im_coming(hub: Snapshot, ask: ImComing, at: Moment) -> Changes:
    """End the call: somebody goes to the door. Raises NotKnown."""
    visit = hub.visit(ask.visit)
    if visit is None:
        raise NotKnown(kind="visit")
    return Changes.of(edit(visit, welcomed_at=at.now.replace(microsecond=0)))


def kettle_room(hub: Snapshot) -> str:
    """Return the id of the room with the kettle, "" where the hub did not say."""
    named = hub.hub.settings.get(KETTLE_ROOM, "")
    return named if isinstance(named, str) and hub.room(named) else ""


def _days(hub: Snapshot, now: datetime) -> tuple[date, date]:
    """Yesterday and today: an evening that passes midnight goes on."""
    today = local_day(now, hub.zone)
    return next_day(today, -1), today


def _slots(hub: Snapshot, now: datetime) -> Iterator[tuple[Span, str]]:
    for day in _days(hub, now):
        for one in hub.welcomers_on(day):
            if one.yes and not one.withdrawn:
                yield from ((s, one.person) for s in day_spans((one.slot,), day, hub.zone))


def _called(hub: Snapshot, here: list[Here], now: datetime) -> list[Here]:
    duty = {person.id for person in on_duty(hub, now)}
    welcomers = [one for one in here if one.person and one.person.id in duty]
    volunteers = [one for one in here if one.person and one.person.kind == "volunteer"]
    return welcomers or volunteers[:1]


def _asked_at(visit: Visit) -> datetime | None:
    """When somebody asked for a welcomer and nobody has said since that they come."""
    if visit.mistake or visit.left_at:
        return None
    times = (visit.came_at if visit.first_time else None, visit.called_at)
    asked = max((time for time in times if time), default=None)
    answered = asked and visit.welcomed_at and visit.welcomed_at >= asked
    return None if answered else asked
