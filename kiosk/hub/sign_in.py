"""Coming in: by card, by one's own tile, as a visitor, as a group, or just counted.

What is said at the door comes back as one of ``SignedIn``, ``SignedOut``, ``JustNow`` (the same
card again within a minute: nothing changed) and ``AgreementDue`` (nothing is written before the
house agreement was shown; the same is asked again with an answer).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import msgspec

from kiosk.hub import agreement
from kiosk.hub.cards import holder, issue_in_force
from kiosk.hub.moment import Moment
from kiosk.hub.people import seen, the_person
from kiosk.hub.presence import maybe_present, present_visits, visits_of
from kiosk.hub.sign_out import SignedOut, leaving
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.tags import free_tag
from kiosk.hub.typed import name as clean_name
from kiosk.hub.writes import new
from kiosk.store.changes import Changes
from sync.errors import Refused
from sync.records.person import Person
from sync.records.visit import Visit

UNDO_S = 10
SAME_TAP = timedelta(seconds=60)
MOST_HEADS = 60

Said = Literal["", "yes", "not_now"]


class NobodyComing(Refused):
    """A group of nobody."""

    say = "here.nobody_coming"


class TooManyComing(Refused):
    """More than one visit holds; ``most`` is how many it does."""

    say = "here.too_many"

    def __init__(self) -> None:
        super().__init__(f"more than {MOST_HEADS}")
        self.most = MOST_HEADS


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is in. tag: to leave with, "" where none is needed.

    on_wall: their name is on the wall by a standing yes; else they are asked. calls: a welcomer is
    called. maybe_here: they were taken for gone a while ago and may just be leaving.
    """

    visit: str
    person: str = ""
    tag: str = ""
    on_wall: bool = False
    calls: bool = False
    maybe_here: bool = False


@dataclass(frozen=True, slots=True)
class JustNow:
    """The same card again within a minute: nothing changed. is_in: they are in (or have left)."""

    visit: str
    person: str
    is_in: bool


@dataclass(frozen=True, slots=True)
class AgreementDue:
    """The house agreement has to be shown to this person first."""

    agreement: str
    person: str


@dataclass(frozen=True, slots=True)
class TapCard:
    """A card at the reader, as ``cards.uid_hash`` gives it. said: of the agreement.

    vouched: whose card it is by the signature of a card printed at home, "" of any other.
    """

    uid_hash: str
    said: Said = ""
    vouched: str = ""


@dataclass(frozen=True, slots=True)
class ComeByTile:
    """Somebody chose their own tile."""

    person: str
    said: Said = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ComeVisiting:
    """A visitor: a reason, a name if they like; ``first_time`` calls the welcomers."""

    reason: str = ""
    name: str = ""
    first_time: bool = False
    said: Said = ""


@dataclass(frozen=True, slots=True)
class ComeTogether:
    """A family or group under one tag; one grown-up answers for all."""

    grown_ups: int
    children: int = 0
    reason: str = ""
    first_time: bool = False
    said: Said = ""


@dataclass(frozen=True, slots=True)
class JustCount:
    """Heads only; a tag only where it is wanted."""

    heads: int = 1
    children: int = 0
    wants_tag: bool = False


def tap_card(hub: Snapshot, ask: TapCard, at: Moment) -> Changes:
    """Sign in who is absent and out who is present; within a minute the same card does nothing.

    Raises UnknownCard, LostCard: nothing of such a card is kept.
    """
    person = holder(hub, ask.uid_hash, ask.vouched)
    open_visits, again = present_visits(hub, person.id, at.now), _just_now(hub, person, at)
    if again and (again.is_in or not open_visits):
        return Changes.of(result=again)
    if open_visits:
        result = SignedOut(tuple(v.id for v in open_visits), person.id)
        return Changes.of(*leaving(open_visits, at), undo_s=UNDO_S, result=result)
    card = issue_in_force(hub, ask.uid_hash)
    visit = Visit(how="card", card=card.id if card else "")
    return _come_by_name(hub, person, visit, ask.said, at)


def come_by_tile(hub: Snapshot, ask: ComeByTile, at: Moment) -> Changes:
    """Sign in by one's own tile; who is in already stays so. Raises NotKnown."""
    person = the_person(hub, ask.person)
    if open_visits := present_visits(hub, person.id, at.now):
        return Changes.of(result=JustNow(open_visits[0].id, person.id, is_in=True))
    return _come_by_name(hub, person, Visit(how="tile", reason=ask.reason), ask.said, at)


def come_visiting(hub: Snapshot, ask: ComeVisiting, at: Moment) -> Changes:
    """Sign a visitor in; they get a guest tag to leave with. Raises TextTooLong."""
    visit = Visit(
        how="visitor",
        name=clean_name(ask.name),
        reason=ask.reason,
        first_time=ask.first_time,
        tag=free_tag(hub, at),
        agreed=_agreed(hub, ask.said, at),
    )
    return _signed_in(hub, visit, at)


def come_together(hub: Snapshot, ask: ComeTogether, at: Moment) -> Changes:
    """Sign a group in as one visit with one tag. Raises NobodyComing, TooManyComing."""
    visit = Visit(
        how="group",
        grown_ups=ask.grown_ups,
        children=ask.children,
        reason=ask.reason,
        first_time=ask.first_time,
        tag=free_tag(hub, at),
        agreed=_agreed(hub, ask.said, at),
    )
    return _signed_in(hub, visit, at)


def just_count(hub: Snapshot, ask: JustCount, at: Moment) -> Changes:
    """Count heads and nothing else. Raises NobodyComing, TooManyComing."""
    visit = Visit(
        how="count",
        grown_ups=ask.heads,
        children=ask.children,
        tag=free_tag(hub, at) if ask.wants_tag else "",
    )
    return _signed_in(hub, visit, at)


def _come_by_name(hub: Snapshot, person: Person, visit: Visit, said: Said, at: Moment) -> Changes:
    asked = agreement.due(hub, person.id, at.now)
    if asked and said == agreement.ASK:
        return Changes.of(result=AgreementDue(asked.id, person.id))
    # "Not now" comes in as a visitor, and is asked again next time.
    named = msgspec.structs.replace(
        visit,
        person=person.id,
        how="visitor" if asked and said == agreement.NOT_NOW else visit.how,
        wall_ok=True if person.wall_ok else None,
    )
    yes = [agreement.accept(hub, asked, person.id, at)] if asked and said == agreement.YES else []
    return _signed_in(hub, named, at) + Changes.of(*yes, *seen(hub, person, at.now, at))


def _signed_in(hub: Snapshot, visit: Visit, at: Moment) -> Changes:
    if min(visit.grown_ups, visit.children) < 0 or not visit.grown_ups + visit.children:
        raise NobodyComing
    if max(visit.grown_ups, visit.children) > MOST_HEADS:
        raise TooManyComing
    came = msgspec.structs.replace(visit, id=at.new_id(), came_at=at.now.replace(microsecond=0))
    maybe = {one.person.id for one in maybe_present(hub, at.now) if one.person}
    result = SignedIn(
        visit=came.id,
        person=came.person,
        tag=came.tag,
        on_wall=bool(came.wall_ok),
        calls=came.first_time,
        maybe_here=came.person in maybe,
    )
    return Changes.of(new(hub, came, at), undo_s=UNDO_S, result=result)


def _just_now(hub: Snapshot, person: Person, at: Moment) -> JustNow | None:
    """Return what the same card did here within the last minute.

    Wherever and however somebody came: a card held twice on the way out must not bring them in.
    """
    for visit in reversed(visits_of(hub, person.id)):
        came_here = visit.made_on == hub.device.node and visit.how in {"card", "visitor"}
        last = visit.left_at or (visit.came_at if came_here else None)
        if last and timedelta() <= at.now - last < SAME_TAP:
            return JustNow(visit.id, person.id, is_in=visit.left_at is None)
    return None


def _agreed(hub: Snapshot, said: Said, at: Moment) -> str:
    force = agreement.in_force(hub, at.now)
    return force.id if force and said == agreement.YES else ""
