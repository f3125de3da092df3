"""What you can do now: the event that begins soon, who hosts the day, where a hand is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.hub.events import places_on, today_events
from kiosk.hub.notices import running
from kiosk.hub.presence import is_present
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.welcomers import hosts_today, on_duty
from sync.records.event_days import EventDay
from sync.records.masked import masked
from sync.records.notice import Notice
from sync.records.room import Room

SOON = timedelta(hours=3)
STILL_WORTH_GOING = timedelta(minutes=30)
"""Something that began this long ago is still offered, if it is not over."""


@dataclass(frozen=True, slots=True)
class Soon:
    """An event that begins soon or has just begun. free: places left, None = no limit."""

    one: EventDay
    room: Room | None
    heads: int
    free: int | None


@dataclass(frozen=True, slots=True)
class Host:
    """Who hosts the day: a masked name, and whether they are here."""

    person: str
    name: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class WhatNow:
    """One screen of what there is to do; each part may be missing."""

    event: Soon | None
    host: Host | None
    need: Notice | None


def what_now(hub: Snapshot, now: datetime) -> WhatNow:
    """Return what somebody who has just come in can do."""
    return WhatNow(_event(hub, now), host_now(hub, now), a_need(hub, now))


def host_now(hub: Snapshot, now: datetime) -> Host | None:
    """Return who hosts the day now, else who will next."""
    people = (*on_duty(hub, now), *hosts_today(hub, now))
    here = [person for person in people if is_present(hub, person.id, now)]
    person = next(iter((*here, *people)), None)
    if person is None:
        return None
    return Host(person.id, masked(person.name, person.known_as), bool(here))


def a_need(hub: Snapshot, now: datetime) -> Notice | None:
    """Return one place where a hand is needed; another one every hour, so that each is seen."""
    needs = [notice for notice in running(hub, now) if notice.kind == "need"]
    return needs[int(now.timestamp() // 3600) % len(needs)] if needs else None


def _event(hub: Snapshot, now: datetime) -> Soon | None:
    coming = [
        one
        for one in today_events(hub, now)
        if not one.cancelled and now - STILL_WORTH_GOING <= one.span.start <= now + SOON
    ]
    if not coming:
        return None
    # What is about to begin goes before what has begun.
    one = min(coming, key=lambda event: (event.span.start < now, abs(event.span.start - now)))
    known = places_on(hub, one.event, one.day)
    return Soon(one, hub.room(one.event.room), known.heads, known.free)
