"""From busy times to bookings: which are written new, which are given up, which stay untouched. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sync.ids import pair_id
from sync.records.booking import Booking
from sync.records.booking_time import Span, day_start, instant, span_at

MOST_TIMES = 500
"""That a room takes of one calendar: a time a day for a year, and more."""
MOST_NEW = 1000
"""That are written of one calendar on one day: one that tells something else each time is bounded."""
_A_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """When a room is taken: local start without a zone, whole minutes."""

    starts: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written. new: bookings with their ids; gone: those that are given up."""

    new: tuple[Booking, ...]
    gone: tuple[Booking, ...]


def times(spans: Iterable[Span], zone: ZoneInfo, now: datetime) -> list[Time]:
    """Return busy spans that are not over as a room takes them, in order.

    What is longer than a day is cut at midnight: a board shows a day, and finds bookings by theirs.
    """
    found: set[Time] = set()
    for span in spans:
        found.update(_time(one, zone) for one in _cut(span, zone) if one.end > now)
    return sorted(found)


def _cut(span: Span, zone: ZoneInfo) -> Iterable[Span]:
    start = span.start
    while span.end - start > _A_DAY:
        day = start.astimezone(zone).date()
        midnight = day_start(day + _A_DAY, zone)
        if midnight >= span.end:
            break  # a day of 25 hours
        yield Span(start, midnight)
        start = midnight
    yield Span(start, span.end)


def _time(span: Span, zone: ZoneInfo) -> Time:
    """Return whole minutes around a span; of an hour that is there twice, from the first one on."""
    local = span.start.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None, fold=0)
    return Time(local, -((instant(local, zone) - span.end) // _A_MINUTE))


def plan(
    calendar: str,
    empty: Booking,
    wanted: Sequence[Time],
    there: Iterable[Booking],
    zone: ZoneInfo,
    now: datetime,
) -> Plan:
    """Return how the bookings of a calendar become what it says.

    empty: what all of them have alike, the hub and the room among it. there: those that were
    written before, given up or not. A time that comes again after it was given up is a booking of
    its own: that one is never taken back.
    """
    known: defaultdict[Time, list[Booking]] = defaultdict(list)
    for one in there:
        if one.outside == calendar and one.starts:
            known[Time(one.starts, one.minutes)].append(one)
    new = tuple(
        _made(calendar, empty, at, len(known[at]))
        for at in wanted
        if all(one.cancelled for one in known[at])
    )
    standing = set(wanted)
    gone = tuple(
        one
        for at, some in sorted(known.items())
        for one in some
        if at not in standing and not one.cancelled
        if span_at(at.starts, at.minutes, zone).end > now
    )
    return Plan(new, gone)


def _made(calendar: str, empty: Booking, at: Time, nth: int) -> Booking:
    parts = (calendar, empty.room, at.starts.isoformat(), str(at.minutes), str(nth))
    return Booking(
        id=pair_id(empty.hub, Booking.KIND, *parts),
        hub=empty.hub,
        room=empty.room,
        title=empty.title,
        starts=at.starts,
        minutes=at.minutes,
        outside=calendar,
        confirmed=1,
    )
