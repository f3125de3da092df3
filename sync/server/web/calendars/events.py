"""An iCalendar file taken apart: events that may take time, each in its own zone (RFC 5545). Pure.

``recurring-ical-events`` would do this and the expansion, but asks for a python-dateutil older than
ours; it is what the tests compare with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from sync.server.web.calendars.trouble import NotACalendar, TooMuch

LARGEST_BYTES = 1 << 20
DEEPEST = 6
"""A calendar holds events, and these alarms; nothing goes deeper."""
_VEvent = Any
"""The library's component. Any: it types each value as one of thirty, of which a place expects one."""
_DAY = timedelta(days=1)
_FREE = frozenset({"FREE", "WORKINGELSEWHERE"})
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What the parser raises, by its kind, when a hostile file meets it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An RRULE. text: without its end. until: local, the last possible start. count: None = no end."""

    text: str
    until: datetime | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT. All times are local to ``zone`` and carry none.

    also: further starts and their lengths. not_at, not_on: starts and days that are left out.
    instead_of: which start of the series it replaces; a date: whichever is on that day.
    and_after: it replaces all later ones as well, as much later and as long as itself.
    """

    uid: str
    zone: tzinfo
    start: datetime
    length: timedelta
    rules: tuple[Rule, ...] = ()
    also: tuple[tuple[datetime, timedelta], ...] = ()
    not_at: frozenset[datetime] = frozenset()
    not_on: frozenset[date] = frozenset()
    instead_of: datetime | date | None = None
    and_after: bool = False
    sequence: int = 0
    is_busy: bool = True


def events(data: bytes, zone: ZoneInfo) -> list[Event]:
    """Return the events of a file; one that cannot be read is left out.

    zone: the hub's, in which days without hours and times without a zone are meant.
    Raises NotACalendar, TooMuch.
    """
    found = list[Event]()
    for calendar in _calendars(data):
        home = _home(calendar, zone)
        for one in calendar.subcomponents:
            if one.name == "VFREEBUSY":
                found.extend(_periods(one))
            elif one.name == "VEVENT" and (event := _event(one, home)):
                found.append(event)
    return found


def _calendars(data: bytes) -> list[Component]:
    if len(data) > LARGEST_BYTES or _depth(data) > DEEPEST:
        raise TooMuch
    bare = data.removeprefix(b"\xef\xbb\xbf").strip().upper()
    if not (bare.startswith(b"BEGIN:VCALENDAR") and bare.endswith(b"END:VCALENDAR")):
        raise NotACalendar  # of one that was cut short, what is missing would seem to be free
    try:
        # Lenient as a reader has to be: what is not UTF-8 may still be a calendar.
        found = Calendar.from_ical(data.decode("utf-8-sig", "replace"), multiple=True)
    except _UNREADABLE as why:
        raise NotACalendar from why
    if not all(isinstance(one, Calendar) for one in found):
        raise NotACalendar
    return list(found)


def _depth(data: bytes) -> int:
    deepest = depth = 0
    for row in data.upper().splitlines():
        depth += row.startswith(b"BEGIN:") - row.startswith(b"END:")
        deepest = max(deepest, depth)
    return deepest


@dataclass(frozen=True, slots=True)
class _Home:
    """Where times that say no zone are at home. wide: what times in UTC mean, where it is said.

    Google writes times in UTC and means X-WR-TIMEZONE: a series in UTC would wander by an hour.
    """

    days: ZoneInfo
    wide: ZoneInfo | None = None

    def placed(self, said: date) -> tuple[datetime, tzinfo]:
        """Return a time without a zone, and its zone."""
        if not isinstance(said, datetime):
            return datetime.combine(said, time()), self.days
        if said.tzinfo is None:
            return said, self.wide or self.days
        if self.wide and said.tzinfo in (UTC, ZoneInfo("UTC")):
            return said.astimezone(self.wide).replace(tzinfo=None), self.wide
        return said.replace(tzinfo=None), said.tzinfo

    def local(self, said: date, zone: tzinfo) -> datetime:
        """Return a time as clocks of a zone show it, without one."""
        if not isinstance(said, datetime):
            return datetime.combine(said, time())
        return (said.astimezone(zone) if said.tzinfo else said).replace(tzinfo=None)


def _home(calendar: Component, zone: ZoneInfo) -> _Home:
    try:
        wide = ZoneInfo(str(calendar["X-WR-TIMEZONE"])) if "X-WR-TIMEZONE" in calendar else None
    except (*_UNREADABLE, OSError):
        wide = None
    return _Home(zone, wide)


def _event(one: _VEvent, home: _Home) -> Event | None:
    try:
        begins = one["DTSTART"].dt
        start, zone = home.placed(begins)
        rid = one.get("RECURRENCE-ID")
        excluded = list(_values(one, "EXDATE"))
        return Event(
            uid=str(one.get("UID", "")) or f"at {start}",
            zone=zone,
            start=start,
            length=_length(one, begins),
            rules=tuple(_rules(one, zone, home)),
            also=tuple(_also(one, begins, zone, home)),
            not_at=frozenset(home.local(at, zone) for at in excluded if isinstance(at, datetime)),
            not_on=frozenset(at for at in excluded if not isinstance(at, datetime)),
            instead_of=_instead_of(rid.dt, zone, home) if rid is not None else None,
            and_after=rid is not None and rid.params.get("RANGE", "").upper() == "THISANDFUTURE",
            sequence=int(one.get("SEQUENCE", 0)),
            is_busy=_is_busy(one),
        )
    except _UNREADABLE:
        return None


def _periods(one: _VEvent) -> Iterator[Event]:
    """Yield what a calendar says that tells no events, only when somebody has time: in UTC, each alone."""
    for period in _listed(one.get("FREEBUSY")):
        try:
            if str(period.params.get("FBTYPE", "BUSY")).upper() == "FREE":
                continue
            since, until = period.dt
            length = until if isinstance(until, timedelta) else until - since
            start = since.astimezone(UTC).replace(tzinfo=None)
            yield Event(f"from {start}, {length}", UTC, start, max(length, timedelta()))
        except _UNREADABLE:
            continue


def _is_busy(one: _VEvent) -> bool:
    said = {name: str(one.get(name, "")).upper() for name in ("TRANSP", "STATUS")}
    free = str(one.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() in _FREE
    return not (free or said["TRANSP"] == "TRANSPARENT" or said["STATUS"] == "CANCELLED")


def _length(one: _VEvent, begins: date) -> timedelta:
    """Return how long an event is, by the clock on the wall: 22:00 to 6:00 is that all year."""
    if "DTEND" in one:
        ends = one["DTEND"].dt
        if isinstance(ends, datetime) != isinstance(begins, datetime):
            ends, begins = (at.date() if isinstance(at, datetime) else at for at in (ends, begins))
        if isinstance(ends, datetime) and isinstance(begins, datetime):
            same = ends.tzinfo == begins.tzinfo
            found = _bare(ends) - _bare(begins) if same else ends - begins
        else:
            found = ends - begins or _DAY
    elif "DURATION" in one:
        found = one["DURATION"].dt
    else:
        found = timedelta() if isinstance(begins, datetime) else _DAY
    return max(timedelta(found.days, found.seconds), timedelta())


def _bare(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def _instead_of(said: date, zone: tzinfo, home: _Home) -> datetime | date:
    return home.local(said, zone) if isinstance(said, datetime) else said


def _also(
    one: _VEvent, begins: date, zone: tzinfo, home: _Home
) -> Iterator[tuple[datetime, timedelta]]:
    usual = _length(one, begins)
    for at in _values(one, "RDATE"):
        if not isinstance(at, tuple):
            yield home.local(at, zone), usual
            continue
        since, until = at
        yield home.local(since, zone), until if isinstance(until, timedelta) else until - since


def _values(one: _VEvent, name: str) -> Iterator[Any]:
    # Any: a date, a datetime, or a period of two.
    for each in _listed(one.get(name)):
        yield from (value.dt for value in each.dts)


def _listed(said: Any) -> list[Any]:
    # Any: the library gives one value as it is and several as a list.
    return said if isinstance(said, list) else [] if said is None else [said]


def _rules(one: _VEvent, zone: tzinfo, home: _Home) -> Iterator[Rule]:
    for said in _listed(one.get("RRULE")):
        parts = type(said)({name.upper(): value for name, value in said.items()})
        until, count, step = (
            next(iter(_listed(value)), None)
            for value in (parts.pop("UNTIL", None), parts.pop("COUNT", None), parts.get("INTERVAL"))
        )
        if step is not None and int(step) < 1:
            continue  # it would stand still for ever
        number = int(count) if count is not None and int(count) >= 0 else None
        yield Rule(parts.to_ical().decode(), _last(until, zone, home), number)


def _last(until: date | None, zone: tzinfo, home: _Home) -> datetime | None:
    if until is None or isinstance(until, datetime):
        return home.local(until, zone) if until else None
    return home.local(until, zone) + _DAY - timedelta.resolution  # a day, all of it
