"""Days on which the house, or a room, is shut or keeps other hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from sync.errors import Refused
from sync.ids import pair_id
from sync.records import read
from sync.records.booking_diary import Diary, Taken, confirmed
from sync.records.closed_day import WHOLE_HUB, ClosedDay
from sync.records.opening import day_spans
from sync.records.room import Room
from sync.server.web.hub.hours_text import Hours, hours
from sync.server.web.hub.hours_text import words as hours_words
from sync.server.web.hub.parts import Part, text_part
from sync.server.web.hub.sections import text_parts
from sync.server.web.notice_form import LAST_YEAR, EndsBeforeItBegins, NotADay
from sync.server.web.reading import body_of, every
from sync.server.web.sessions import Who
from sync.server.web.words import Words
from sync.server.web.writing import Write, new
from sync.typed import line

MOST_DAYS = 62


class TooManyDays(Refused):
    """More days at once than anybody closes."""

    say = "hub.too_many_days"

    def __init__(self, *, most: int) -> None:
        super().__init__(f"more than {most} days")
        self.most = most


class ThereAlready(Refused):
    """One of the days is on the list already, with other words or hours."""

    say = "hub.there_already"

    def __init__(self, *, day: str) -> None:
        super().__init__(day)
        self.day = day


@dataclass(frozen=True, slots=True)
class Closing:
    """Other hours on some days, in the house or in a room (no hours: shut)."""

    first: dt.date
    last: dt.date
    room: str
    open: Hours
    why: Mapping[str, str]


def ahead(connection: Connection, hub: str, today: dt.date) -> list[ClosedDay]:
    """Return the days with other hours from today on, in order."""
    found = [
        one
        for one in every(connection, hub, ClosedDay)
        if one.date and one.date >= today and not one.withdrawn
    ]
    return sorted(found, key=lambda one: (one.date or today, one.room != WHOLE_HUB, one.room))


def day_of(text: str, today: dt.date) -> dt.date:
    """Return a typed day from today on. Raises NotADay, EndsBeforeItBegins."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise NotADay from None
    if day < today:
        raise EndsBeforeItBegins
    if day.year >= LAST_YEAR:
        raise NotADay
    return day


def closing(
    connection: Connection, wanted: Closing, who: Who, now_ms: int, words: Words
) -> list[Write]:
    """Return the writes of some days; of those that say the same already, none.

    Raises EndsBeforeItBegins, TooManyDays, ThereAlready.
    """
    count = (wanted.last - wanted.first).days + 1
    if count < 1:
        raise EndsBeforeItBegins
    if count > MOST_DAYS:
        raise TooManyDays(most=MOST_DAYS)
    days = [wanted.first + dt.timedelta(days=n) for n in range(count)]
    found = (_one_day(connection, wanted, day, who, now_ms, words) for day in days)
    return [write for write in found if write]


def _one_day(
    connection: Connection, wanted: Closing, day: dt.date, who: Who, now_ms: int, words: Words
) -> Write | None:
    record_id = pair_id(who.hub, ClosedDay.KIND, day.isoformat(), wanted.room)
    body = body_of(connection, who.hub, ClosedDay.KIND, record_id)
    fresh = ClosedDay(
        id=record_id,
        date=day,
        room=wanted.room,
        why=dict(wanted.why),
        open=tuple((opens, shuts) for opens, shuts in wanted.open),
    )
    if body is None:
        return new(fresh, who, now_ms)
    there = read(ClosedDay, record_id, body["fields"])
    why = {lang: text for lang, text in there.why.items() if text}
    is_same = (there.open, why) == (fresh.open, fresh.why)
    if not there.withdrawn:
        if is_same:
            return None
        raise ThereAlready(day=words.day(day))
    emptied = dict.fromkeys(f"why.{lang}" for lang in why if lang not in fresh.why)
    said = {f"why.{lang}": text for lang, text in fresh.why.items()}
    fields = {"withdrawn": None, "open": wanted.open or None, **emptied, **said}
    return Write(ClosedDay.KIND, record_id, fields)


def parts(day: ClosedDay, langs: Sequence[str], words: Words) -> list[Part]:
    """Return what can be changed of such a day."""
    made = text_part("open", words.say("hub.other_hours"), hours_words(day.open), hours)
    return [
        replace(made, words=lambda kept: hours_words(kept or ())),
        *text_parts("why", day.why, langs, words, read=line, label="hub.why"),
    ]


def standing(diary: Diary, days: Iterable[ClosedDay]) -> dict[str, list[Taken]]:
    """Return what is confirmed outside the hours of such days, by the day's record."""
    by_day: dict[dt.date, list[Taken]] = {}
    for room in diary.rooms:
        for one in confirmed(diary, room):
            by_day.setdefault(one.day, []).append(one)
    return {day.id: _outside(diary, day, by_day.get(day.date, ())) for day in days if day.date}


def _outside(diary: Diary, day: ClosedDay, booked: Iterable[Taken]) -> list[Taken]:
    opened = day_spans(day.open, day.date or dt.date.min, diary.zone)
    of_it = (one for one in booked if day.room in (WHOLE_HUB, one.booking.room))
    return sorted(one for one in of_it if not any(span.holds(one.span) for span in opened))


def place(day: ClosedDay, rooms: Mapping[str, Room], words: Words) -> str:
    """Return what is closed: the house, or a room's name."""
    if day.room == WHOLE_HUB:
        return words.say("hub.whole_house")
    room = rooms.get(day.room)
    return words.pick(room.name) if room else words.say("hub.room_gone")
