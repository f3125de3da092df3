"""Rooms: a day at a glance, and one room's week with its rules and the form to book it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from litestar import get
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import Diary
from sync.records.hub import WEEKDAYS
from sync.records.room import Room
from sync.server.around import days_of
from sync.server.database import calendars
from sync.server.database.ledger import Ledger
from sync.server.web import diary as diaries
from sync.server.web.activity import last_change
from sync.server.web.bookings.day_view import Day, day_view, drawn_hours
from sync.server.web.bookings.instead import instead
from sync.server.web.bookings.refusals import CannotBe
from sync.server.web.bookings.series import REPEATS
from sync.server.web.bookings.series_words import series_words
from sync.server.web.bookings.told import closed_ahead, closed_words, rules_told
from sync.server.web.bookings.wish import FEWEST_MINUTES, LENGTHS, MOST_MINUTES
from sync.server.web.doorkeeper import NotThere
from sync.server.web.notice_form import said
from sync.server.web.people import People
from sync.server.web.reading import people_named, typed
from sync.server.web.visit import Asked, Page, Visit, visit_of

_DAY = dt.timedelta(days=1)
MORE_DAYS = 4
"""So many empty fields for days that a series leaves out."""


@get("/rooms", needs="volunteer", sync_to_thread=True)
def rooms_page(request: Asked) -> Page:
    """Every room on one day: what is booked, by whom, and what is free."""
    visit = visit_of(request)
    day = day_of(visit)
    with visit.database.reading() as connection:
        diary = diaries.diary_of_days(connection, visit.me.hub, visit.house, day, day)
        views = [day_view(diary, one, day, now(visit)) for one in diaries.rooms_of(diary, day)]
        people = _people(connection, visit, views)
        listening = calendars.every(connection, visit.me.hub)
    begin, end = drawn_hours(diary, day)
    return visit.page(
        "rooms.html",
        day=day,
        before=day - _DAY,
        after=day + _DAY,
        views=views,
        met=[
            (one, diary.rooms[one.room])
            for one in listening
            if one.meets and one.room in diary.rooms
        ],
        begin=begin,
        end=end,
        people=people,
        series=_series(visit, diary, views),
        closed_words=lambda one: closed_words(visit.words, one),
    )


@get("/rooms/{room:str}", needs="volunteer", sync_to_thread=True)
def room_page(request: Asked, room: FromPath[str]) -> Page:
    """One room, seven days, what holds in it, and the form to book it."""
    return shown_room(visit_of(request), room)


def shown_room(visit: Visit, room: str, status: int = 200, why: Refused | None = None) -> Page:
    """Return a room's page. why: what was asked for cannot be; it says so, and what is free."""
    day = day_of(visit)
    with visit.database.reading() as connection:
        hub, last = visit.me.hub, day + 6 * _DAY
        diary = diaries.diary_of_days(connection, hub, visit.house, day, last, room)
        found = diary.rooms.get(room)
        if found is None:
            raise NotThere
        week = [day_view(diary, found, day + n * _DAY, now(visit)) for n in range(7)]
        people = _people(connection, visit, week)
        book = visit.logbook(connection)
        changed = last_change(book, (Room.KIND, room), visit.house, visit.words)
        left_out = _left_out(connection, hub, diary, week)
        refused = refusal_facts(connection, visit, why)
    return visit.page(
        "room.html",
        status,
        room=found,
        rooms=diary.rooms,
        day=day,
        before=day - 7 * _DAY,
        after=day + 7 * _DAY,
        week=week,
        people=people,
        series=_series(visit, diary, week, left_out),
        rules=rules_told(visit.words, visit.house, found),
        closed=closed_ahead(diary.closed, found, visit.house.today),
        closed_words=lambda one: closed_words(visit.words, one),
        repeats=REPEATS,
        weekdays=WEEKDAYS,
        more_days=MORE_DAYS,
        last=changed,
        **typed_facts(visit, day),
        **refused,
    )


def typed_facts(visit: Visit, day: dt.date) -> dict[str, Any]:
    """Return what a form of a booking is filled in with: as it was sent, else as its link says."""
    typed = {name: next(iter(values), "") for name, values in visit.form.items()}
    for name, usual in (
        ("day", day.isoformat()),
        ("from", f"{(visit.house.local.hour + 1) % 24:02d}:00"),
        ("minutes", "60"),
    ):
        typed.setdefault(name, visit.asked(name) or usual)
    minutes = int(typed["minutes"]) if re.fullmatch("[0-9]{1,4}", typed["minutes"]) else 0
    is_one = FEWEST_MINUTES <= minutes <= MOST_MINUTES
    lengths = sorted({*LENGTHS, minutes} if is_one else LENGTHS)
    return {"typed": typed, "form": visit.form, "lengths": lengths}


def refusal_facts(connection: Connection, visit: Visit, why: Refused | None) -> dict[str, Any]:
    """Return what a page says of what cannot be: why, on which days, what is free instead."""
    facts: dict[str, Any] = {"sentence": visit.sorry(why) if why else ""}
    if not isinstance(why, CannotBe):
        return facts | {"instead": (), "refused_days": (), "some_can": False}
    free = instead(connection, why, now(visit))
    offered = [(one, one.span.start.astimezone(why.diary.zone)) for one in free]
    is_series = len(why.wish.days(why.diary)) > 1
    days = why.days if is_series else ()
    return facts | {"instead": offered, "refused_days": days, "some_can": why.some_can}


def _people(connection: Connection, visit: Visit, views: Iterable[Day]) -> People:
    ids = {bar.booking.person for view in views for bar in view.bars}
    return people_named(connection, visit.me.hub, ids)


def _series(
    visit: Visit,
    diary: Diary,
    views: Iterable[Day],
    left_out: Mapping[str, Sequence[dt.date]] | None = None,
) -> dict[str, str]:
    """Return by id of booking how it repeats."""
    of = {bar.booking.id: bar.booking for view in views for bar in view.bars if bar.booking.rule}
    but = left_out or {}
    return {
        one.id: series_words(visit.words, one, diary.zone, but.get(one.id, ()))
        for one in of.values()
    }


def _left_out(
    connection: Connection, hub: str, diary: Diary, views: Iterable[Day]
) -> dict[str, list[dt.date]]:
    """Return by id of booking the days of its series that were given up."""
    of = [bar.booking for view in views for bar in view.bars if bar.booking.rule]
    bodies = days_of(Ledger(connection, hub), diary.zone, of)
    found: dict[str, list[dt.date]] = {}
    for one in typed(BookingDay, bodies.values()):
        if one.date and one.cancelled:
            found.setdefault(one.booking, []).append(one.date)
    return found


def day_of(visit: Visit) -> dt.date:
    """Return the day that is asked for, today where no calendar has it."""
    try:
        day = dt.date.fromisoformat(visit.asked("day") or said(visit.form, "day"))
    except ValueError:
        return visit.house.today
    return day if 2000 <= day.year < 2200 else visit.house.today


def now(visit: Visit) -> dt.datetime:
    """Return the server's time."""
    return dt.datetime.fromtimestamp(visit.now_ms / 1000, dt.UTC)


HANDLERS = (rooms_page, room_page)
