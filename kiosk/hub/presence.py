"""Who is at the hub now, as far as this kiosk knows; the rules are ``sync.records.visit_rules``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.hub.names import apart
from kiosk.hub.snapshot import Snapshot
from sync.records.masked import LONGEST_SHOWN
from sync.records.person import Person
from sync.records.retention import names_gone
from sync.records.visit import Visit
from sync.records.visit_rules import (
    CLOCKS_DIFFER,
    End,
    House,
    end_of,
    heads_here,
    is_here,
    local_day,
)

MAYBE = timedelta(hours=2)
"""So long after somebody was taken for gone they may still be here."""


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody at the hub: a person through one visit or more, a visitor, a group.

    visit: the one they came with. person: None where the hub does not know them.
    """

    visit: Visit
    person: Person | None
    visits: tuple[Visit, ...]

    @property
    def heads(self) -> int:
        """How many people are still here of them."""
        return heads_here(self.visit)


def house(hub: Snapshot) -> House:
    """Return the hub's hours and settings, as the rules of visits read them."""
    return hub.house


def visits_of(hub: Snapshot, person_id: str) -> tuple[Visit, ...]:
    """Return the visits of a person, under whichever of their records, in order of coming."""
    root = hub.who(person_id)
    ids = hub.records_of.get(root, (root,))
    found = [visit for one in ids for visit in hub.visits_of(one) if visit.came_at]
    return tuple(sorted(found, key=_came))


def family_of(hub: Snapshot, visit: Visit) -> tuple[Visit, ...]:
    """Return the visits of the same person; of a nameless one, the first of its stay."""
    if visit.person:
        return visits_of(hub, visit.person)
    first = hub.visit(visit.same_as) if visit.same_as else None
    return (first,) if first else ()


def end(hub: Snapshot, visit: Visit) -> End | None:
    """Return when a visit ended or will be taken for ended."""
    return end_of(visit, family_of(hub, visit), house(hub))


def present_visits(hub: Snapshot, person_id: str, now: datetime) -> tuple[Visit, ...]:
    """Return the visits of a person that have not ended."""
    family = visits_of(hub, person_id)
    rules = house(hub)
    return tuple(v for v in family if is_here(v, end_of(v, family, rules), now))


def is_present(hub: Snapshot, person_id: str, now: datetime) -> bool:
    """Whether a person is at the hub."""
    return bool(present_visits(hub, person_id, now))


def present(hub: Snapshot, now: datetime) -> tuple[Here, ...]:
    """Return everybody at the hub, one entry a person or group, in order of coming."""
    return _entries(hub, (v for v, e in _ends(hub, hub.visits_open) if is_here(v, e, now)))


def maybe_present(hub: Snapshot, now: datetime) -> tuple[Here, ...]:
    """Return those who were taken for gone within the last two hours and were not seen leaving."""
    days = {local_day(now, hub.zone), local_day(now - timedelta(days=1), hub.zone)}
    recent = {v.id: v for d in sorted(days) for v in hub.visits_on(d) if not v.left_at}
    recent |= {v.id: v for v in hub.visits_open}
    here = {hub.who(one.visit.person) for one in present(hub, now) if one.visit.person}
    gone = (
        visit
        for visit, found in _ends(hub, recent.values())
        if _may_be_here(found, now)
        and hub.who(visit.person) not in here
        and not _was_seen_leaving(hub, visit, found, now)
    )
    return _entries(hub, gone)


def _ends(hub: Snapshot, visits: Iterable[Visit]) -> Iterator[tuple[Visit, End]]:
    rules = house(hub)
    for visit in sorted(visits, key=_came):
        found = end_of(visit, family_of(hub, visit), rules)
        if found and not visit.mistake:
            yield visit, found


def _entries(hub: Snapshot, visits: Iterable[Visit]) -> tuple[Here, ...]:
    groups: dict[str, list[Visit]] = {}
    for visit in visits:
        groups.setdefault(_key(hub, visit), []).append(visit)
    return tuple(_entry(hub, group) for group in groups.values())


def _may_be_here(found: End, now: datetime) -> bool:
    return found.is_assumed and timedelta() <= now - found.at < MAYBE


def _was_seen_leaving(hub: Snapshot, visit: Visit, found: End, now: datetime) -> bool:
    """Whether the same person said goodbye since this visit was taken for ended.

    A goodbye that a wrong clock dated later than now is none. Once a name is forgotten nothing tells
    which visits were the same person's.
    """
    latest = now + CLOCKS_DIFFER
    family = family_of(hub, visit)
    return any(v.left_at and found.at <= v.left_at <= latest and not v.mistake for v in family)


def _entry(hub: Snapshot, visits: list[Visit]) -> Here:
    person = hub.person(visits[0].person) if visits[0].person else None
    return Here(visits[0], person, tuple(visits))


def shown_names(entries: Iterable[Here]) -> tuple[str, ...]:
    """Return the masked names of people seen together; "" for who gave none.

    People alike are told apart by one more letter.
    """
    listed = tuple(entries)
    named = [
        one.person or Person(id=one.visit.id, name=one.visit.name[: 3 * LONGEST_SHOWN])
        for one in listed
    ]
    with_names = [person for person in named if person.name or person.known_as]
    shown = dict(zip((person.id for person in with_names), apart(with_names), strict=True))
    return tuple(shown.get(person.id, "") for person in named)


def heads_at(hub: Snapshot, now: datetime) -> int:
    """Return how many people are at the hub."""
    return sum(one.heads for one in present(hub, now))


def names_are_gone(hub: Snapshot, visit: Visit, now: datetime) -> bool:
    """Whether the day has come on which a visit's name goes (a wrong clock hides it as well)."""
    return names_gone(visit, local_day(now, hub.zone), hub.settings, hub.zone)


def _key(hub: Snapshot, visit: Visit) -> str:
    return hub.who(visit.person) if visit.person else visit.id


def _came(visit: Visit) -> tuple[float, str]:
    return visit.came_at.timestamp() if visit.came_at else 0.0, visit.id
