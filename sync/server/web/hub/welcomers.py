"""Who welcomes people at the door, day by day of a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sync.errors import Refused
from sync.ids import pair_id
from sync.records.person import Person
from sync.records.welcomer import Welcomer
from sync.server.web.doorkeeper import NotThere
from sync.server.web.hub.hours_text import Hours, NotHours
from sync.server.web.people import People, folded
from sync.server.web.reading import every, one
from sync.server.web.sessions import Who
from sync.server.web.writing import Write, new

WEEKS = (1, 2, 4, 8)
_DAY = dt.timedelta(days=1)


class NobodyChosen(Refused):
    """Nobody was chosen, or somebody whom the hub does not know."""

    say = "welcomers.nobody_chosen"


@dataclass(frozen=True, slots=True)
class Slot:
    """Somebody's yes to a part of a day."""

    id: str
    name: str
    hours: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Yes:
    """Somebody says yes to a part of a day, for so many weeks."""

    person: str
    day: dt.date
    slot: tuple[str, str]
    weeks: int


def week_of(
    connection: Connection, hub: str, people: People, first: dt.date
) -> list[tuple[dt.date, list[Slot]]]:
    """Return the seven days from one on, each with who welcomes, in order of time."""
    days: dict[dt.date, list[Slot]] = {first + n * _DAY: [] for n in range(7)}
    for said in every(connection, hub, Welcomer):
        if said.date in days and said.yes and not said.withdrawn and said.person:
            days[said.date].append(Slot(said.id, people.name(said.person), said.slot))
    return [(day, sorted(slots, key=lambda s: (s.hours, s.name))) for day, slots in days.items()]


def to_choose(connection: Connection, hub: str, people: People, letters: str) -> list[Person]:
    """Return whom to choose from: volunteers, who welcomed lately, and who is found by letters."""
    lately = {people.who(said.person) for said in every(connection, hub, Welcomer)}
    found = {
        one.id: one
        for one in people.by_id.values()
        if (one.kind == "volunteer" or one.id in lately)
        and one.name
        and not one.withdrawn
        and people.who(one.id) == one.id
    }
    found |= {one.id: one for one in people.found(letters)}
    return sorted(found.values(), key=lambda one: (folded(one.name), one.id))


def slot_of(hours: Hours | None) -> tuple[str, str]:
    """Return the one span that a slot is. Raises NotHours."""
    if hours is None or len(hours) != 1:
        raise NotHours
    return hours[0][0], hours[0][1]


def said_yes(
    connection: Connection, people: People, yes: Yes, who: Who, now_ms: int
) -> list[Write]:
    """Return the writes of a yes, week by week; a door that writes the same makes one record.

    Raises NobodyChosen.
    """
    if yes.person not in people.by_id:
        raise NobodyChosen
    days = [yes.day + 7 * n * _DAY for n in range(yes.weeks)]
    found = (_one_yes(connection, people.who(yes.person), day, yes, who, now_ms) for day in days)
    return [write for write in found if write]


def _one_yes(
    connection: Connection, person: str, day: dt.date, yes: Yes, who: Who, now_ms: int
) -> Write | None:
    parts = (day.isoformat(), "-".join(yes.slot), person)
    record_id = pair_id(who.hub, Welcomer.KIND, *parts)
    there = one(connection, who.hub, Welcomer, record_id)
    if there is None:
        fresh = Welcomer(id=record_id, date=day, slot=yes.slot, person=person, yes=True)
        return new(fresh, who, now_ms)
    if there.yes and not there.withdrawn:
        return None
    again = {"withdrawn": None} if there.withdrawn else {}
    return Write(Welcomer.KIND, record_id, {"yes": True, **again})


def said_no(connection: Connection, hub: str, record_id: str) -> Sequence[Write]:
    """Return the write by which somebody is not down for a slot any more. Raises NotThere."""
    there = one(connection, hub, Welcomer, record_id)
    if there is None:
        raise NotThere
    return (Write(Welcomer.KIND, record_id, {"yes": False}),) if there.yes else ()
