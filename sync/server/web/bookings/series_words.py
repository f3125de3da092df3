"""How a booking repeats, in words: "every Tuesday until 30 June 2027, not on 24 December". Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo

from sync.records.booking import Booking
from sync.records.booking_time import is_series, occurrences, rule_parts
from sync.records.hub import WEEKDAYS
from sync.server.web.bookings.series import CODES
from sync.server.web.words import Words

_SAID = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"}
_NTH = ("1", "2", "3", "4", "5", "-1")
MOST_NAMED = 6
"""More days than these that are left out are a number."""


def series_words(words: Words, one: Booking, zone: ZoneInfo, but: Collection[dt.date] = ()) -> str:
    """Return how a booking repeats, "" of one that does not. but: days that were left out."""
    if not one.rule or one.starts is None:
        return ""
    # A rule that none of ours books is not taken by its word: its days are counted.
    parts = rule_parts(one.rule) if is_series(one.starts, one.rule, zone) else {}
    days = [each.date() for each in occurrences(one.starts, one.rule, zone)]
    stop = one.cancelled_on if one.cancelled else None
    kept = [day for day in days if stop is None or day < stop] or days[:1]
    facts = {"how": _how(words, parts, one.starts) or words.count("series.days", len(kept))}
    if stop is None and "COUNT" in parts:
        facts |= {"times": words.count("series.times", len(kept))}
    last = _until(parts) if stop is None else None
    key = "series.times_until" if "times" in facts else "series.until"
    said = words.say(key, **facts, day=words.whole_day(last or kept[-1]))
    return _except(words, said, [day for day in but if kept[0] <= day <= kept[-1]])


def _except(words: Words, said: str, but: Collection[dt.date]) -> str:
    if not but:
        return said
    if len(but) > MOST_NAMED:
        return words.say("series.but", series=said, days=words.count("series.others", len(but)))
    return words.say("series.but", series=said, days=words.month_days(sorted(but)))


def _until(parts: Mapping[str, str]) -> dt.date | None:
    said = parts.get("UNTIL", "")
    return None if not said or said.endswith("Z") else dt.date.fromisoformat(said[:8])


def _how(words: Words, parts: Mapping[str, str], starts: dt.datetime) -> str:
    """Return the steps of a rule in words, "" where there are none for it."""
    step, codes = int(parts.get("INTERVAL", "1")), parts.get("BYDAY", "")
    by_day = codes.split(",") if codes else []
    if parts.keys() - _SAID:
        return ""
    match parts.get("FREQ"), by_day:
        case "DAILY", []:
            return _step(words, "series.daily", step)
        case "WEEKLY", _ if all(code in CODES for code in by_day):
            numbers = [CODES.index(code) for code in by_day] or [starts.weekday()]
            return _step(words, "series.weekly", step, days=_weekdays(words, numbers))
        case "MONTHLY", []:
            return _step(words, "series.monthly_day", step, day=starts.day)
        case "MONTHLY", [code] if code[-2:] in CODES and code[:-2].lstrip("+") in _NTH:
            nth = words.say(f"series.nth.{code[:-2].lstrip('+')}")
            weekday = _weekdays(words, [CODES.index(code[-2:])])
            return _step(words, "series.monthly", step, nth=nth, day=weekday)
    return ""


def _step(words: Words, key: str, step: int, **facts: object) -> str:
    if step == 1:
        return words.say(key, **facts)
    return words.say(f"{key}_2" if step == 2 else f"{key}_n", **facts, n=step)


def _weekdays(words: Words, numbers: Collection[int]) -> str:
    return words.joined([words.say(f"series.on.{WEEKDAYS[n]}") for n in sorted(numbers)])
