"""Days that differ, and who welcomes on which: what any volunteer sees to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.booking_diary import Taken
from sync.records.closed_day import WHOLE_HUB, ClosedDay
from sync.records.room import Room
from sync.server.web.diary import diary_on, in_service
from sync.server.web.doorkeeper import NotThere
from sync.server.web.hub import closed, welcomers
from sync.server.web.hub.closed import Closing
from sync.server.web.hub.editing import Editing
from sync.server.web.hub.hours_text import hours, words
from sync.server.web.hub.sections import NoSuchChoice
from sync.server.web.hub.welcomers import WEEKS, Yes
from sync.server.web.notice_form import LAST_YEAR
from sync.server.web.notices import withdrawn
from sync.server.web.reading import every, one, people_of
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write
from sync.typed import line

MOST_SHOWN = 150


@get("/hub/closed", needs="volunteer", sync_to_thread=True)
def closed_page(request: Asked) -> Page:
    """Days with other hours from today on, and what is booked on them all the same."""
    return _closed_page(visit_of(request), {})


def _closed_page(visit: Visit, wrong: Mapping[str, Refused]) -> Page:
    with visit.database.reading() as connection:
        days = closed.ahead(connection, visit.me.hub, visit.house.today)[:MOST_SHOWN]
        rooms = {room.id: room for room in every(connection, visit.me.hub, Room)}
        standing = _standing(connection, visit, days)
    typed = visit.form or {"first_day": [visit.house.today.isoformat()]}
    return visit.page(
        "closed.html",
        400 if wrong else 200,
        days=[(day, closed.place(day, rooms, visit.words), words(day.open)) for day in days],
        standing=standing,
        places=_places(visit, rooms),
        rooms=rooms,
        langs=visit.house.languages,
        typed=typed,
        wrong={name: visit.sorry(why) for name, why in wrong.items()},
        was="",
    )


def _places(visit: Visit, rooms: Mapping[str, Room]) -> dict[str, str]:
    found = in_service(rooms.values(), visit.house.today)
    return {WHOLE_HUB: visit.words.say("hub.whole_house")} | {
        room.id: visit.words.pick(room.name) for room in found
    }


def _standing(
    connection: Connection, visit: Visit, days: Sequence[ClosedDay]
) -> dict[str, list[Taken]]:
    dated = [day.date for day in days if day.date]
    if not dated:
        return {}
    return closed.standing(diary_on(connection, visit.me.hub, visit.house, dated), days)


@post("/hub/closed", status_code=200, needs="volunteer", sync_to_thread=True)
def close_days(request: Asked) -> Page:
    """Close a day or several, or give them other hours; confirmed bookings stand."""
    visit = visit_of(request)
    wrong: dict[str, Refused] = {}
    wanted = _closing(visit, wrong)

    def decide(connection: Connection) -> Sequence[Write]:
        assert wanted is not None  # noqa: S101  # nothing is wrong
        if wanted.room != WHOLE_HUB and one(connection, visit.me.hub, Room, wanted.room) is None:
            raise NoSuchChoice
        return closed.closing(connection, wanted, visit.me, visit.now_ms, visit.words)

    try:
        if not wrong:
            visit.within(decide)
    except NoSuchChoice as why:
        wrong["room"] = why
    except Refused as why:
        wrong["last_day"] = why
    return _closed_page(visit, wrong) if wrong else visit.go("/hub/closed", said="closed")


def _closing(visit: Visit, wrong: dict[str, Refused]) -> Closing | None:
    """Return what the form asks for; what cannot be goes into ``wrong``, by field."""
    today = visit.house.today
    found: dict[str, Any] = {}
    readings: dict[str, Any] = {
        "first_day": lambda text: closed.day_of(text, today),
        "last_day": lambda text: closed.day_of(text, today) if text else None,
        "open": hours,
        **{f"why.{lang}": line for lang in visit.house.languages},
    }
    for name, read in readings.items():
        try:
            found[name] = read(visit.said(name).strip())
        except Refused as why:
            wrong[name] = why
    if wrong:
        return None
    why_shut = {lang: text for lang in visit.house.languages if (text := found[f"why.{lang}"])}
    begin = found["first_day"]
    room = visit.said("room") or WHOLE_HUB
    return Closing(begin, found["last_day"] or begin, room, found["open"] or [], why_shut)


def _one_day(visit: Visit, record_id: str) -> Editing[ClosedDay]:
    def facts(day: ClosedDay) -> Mapping[str, Any]:
        with visit.database.reading() as connection:
            rooms = {room.id: room for room in every(connection, visit.me.hub, Room)}
            standing = _standing(connection, visit, [day])
        place = closed.place(day, rooms, visit.words)
        shared = {"langs": visit.house.languages, "rooms": rooms}
        return {"place": place, "standing": standing.get(day.id, []), **shared}

    return Editing(
        visit=visit,
        kind=ClosedDay,
        record_id=record_id,
        parts=lambda day: closed.parts(day, visit.house.languages, visit.words),
        template="closed_day.html",
        after="/hub/closed",
        facts=facts,
    )


@get("/hub/closed/{day:str}", needs="volunteer", sync_to_thread=True)
def closed_day_page(request: Asked, day: FromPath[str]) -> Page:
    """One such day, to change it or to take it back."""
    return _one_day(visit_of(request), day).page()


@post("/hub/closed/{day:str}", status_code=200, needs="volunteer", sync_to_thread=True)
def change_day(request: Asked, day: FromPath[str]) -> Page:
    """Write what was changed of it."""
    return _one_day(visit_of(request), day).save()


@post("/hub/closed/{day:str}/take-back", status_code=200, needs="volunteer", sync_to_thread=True)
def take_back(request: Asked, day: FromPath[str]) -> Page:
    """Have the day keep its usual hours after all."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        there = one(connection, visit.me.hub, ClosedDay, day)
        if there is None:
            raise NotThere
        gone = {"withdrawn": withdrawn(visit.me, visit.now_ms)}
        return () if there.withdrawn else (Write(ClosedDay.KIND, day, gone),)

    visit.within(decide)
    return visit.go("/hub/closed", said="usual_hours")


@get("/hub/welcomers", needs="volunteer", sync_to_thread=True)
def welcomers_page(request: Asked) -> Page:
    """Who welcomes on the seven days from one on."""
    return _welcomers_page(visit_of(request), {})


def _welcomers_page(visit: Visit, wrong: Mapping[str, Refused]) -> Page:
    begin, letters = _asked_day(visit), visit.asked("find")[:80]
    with visit.database.reading() as connection:
        people = people_of(connection, visit.me.hub)
        week = welcomers.week_of(connection, visit.me.hub, people, begin)
        choice = welcomers.to_choose(connection, visit.me.hub, people, letters)
    found = people.found(letters)
    begun = {"day": [begin.isoformat()], "weeks": ["1"], "person": [one.id for one in found[:1]]}
    return visit.page(
        "welcomers.html",
        400 if wrong else 200,
        week=week,
        first_day=begin,
        before=begin - dt.timedelta(days=7),
        after=begin + dt.timedelta(days=7),
        choice=choice,
        letters=letters,
        found=found,
        weeks=WEEKS,
        typed=visit.form or begun,
        wrong={name: visit.sorry(why) for name, why in wrong.items()},
        was="",
    )


def _asked_day(visit: Visit) -> dt.date:
    try:
        day = dt.date.fromisoformat(visit.asked("day"))
    except ValueError:
        return visit.house.today
    return day if 2000 <= day.year < LAST_YEAR else visit.house.today


@post("/hub/welcomers", status_code=200, needs="volunteer", sync_to_thread=True)
def say_yes(request: Asked) -> Page:
    """Enter somebody's yes to a part of a day."""
    visit = visit_of(request)
    wrong: dict[str, Refused] = {}
    yes = _yes(visit, wrong)

    def decide(connection: Connection) -> Sequence[Write]:
        assert yes is not None  # noqa: S101  # nothing is wrong
        people = people_of(connection, visit.me.hub)
        return welcomers.said_yes(connection, people, yes, visit.me, visit.now_ms)

    try:
        if not wrong:
            visit.within(decide)
    except Refused as why:
        wrong["person"] = why
    if wrong or yes is None:
        return _welcomers_page(visit, wrong)
    return visit.go(f"/hub/welcomers?day={yes.day}", said="welcomer")


def _yes(visit: Visit, wrong: dict[str, Refused]) -> Yes | None:
    day, slot = visit.house.today, ("", "")
    try:
        day = closed.day_of(visit.said("day"), visit.house.today)
    except Refused as why:
        wrong["day"] = why
    try:
        slot = welcomers.slot_of(hours(visit.said("slot")))
    except Refused as why:
        wrong["slot"] = why
    weeks = next((n for n in WEEKS if str(n) == visit.said("weeks")), 1)
    return None if wrong else Yes(visit.said("person"), day, slot, weeks)


@post("/hub/welcomers/{yes:str}/no", status_code=200, needs="volunteer", sync_to_thread=True)
def say_no(request: Asked, yes: FromPath[str]) -> Page:
    """Take somebody off a day."""
    visit = visit_of(request)
    visit.within(lambda connection: welcomers.said_no(connection, visit.me.hub, yes))
    return visit.go("/hub/welcomers", said="welcomer_off")


HANDLERS = (
    *(closed_page, close_days, closed_day_page, change_day, take_back),
    *(welcomers_page, say_yes, say_no),
)
