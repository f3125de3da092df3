"""Leaving: by name, by guest tag, some of a group, or just counted; a card is ``tap_card``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.errors import NotKnown
from kiosk.hub.may import needs
from kiosk.hub.moment import Moment
from kiosk.hub.presence import end, maybe_present, present, present_visits, visits_of
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.tags import Tag
from kiosk.hub.writes import edit
from kiosk.store.changes import Changes, Write
from sync.device_time import JUMP_MS
from sync.errors import Refused
from sync.records.visit import Visit
from sync.records.visit_rules import heads_here, local_day

UNDO_S = 10
MOST_AHEAD = timedelta(milliseconds=JUMP_MS)
"""So far may a clock be ahead that nobody told the time, and its date still be believed."""


class AlreadyGone(Refused):
    """They are not here any more: somebody said so before."""

    say = "leaving.already_gone"


class NoSuchTag(Refused):
    """Nobody came in with this tag today."""

    say = "leaving.no_such_tag"


@dataclass(frozen=True, slots=True)
class SignedOut:
    """These visits are closed. still_here: how many of a group stay."""

    visits: tuple[str, ...]
    person: str = ""
    still_here: int = 0


@dataclass(frozen=True, slots=True)
class LeaveByName:
    """A person leaves."""

    person: str


@dataclass(frozen=True, slots=True)
class LeaveByTag:
    """Who has this tag leaves; ``heads``: so many of a group, None = all."""

    tag: str
    heads: int | None = None


@dataclass(frozen=True, slots=True)
class LeaveVisit:
    """Whoever came with this visit leaves; ``heads``: so many of them, None = all."""

    visit: str
    heads: int | None = None


@dataclass(frozen=True, slots=True)
class LeaveCounted:
    """So many of those who were just counted leave."""

    heads: int = 1


@dataclass(frozen=True, slots=True)
class Mistake:
    """A visit never was; it counts nothing. By a volunteer."""

    visit: str
    by: Actor = ANYBODY


def leave_by_name(hub: Snapshot, ask: LeaveByName, at: Moment) -> Changes:
    """Close every open visit of a person; after an assumed end, say when they really left.

    Raises NotKnown, AlreadyGone.
    """
    person = hub.person(ask.person)
    if person is None:
        raise NotKnown(kind="person")
    visits = present_visits(hub, person.id, at.now) or _assumed_today(hub, person.id, at.now)
    if not visits:
        raise AlreadyGone
    result = SignedOut(tuple(visit.id for visit in visits), person.id)
    return Changes.of(*leaving(visits, at), undo_s=UNDO_S, result=result)


def leave_by_tag(hub: Snapshot, ask: LeaveByTag, at: Moment) -> Changes:
    """Close the visit with a tag, or let some of its group go; who may still be here has theirs.

    Raises NoSuchTag, AlreadyGone.
    """
    wanted = Tag.parse(ask.tag)
    today = hub.visits_on(local_day(at.now, hub.zone))
    maybe = (one.visit for one in maybe_present(hub, at.now))
    with_tag = [
        visit
        for visit in (*hub.visits_open, *today, *maybe)
        if wanted and visit.tag == str(wanted) and not visit.mistake
    ]
    if not with_tag:
        raise NoSuchTag
    newest = max(with_tag, key=lambda visit: (visit.came_at or at.now, visit.id))
    return leave_visit(hub, LeaveVisit(newest.id, ask.heads), at)


def leave_visit(hub: Snapshot, ask: LeaveVisit, at: Moment) -> Changes:
    """Close one visit, or let some of a group go. Raises NotKnown, AlreadyGone."""
    visit = hub.visit(ask.visit)
    if visit is None:
        raise NotKnown(kind="visit")
    if visit.left_at:
        raise AlreadyGone
    staying = 0 if ask.heads is None else max(heads_here(visit) - max(ask.heads, 0), 0)
    write = _some_leave(visit, staying) if staying else leaving((visit,), at)[0]
    result = SignedOut((visit.id,), visit.person, still_here=staying)
    return Changes.of(write, undo_s=UNDO_S, result=result)


def leave_counted(hub: Snapshot, ask: LeaveCounted, at: Moment) -> Changes:
    """Let so many of those leave who were just counted: who came first goes first.

    Raises AlreadyGone where nobody counted is here.
    """
    writes: list[Write] = []
    left = max(ask.heads, 1)
    counted = [one.visit for one in present(hub, at.now) if one.visit.how == "count"]
    for visit in (one for one in counted if not one.tag):
        here = heads_here(visit)
        if not left or not here:
            continue
        going = min(here, left)
        staying, left = here - going, left - going
        writes.append(_some_leave(visit, staying) if staying else leaving((visit,), at)[0])
    if not writes:
        raise AlreadyGone
    return Changes.of(*writes, undo_s=UNDO_S, result=SignedOut(tuple(w.id for w in writes)))


def mark_mistake(hub: Snapshot, ask: Mistake, at: Moment) -> Changes:  # noqa: ARG001
    """Say that a visit never was. Raises TooLow, NotKnown."""
    needs(ask.by, VOLUNTEER)
    visit = hub.visit(ask.visit)
    if visit is None:
        raise NotKnown(kind="visit")
    return Changes.of(edit(visit, mistake=1), undo_s=UNDO_S)


def leaving(visits: Iterable[Visit], at: Moment) -> tuple[Write, ...]:
    """Return the writes that close visits now."""
    return tuple(edit(visit, left_at=at.now.replace(microsecond=0)) for visit in visits)


def assume_left(hub: Snapshot, at: Moment) -> Changes:
    """Write down who is taken for gone, a rule of time; all nodes compute the same time.

    A date that jumped writes nothing: it may be wrong, and what it says is seen without that. A
    clock that nobody told the time writes only what is over even if it is ahead.
    """
    if not at.date_ok:
        return Changes()
    writes, latest = [], at.now if at.sure else at.now - MOST_AHEAD
    for visit in hub.visits_open:
        found = end(hub, visit)
        if found and found.is_assumed and found.at <= latest and not visit.mistake:
            writes.append(edit(visit, assumed_at=found.at))
    return Changes.of(*writes)


def _some_leave(visit: Visit, staying: int) -> Write:
    return edit(visit, gone=visit.grown_ups + visit.children - staying)


def _assumed_today(hub: Snapshot, person_id: str, now: datetime) -> tuple[Visit, ...]:
    maybe = {one.visit.id for one in maybe_present(hub, now)}
    family = visits_of(hub, person_id)
    return tuple(visit for visit in family if visit.id in maybe and visit.left_at is None)
