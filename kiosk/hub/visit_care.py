"""Visits that a volunteer puts right: one that nobody entered, one that nobody ended.

That a visit never was is ``sign_out.mark_mistake``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.may import needs
from kiosk.hub.moment import Moment
from kiosk.hub.people import seen, the_person
from kiosk.hub.sign_in import MOST_HEADS, NobodyComing, TooManyComing
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.who_is_here import the_visit
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes
from sync.errors import Refused
from sync.records.visit import Visit

UNDO_S = 10


class NotThen(Refused):
    """Nobody comes in the future, nor leaves before they came."""

    say = "visit.not_then"


@dataclass(frozen=True, slots=True)
class AddVisit:
    """Somebody came at a time that lies behind us; ``left_at`` None = they are still here.

    person: an id, "" of somebody the hub does not know; then only heads are counted.
    """

    came_at: datetime
    person: str = ""
    grown_ups: int = 1
    children: int = 0
    left_at: datetime | None = None
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class SayLeft:
    """Whoever came with a visit left at a time, which nobody said until now."""

    visit: str
    left_at: datetime
    by: Actor = ANYBODY


def add_visit(hub: Snapshot, ask: AddVisit, at: Moment) -> Changes:
    """Enter a visit for somebody, by a volunteer. The result is its id.

    Raises TooLow, NotKnown (person), NotThen, NobodyComing, TooManyComing.
    """
    needs(ask.by, VOLUNTEER)
    person = the_person(hub, ask.person) if ask.person else None
    if ask.grown_ups + ask.children < 1:
        raise NobodyComing
    if max(ask.grown_ups, ask.children) > MOST_HEADS:
        raise TooManyComing
    _must_lie_behind(ask.came_at, ask.left_at, at.now)
    visit = Visit(
        id=at.new_id(),
        how="tile" if person else "count",
        person=person.id if person else "",
        grown_ups=ask.grown_ups,
        children=ask.children,
        came_at=ask.came_at.replace(microsecond=0),
        left_at=ask.left_at,
    )
    active = seen(hub, person, ask.came_at, at) if person else ()
    return Changes.of(new(hub, visit, at, ask.by), *active, undo_s=UNDO_S, result=visit.id)


def say_left(hub: Snapshot, ask: SayLeft, at: Moment) -> Changes:
    """Write when somebody really left, over what was assumed or said. Raises TooLow, NotKnown,
    NotThen.
    """
    needs(ask.by, VOLUNTEER)
    visit = the_visit(hub, ask.visit)
    _must_lie_behind(visit.came_at or ask.left_at, ask.left_at, at.now)
    return Changes.of(edit(visit, left_at=ask.left_at.replace(microsecond=0)), undo_s=UNDO_S)


def _must_lie_behind(came: datetime, left: datetime | None, now: datetime) -> None:
    if came > now or (left is not None and not came <= left <= now):
        raise NotThen
