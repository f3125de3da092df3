"""When the house and a room are open: weekly hours, and the days that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sync.records.booking_time import Span, instant, next_day
from sync.records.closed_day import WHOLE_HUB, ClosedDay
from sync.records.hub import WEEKDAYS, Hub, Spans
from sync.records.room import Room

ClosedDays = Mapping[tuple[str, date], ClosedDay]
"""Days with other hours, by room id (or "hub") and date."""


def closed_by_day(records: Iterable[ClosedDay]) -> ClosedDays:
    """Return days with other hours by place and date; withdrawn and undated ones left out."""
    return {(one.room, one.date): one for one in records if one.date and not one.withdrawn}


def hub_hours(hub: Hub, day: date, closed: ClosedDays, zone: ZoneInfo) -> tuple[Span, ...]:
    """Return when the house is open on a day; a span that passes midnight ends on the next."""
    other = closed.get((WHOLE_HUB, day))
    return day_spans(other.open if other else hub.open.get(_weekday(day), ()), day, zone)


def room_hours(
    hub: Hub, room: Room, day: date, closed: ClosedDays, zone: ZoneInfo
) -> tuple[Span, ...]:
    """Return when a room is open on a day: inside the house's hours and its own (empty = all)."""
    house = hub_hours(hub, day, closed, zone)
    other = closed.get((room.id, day))
    own = other.open if other else room.open.get(_weekday(day), ())
    if not own and other is None:
        return house
    return tuple(_shared(house, day_spans(own, day, zone)))


def is_closed_day(room: Room, day: date, closed: ClosedDays) -> bool:
    """Whether a day has other hours, in the house or in this room."""
    return (WHOLE_HUB, day) in closed or (room.id, day) in closed


def open_around(
    hub: Hub, room: Room, day: date, closed: ClosedDays, zone: ZoneInfo
) -> tuple[Span, ...]:
    """Return a room's hours from the day before to the day after, touching ones joined."""
    found = (room_hours(hub, room, next_day(day, n), closed, zone) for n in (-1, 0, 1))
    return joined(span for spans in found for span in spans)


def day_spans(pairs: Spans, day: date, zone: ZoneInfo) -> tuple[Span, ...]:
    """Return local from-to times of a day as spans; those that cannot be read are left out."""
    found = []
    for pair in pairs:
        opens, shuts = (_clock(text, day) for text in pair)
        if opens and shuts:
            if shuts <= opens:
                shuts = datetime.combine(next_day(shuts.date()), shuts.time())
            span = Span(instant(opens, zone), instant(shuts, zone))
            found.append(span)
    return joined(span for span in found if span.start < span.end)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _shared(some: Iterable[Span], others: tuple[Span, ...]) -> Iterator[Span]:
    for one in some:
        for other in others:
            start, end = max(one.start, other.start), min(one.end, other.end)
            if start < end:
                yield Span(start, end)


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _clock(text: str, day: date) -> datetime | None:
    if text == "24:00":
        return datetime.combine(next_day(day), time())
    try:
        return datetime.combine(day, time.fromisoformat(text).replace(tzinfo=None))
    except ValueError:
        return None
