"""The hub itself: an overview for every volunteer, and the forms in which stewards set it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from litestar import get, post
from sqlalchemy import Connection

from sync.records.hub import WALL_PAGES, WEEKDAYS, Hub, settings_of, wall_pages
from sync.records.room import Room
from sync.server.web.calendars.subscribing import in_another_zone
from sync.server.web.diary import in_service
from sync.server.web.hub import agreements, closed, sections, wall, welcomers
from sync.server.web.hub.editing import Editing, nothing_wrong
from sync.server.web.hub.hours_text import words as hours_words
from sync.server.web.hub.keeping import MOST_DAYS, Named, NotSure, sooner
from sync.server.web.hub.parts import Part
from sync.server.web.notice_form import Fields
from sync.server.web.reading import every, people_of
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write

_SHORTER = (7, 14, 21, 30, 60)


@get("/hub", needs="volunteer", sync_to_thread=True)
def hub_page(request: Asked) -> Page:
    """What is set, in words, and where each of it is changed."""
    visit = visit_of(request)
    hub, today = visit.me.hub, visit.house.today
    with visit.database.reading() as connection:
        rooms = every(connection, hub, Room)
        days = closed.ahead(connection, hub, today)
        versions = agreements.versions_of(connection, hub)
        week = welcomers.week_of(connection, hub, people_of(connection, hub), today)
    return visit.page(
        "hub.html",
        hub=visit.house.hub,
        numbers=settings_of(visit.house.hub),
        wall_pages=wall_pages(visit.house.hub),
        spoken_in=", ".join(visit.words.language(one) for one in visit.house.languages),
        hours=_week(visit),
        rooms=in_service(rooms, today),
        closed=days,
        force=agreements.in_force(versions, today),
        welcomers=next((lines for _day, lines in week if lines), []),
        welcomed_on=next((day for day, lines in week if lines), None),
    )


def _week(visit: Visit) -> list[tuple[str, str, str]]:
    """Return a week's hours, days that are alike together: (first day, last day, hours)."""
    found: list[tuple[str, str, str]] = []
    for day in WEEKDAYS:
        said = hours_words(visit.house.hub.open.get(day, ()))
        if found and found[-1][2] == said:
            found[-1] = (found[-1][0], day, said)
        else:
            found.append((day, day, said))
    return found


def _section(
    visit: Visit,
    section: str,
    parts: Callable[[Hub], Sequence[Part]],
    facts: Callable[[Hub], Mapping[str, Any]] = lambda _hub: {},
    check: Callable[[Hub, Fields], Mapping[str, Any]] = nothing_wrong,
) -> Editing[Hub]:
    return Editing(
        visit=visit,
        kind=Hub,
        record_id=visit.me.hub,
        parts=parts,
        template="hub_form.html",
        after="/hub",
        check=check,
        facts=lambda hub: {"section": section, "langs": visit.house.languages, **facts(hub)},
        must_exist=False,
    )


def _names(visit: Visit) -> Editing[Hub]:
    return _section(
        visit,
        "names",
        lambda hub: sections.names(hub, visit.house.languages, visit.words),
        lambda hub: {"offered": sections.offered(hub), "zones": sections.zones()},
        sections.is_named,
    )


def _hours(visit: Visit) -> Editing[Hub]:
    return _section(visit, "hours", lambda hub: sections.opening(hub, visit.words))


def _reasons(visit: Visit) -> Editing[Hub]:
    def parts(hub: Hub) -> Sequence[Part]:
        return sections.reasons(hub, visit.house.languages, visit.words, visit.form)

    def facts(hub: Hub) -> Mapping[str, Any]:
        keys = [part.name.partition(".")[2] for part in parts(hub)]
        return {"keys": keys[: -sections.NEW_REASONS], "fresh": keys[-sections.NEW_REASONS :]}

    return _section(visit, "reasons", parts, facts, sections.not_too_many)


def _rules(visit: Visit) -> Editing[Hub]:
    with visit.database.reading() as connection:
        rooms = in_service(every(connection, visit.me.hub, Room), visit.house.today)
    named = {room.id: visit.words.pick(room.name) for room in rooms}
    limits = [(key, least, most) for key, (least, most) in sections.LIMITS.items()]
    return _section(
        visit,
        "rules",
        lambda hub: sections.rules(hub, visit.words, named),
        lambda _hub: {"rooms": named, "limits": limits, "stays": sections.STAYS},
    )


def _wall(visit: Visit) -> Editing[Hub]:
    return _section(
        visit, "wall", lambda hub: wall.pages(hub, visit.words), lambda _hub: {"pages": WALL_PAGES}
    )


def _keeping(visit: Visit) -> Editing[Hub]:
    before = settings_of(visit.house.hub).keep_names_days
    typed = visit.said("keep_names_days").strip()

    def facts(_hub: Hub) -> Mapping[str, Any]:
        with visit.database.reading() as connection:
            named = Named.of(connection, visit.me.hub, visit.house)
        days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
        asks = 0 < days < before
        return {
            "days_now": before,
            "tonight": named.going(before),
            "previews": [(n, named.going(n)) for n in _SHORTER if n < before],
            "shorter": named.going(days) if asks else None,
            "shorter_days": days,
        }

    def check(_after: Hub, fields: Fields) -> Mapping[str, Any]:
        name = "settings.keep_names_days"
        is_sure = visit.said("sure") == str(fields.get(name))
        return (
            {name: NotSure()} if sooner(visit.house.hub, fields.get(name)) and not is_sure else {}
        )

    return _section(
        visit,
        "keeping",
        lambda hub: sections.keeping(hub, visit.words, MOST_DAYS),
        facts,
        check,
    )


@get("/hub/names", needs="steward", sync_to_thread=True)
def names_page(request: Asked) -> Page:
    """What it is called, its languages and its time zone."""
    return _names(visit_of(request)).page()


@post("/hub/names", status_code=200, needs="steward", sync_to_thread=True)
def set_names(request: Asked) -> Page:
    """Write what was changed of them."""
    visit = visit_of(request)

    def along(connection: Connection, write: Write) -> None:
        in_another_zone(connection, write, visit.me.hub, visit.now_ms)

    return replace(_names(visit), along=along).save()


@get("/hub/hours", needs="steward", sync_to_thread=True)
def hours_page(request: Asked) -> Page:
    """When it is open, weekday by weekday."""
    return _hours(visit_of(request)).page()


@post("/hub/hours", status_code=200, needs="steward", sync_to_thread=True)
def set_hours(request: Asked) -> Page:
    """Write the weekdays that were changed."""
    return _hours(visit_of(request)).save()


@get("/hub/reasons", needs="steward", sync_to_thread=True)
def reasons_page(request: Asked) -> Page:
    """Why people come: what a visitor may choose from at the door."""
    return _reasons(visit_of(request)).page()


@post("/hub/reasons", status_code=200, needs="steward", sync_to_thread=True)
def set_reasons(request: Asked) -> Page:
    """Write reasons that were changed, new ones and those that are asked no longer."""
    return _reasons(visit_of(request)).save()


@get("/hub/rules", needs="steward", sync_to_thread=True)
def rules_page(request: Asked) -> Page:
    """The numbers of bookings and stays."""
    return _rules(visit_of(request)).page()


@post("/hub/rules", status_code=200, needs="steward", sync_to_thread=True)
def set_rules(request: Asked) -> Page:
    """Write the numbers that were changed."""
    return _rules(visit_of(request)).save()


@get("/hub/wall", needs="steward", sync_to_thread=True)
def wall_page(request: Asked) -> Page:
    """Which pages the walls show."""
    return _wall(visit_of(request)).page()


@post("/hub/wall", status_code=200, needs="steward", sync_to_thread=True)
def set_wall(request: Asked) -> Page:
    """Write what was chosen of them."""
    return _wall(visit_of(request)).save()


@get("/hub/keeping", needs="steward", sync_to_thread=True)
def keeping_page(request: Asked) -> Page:
    """What is kept for how long, what goes tonight, and what would."""
    return _keeping(visit_of(request)).page()


@post("/hub/keeping", status_code=200, needs="steward", sync_to_thread=True)
def set_keeping(request: Asked) -> Page:
    """Keep names for longer, or for less long once somebody has seen what that takes."""
    return _keeping(visit_of(request)).save()


HANDLERS = (
    *(hub_page, names_page, set_names, hours_page, set_hours, reasons_page, set_reasons),
    *(rules_page, set_rules, wall_page, set_wall, keeping_page, set_keeping),
)
