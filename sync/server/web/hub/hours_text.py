"""Opening hours as people type them, "9-14, 16:00-22:00", and as they are kept. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from sync.errors import Refused

MOST_SPANS = 6
_SPAN = re.compile(
    r"(?:de\s+|from\s+)?(\d{1,2})(?:[:.h](\d{2}))?h?\s*(?:[-‐-―]|to|until|a|hasta)\s*(\d{1,2})(?:[:.h](\d{2}))?h?",
    re.ASCII,
)
_BETWEEN = re.compile(r"(?:[\s,;/&+]|and|y)*")
_DAY_MIN = 24 * 60
Hours = list[list[str]]
"""Local times from-to, as JSON keeps them: ``[["09:00", "14:00"], ["16:00", "22:00"]]``."""


class NotHours(Refused):
    """What was typed cannot be read as hours."""

    say = "hub.not_hours"


class HoursOverlap(Refused):
    """Two spans of one day run into each other."""

    say = "hub.hours_overlap"


def hours(text: str) -> Hours | None:
    """Return typed hours in order, None where nothing was typed. Raises NotHours, HoursOverlap.

    The last span may pass midnight: "20-2" ends on the next day.
    """
    typed = text.strip().lower()
    if not typed:
        return None
    found = [_minutes(match) for match in _matches(typed)]
    found.sort()
    for (_, shuts), (opens, _) in itertools.pairwise(found):
        if opens < shuts:
            raise HoursOverlap
    return [[_clock(opens), _clock(shuts)] for opens, shuts in found]


def words(spans: Iterable[Iterable[str]]) -> str:
    """Return hours as they are read and typed: "09:00-14:00, 16:00-22:00"."""
    return ", ".join("-".join(span) for span in spans)


def _matches(typed: str) -> list[re.Match[str]]:
    at = 0
    found: list[re.Match[str]] = []
    while at < len(typed):
        match = _SPAN.match(typed, at)
        if match is None or len(found) == MOST_SPANS:
            raise NotHours
        found.append(match)
        between = _BETWEEN.match(typed, match.end())
        at = between.end() if between else match.end()
    return found


def _minutes(match: re.Match[str]) -> tuple[int, int]:
    opens = _minute(match[1], match[2])
    shuts = _minute(match[3], match[4])
    if opens in (shuts, _DAY_MIN):
        raise NotHours
    return opens, shuts if shuts > opens else shuts + _DAY_MIN


def _minute(hour: str, minute: str | None) -> int:
    found = int(hour) * 60 + int(minute or "0")
    if int(minute or "0") > 59 or found > _DAY_MIN:
        raise NotHours
    return found


def _clock(minute: int) -> str:
    if minute == _DAY_MIN:
        return "24:00"
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
