"""A time zone as a calendar says it: each change of its clock (RFC 5545, section 3.6.5). Pure.

Readers that do not know the zone by its name need it; it is made here since the library
(icalendar 7.3.2) puts the hour that is skipped an hour late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

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
    """Return the VTIMEZONE of a zone from a day to another.

    As yearly rules where the zone has them: Outlook, for one, reads nothing else. They go on after
    the last day.
    """
    made = Timezone()
    made.add("tzid", zone.key)
    stands, *changes = clock_changes(zone, first, last)
    alike: dict[tuple[timedelta, timedelta, str], list[ClockChange]] = {}
    for one in changes:
        alike.setdefault((one.before, one.after, one.name), []).append(one)
    made.add_component(_part([stands]))
    for some in alike.values():
        part, rule = _part(some), _yearly(some)
        if rule:
            part.add("rrule", rule)
        elif some[1:]:
            part.add("rdate", [one.local for one in some[1:]])
        made.add_component(part)
    return made


def _part(some: Sequence[ClockChange]) -> TimezoneDaylight | TimezoneStandard:
    begins = some[0]
    part = TimezoneDaylight() if begins.is_summer else TimezoneStandard()
    part.add("tzname", begins.name)
    part.add("tzoffsetfrom", begins.before)
    part.add("tzoffsetto", begins.after)
    part.add("dtstart", begins.local)
    return part


def _yearly(some: Sequence[ClockChange]) -> vRecur | None:
    """Return the rule of changes that come once a year on a certain Sunday or so, else None."""
    days = [one.local for one in some]
    years = [day.year for day in days]
    one_rule = {(day.month, day.weekday(), day.time()) for day in days}
    if len(days) < 3 or len(one_rule) > 1 or years != list(range(years[0], years[-1] + 1)):
        return None
    nths = {(day.day - 1) // 7 + 1 for day in days}
    is_last = all(day.month != (day + timedelta(days=7)).month for day in days)
    if not is_last and len(nths) > 1:
        return None
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[days[0].weekday()]
    nth = -1 if is_last else nths.pop()
    return vRecur(freq="YEARLY", bymonth=days[0].month, byday=f"{nth}{weekday}")
