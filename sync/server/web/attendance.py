"""Who is here and how many came: what volunteers tell the fire brigade, and the council. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync.records.day_count import DayCount
from sync.records.day_counts import count_stays
from sync.records.visit import Visit
from sync.records.visit_rules import (
    House,
    Stay,
    end_of,
    families,
    heads_here,
    is_here,
    local_day,
    stays,
)
from sync.server.web.people import People
from sync.server.web.tables import Cell

MAYBE = dt.timedelta(hours=2)
"""Who was taken for gone so lately may still be in the house."""
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody, or a group. name: as typed or known, "" of who gave none. maybe: taken for gone."""

    name: str
    tag: str
    heads: int
    how: str
    came: dt.datetime
    maybe: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many heads are here; ``maybe`` are not in it."""

    here: int
    maybe: int


def roll(visits: Iterable[Visit], house: House, people: People, now: dt.datetime) -> list[Present]:
    """Return everybody here, one line a person or group, then those who may be."""
    found = []
    for family in families(visits, people.who):
        ends = [(visit, end_of(visit, family, house)) for visit in family if not visit.mistake]
        here = [visit for visit, end in ends if is_here(visit, end, now)]
        maybe = [
            visit
            for visit, end in ends
            if end and end.is_assumed and dt.timedelta() <= now - end.at < MAYBE
        ]
        if here or maybe:
            found.append(_line((here or maybe)[0], people, maybe=not here))
    return sorted(found, key=lambda one: (one.maybe, one.came))


def _line(visit: Visit, people: People, *, maybe: bool) -> Present:
    assert visit.came_at is not None  # noqa: S101  # families leave out what has none
    name = people.name(visit.person) if visit.person else visit.name
    return Present(name, visit.tag, heads_here(visit), visit.how, visit.came_at, maybe)


def numbers(rows: Iterable[Present]) -> Numbers:
    """Return how many heads a roll call has."""
    listed = list(rows)
    return Numbers(
        sum(one.heads for one in listed if not one.maybe),
        sum(one.heads for one in listed if one.maybe),
    )


def days(
    first: dt.date,
    last: dt.date,
    visits: Iterable[Visit],
    house: House,
    people: People,
    for_good: Mapping[dt.date, DayCount] | None = None,
) -> list[DayCount]:
    """Return the counts of the days from first to last, stays counted once wherever they signed in.

    visits: at least those of the days that are not counted for good, and of the days beside them.
    """
    begun: dict[dt.date, list[Stay]] = {}
    for stay in stays(visits, house, people.who):
        begun.setdefault(local_day(stay.start, house.zone), []).append(stay)
    every = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    known = for_good or {}
    return [known.get(day) or count_stays(day, begun.get(day, ())) for day in every]


def counts_table(counts: Iterable[DayCount]) -> list[Row]:
    """Return counts as a table, a row a day, without a name."""
    rows: list[Row] = [("day", "stays", "grown_ups", "children", "first_times")]
    rows += [
        (str(one.date), one.stays, one.grown_ups, one.children, one.first_times) for one in counts
    ]
    return rows


def names_table(visits: Sequence[Visit], house: House, people: People) -> list[Row]:
    """Return visits as a table with the names that are still kept."""
    rows: list[Row] = [("came", "left", "name", "how", "grown_ups", "children", "reason")]
    dated = sorted((v for v in visits if v.came_at and not v.mistake), key=lambda v: str(v.came_at))
    for visit in dated:
        name = people.name(visit.person) if visit.person else visit.name
        came, left = (_local(at, house) for at in (visit.came_at, visit.left_at))
        rows.append((came, left, name, visit.how, visit.grown_ups, visit.children, visit.reason))
    return rows


def _local(at: dt.datetime | None, house: House) -> str:
    return f"{at.astimezone(house.zone):%Y-%m-%d %H:%M}" if at else ""


def total(counts: Iterable[DayCount]) -> int:
    """Return how many heads came."""
    return sum(one.grown_ups + one.children for one in counts)
