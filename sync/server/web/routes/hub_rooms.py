"""Rooms as stewards set them: name, limits, hours, rules; a new one, one out of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.room import Room
from sync.server.web.calendars.subscribing import wished_whole
from sync.server.web.diary import as_they_hang, in_service, is_retired
from sync.server.web.doorkeeper import NotThere
from sync.server.web.hub import rooms
from sync.server.web.hub.closed import day_of
from sync.server.web.hub.editing import Editing
from sync.server.web.hub.hours_text import words
from sync.server.web.hub.rooms import StillBooked
from sync.server.web.notices import sound_id
from sync.server.web.reading import every, one
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write, fresh_id, new


@get("/hub/rooms", needs="volunteer", sync_to_thread=True)
def rooms_page(request: Asked) -> Page:
    """Every room with its limits and rules, those out of use last."""
    visit = visit_of(request)
    with visit.database.reading() as connection:
        found = [one for one in every(connection, visit.me.hub, Room) if not one.withdrawn]
    today = visit.house.today
    used = in_service(found, today)
    retired = sorted((one for one in found if is_retired(one, today)), key=as_they_hang)
    return visit.page("hub_rooms.html", used=used, retired=retired, hours=words)


@get("/hub/rooms/new", needs="steward", sync_to_thread=True)
def new_room_page(request: Asked) -> Page:
    """An empty form."""
    visit = visit_of(request)
    return _new(visit, fresh_id(visit.now_ms)).page()


@post("/hub/rooms", status_code=200, needs="steward", sync_to_thread=True)
def add_room(request: Asked) -> Page:
    """Add a room; sent twice, it is one."""
    visit = visit_of(request)
    return _new(visit, sound_id(visit.said("id"), visit.now_ms)).save()


def _new(visit: Visit, room_id: str) -> Editing[Room]:
    made = new(Room(id=room_id), visit.me, visit.now_ms).fields
    return _editing(visit, room_id, "/hub/rooms", must_exist=False, made=made)


def _editing(visit: Visit, room_id: str, after: str, **more: Any) -> Editing[Room]:
    def facts(room: Room) -> Mapping[str, Any]:
        return {
            "is_new": bool(more),
            "langs": visit.house.languages,
            "bookable": rooms.BOOKABLE,
            "colours": rooms.offered_colours(room),
            "sentence": "",
            "standing": (),
            "is_retired": is_retired(room, visit.house.today),
            "since": visit.house.today.isoformat(),
        }

    return Editing(
        visit=visit,
        kind=Room,
        record_id=room_id,
        parts=lambda room: rooms.parts(room, visit.house.languages, visit.words),
        template="hub_room.html",
        after=after,
        check=lambda room, _fields: rooms.is_named(room, visit.house.languages),
        facts=facts,
        **more,
    )


@get("/hub/rooms/{room:str}", needs="steward", sync_to_thread=True)
def room_page(request: Asked, room: FromPath[str]) -> Page:
    """One room, to change it."""
    return _editing(visit_of(request), room, "/hub/rooms").page()


@post("/hub/rooms/{room:str}", status_code=200, needs="steward", sync_to_thread=True)
def change_room(request: Asked, room: FromPath[str]) -> Page:
    """Write what was changed of a room."""
    return _editing(visit_of(request), room, "/hub/rooms").save()


@post("/hub/rooms/{room:str}/retire", status_code=200, needs="steward", sync_to_thread=True)
def retire(request: Asked, room: FromPath[str]) -> Page:
    """Take a room off the boards from a day on, once nothing confirmed is left in it."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        there = _the_room(connection, visit, room)
        since = day_of(visit.said("since"), visit.house.today)
        return rooms.retired(connection, visit.me.hub, visit.house, there, since)

    try:
        visit.within(decide)
    except NotThere:
        raise
    except StillBooked as why:
        return _not_yet(visit, room, why, why.bookings)
    except Refused as why:
        return _not_yet(visit, room, why, ())
    return visit.go("/hub/rooms", said="room_out")


def _not_yet(visit: Visit, room: str, why: Refused, standing: Sequence[Any]) -> Page:
    """Say why a room stays in use. Any: days of bookings, each with its booking."""
    with visit.database.reading() as connection:
        there = _the_room(connection, visit, room)
    return visit.page(
        "hub_room_booked.html",
        409,
        room=there,
        rooms={},
        sentence=visit.sorry(why),
        standing=standing,
    )


@post("/hub/rooms/{room:str}/reopen", status_code=200, needs="steward", sync_to_thread=True)
def reopen(request: Asked, room: FromPath[str]) -> Page:
    """Put a room back on the boards."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        there = _the_room(connection, visit, room)
        if not there.retired_from:
            return ()
        wished_whole(connection, visit.me.hub, room, visit.now_ms)
        return (Write(Room.KIND, room, {"retired_from": None}),)

    visit.within(decide)
    return visit.go("/hub/rooms", said="room_back")


def _the_room(connection: Connection, visit: Visit, room: str) -> Room:
    found = one(connection, visit.me.hub, Room, room)
    if found is None:
        raise NotThere
    return found


HANDLERS = (
    *(rooms_page, new_room_page, add_room, room_page, change_room),
    *(retire, reopen),
)
