"""When a notice runs, and in which order notices hang: the same on every screen and node."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sync.records.hub import WEEKDAYS
from sync.records.notice import Notice, NoticeKind

T = TypeVar("T")
AFTER_URGENT: tuple[NoticeKind, ...] = ("decision", "news", "need", "offer", "lost_found")
AT_THE_TOP = 2
TURN_S = 12
SEEN_WITHIN_S = 24
LONGEST_DAYS = 60
LONGEST_URGENT_DAYS = 7
FEWEST_DIGITS = 7
_DAY = r"\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
_HOURS = r"\d{1,2}[.h]\d{2}\s?[-–]\s?\d{1,2}[.h]\d{2}"
_NO_PHONE = re.compile(rf"(?<![\d./-])(?:{_DAY}|{_HOURS})(?![./-]?\d)")
_PHONE = re.compile(rf"\d(?:[\s().\-/–]*\d){{{FEWEST_DIGITS - 1},}}")


def runs(notice: Notice, local: datetime) -> bool:
    """Whether a notice is on the board at a local time (withdrawn ones are not).

    Hours that pass midnight (22:00 to 02:00) belong to the day on which they begin.
    """
    if notice.withdrawn or notice.first_day is None or notice.last_day is None:
        return False
    begins, ends = _clock(notice.from_) or time(), _clock(notice.to)
    now = local.time().replace(tzinfo=None)
    today = local.date()
    if ends is not None and ends <= begins:
        if now < ends:
            return today > date.min and _runs_on(notice, today - timedelta(days=1))
        return now >= begins and _runs_on(notice, today)
    return begins <= now and (ends is None or now < ends) and _runs_on(notice, today)


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return notices as they hang: urgent; pinned; by kind; later ``first_day`` first; by id."""
    return tuple(sorted(notices, key=_order))


def at_the_top(urgent: Sequence[T], now: datetime, at_once: int = AT_THE_TOP) -> tuple[T, ...]:
    """Return the urgent notices to show at an instant, at most so many at once; they take turns.

    Every 12 s the next ones, sooner where there are more than two turns: each is seen within 24 s.
    """
    count = len(urgent)
    if count <= at_once:
        return tuple(urgent)
    first = int(now.timestamp() // turn_s(count, at_once)) * at_once
    return tuple(urgent[(first + n) % count] for n in range(at_once))


def turn_s(count: int, at_once: int = AT_THE_TOP) -> float:
    """Return after how many seconds the next of ``count`` urgent notices come to the top."""
    turns = max(1, -(-count // at_once))
    return min(TURN_S, SEEN_WITHIN_S / turns)


def has_phone(text: str) -> bool:
    """Whether a text holds seven digits or more in a row; days and hours are none."""
    return bool(_PHONE.search(_NO_PHONE.sub(" x ", text)))


def longest_days(kind: NoticeKind) -> int:
    """Return how many days a notice may hang at most: it ends by itself."""
    return LONGEST_URGENT_DAYS if kind == "urgent" else LONGEST_DAYS


def runs_on(notice: Notice, day: date) -> bool:
    """Whether a notice is on the board on a day, at some hour or another."""
    if notice.withdrawn or notice.first_day is None or notice.last_day is None:
        return False
    return _runs_on(notice, day)


def _runs_on(notice: Notice, day: date) -> bool:
    assert notice.first_day is not None  # noqa: S101  # asked before
    assert notice.last_day is not None  # noqa: S101
    is_its_weekday = not notice.weekdays or WEEKDAYS[day.weekday()] in notice.weekdays
    return is_its_weekday and notice.first_day <= day <= notice.last_day


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:  # nothing, "24:00", or what no clock shows: no limit
        return None


def _order(notice: Notice) -> tuple[bool, int, int, int, str]:
    kind = AFTER_URGENT.index(notice.kind) if notice.kind in AFTER_URGENT else -1
    first = notice.first_day.toordinal() if notice.first_day else 0
    return notice.kind != "urgent", -notice.pin, kind, -first, notice.id
