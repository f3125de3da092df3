"""Today, for a hub's own web site: hours, what is on, rooms, notices; nobody's name. Pure.

The shape is that of docs/feeds.md; fields are only ever added to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from sync.records.booking_diary import Diary
from sync.records.booking_time import Span, next_day
from sync.records.closed_day import WHOLE_HUB
from sync.records.event import Event
from sync.records.event_days import EventDay, event_days
from sync.records.notice import Notice
from sync.records.notice_rules import in_order, runs
from sync.records.opening import hub_hours, joined
from sync.records.room import Room
from sync.records.room_state import room_state
from sync.server.web.feeds.items import title_of, uid_of
from sync.server.web.feeds.reader import Reader
from sync.server.web.reading import House

LOOK_AHEAD_DAYS = 14
Instant = dt.datetime
"""With the hub's own distance from UTC."""


class Hub(msgspec.Struct, frozen=True):
    """Whose day it is. timezone: IANA."""

    id: str
    name: str
    timezone: str
    languages: tuple[str, ...]


class Hours(msgspec.Struct, frozen=True):
    """From when to when the house is open."""

    start: Instant
    end: Instant


class Open(msgspec.Struct, frozen=True):
    """Whether the house is open. until, next: when that changes, null where nobody knows.

    why: what was said of a day with other hours.
    """

    now: bool
    until: Instant | None
    next: Instant | None
    today: tuple[Hours, ...]
    why: str


class On(msgspec.Struct, frozen=True):
    """One event of today, or of an evening that goes on. room: its id, "" where it has none."""

    id: str
    title: str
    lang: str
    about: str
    room: str
    start: Instant
    end: Instant
    cancelled: bool
    confirmed: bool


class RoomNow(msgspec.Struct, frozen=True):
    """One room. state: free, soon, in_use, shut. until: of a free or soon one, when it is taken."""

    id: str
    name: str
    state: str
    until: Instant | None


class Board(msgspec.Struct, frozen=True):
    """One notice. lang: which language it is in. last_day: its last one on the board."""

    id: str
    kind: str
    title: str
    lang: str
    body: str
    last_day: dt.date | None


class Today(msgspec.Struct, frozen=True):
    """The whole answer."""

    hub: Hub
    lang: str
    as_of: Instant
    day: dt.date
    open: Open
    on: tuple[On, ...]
    rooms: tuple[RoomNow, ...]
    notices: tuple[Board, ...]


def today(
    diary: Diary,
    rooms: Iterable[Room],
    what: tuple[Diary, Iterable[Event]],
    notices: Iterable[Notice],
    house: House,
    reader: Reader,
) -> Today:
    """Return what a web site may say of a hub at this moment. what: the diary of its events."""
    now = house.local.replace(second=0, microsecond=0)
    running = in_order(one for one in notices if runs(one, house.local))
    events, found = what
    return Today(
        hub=Hub(
            house.hub.id,
            reader.pick(house.hub.name).text or house.called,
            house.zone.key,
            house.languages,
        ),
        lang=reader.lang,
        as_of=now,
        day=house.today,
        open=_open(diary, house, reader),
        on=tuple(_on(one, house, reader) for one in _events_on(events, found, house)),
        rooms=tuple(_room(diary, one, house, reader) for one in rooms),
        notices=tuple(_notice(one, house, reader) for one in running),
    )


def as_json(said: Today) -> bytes:
    """Return the answer as it travels."""
    return msgspec.json.encode(said)


def _open(diary: Diary, house: House, reader: Reader) -> Open:
    days = [next_day(house.today, n) for n in range(-1, LOOK_AHEAD_DAYS)]
    hours = {day: hub_hours(diary.hub, day, diary.closed, diary.zone) for day in days}
    ahead = joined(span for spans in hours.values() for span in spans)
    now = next((one for one in ahead if one.start <= house.local < one.end), None)
    after = next((one.start for one in ahead if one.start > house.local), None)
    other = diary.closed.get((WHOLE_HUB, house.today))
    return Open(
        now=now is not None,
        until=now.end.astimezone(house.zone) if now else None,
        next=after.astimezone(house.zone) if after else None,
        today=tuple(Hours(*_local(span, house)) for span in hours[house.today]),
        why=reader.line(other.why).text if other else "",
    )


def _events_on(diary: Diary, events: Iterable[Event], house: House) -> list[EventDay]:
    """Return what begins today, and what began before and is not over."""
    days = (one for event in events for one in event_days(diary, event))
    found = [
        one
        for one in days
        if one.day == house.today or (one.day < house.today and one.span.end > house.local)
    ]
    return sorted(found, key=lambda one: (one.span, one.event.id))


def _on(one: EventDay, house: House, reader: Reader) -> On:
    title, (start, end) = title_of(one.event, reader), _local(one.span, house)
    return On(
        id=uid_of(house.hub.id, Event.KIND, one.event.id),
        title=title.text,
        lang=title.lang,
        about=reader.pick(one.event.about).text,
        room=one.event.room,
        start=start,
        end=end,
        cancelled=one.cancelled,
        confirmed=not one.pencilled,
    )


def _room(diary: Diary, room: Room, house: House, reader: Reader) -> RoomNow:
    state, until = room_state(diary, room, house.local.astimezone(dt.UTC))
    return RoomNow(
        room.id, reader.line(room.name).text, state, until.astimezone(house.zone) if until else None
    )


def _notice(one: Notice, house: House, reader: Reader) -> Board:
    title = reader.line(one.title, one.first_lang)
    return Board(
        id=uid_of(house.hub.id, Notice.KIND, one.id),
        kind=one.kind,
        title=title.text,
        lang=title.lang,
        body=reader.pick(one.body, one.first_lang).text,
        last_day=one.last_day,
    )


def _local(span: Span, house: House) -> tuple[dt.datetime, dt.datetime]:
    return span.start.astimezone(house.zone), span.end.astimezone(house.zone)
