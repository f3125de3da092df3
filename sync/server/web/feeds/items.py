"""What a calendar holds, before it is one: a thing, its days, what became of each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from sync.ids import pair_id
from sync.records.booking import Booking
from sync.records.booking_diary import CLASHING, CONFIRMED, Diary, Taken, all_days, taken
from sync.records.booking_time import Span, occurrences
from sync.records.event import Event
from sync.records.event_days import EventDay, event_days
from sync.records.room import Room
from sync.server.web.feeds.reader import Reader, Text

State = Literal["confirmed", "tentative", "cancelled", "gone"]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an item. start: as its rule says it, local; span: when it really is.

    state: a "gone" day is not shown, and is no reason to say anything.
    """

    start: datetime
    span: Span
    state: State


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a calendar. days: all of its rule, at least one, in order.

    minutes: how long a usual day of it is. changed_ms: its latest write. is_busy: whoever keeps
    this calendar has no time then.
    """

    uid: str
    title: Text
    about: Text
    where: str
    rule: str
    minutes: int
    days: tuple[Day, ...]
    changed_ms: int
    is_private: bool = False
    is_busy: bool = True


def uid_of(hub: str, kind: str, record_id: str) -> str:
    """Return the name of a record in feeds: a UUID, the same for ever (RFC 7986, section 5.3)."""
    return pair_id(hub, "feed", kind, record_id)


def place(diary: Diary, room_id: str, reader: Reader) -> str:
    """Return where something is: room and house."""
    room = diary.rooms.get(room_id)
    names = (room.name if room else {}, diary.hub.name)
    return ", ".join(text for one in names if (text := reader.pick(one).text))


def room_items(
    diary: Diary, room: Room, changed: Mapping[str, int], reader: Reader, since: date
) -> list[Item]:
    """Return a room's bookings: a title where it is public, never whose they are.

    changed: when something of a booking was last written, by its id. Left out: what ended before
    ``since``, what never got its room, and what was read from a calendar of others: two hubs that
    listen to each other would tell each other of a time for ever after it was given up.
    """
    there: dict[str, dict[date, Taken]] = {}
    for one in taken(diary, room.id):
        there.setdefault(one.booking.id, {})[one.day] = one
    found = []
    for booking in diary.by_room.get(room.id, ()):
        if booking.outside:
            continue
        days = _booking_days(diary, booking, there.get(booking.id, {}))
        if days and days[-1].start.date() >= since:
            found.append(_booking_item(diary, booking, days, changed.get(booking.id, 0), reader))
    return found


def _booking_days(diary: Diary, booking: Booking, there: Mapping[date, Taken]) -> tuple[Day, ...]:
    """Return the days of a booking; none where each of them was somebody else's."""
    if there and all(one.state == CLASHING for one in there.values()):
        return ()
    starts = occurrences(booking.starts, booking.rule, diary.zone) if booking.starts else ()
    days = tuple(
        _booking_day(start, whole, there.get(day))
        for start, (day, whole) in zip(starts, all_days(diary, booking), strict=False)
    )
    if any(one.state != "gone" for one in days):
        return days
    return tuple(replace(one, state="cancelled") for one in days)


def _booking_day(start: datetime, whole: Span, one: Taken | None) -> Day:
    if one is None or one.state == CLASHING:
        return Day(start, whole, "gone")
    return Day(start, one.span, "confirmed" if one.state == CONFIRMED else "tentative")


def _booking_item(
    diary: Diary, booking: Booking, days: tuple[Day, ...], changed_ms: int, reader: Reader
) -> Item:
    title = Text("") if booking.private else reader.line(booking.title)
    key = "feed.private" if booking.private else "rooms.no_title"
    return Item(
        uid=uid_of(diary.hub.id, Booking.KIND, booking.id),
        title=title if title.text else Text(reader.words.say(key), reader.words.lang),
        about=Text(""),
        where=place(diary, booking.room, reader),
        rule=booking.rule,
        minutes=booking.minutes,
        days=days,
        changed_ms=changed_ms,
        is_private=booking.private,
    )


def event_items(
    diary: Diary, events: Iterable[Event], changed: Mapping[str, int], reader: Reader, since: date
) -> list[Item]:
    """Return the hub's events, cancelled days too; never who hosts them or who comes."""
    found = []
    for event in events:
        starts = occurrences(event.starts, event.rule, diary.zone) if event.starts else ()
        known = event_days(diary, event)
        days = tuple(Day(at, one.span, _state(one)) for at, one in zip(starts, known, strict=False))
        if days and days[-1].start.date() >= since:
            found.append(_event_item(diary, event, days, changed.get(event.id, 0), reader))
    return found


def _state(one: EventDay) -> State:
    if one.cancelled:
        return "cancelled"
    return "tentative" if one.pencilled else "confirmed"


def _event_item(
    diary: Diary, event: Event, days: tuple[Day, ...], changed_ms: int, reader: Reader
) -> Item:
    return Item(
        uid=uid_of(diary.hub.id, Event.KIND, event.id),
        title=title_of(event, reader),
        about=reader.pick(event.about),
        where=place(diary, event.room, reader),
        rule=event.rule,
        minutes=event.minutes,
        days=days,
        changed_ms=changed_ms,
        is_busy=False,
    )


def title_of(event: Event, reader: Reader) -> Text:
    """Return what an event is called."""
    title = reader.line(event.title)
    return title if title.text else Text(reader.words.say("feed.event"), reader.words.lang)
