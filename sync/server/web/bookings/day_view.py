"""One room's day as it is drawn: what is booked, what is free to be tapped, and when it is open. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from sync.records.booking_diary import CLASHING, Diary
from sync.records.booking_free import free_spans
from sync.records.booking_time import Span, day_start, next_day
from sync.records.closed_day import WHOLE_HUB, ClosedDay
from sync.records.opening import hub_hours
from sync.records.room import Room
from sync.server.web.diary import Bar, bars, meets

SHORTEST_MIN = 15
"""A free stretch that is shorter is not offered."""
USUAL_MIN = 60
_DAY_MIN = 24 * 60
_USUAL_HOURS = (8, 22)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day, in minutes since its midnight. free: else it is the bar's."""

    first: int
    last: int
    bar: Bar | None = None

    def within(self, begin: int, end: int) -> Stretch | None:
        """Return what of it is shown from one hour to another."""
        first, last = max(self.first, begin * 60), min(self.last, end * 60)
        return Stretch(first, last, self.bar) if first < last else None

    @property
    def said(self) -> str:
        """From when to when, as a clock shows it."""
        return f"{_clock(self.first)}–{_clock(self.last)}"


@dataclass(frozen=True, slots=True)
class Day:
    """A room's day. begin, end: hours that are drawn. closed: why its hours are other than usual."""

    day: dt.date
    room: Room
    bars: list[Bar]
    free: list[Stretch]
    begin: int
    end: int
    closed: tuple[ClosedDay, ...] = ()

    @property
    def drawn(self) -> list[Stretch]:
        """What is drawn, in order: bookings that did not get the room stand in the list alone.

        Times of others come first: a booking that meets one is drawn over it, lower.
        """
        there = [self._of(bar) for bar in self.bars if bar.taken.state != CLASHING]
        shown = (one.within(self.begin, self.end) for one in (*self.free, *there))
        return sorted((one for one in shown if one), key=_order)

    def meets(self, bar: Bar) -> Bar | None:
        """Return the time of others that a booking meets."""
        return meets(self.bars, bar)

    def _of(self, bar: Bar) -> Stretch:
        return Stretch(_minute(bar.begin, self.day), _minute(bar.end, self.day), bar)

    def link(self, one: Stretch) -> str:
        """Return where the form is, filled in with the beginning of a free stretch."""
        minutes = min(USUAL_MIN, one.last - one.first)
        asked = {"day": self.day, "from": _clock(one.first), "minutes": minutes}
        return f"/rooms/{self.room.id}?{urlencode(asked)}#book"


def day_view(diary: Diary, room: Room, day: dt.date, now: dt.datetime) -> Day:
    """Return how a room's day is drawn. now: with a zone; what has gone by is not free."""
    free = () if room.bookable == "nobody" else free_spans(diary, room, day, now)
    stretches = [_local(span, day, diary) for span in free]
    offered = [one for one in stretches if one.last - one.first >= SHORTEST_MIN]
    closed = [diary.closed.get((place, day)) for place in (WHOLE_HUB, room.id)]
    why = tuple(one for one in closed if one)
    return Day(day, room, bars(diary, room.id, day), offered, *drawn_hours(diary, day), why)


def drawn_hours(diary: Diary, day: dt.date) -> tuple[int, int]:
    """Return the hours that are drawn: when the house is open, else the usual ones.

    From midnight on where an evening goes on.
    """
    before = hub_hours(diary.hub, next_day(day, -1), diary.closed, diary.zone)
    goes_on = any(one.end > day_start(day, diary.zone) for one in before)
    open_ = [
        (one.start.astimezone(diary.zone), one.end.astimezone(diary.zone))
        for one in hub_hours(diary.hub, day, diary.closed, diary.zone)
    ]
    if not open_:
        return 0 if goes_on else _USUAL_HOURS[0], _USUAL_HOURS[1]
    last = open_[-1][1]
    begins = 0 if goes_on else open_[0][0].hour
    return begins, 24 if last.date() > day else last.hour + bool(last.minute)


def _order(one: Stretch) -> tuple[bool, int]:
    is_outside = one.bar is not None and bool(one.bar.booking.outside)
    return not is_outside, one.first


def _local(span: Span, day: dt.date, diary: Diary) -> Stretch:
    begin, end = (one.astimezone(diary.zone) for one in (span.start, span.end))
    return Stretch(_minute(begin, day), _minute(end, day))


def _minute(local: dt.datetime, day: dt.date) -> int:
    if local.date() != day:
        return _DAY_MIN if local.date() > day else 0
    return local.hour * 60 + local.minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
