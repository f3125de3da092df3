"""Booking a room, giving it up, moving it: decided at once, as for a door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.booking import Booking
from sync.records.booking_diary import Diary
from sync.server.web import diary as diaries
from sync.server.web.bookings.deciding import booked, cancelled
from sync.server.web.bookings.moving import Move, movable, move_of, moved, wish_of
from sync.server.web.bookings.refusals import NotNow, RoomTaken
from sync.server.web.bookings.series_words import series_words
from sync.server.web.bookings.wish import wish
from sync.server.web.doorkeeper import NotThere
from sync.server.web.notice_form import said
from sync.server.web.reading import one as record_of
from sync.server.web.routes.rooms import now, refusal_facts, shown_room, typed_facts
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write, fresh_id


@post("/rooms/{room:str}/book", status_code=200, needs="volunteer", sync_to_thread=True)
def book(request: Asked, room: FromPath[str]) -> Page:
    """Book a room."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        wanted = wish(visit.form, room, visit.me, fresh_id(visit.now_ms))
        diary = diaries.diary_around(connection, visit.me.hub, visit.house, [wanted.booking])
        if room not in diary.rooms:
            raise NotThere
        return booked(diary, wanted, visit.me, visit.now_ms)

    try:
        visit.within(decide)
    except NotThere:
        raise
    except Refused as why:
        return shown_room(visit, room, 409 if isinstance(why, RoomTaken) else 400, why)
    return visit.go(f"/rooms/{room}?day={said(visit.form, 'day')}", said="booked")


@post("/bookings/{booking:str}/cancel", status_code=200, needs="volunteer", sync_to_thread=True)
def cancel(request: Asked, booking: FromPath[str]) -> Page:
    """Give up a day of a booking, or all days that are ahead; past days stay as they were."""
    visit = visit_of(request)
    rooms: list[str] = []

    def decide(connection: Connection) -> Sequence[Write]:
        there = _diary_of(connection, visit, booking)
        rooms.append(there.bookings[booking].room)
        return (cancelled(there, booking, said(visit.form, "day"), visit.me, visit.now_ms),)

    visit.within(decide)
    return visit.go(f"/rooms/{rooms[-1]}", said="given_up")


@get("/bookings/{booking:str}/move", needs="volunteer", sync_to_thread=True)
def move_page(request: Asked, booking: FromPath[str]) -> Page:
    """Ask where and when a booking, or one day of it, shall be instead."""
    return _move_page(visit_of(request), booking)


def _move_page(visit: Visit, booking: str, status: int = 200, why: Refused | None = None) -> Page:
    of = visit.asked("of") or said(visit.form, "of")
    with visit.database.reading() as connection:
        diary = _diary_of(connection, visit, booking)
        old = diary.bookings[booking]
        day = _day_of(old, of)
        refused = refusal_facts(connection, visit, why)
    facts = typed_facts(visit, day)
    if not visit.form:
        assert old.starts is not None  # noqa: S101  # it has the day
        facts["typed"] |= {"from": f"{old.starts:%H:%M}", "minutes": str(old.minutes)}
        facts["typed"] |= {"day": day.isoformat(), "room": old.room}
    return visit.page(
        "booking_move.html",
        status,
        booking=old,
        of=day,
        rooms=diary.rooms,
        to=[r for r in diaries.rooms_of(diary, day) if r.bookable != "nobody"],
        series=series_words(visit.words, old, diary.zone),
        **facts,
        **refused,
    )


def _day_of(old: Booking, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        if old.starts is None:
            raise NotThere from None
        return old.starts.date()


@post("/bookings/{booking:str}/move", status_code=200, needs="volunteer", sync_to_thread=True)
def move(request: Asked, booking: FromPath[str]) -> Page:
    """Move a booking, or a day of it; it stays where it is unless the new time is promised."""
    visit = visit_of(request)
    made = fresh_id(visit.now_ms)
    is_sure: list[bool] = []

    def decide(connection: Connection) -> Sequence[Write]:
        asked = move_of(visit.form)
        return _moving(connection, visit, booking, asked, made)

    def sure(connection: Connection) -> None:
        new = record_of(connection, visit.me.hub, Booking, made)
        is_sure.append(bool(new and new.confirmed))
        if new and not new.confirmed and not new.moves:
            raise NotNow  # the day was given up with it: neither is written

    try:
        visit.within(decide, sure)
    except NotThere:
        raise
    except Refused as why:
        return _move_page(visit, booking, 409 if isinstance(why, RoomTaken) else 400, why)
    there = f"/rooms/{said(visit.form, 'room')}?day={said(visit.form, 'day')}"
    return visit.go(there, said="moved" if is_sure[-1] else "move_asked")


def _moving(
    connection: Connection, visit: Visit, booking: str, asked: Move, made: str
) -> Sequence[Write]:
    diary = _diary_of(connection, visit, booking)
    old = movable(diary, booking, asked.day, now(visit))
    wanted = wish_of(diary, old, asked, made, now(visit))
    both = [old, wanted.booking]
    around = diaries.diary_around(connection, visit.me.hub, visit.house, both)
    return moved(around, old, asked, wanted, visit.me, visit.now_ms)


def _diary_of(connection: Connection, visit: Visit, booking: str) -> Diary:
    """Return the diary around a booking that is there. Raises NotThere."""
    found = record_of(connection, visit.me.hub, Booking, booking)
    if found is None:
        raise NotThere
    diary = diaries.diary_around(connection, visit.me.hub, visit.house, [found])
    if found.id not in diary.bookings:
        raise NotThere
    moves = [one for one in diary.bookings.values() if one.moves == booking]
    if moves:  # whether such a move still stands, its own room's days say
        return diaries.diary_around(connection, visit.me.hub, visit.house, [found, *moves])
    return diary


HANDLERS = (book, cancel, move_page, move)
