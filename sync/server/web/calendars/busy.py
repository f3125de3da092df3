"""When events take time: their series worked out within a window, as spans that never overlap. Pure.

Lengths are by the clock on the wall, as every calendar program has them: a night from 22:00 to 6:00
ends at 6:00 in the night in which the clock changes, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from typing import cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from sync.records.booking_time import Span
from sync.server.web.calendars.events import Event, Rule, events
from sync.server.web.calendars.trouble import TooMuch

MOST_STARTS = 200_000
"""Of all events together, those before the window counted too: a daily one of 30 years is 11,000."""
_A_ZONE = timedelta(days=2)
"""Local times and instants lie no further apart."""
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, NameError, TypeError, ValueError)
Start = tuple[datetime, timedelta]
"""A local start and how long it takes."""


def busy(data: bytes, zone: ZoneInfo, window: Span) -> list[Span]:
    """Return when a calendar says that somebody is busy within a window, in order.

    What overlaps is one span; what only touches is not; what begins before the window or ends after
    it is cut there. Raises NotACalendar, TooMuch.
    """
    by_uid: dict[str, list[Event]] = {}
    for event in events(data, zone):
        by_uid.setdefault(event.uid, []).append(event)
    budget, found = _Budget(), list[Span]()
    for some in by_uid.values():
        spans = _of_one(some, window, budget)
        found.extend(_within(span, window) for span in spans if span.overlaps(window))
    return united(found)


def _within(span: Span, window: Span) -> Span:
    return Span(max(span.start, window.start), min(span.end, window.end))


def united(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one; empty ones take no time."""
    found: list[Span] = []
    for one in sorted(span for span in spans if span.start < span.end):
        if found and one.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


class _Budget:
    """How many starts may still be worked out."""

    def __init__(self) -> None:
        self.left = MOST_STARTS

    def spend(self, starts: Iterable[datetime]) -> Iterator[datetime]:
        """Yield starts while there is something left. Raises TooMuch."""
        for one in starts:
            self.left -= 1
            if self.left < 0:
                raise TooMuch
            yield one


def _of_one(some: list[Event], window: Span, budget: _Budget) -> Iterator[Span]:
    """Yield the spans of everything with one UID: a series, and what stands in place of its days."""
    changed = _newest(one for one in some if one.instead_of is not None)
    main = next(iter(_newest(one for one in some if one.instead_of is None)), None)
    for one in changed:
        if one.is_busy:
            yield _span(one.start, one.length, one.zone)
    if main is None or not main.is_busy:
        return
    later = sorted((one for one in changed if one.and_after), key=lambda one: _key(one, main))
    replaced = {_key(one, main) for one in changed}
    days = {one.instead_of for one in changed if not isinstance(one.instead_of, datetime)}
    for start, length in _starts(main, window, budget):
        if start in replaced or start.date() in days:
            continue
        after = next((one for one in reversed(later) if _key(one, main) <= start), None)
        if after is None:
            yield _span(start, length, main.zone)
        elif after.is_busy:
            yield _span(after.start + (start - _key(after, main)), after.length, after.zone)


def _newest(some: Iterable[Event]) -> list[Event]:
    """Return one event for each start that is replaced: of several, that with the last word."""
    found: dict[datetime | date | None, Event] = {}
    for one in some:
        there = found.get(one.instead_of)
        if there is None or one.sequence >= there.sequence:
            found[one.instead_of] = one
    return list(found.values())


def _key(changed: Event, main: Event) -> datetime:
    """Return which start of a series is replaced, by the clocks of the series."""
    at = changed.instead_of
    if not isinstance(at, datetime):
        return datetime.combine(cast("date", at), main.start.time())
    return _instant(at, changed.zone).astimezone(main.zone).replace(tzinfo=None)


def _starts(event: Event, window: Span, budget: _Budget) -> Iterator[Start]:
    """Yield the starts of an event until the window ends, without those that are left out."""
    last = (window.end + _A_ZONE).replace(tzinfo=None)
    lengths = dict(event.also)
    ends = [rule.until for rule in event.rules if rule.until]
    # A series that was ended before it began is how some programs leave one behind.
    known = set(lengths) if ends and max(ends) < event.start else {event.start, *lengths}
    for rule in event.rules:
        known.update(budget.spend(_of_rule(rule, event.start, last)))
    for start in sorted(known):
        if start <= last and start not in event.not_at and start.date() not in event.not_on:
            yield start, lengths.get(start, event.length)


def _of_rule(rule: Rule, start: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the starts of a rule; none where it cannot be read."""
    until = min(rule.until, last) if rule.until else last
    try:
        endless = cast("rrule", rrulestr(rule.text, dtstart=start))  # one rule never gives a set
        yield from islice(endless.replace(until=until), rule.count)
    except _UNREADABLE:
        return


def _span(start: datetime, length: timedelta, zone: tzinfo) -> Span:
    begin = _instant(start, zone)
    try:
        end = _instant(start + length, zone)
    except OverflowError:
        return Span(begin, begin)
    # What begins in an hour that is not there would be over before it began.
    return Span(begin, end if end > begin else begin + length)


def _instant(local: datetime, zone: tzinfo) -> datetime:
    try:
        return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    except OverflowError:
        return (
            datetime(1, 1, 2, tzinfo=UTC)
            if local.year < 5000
            else datetime(9999, 12, 20, tzinfo=UTC)
        )
