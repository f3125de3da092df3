"""What happens on a day of the month, by the clock on the wall; who comes is left to dice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from tests.soak.house import instant

SLOT_MIN = 4
FIRST_MIN, LAST_MIN = 9 * 60 + 4, 21 * 60 + 16
COMING = {"card": 58, "tile": 7, "visitor": 12, "count": 14, "group": 5, "undone": 4}
"""How people come, of a hundred."""


@dataclass(frozen=True)
class Happening:
    """Something at a moment: the name of a method of ``Month``, and how many come there."""

    at: datetime
    what: str


def of_day(day: date, nth: int) -> Iterator[Happening]:
    """Return what happens on the nth day (from 1), in order."""
    for clock, what in sorted(_hours(nth)):
        yield Happening(instant(day, time.fromisoformat(clock)), what)


def _hours(nth: int) -> Iterator[tuple[str, str]]:
    yield "08:40", "the_office_begins"
    yield "10:01", "is_looked_at"
    if nth % 2:
        yield "12:02", "the_network_goes"
        yield "13:06", "is_looked_at_offline"
        yield "13:30", "the_network_comes"
    else:
        yield "12:30", "the_server_restarts"
        yield "13:06", "is_looked_at"
    yield "14:02", "the_reader_goes"
    yield "14:50", "the_reader_comes"
    yield "15:19", "nobody_came"
    yield "15:25", "is_looked_at"
    yield "17:03", "somebody_books"
    yield "18:01", "is_looked_at"
    yield "21:31", "is_looked_at_by_name"
    yield "22:06", "is_looked_at"


def slots(day: date) -> Iterator[datetime]:
    """The moments at which people come and go."""
    for minute in range(FIRST_MIN, LAST_MIN, SLOT_MIN):
        yield instant(day, time(minute // 60, minute % 60))


def arrivals(day: date, visits: int, dice: Random) -> dict[datetime, list[str]]:
    """Return how the visits of a day come, by slot."""
    every = list(slots(day))
    found: dict[datetime, list[str]] = {slot: [] for slot in every}
    ways = dice.choices(list(COMING), weights=list(COMING.values()), k=visits)
    for way in ways:
        found[dice.choice(every)].append(way)
    return found
