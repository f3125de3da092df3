"""Who has a place at an event: a rule that every node computes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sync.records.join import Join

IN, WAITING, PENCILLED = "in", "waiting", "pencilled"


@dataclass(frozen=True, slots=True)
class Place:
    """What a join has: "in", "waiting" (``nth``, from 1), or "pencilled" until the server knows."""

    state: str
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Seats:
    """The places of one day of an event, by join id; ``heads``: everybody who has not given up.

    free: places left for heads that nobody asked for yet; None = no limit.
    """

    places: dict[str, Place]
    heads: int
    taken: int
    free: int | None


def seats(places: int, joins: Iterable[Join], day: date) -> Seats:
    """Return who has a place on a day: by arrival, among those who have not given up.

    places: 0 = no limit. Nobody overtakes: where the first in the waiting line needs more heads
    than are free, the next ones wait as well. A place that the server gave stays, also where the
    limit was lowered since.
    """
    coming = [
        join for join in joins if join.date == day and not join.gave_up and not join.withdrawn
    ]
    heads = sum(join.heads for join in coming)
    if places <= 0:
        return Seats({join.id: Place(IN) for join in coming}, heads, heads, None)
    arrived = sorted((j for j in coming if j.arrived), key=lambda j: (j.arrived, j.id))
    found, taken = _by_arrival(places, arrived)
    found |= {join.id: Place(PENCILLED) for join in coming if not join.arrived}
    return Seats(found, heads, taken, max(places - heads, 0))


def turnout(joins: Iterable[Join], present: Iterable[str], day: date, by_host: int) -> int:
    """Return how many came: the heads of joins that came or were signed in, or the host's number.

    present: ids of the people who were signed in during the event. The greater of both counts.
    """
    signed_in = set(present)
    came = sum(
        join.heads
        for join in joins
        if join.date == day and not join.gave_up and (join.came or join.person in signed_in)
    )
    return max(came, by_host)


def _by_arrival(places: int, arrived: list[Join]) -> tuple[dict[str, Place], int]:
    found: dict[str, Place] = {}
    taken = sum(join.heads for join in arrived if join.placed)
    waiting = 0
    for join in arrived:
        if join.placed:
            found[join.id] = Place(IN)
        elif not waiting and taken + join.heads <= places:
            taken += join.heads
            found[join.id] = Place(IN)
        else:
            waiting += 1
            found[join.id] = Place(WAITING, waiting)
    return found, taken
