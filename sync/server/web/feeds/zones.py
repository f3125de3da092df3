"""A time zone as a calendar says it: each change of its clock (RFC 5545, section 3.6.5). Pure.

Readers that do not know the zone by its name need it; it is made here since the library
(icalendar 7.3.2) puts the hour that is skipped an hour late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """At ``at`` (UTC) a zone's distance from UTC becomes another."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool

    @property
    def local(self) -> datetime:
        """The change by the clock as it was before: what a calendar's DTSTART and RDATE say."""
        return (self.at + self.before).replace(tzinfo=None)


@lru_cache(maxsize=64)
def clock_changes(zone: ZoneInfo, first: date, last: date) -> tuple[ClockChange, ...]:
    """Return how a zone's clock stands on the first day, and each change of it until the last."""
    return tuple(_changes(zone, datetime.combine(first, time(), UTC), last))


def _changes(zone: ZoneInfo, at: datetime, last: date) -> Iterator[ClockChange]:
    yield _change(zone, at, _offset(zone, at))
    while at.date() <= last:
        before = _offset(zone, at)
        if before != _offset(zone, at + _DAY):
            yield _change(zone, _moment_of_change(zone, at), before)
        at += _DAY


def _moment_of_change(zone: ZoneInfo, at: datetime) -> datetime:
    before, begin, end = _offset(zone, at), at, at + _DAY
    while end - begin > _SECOND:
        middle = begin + timedelta(seconds=(end - begin) // _SECOND // 2)
        if _offset(zone, middle) == before:
            begin = middle
        else:
            end = middle
    return end


def _change(zone: ZoneInfo, at: datetime, before: timedelta) -> ClockChange:
    local = at.astimezone(zone)
    summer = (local.dst() or timedelta()) > timedelta()
    return ClockChange(at, before, _offset(zone, at), local.tzname() or "", summer)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def zone_component(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """Return the VTIMEZONE of a zone from a day to another."""
    made = Timezone()
    made.add("tzid", zone.key)
    alike: dict[tuple[timedelta, timedelta, str, bool], list[ClockChange]] = {}
    for one in clock_changes(zone, first, last):
        alike.setdefault((one.before, one.after, one.name, one.is_summer), []).append(one)
    for (before, after, name, is_summer), some in alike.items():
        part = TimezoneDaylight() if is_summer else TimezoneStandard()
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("dtstart", some[0].local)
        if some[1:]:
            part.add("rdate", [one.local for one in some[1:]])
        made.add_component(part)
    return made
