"""Notices as volunteers look through them: showing (as the boards show them), later, ended. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sync.records.booking_time import next_day
from sync.records.notice import Notice, NoticeKind
from sync.records.notice_rules import in_order, runs, runs_on

List = Literal["showing", "later", "ended"]
LISTS: tuple[List, ...] = ("showing", "later", "ended")
SIGNS: dict[NoticeKind, tuple[str, str]] = {
    "urgent": ("alert", "stop"),
    "news": ("news", ""),
    "decision": ("triangle", "talk"),
    "need": ("need", "make"),
    "offer": ("offer", "share"),
    "lost_found": ("lost", ""),
}
"""Each kind's sign and its colour, as on the door."""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice of a list. missing: languages of the hub in which nobody has written it yet."""

    notice: Notice
    missing: tuple[str, ...]
    runs_now: bool


def list_of(notice: Notice, today: dt.date) -> List:
    """Return in which list a notice is."""
    if notice.withdrawn or notice.first_day is None or notice.last_day is None:
        return "ended"
    if notice.last_day < today:
        return "ended"
    return "later" if notice.first_day > today else "showing"


def lists(
    notices: Iterable[Notice], local: dt.datetime, languages: Sequence[str]
) -> dict[List, list[Line]]:
    """Return the notices of a hub in their lists: on show in the boards' order, ended latest first."""
    found: dict[List, list[Line]] = {name: [] for name in LISTS}
    for notice in in_order(notices):
        missing = missing_in(notice, languages)
        found[list_of(notice, local.date())].append(Line(notice, missing, runs(notice, local)))
    found["showing"].sort(key=lambda one: not one.runs_now)
    found["later"].sort(key=lambda one: one.notice.first_day or dt.date.max)
    found["ended"].sort(key=_ended, reverse=True)
    return found


def missing_in(notice: Notice, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages in which a title is missing, or a text that another language has."""
    has_body = any(notice.body.values())
    return tuple(
        lang
        for lang in languages
        if not notice.title.get(lang) or (has_body and not notice.body.get(lang))
    )


def only_in(notice: Notice) -> str:
    """Return the one language in which a notice is written, "" where there are more."""
    written = [lang for lang, text in notice.title.items() if text]
    return written[0] if len(written) == 1 else ""


def weeks(notice: Notice, today: dt.date, most: int = 10) -> list[list[tuple[dt.date, bool]]]:
    """Return a small calendar: whole weeks from the first day on, each day and whether it shows."""
    if notice.first_day is None or notice.last_day is None:
        return []
    begin = max(notice.first_day, today) if notice.last_day >= today else notice.first_day
    monday = begin - dt.timedelta(days=begin.weekday())
    count = min(most, (notice.last_day - monday).days // 7 + 1)
    return [
        [
            (day, runs_on(notice, day))
            # At the end of the calendar next_day stays: that week ends there.
            for day in dict.fromkeys(next_day(monday, 7 * n + d) for d in range(7))
        ]
        for n in range(max(count, 0))
    ]


def _ended(line: Line) -> dt.date:
    gone = line.notice.withdrawn
    return (gone.at.date() if gone else line.notice.last_day) or dt.date.min
