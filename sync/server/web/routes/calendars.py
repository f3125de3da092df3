"""Calendars of others that a room listens to: what they say, entering one, reading it now, ending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.room import Room
from sync.server.database import calendars
from sync.server.database.calendars import Subscription
from sync.server.web.calendars.reader import meetings_of
from sync.server.web.calendars.subscribing import ThereAlready, ended, entered, listed, wished
from sync.server.web.calendars.trouble import NotAnAddress
from sync.server.web.doorkeeper import NotThere
from sync.server.web.reading import one
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write
from sync.typed import TextMissing, TextTooLong

_FIELD_OF: Mapping[type[Refused], str] = {
    NotAnAddress: "address",
    ThereAlready: "address",
    TextMissing: "name",
    TextTooLong: "name",
}


@get("/hub/rooms/{room:str}/calendars", needs="steward", sync_to_thread=True)
def calendars_page(request: Asked, room: FromPath[str]) -> Page:
    """What a room listens to, how each was read, what it meets; and the form for one more."""
    return _page(visit_of(request), room)


def _page(visit: Visit, room: str, why: Refused | None = None) -> Page:
    with visit.database.reading() as connection:
        there = _the_room(connection, visit, room)
        lines = listed(connection, visit.house, room)
        some = any(one.calendar.meets for one in lines)  # counted as each was read
        met = meetings_of(connection, visit.house, room) if some else []
    return visit.page(
        "calendars.html",
        400 if why else 200,
        room=there,
        lines=lines,
        met=met,
        typed=visit.form,
        wrong={_FIELD_OF.get(type(why), "all"): visit.sorry(why)} if why else {},
    )


@post("/hub/rooms/{room:str}/calendars", status_code=200, needs="steward", sync_to_thread=True)
def add(request: Asked, room: FromPath[str]) -> Page:
    """Have a room listen to an address from now on."""
    visit = visit_of(request)
    try:
        with visit.database.writing() as connection:
            visit.note(connection, Room.KIND, room, "listens")
            _the_room(connection, visit, room)
            entered(
                connection,
                visit.me,
                room,
                name=visit.said("name"),
                lang=visit.words.lang,
                address=visit.said("address"),
                now_ms=visit.now_ms,
            )
    except NotThere:
        raise
    except Refused as why:
        return _page(visit, room, why)
    return visit.go(f"/hub/rooms/{room}/calendars", said="calendar_added")


@post("/hub/calendars/{calendar:str}/read", status_code=200, needs="steward", sync_to_thread=True)
def read_now(request: Asked, calendar: FromPath[str]) -> Page:
    """Have a calendar read as soon as its server may be asked again."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        found = _the_calendar(connection, visit, calendar)
        wished(connection, found, visit.now_ms)
    return visit.go(f"/hub/rooms/{found.room}/calendars", said="calendar_wished")


@post("/hub/calendars/{calendar:str}/end", status_code=200, needs="steward", sync_to_thread=True)
def end(request: Asked, calendar: FromPath[str]) -> Page:
    """Have a room listen no more: the address goes, the times ahead are given back."""
    visit = visit_of(request)
    rooms: list[str] = []

    def decide(connection: Connection) -> Sequence[Write]:
        found = _the_calendar(connection, visit, calendar)
        rooms.append(found.room)
        visit.note(connection, Room.KIND, found.room, "listens_no_more")
        return ended(connection, found, visit.house, visit.now_ms)

    visit.within(decide)
    return visit.go(f"/hub/rooms/{rooms[-1]}/calendars", said="calendar_ended")


def _the_room(connection: Connection, visit: Visit, room: str) -> Room:
    found = one(connection, visit.me.hub, Room, room)
    if found is None:
        raise NotThere
    return found


def _the_calendar(connection: Connection, visit: Visit, calendar: str) -> Subscription:
    found = calendars.one(connection, visit.me.hub, calendar)
    if found is None:
        raise NotThere
    return found


HANDLERS = (calendars_page, add, read_now, end)
