"""*Who is here*: those who said that their name may be seen, and what they are open to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.hub.actor import ANYBODY, Actor
from kiosk.hub.errors import NotKnown
from kiosk.hub.may import needs_self
from kiosk.hub.moment import Moment
from kiosk.hub.people import the_person
from kiosk.hub.presence import Here, present, present_visits, shown_names
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.welcomers import on_duty
from kiosk.hub.writes import edit
from kiosk.store.changes import Changes
from sync.records.base import Texts
from sync.records.visit import Visit

OPEN_TO = ("chat", "help", "language", "new_here")
"""What somebody may be open to; the words are in the catalogues (``open_to.chat``)."""


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody who may be seen: a masked name, what they are open to and like to be asked.

    as_of: they came in by another kiosk, which this one heard last some time ago.
    """

    visit: str
    name: str
    open_to: tuple[str, ...] = ()
    ask_me_about: tuple[Texts, ...] = ()
    is_welcomer: bool = False
    from_another_kiosk: bool = False


@dataclass(frozen=True, slots=True)
class AnswerWall:
    """May your name be on the wall, this time? "Not today" is a no to this stay alone.

    visit: any of it, of whoever came in at two kiosks.
    """

    visit: str
    yes: bool


@dataclass(frozen=True, slots=True)
class StandingWall:
    """May your name be on the wall whenever you come?"""

    person: str
    yes: bool
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class SayOpenTo:
    """What somebody is open to during this visit; keys of ``OPEN_TO``, none is "no, thanks"."""

    visit: str
    keys: tuple[str, ...]


def who_is_here(hub: Snapshot, now: datetime) -> tuple[Face, ...]:
    """Return those present who said yes in this visit (or by a standing yes): welcomers first."""
    entries = [one for one in present(hub, now) if _said_yes(one)]
    duty = {person.id for person in on_duty(hub, now)}
    named = zip(entries, shown_names(entries), strict=True)
    faces = [_face(hub, one, name, duty) for one, name in named if name]
    return tuple(sorted(faces, key=lambda face: not face.is_welcomer))


def answer_wall(hub: Snapshot, ask: AnswerWall, at: Moment) -> Changes:
    """Write the answer of this stay; a standing yes is not touched. Raises NotKnown."""
    visit = the_visit(hub, ask.visit)
    here = present_visits(hub, visit.person, at.now) if visit.person else ()
    answered = {one.id: one for one in (visit, *here)}
    return Changes.of(*(edit(one, wall_ok=ask.yes) for one in answered.values()), undo_s=10)


def standing_wall(hub: Snapshot, ask: StandingWall, at: Moment) -> Changes:
    """Write a standing yes, or take it back: then this visit's name goes as well.

    By the person or a volunteer. Raises NotKnown, TooLow.
    """
    person = the_person(hub, ask.person)
    needs_self(hub, ask.by, person.id)
    here = present_visits(hub, person.id, at.now)
    visits = [edit(visit, wall_ok=ask.yes) for visit in here]
    return Changes.of(edit(person, wall_ok=ask.yes), *visits, undo_s=10)


def say_open_to(hub: Snapshot, ask: SayOpenTo, at: Moment) -> Changes:  # noqa: ARG001
    """Write what somebody is open to; to be asked, their name has to be seen. Raises NotKnown."""
    keys = tuple(key for key in OPEN_TO if key in ask.keys)
    visit = the_visit(hub, ask.visit)
    write = edit(visit, open_to=keys, wall_ok=True) if keys else edit(visit, open_to=())
    return Changes.of(write, undo_s=10)


def the_visit(hub: Snapshot, visit_id: str) -> Visit:
    """Return a visit. Raises NotKnown."""
    found = hub.visit(visit_id)
    if found is None:
        raise NotKnown(kind="visit")
    return found


def _said_yes(one: Here) -> bool:
    # Of two visits at two kiosks the later answer counts: a "not today" is not lost.
    answers = [visit.wall_ok for visit in one.visits if visit.wall_ok is not None]
    return bool(answers) and answers[-1]


def _face(hub: Snapshot, one: Here, name: str, duty: set[str]) -> Face:
    person = one.person
    return Face(
        visit=one.visit.id,
        name=name,
        open_to=tuple(dict.fromkeys(key for visit in one.visits for key in visit.open_to)),
        ask_me_about=tuple(text for _, text in sorted(_chips(one))),
        is_welcomer=bool(person and person.id in duty),
        from_another_kiosk=one.visit.made_on != hub.device.node,
    )


def _chips(one: Here) -> list[tuple[str, Texts]]:
    return list(one.person.ask_me_about.items()) if one.person else []
