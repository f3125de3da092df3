"""A person's wish to be forgotten: asked on their own page, a day to change their mind, then gone.

What it takes away is ``forget_person``; what happened stays, under no name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.hub.actor import ANYBODY, Actor
from kiosk.hub.forget_person import ForgetPerson, erasures, forget_person, left_behind
from kiosk.hub.may import needs_self
from kiosk.hub.moment import Moment
from kiosk.hub.people import records_of, the_person
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit
from kiosk.store.changes import Changes, Erase
from sync.records.person import Person
from sync.records.visit_rules import later

TIME_TO_THINK = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class AskErase:
    """A person wants to be forgotten, or a volunteer says so for them."""

    person: str
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class KeepMe:
    """They changed their mind."""

    person: str
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class WhatGoes:
    """What a person is shown before they ask: how many records of a kind lose their name."""

    nameless: Mapping[str, int]


def what_would_go(hub: Snapshot, person_id: str, at: Moment) -> WhatGoes:
    """Return what an erasure takes the name from: those records stay, under no name.

    Raises NotKnown.
    """
    person = the_person(hub, person_id)
    erased = forget(hub, person.id, at).acts
    counts = Counter(act.kind for act in erased if isinstance(act, Erase))
    return WhatGoes({kind: n for kind, n in sorted(counts.items()) if kind != "person"})


def ask_erase(hub: Snapshot, ask: AskErase, at: Moment) -> Changes:
    """Note the wish; the result is when it will be done. Raises NotKnown, TooLow."""
    person = the_person(hub, ask.person)
    needs_self(hub, ask.by, person.id)
    asked = _asked(hub, person) or at.now.replace(microsecond=0)
    return Changes.of(
        edit(person, erase_asked=asked), undo_s=10, result=later(asked, TIME_TO_THINK)
    )


def keep_me(hub: Snapshot, ask: KeepMe, at: Moment) -> Changes:  # noqa: ARG001
    """Take the wish back, on whichever of their records it stands. Raises NotKnown, TooLow."""
    person = the_person(hub, ask.person)
    needs_self(hub, ask.by, person.id)
    others = [one for one in records_of(hub, person) if one.erase_asked and one.id != person.id]
    return Changes.of(*(edit(one, erase_asked=None) for one in (person, *others)))


def erased_at(hub: Snapshot, person_id: str) -> datetime | None:
    """Return when a person who asked for it will be forgotten, None where nobody asked."""
    person = hub.person(person_id)
    asked = _asked(hub, person) if person else None
    return later(asked, TIME_TO_THINK) if asked else None


def _asked(hub: Snapshot, person: Person) -> datetime | None:
    return min((at for one in records_of(hub, person) if (at := one.erase_asked)), default=None)


def erase_wishes(hub: Snapshot, at: Moment) -> Changes:
    """Return the erasure of everybody whose day to think is over, and of records merged into
    somebody whom another node had forgotten by then.
    """
    due = [
        one
        for one in hub.people
        if one.erase_asked and later(one.erase_asked, TIME_TO_THINK) <= at.now
    ]
    acts = dict.fromkeys(act for one in due for act in forget(hub, one.id, at).acts)
    if ids := left_behind(hub):
        acts |= dict.fromkeys(erasures(hub, ids))
    return Changes.of(*acts)


def forget(hub: Snapshot, person_id: str, at: Moment) -> Changes:
    """Return the erasure of a person at once, under all their records; nothing of nobody."""
    if hub.person(person_id) is None:
        return Changes()
    return forget_person(hub, ForgetPerson(person_id), at)
