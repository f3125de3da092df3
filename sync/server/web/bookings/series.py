"""How a booking repeats: from the choices of a form to a rule (RFC 5545), and moved. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sync.records.booking import Booking
from sync.records.booking_time import MOST_DAYS, MOST_OCCURRENCES, occurrences, rule_parts
from sync.records.hub import WEEKDAYS
from sync.server.web.bookings.refusals import BadSeries, NoEnd, NotAsOne
from sync.server.web.notice_form import EndsBeforeItBegins

REPEATS = ("once", "daily", "weekly", "fortnightly", "monthly")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As RFC 5545 calls the days of the week, Monday first."""
_WEEKLY = {"weekly": "FREQ=WEEKLY", "fortnightly": "FREQ=WEEKLY;INTERVAL=2"}
_DAY = dt.timedelta(days=1)
_END_OF_DAY = "T235959"


@dataclass(frozen=True, slots=True)
class Ends:
    """When a series ends: on a day, after so many times (0: it does not say), or what comes first."""

    until: dt.date | None = None
    times: int = 0


def series_from(
    repeat: str, starts: dt.datetime, on: Collection[str], ends: Ends
) -> tuple[dt.datetime, str]:
    """Return the first start, local, and the rule; "" for once.

    repeat: one of REPEATS. on: weekdays ("tue"); the series begins on the first of them from
    starts on. Raises NoEnd, EndsBeforeItBegins, BadSeries.
    """
    if repeat not in REPEATS[1:]:
        return starts, ""
    if ends.until is None and ends.times <= 0:
        raise NoEnd
    starts, rule = _begun(repeat, starts, [n for n, day in enumerate(WEEKDAYS) if day in on])
    if ends.until and ends.until < starts.date():
        raise EndsBeforeItBegins
    if ends.until and ends.until - starts.date() > MOST_DAYS * _DAY:
        raise BadSeries
    if ends.times > MOST_OCCURRENCES:
        raise BadSeries
    return starts, _ended(starts, rule, ends)


def _begun(repeat: str, starts: dt.datetime, on: list[int]) -> tuple[dt.datetime, str]:
    if repeat == "daily":
        return starts, "FREQ=DAILY"
    if repeat == "monthly":
        return starts, f"FREQ=MONTHLY;BYDAY={_nth(starts.date())}"
    while on and starts.weekday() not in on:
        starts += _DAY
    by_day = f";BYDAY={','.join(CODES[n] for n in on)}" if len(on) > 1 else ""
    return starts, _WEEKLY[repeat] + by_day


def _nth(day: dt.date) -> str:
    """Return a day as the first to fourth, or the last, of its weekday in its month: "1TU", "-1TU"."""
    nth = (day.day - 1) // 7 + 1
    return f"{nth if nth < 5 else -1}{CODES[day.weekday()]}"


def _ended(starts: dt.datetime, rule: str, ends: Ends) -> str:
    # With a time of day in UNTIL, as local as ``starts`` (RFC 5545, section 3.3.10).
    until = f"{rule};UNTIL={ends.until:%Y%m%d}{_END_OF_DAY}" if ends.until else ""
    if until and (ends.times <= 0 or len(occurrences(starts, until)) <= ends.times):
        return until
    return f"{rule};COUNT={ends.times}"


def moved_rule(old: Booking, zone: ZoneInfo, first: dt.date, starts: dt.datetime) -> str:
    """Return the rule of a series from one of its days on, that day at another start, local.

    Each day moves by as much; "" where only one is left. Raises NotAsOne where no rule has them.
    """
    assert old.starts is not None  # noqa: S101  # it has days
    days = [one for one in occurrences(old.starts, old.rule, zone) if one.date() >= first]
    if len(days) == 1:
        return ""
    by, parts = starts.date() - first, rule_parts(old.rule)
    parts.pop("COUNT", "")
    until = parts.pop("UNTIL", "")
    if "BYDAY" in parts and by:
        parts["BYDAY"] = _moved_days(parts["BYDAY"], by.days, starts.date())
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    last = dt.date.fromisoformat(until[:8]) + by if until.endswith(_END_OF_DAY) else None
    rule = _ended(starts, rule, Ends(last, 0 if last else len(days)))
    if [one.date() for one in occurrences(starts, rule)] != [one.date() + by for one in days]:
        raise NotAsOne
    return rule


def _moved_days(by_day: str, days: int, first: dt.date) -> str:
    codes = by_day.split(",")
    if codes == [one for one in codes if one in CODES]:
        return ",".join(sorted(CODES[(CODES.index(one) + days) % 7] for one in codes))
    return _nth(first) if len(codes) == 1 else by_day
