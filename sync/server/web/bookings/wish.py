"""What somebody wants to book: read from a form, nothing decided yet. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sync.records.booking import Booking
from sync.records.booking_diary import Diary, all_days
from sync.records.booking_time import Span
from sync.server.web.bookings.series import Ends, series_from
from sync.server.web.notice_form import Form, NotADay, said
from sync.server.web.sessions import Who
from sync.typed import line, name

LENGTHS = (30, 45, 60, 90, 120, 180, 240, 480)
FEWEST_MINUTES, MOST_MINUTES = 5, 24 * 60


@dataclass(frozen=True)
class Wish:
    """A booking that is wanted, with an id of its own already.

    but: days of its series that are not wanted. skips: whether days that cannot be had are left out.
    """

    booking: Booking
    but: frozenset[dt.date] = frozenset()
    skips: bool = False

    def days(self, diary: Diary) -> list[tuple[dt.date, Span]]:
        """Return the wanted days with their spans, in order."""
        return [one for one in all_days(diary, self.booking) if one[0] not in self.but]

    def without(self, days: frozenset[dt.date]) -> Wish:
        """Return the same without some days."""
        return replace(self, but=self.but | days)


@dataclass(frozen=True, slots=True)
class When:
    """A local start and a length."""

    starts: dt.datetime
    minutes: int


def when(form: Form) -> When:
    """Return the day, the hour and the length of a form. Raises NotADay."""
    try:
        day = dt.date.fromisoformat(said(form, "day"))
        at = dt.time.fromisoformat(said(form, "from"))
        minutes = int(said(form, "minutes") or "60")
    except ValueError:
        raise NotADay from None
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES or not 2000 <= day.year < 2200:
        raise NotADay
    return When(dt.datetime.combine(day, at.replace(second=0, microsecond=0, tzinfo=None)), minutes)


def wish(form: Form, room: str, who: Who, booking: str) -> Wish:
    """Return what a form asks for, under an id.

    Raises NotADay, TextTooLong, NoEnd, BadSeries, EndsBeforeItBegins.
    """
    at = when(form)
    heads, ends, but = _numbers(form)
    starts, rule = series_from(said(form, "repeat"), at.starts, form.get("on", ()), ends)
    lang, title = line(said(form, "lang")) or "en", line(said(form, "title"))
    for_name = name(said(form, "for_name"))
    wanted = Booking(
        id=booking,
        room=room,
        starts=starts,
        minutes=at.minutes,
        rule=rule,
        title={lang: title} if title else {},
        heads=max(heads, 0),
        private=said(form, "private") == "yes",
        person="" if for_name else who.person,
        for_name=for_name,
    )
    return Wish(wanted, but if rule else frozenset(), skips=said(form, "skips") == "yes")


def _numbers(form: Form) -> tuple[int, Ends, frozenset[dt.date]]:
    try:
        heads = int(said(form, "heads") or "0")
        until = dt.date.fromisoformat(said(form, "until")) if said(form, "until") else None
        times = int(said(form, "times") or "0")
        but = frozenset(dt.date.fromisoformat(one) for one in form.get("but", ()) if one.strip())
    except ValueError:
        raise NotADay from None
    return heads, Ends(until, times), but
