"""How many came on a day: counted from stays, the same with names and without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sync.records.day_count import DayCount
from sync.records.visit import Visit
from sync.records.visit_rules import House, Stay, Who, heads, local_day, stays


def count_day(day: date, visits: Iterable[Visit], house: House, who: Who = str) -> DayCount:
    """Return the count of the stays that began on a day of the hub; it has no id yet.

    visits: at least those of that day and of the day before (a stay may pass midnight).
    """
    begun = [s for s in stays(visits, house, who) if local_day(s.start, house.zone) == day]
    return count_stays(day, begun)


def count_stays(day: date, begun: Iterable[Stay]) -> DayCount:
    """Return the count of these stays."""
    whole = [(stay, stay.largest) for stay in begun]
    counted = [(stay, largest) for stay, largest in whole if heads(largest)]
    reasons = Counter(
        next((visit.reason for visit in stay.visits if visit.reason), "") for stay, _ in counted
    )
    return DayCount(
        date=day,
        stays=len(counted),
        grown_ups=sum(max(largest.grown_ups, 0) for _, largest in counted),
        children=sum(max(largest.children, 0) for _, largest in counted),
        first_times=sum(any(visit.first_time for visit in stay.visits) for stay, _ in counted),
        by_reason={key: n for key, n in sorted(reasons.items()) if key},
    )
