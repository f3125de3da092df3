"""What the page after coming in says: since when, the tag, the wall, three things to do. Pure."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from kiosk.hub.actor import ANYBODY, Actor
from kiosk.hub.presence import present_visits
from kiosk.hub.sign_in import JustNow, SignedIn
from kiosk.hub.snapshot import Snapshot
from kiosk.screens.tags import TagWords, tag_words
from kiosk.screens.welcome.things import Thing, things
from kiosk.ui.words import Words
from sync.records.masked import masked
from sync.records.visit import Visit
from sync.records.visit_rules import heads_here


@dataclass(frozen=True, slots=True)
class Wall:
    """The question of the wall. said: the answer of this visit so far; standing: kept with the
    person, so that only "not today" is offered.
    """

    said: bool | None
    standing: bool

    @property
    def sentence(self) -> str:
        """Key of what is said beside the buttons."""
        return "welcome.wall_stands" if self.standing else "welcome.wall_ask"


@dataclass(frozen=True, slots=True)
class WelcomeView:
    """The page for one visit. tag: to leave with. wall: None where there is no name to show.

    may_leave: the person may just be on the way out, so *I'm leaving* is offered.
    """

    visit: str
    person: str
    since: str
    since_short: str
    tag: TagWords | None
    wall: Wall | None
    things: tuple[Thing, ...]
    may_leave: bool


def welcome_view(
    hub: Snapshot,
    result: SignedIn | JustNow,
    now: datetime,
    words: Words,
    done: Container[str] = (),
    by: Actor = ANYBODY,
) -> WelcomeView:
    """Return the page of who has just come in. done: what was pressed on it, as ``does``.

    by: how well they are known: bookings are spoken of to who held their card.
    """
    visit = hub.visit(result.visit) or Visit(id=result.visit)
    maybe = isinstance(result, JustNow) or result.maybe_here
    return WelcomeView(
        visit=visit.id,
        person=hub.who(visit.person) if visit.person else "",
        since=since_words(hub, visit, now, words),
        since_short=words.say("welcome.since", time=_since(hub, visit, now, words)),
        tag=tag_words(visit.tag, words) if visit.tag else None,
        wall=wall_of(hub, visit),
        things=things(hub, visit, now, words, done, by),
        may_leave=maybe and bool(visit.person),
    )


def since_words(hub: Snapshot, visit: Visit, now: datetime, words: Words) -> str:
    """Return since when somebody is in, and which name is kept, if any."""
    time = _since(hub, visit, now, words)
    name = shown_name(hub, visit)
    if name:
        sentence = words.say("welcome.since_name", time=time, name=name)
        return sentence if sentence.endswith(".") else f"{sentence}."
    heads = heads_here(visit)
    key = "welcome.since_group" if visit.how in {"group", "count"} and heads > 1 else ""
    since = words.count(key, heads, time=time) if key else words.say("welcome.since", time=time)
    return f"{since} {words.say('welcome.no_name')}"


def _since(hub: Snapshot, visit: Visit, now: datetime, words: Words) -> str:
    came = min((one.came_at for one in _stay(hub, visit, now) if one.came_at), default=now)
    return words.clock(hub.local(came))


def _stay(hub: Snapshot, visit: Visit, now: datetime) -> tuple[Visit, ...]:
    """The visits of the person that have not ended: the first of them says since when."""
    return (visit, *present_visits(hub, visit.person, now)) if visit.person else (visit,)


def shown_name(hub: Snapshot, visit: Visit) -> str:
    """Return the masked name of a visit, "" where none is kept."""
    person = hub.person(visit.person) if visit.person else None
    if person:
        return masked(person.name, person.known_as)
    return masked(visit.name)


def wall_of(hub: Snapshot, visit: Visit) -> Wall | None:
    """Return the question of the wall, None for whom there is no name to show."""
    if not shown_name(hub, visit):
        return None
    person = hub.person(visit.person) if visit.person else None
    return Wall(visit.wall_ok, standing=bool(person and person.wall_ok))
