"""The visits of a sample: who came on the days gone by, and today until now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from kiosk.sample.house import Here, closing
from kiosk.sample.rows import HubRow, VisitRow, VisitsRow
from kiosk.sample.wire import Made
from sync.records.hub import StayHours
from sync.records.visit import Visit

Named = TypeVar("Named", bound=str)
FIRST_TIME, WALL_OK, AT_SECOND_KIOSK = 1, 2, 4
MEMBER_HOWS = ("card", "tile")
ANIMALS = ("heron", "otter", "swift", "hoopoe", "hare", "lynx", "stork", "gecko")


@dataclass(frozen=True)
class Past:
    """What a visit is read with: the lists beside it, the hub, the people in their order."""

    lists: VisitsRow
    hub: HubRow
    people: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of the file: so many days from today, the ``nth`` of its day."""

    offset: str
    nth: int
    row: object


def visits_of(past: Past) -> Iterator[tuple[str, Line]]:
    """Give each line, with a name for a sentence about it."""
    for offset, rows in past.lists.days.items():
        for nth, row in enumerate(rows):
            yield f"visits {offset}/{nth}", Line(offset, nth, row)


def visit_of(line: Line, past: Past, here: Here) -> Made | None:
    """Return the visit of a line, or None where it still lies ahead.

    Raises ValueError or ValidationError where a line is not one.
    """
    row, offset = msgspec.convert(line.row, VisitRow), int(line.offset)
    came_local = here.days.minute(offset, row.came)
    came = here.days.instant(came_local)
    if came > here.days.now:
        return None
    node = here.node("k2" if row.flags & AT_SECOND_KIOSK else "k1")
    how = _listed(past.lists.how, row.how)
    visit = Visit(
        id=here.id(f"visit/{came_local.date()}/{line.nth}"),
        how=how,
        person=_person(row, past, here),
        grown_ups=row.grown_ups,
        children=row.children,
        reason=_listed(past.lists.reasons, row.reason),
        first_time=bool(row.flags & FIRST_TIME),
        wall_ok=True if row.flags & WALL_OK else None,
        tag=_tag(row, here, node),
        came_at=came,
        left_at=_left(row, offset, here),
        assumed_at=_assumed(how, came_local, past.hub, here) if row.left is None else None,
    )
    return Made(visit, came, node)


def _left(row: VisitRow, offset: int, here: Here) -> datetime | None:
    if row.left is None:
        return None
    left = here.days.instant(here.days.minute(offset, row.left))
    return left if left <= here.days.now else None


def _listed(names: tuple[Named, ...], index: int) -> Named:
    if index >= len(names):
        raise ValueError(f"there is no number {index} in the list beside the visits")
    return names[index]


def _person(row: VisitRow, past: Past, here: Here) -> str:
    return here.id(_listed(past.people, row.person - 1)) if row.person else ""


def _assumed(how: str, came_local: datetime, hub: HubRow, here: Here) -> datetime | None:
    """Return when a visit that nobody ended is taken for ended, or None where that lies ahead."""
    hours = msgspec.convert(hub.settings.get("stay_hours", {}), StayHours)
    stay = hours.member if how in MEMBER_HOWS else getattr(hours, how)
    shut = closing(hub, came_local)
    if came_local >= shut:
        shut = came_local + timedelta(hours=1)
    assumed = here.days.instant(min(shut, came_local + timedelta(hours=stay)))
    return assumed if assumed <= here.days.now else None


def _tag(row: VisitRow, here: Here, node: str) -> str:
    """Return the guest tag of a visit: the kiosk's colour, an animal, a number."""
    if not row.tag:
        return ""
    colour = "green" if node == here.node("k2") else "blue"
    return f"{colour} {ANIMALS[row.tag % len(ANIMALS)]} {row.tag}"
