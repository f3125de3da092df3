"""Local time, and the series of it that a booking's rule gives.

A booking says "18:00" and means the hub's own clock, on both sides of a clock change. A local
time that does not exist that day takes the offset before the gap, one that exists twice is the
first (RFC 5545 sections 3.3.5 and 3.3.10); both are what PEP 495 calls ``fold=0``.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

MOST_OCCURRENCES = 53
MOST_DAYS = 400
MOST_MINUTES = 7 * 24 * 60
"""No span is longer, whatever a record says: work and dates stay bounded."""

_PARTS = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST")
)
_LETTERS = re.compile(r"[A-Z0-9=;,+-]{1,200}")
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, NameError, TypeError, ValueError)
"""What dateutil raises, by its kind, when a hostile rule meets its parser."""
_LONGEST_STEP = {"DAILY": MOST_DAYS, "WEEKLY": 58, "MONTHLY": 14, "YEARLY": 2}
_STEPS = 2 * MOST_DAYS
_END = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 (a local time)
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``start`` until just before ``end``; both with a zone (UTC)."""

    start: datetime
    end: datetime

    def overlaps(self, other: Span, gap: timedelta = timedelta()) -> bool:
        """Whether less than ``gap`` lies between the two; without a gap they may touch."""
        return self.start < other.end + gap and other.start < self.end + gap

    def holds(self, other: Span) -> bool:
        """Whether the whole of the other lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def widened(self, by: timedelta) -> Span:
        """Return this span with so much time on both sides; the calendar's ends stay."""
        return Span(max(self.start, _FIRST + by) - by, min(self.end, _LAST - by) + by)

    @property
    def minutes(self) -> int:
        """Whole minutes from start to end."""
        return int((self.end - self.start).total_seconds() // 60)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a local time; at either end of the calendar, the end."""
    try:
        found = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    except OverflowError:
        return _FIRST if local.year < 5000 else _LAST
    return min(max(found, _FIRST), _LAST)


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which a local day begins."""
    return instant(datetime.combine(day, time()), zone)


def next_day(day: date, days: int = 1) -> date:
    """Return a day so many days on (or back); the calendar's ends stay."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def span_at(local: datetime, minutes: int, zone: ZoneInfo) -> Span:
    """Return the span of a local start; ``minutes`` are elapsed time, as RFC 5545 has it."""
    start = instant(local, zone)
    return Span(start, start + timedelta(minutes=min(max(minutes, 0), MOST_MINUTES)))


@lru_cache(maxsize=4096)
def occurrences(
    starts: datetime, rule: str = "", zone: ZoneInfo | None = None
) -> tuple[datetime, ...]:
    """Return the local starts of a booking, at most 53 within 400 days, one a day.

    rule: RFC 5545 RRULE text with COUNT or UNTIL; the zone is needed for an UNTIL in UTC. A rule
    that cannot be read, or is not about days, gives the one time that the booking names.
    """
    starts = starts.replace(tzinfo=None, fold=0)
    try:
        return _expanded(starts, rule, zone) if rule else (starts,)
    except _UNREADABLE:
        return (starts,)


def is_series(starts: datetime, rule: str, zone: ZoneInfo | None = None) -> bool:
    """Whether a rule is one that may be booked: readable, ends, within its bounds, from starts."""
    try:
        found = _expanded(starts, rule, zone, most=MOST_OCCURRENCES + 1)
        wanted = int(_parts(rule).get("COUNT", "0"))
    except _UNREADABLE:
        return False
    return found[:1] == (starts,) and wanted <= len(found) <= MOST_OCCURRENCES


@lru_cache(maxsize=4096)
def spans(
    starts: datetime, minutes: int, rule: str, zone: ZoneInfo
) -> tuple[tuple[date, Span], ...]:
    """Return the day and the span of every occurrence, in order."""
    return tuple(
        (local.date(), span_at(local, minutes, zone)) for local in occurrences(starts, rule, zone)
    )


class _TooManySteps(ValueError):
    """A rule went on and on without an occurrence."""


class _Step(int):
    """The interval of a rule, which can be taken only so often.

    dateutil walks to the year 9999 for a rule that never matches ("30 February"): three million
    days. It adds the interval once for each step, so an interval that stops bounds the work.
    """

    left = _STEPS

    def _taken(self) -> int:
        self.left -= 1
        if self.left < 0:
            raise _TooManySteps
        return int(self)

    def __radd__(self, other: int) -> int:
        return other + self._taken()

    def __mul__(self, other: int) -> int:
        return self._taken() * other


def _parts(rule: str) -> dict[str, str]:
    text = rule.strip().upper().removeprefix("RRULE:")
    if not _LETTERS.fullmatch(text):
        raise ValueError("not the letters of a rule")
    parts = dict(part.split("=") for part in text.split(";") if part)
    if not parts.keys() <= _PARTS:
        raise ValueError("a part of the rule is not about days")
    return parts


def rule_parts(rule: str) -> dict[str, str]:
    """Return the parts of a rule by name, none where it cannot be read."""
    try:
        return _parts(rule)
    except _UNREADABLE:
        return {}


def without_end(rule: str) -> str:
    """Return a rule without its COUNT or UNTIL, "" where it cannot be read."""
    ends = ("COUNT", "UNTIL")
    parts = rule_parts(rule).items()
    return ";".join(f"{name}={value}" for name, value in parts if name not in ends)


def _expanded(
    starts: datetime, rule: str, zone: ZoneInfo | None, most: int = MOST_OCCURRENCES
) -> tuple[datetime, ...]:
    parts = _parts(rule)
    count, until = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    if bool(count) == bool(until):
        raise ValueError("a rule ends by COUNT or by UNTIL")
    step = int(parts.pop("INTERVAL", "1"))
    if not 1 <= step <= _LONGEST_STEP.get(parts.get("FREQ", ""), 0):
        raise ValueError("a rule goes by days, weeks, months or years")
    last = min(_until(until, zone) if until else _END, _bound(starts))
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    plain = cast("rrule", rrulestr(text, dtstart=starts))  # one rule never gives a set
    endless = plain.replace(interval=_Step(step), until=last)
    return _taken(endless, min(int(count), most) if count else most)


def _taken(endless: rrule, most: int) -> tuple[datetime, ...]:
    found: list[datetime] = []
    with suppress(_TooManySteps):
        found.extend(islice(endless, max(most, 0)))
    return tuple(found)


def _bound(starts: datetime) -> datetime:
    try:
        return starts + timedelta(days=MOST_DAYS)
    except OverflowError:
        return _END


def _until(text: str, zone: ZoneInfo | None) -> datetime:
    if len(text) == 8:  # a day, all of it
        return datetime.combine(date.fromisoformat(text), time.max)
    until = datetime.fromisoformat(text)
    if until.tzinfo is None:
        return until
    return until.astimezone(zone or UTC).replace(tzinfo=None)
