"""How many came: a day of the hub, counted as every node counts it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.hub.presence import house
from kiosk.hub.snapshot import Snapshot
from sync.records.booking_time import next_day
from sync.records.day_count import DayCount
from sync.records.day_counts import count_day
from sync.records.visit import Visit


def day_count(hub: Snapshot, day: date) -> DayCount:
    """Return the count of a day from the visits known here; stays are counted, not visits.

    Once its visits have had their two years it is what the server wrote down.
    """
    kept = next((one for one in hub.all(DayCount) if one.date == day), None)
    if kept is not None and not hub.visits_on(day):
        return kept
    return count_day(day, _visits_around(hub, day), house(hub), hub.who)


def counts_of(hub: Snapshot, first: date, last: date) -> tuple[DayCount, ...]:
    """Return the counts of a span of days, both included."""
    days = max((last - first).days + 1, 0)
    return tuple(day_count(hub, first + timedelta(days=n)) for n in range(days))


def _visits_around(hub: Snapshot, day: date) -> Iterator[Visit]:
    for offset in (-1, 0, 1):  # a stay may pass midnight
        yield from hub.visits_on(next_day(day, offset))
