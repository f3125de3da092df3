"""Rooms and bookings: a day at a glance, a room's week, booking and giving up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.booking import Booking
from sync.records.booking_diary import Diary
from sync.records.opening import hub_hours
from sync.records.room import Room
from sync.server.database import calendars
from sync.server.web import diary as diaries
from sync.server.web.activity import last_change
from sync.server.web.diary import LENGTHS, RULES, RoomTaken
from sync.server.web.doorkeeper import NotThere
from sync.server.web.notice_form import said
from sync.server.web.people import People
from sync.server.web.reading import people_of
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write

_DAY = dt.timedelta(days=1)


@get("/rooms", needs="volunteer", sync_to_thread=True)
def rooms_page(request: Asked) -> Page:
    """Every room on one day: what is booked, by whom, and from when."""
    visit = visit_of(request)
    day = _day(visit)
    diary, people = _read(visit, day, day)
    begin, end = _hours(diary, day)
    rows = [(room, diaries.bars(diary, room.id, day)) for room in diaries.rooms_of(diary, day)]
    with visit.database.reading() as connection:
        listening = calendars.every(connection, visit.me.hub)
    return visit.page(
        "rooms.html",
        day=day,
        before=day - _DAY,
        after=day + _DAY,
        rows=rows,
        met=[
            (one, diary.rooms[one.room])
            for one in listening
            if one.meets and one.room in diary.rooms
        ],
        meets=diaries.meets,
        begin=begin,
        end=end,
        people=people,
    )


@get("/rooms/{room:str}", needs="volunteer", sync_to_thread=True)
def room_page(request: Asked, room: FromPath[str]) -> Page:
    """One room, seven days, and the form to book it."""
    return _room_page(visit_of(request), room)


def _room_page(
    visit: Visit, room: str, status: int = 200, sentence: str = "", why: RoomTaken | None = None
) -> Page:
    day = _day(visit)
    diary, people = _read(visit, day, day + 6 * _DAY, room)
    found = diary.rooms.get(room)
    if found is None:
        raise NotThere
    with visit.database.reading() as connection:
        book = visit.logbook(connection)
        last = last_change(book, (Room.KIND, room), visit.house, visit.words)
    week = [(day + n * _DAY, diaries.bars(diary, room, day + n * _DAY)) for n in range(7)]
    typed = {name: next(iter(values), "") for name, values in visit.form.items()}
    typed.setdefault("day", day.isoformat())
    typed.setdefault("from", _next_hour(visit.house.local))
    instead = [(one, one.span.start.astimezone(diary.zone)) for one in why.instead] if why else []
    return visit.page(
        "room.html",
        status,
        room=found,
        rooms=diary.rooms,
        day=day,
        before=day - 7 * _DAY,
        after=day + 7 * _DAY,
        week=week,
        meets=diaries.meets,
        people=people,
        typed=typed,
        lengths=LENGTHS,
        repeats=tuple(RULES),
        sentence=sentence,
        instead=instead,
        last=last,
    )


@post("/rooms/{room:str}/book", status_code=200, needs="volunteer", sync_to_thread=True)
def book(request: Asked, room: FromPath[str]) -> Page:
    """Book a room; the answer is decided at once, as for a door."""
    visit = visit_of(request)
    made: list[Write] = []

    def decide(connection: Connection) -> Sequence[Write]:
        diary = diaries.whole_diary(connection, visit.me.hub, visit.house)
        if room not in diary.rooms:
            raise NotThere
        one = diaries.wanted(visit.form, room, visit.me)
        made.append(diaries.booked(diary, one, visit.me, visit.now_ms))
        return made

    try:
        visit.within(decide)
    except NotThere:
        raise
    except RoomTaken as why:
        return _room_page(visit, room, 409, visit.sorry(why), why)
    except Refused as why:
        return _room_page(visit, room, 400, visit.sorry(why))
    return visit.go(f"/rooms/{room}?day={said(visit.form, 'day')}", said="booked")


@post("/bookings/{booking:str}/cancel", status_code=200, needs="volunteer", sync_to_thread=True)
def cancel(request: Asked, booking: FromPath[str]) -> Page:
    """Give up a day of a booking, or all days that are ahead; past days stay as they were."""
    visit = visit_of(request)
    rooms: list[str] = []

    def decide(connection: Connection) -> Sequence[Write]:
        diary = diaries.whole_diary(connection, visit.me.hub, visit.house)
        one: Booking | None = diary.bookings.get(booking)
        rooms.append(one.room if one else "")
        day = said(visit.form, "day")
        return (diaries.cancelled(diary, booking, day, visit.me, visit.now_ms),)

    visit.within(decide)
    return visit.go(f"/rooms/{rooms[-1]}", said="given_up")


def _read(visit: Visit, first: dt.date, last: dt.date, room: str = "") -> tuple[Diary, People]:
    with visit.database.reading() as connection:
        hub = visit.me.hub
        found = diaries.diary_of_days(connection, hub, visit.house, first, last, room)
        return found, people_of(connection, hub)


def _day(visit: Visit) -> dt.date:
    try:
        day = dt.date.fromisoformat(visit.asked("day") or said(visit.form, "day"))
    except ValueError:
        return visit.house.today
    return day if 2000 <= day.year < 2200 else visit.house.today


def _hours(diary: Diary, day: dt.date) -> tuple[int, int]:
    """Return the hours that the board shows: when the house is open, else the usual ones."""
    open_ = [
        (one.start.astimezone(diary.zone), one.end.astimezone(diary.zone))
        for one in hub_hours(diary.hub, day, diary.closed, diary.zone)
    ]
    if not open_:
        return 8, 22
    last = open_[-1][1]
    return open_[0][0].hour, 24 if last.date() > day else last.hour + bool(last.minute)


def _next_hour(local: dt.datetime) -> str:
    return f"{(local.hour + 1) % 24:02d}:00"


HANDLERS = (rooms_page, room_page, book, cancel)
