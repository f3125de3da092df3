"""Activity: who changed what in the last 90 days, and taking the last change of a record back."""

from __future__ import annotations

from collections.abc import Sequence

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.merge import WireRecord
from sync.records.agreement import Agreement
from sync.records.hub import Hub
from sync.records.room import Room
from sync.server.activity import Entry
from sync.server.database.logbook import Logbook
from sync.server.web.activity import FOR_STEWARDS, GROUPS, PAGE, around, kinds_for, lines
from sync.server.web.calendars.subscribing import in_another_zone
from sync.server.web.doorkeeper import NotThere, NotYours
from sync.server.web.field_words import shown, whole_label
from sync.server.web.reading import body_of
from sync.server.web.undoing import Part, parts, undone
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write

SET_BY_STEWARDS = frozenset({Hub.KIND, Room.KIND, Agreement.KIND})
"""What only they change on the pages of the hub."""
_LONGEST_NUMBER = 15


@get("/activity", needs="volunteer", sync_to_thread=True)
def activity_page(request: Asked) -> Page:
    """What was changed, the latest first; of one sort where that is asked for."""
    visit = visit_of(request)
    group = next((one for one in GROUPS if one == visit.asked("show")), "")
    with visit.database.reading() as connection:
        book = visit.logbook(connection)
        kinds = kinds_for(visit.me, group)
        found = book.listed(kinds, most=PAGE + 1, after=_after(visit.asked("after")))
        known = around(connection, visit.me.hub, found[:PAGE])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return visit.page(
        "activity.html",
        lines=lines(found[:PAGE], known, visit.house, visit.words),
        groups=[one for one in GROUPS if visit.me.role == "steward" or one not in FOR_STEWARDS],
        group=group,
        older=f"{last.at_ms}.{last.number}" if last else "",
        is_first=not visit.asked("after"),
    )


def _after(said: str) -> tuple[int, int] | None:
    at_ms, _, number = said.partition(".")
    return (int(at_ms), int(number)) if _is_number(at_ms) and _is_number(number) else None


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) <= _LONGEST_NUMBER


@get("/activity/{change:str}", needs="volunteer", sync_to_thread=True)
def change_page(request: Asked, change: FromPath[str]) -> Page:
    """One change: how each field was before, how it is now."""
    return _page(visit_of(request), change)


def _page(visit: Visit, change: str, status: int = 200, sentence: str = "") -> Page:
    with visit.database.reading() as connection:
        book = visit.logbook(connection)
        entry = _entry(book, visit, change)
        body = body_of(connection, visit.me.hub, entry.kind, entry.record)
        last = book.last_of(entry.kind, entry.record) if entry.record else None
        both = [entry, *([last] if last and last.number != entry.number else [])]
        known = around(connection, visit.me.hub, both)
    line, *since = lines(both, known, visit.house, visit.words)
    return visit.page(
        "change.html",
        status,
        line=line,
        rows=[_row(one, visit) for one in (parts(entry, body) if body else ())],
        since=since,
        is_ours=_is_ours(entry, visit),
        sentence=sentence,
    )


def _row(one: Part, visit: Visit) -> tuple[str, str, str, str]:
    before, now = (shown(one.name, value, visit.words) for value in (one.before, one.now))
    return whole_label(one.name, visit.words), before, now, one.state


@post("/activity/{change:str}/undo", status_code=200, needs="volunteer", sync_to_thread=True)
def undo(request: Asked, change: FromPath[str]) -> Page:
    """Write what was there before, of the fields of this change; refused where they moved on."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        entry = _entry(visit.logbook(connection), visit, change)
        if not _is_ours(entry, visit):
            raise NotYours
        write = undone(entry, _body(connection, visit, entry), visit.me, visit.now_ms)
        in_another_zone(connection, write, visit.me.hub, visit.now_ms)
        return (write,)

    try:
        visit.within(decide)
    except (NotThere, NotYours):
        raise
    except Refused as why:
        return _page(visit, change, 409, visit.sorry(why))
    return visit.go("/activity", said="undone")


def _body(connection: Connection, visit: Visit, entry: Entry) -> WireRecord:
    body = body_of(connection, visit.me.hub, entry.kind, entry.record)
    if body is None:
        raise NotThere
    return body


def _is_ours(entry: Entry, visit: Visit) -> bool:
    """Whether who asks may take it back: how the house is set up is the stewards'."""
    return entry.kind not in SET_BY_STEWARDS or visit.me.role == "steward"


def _entry(book: Logbook, visit: Visit, change: str) -> Entry:
    found = book.one(int(change)) if _is_number(change) else None
    if found is None or found.kind not in kinds_for(visit.me):
        raise NotThere
    return found


HANDLERS = (activity_page, change_page, undo)
