"""Who was here: the roll call now, days as a chart and a table, and both to take along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from litestar import get
from sqlalchemy import Connection

from sync.records.day_count import DayCount
from sync.records.visit import Visit
from sync.records.visit_rules import House as Rules
from sync.server.web import attendance, tables
from sync.server.web.attendance import Row
from sync.server.web.people import People
from sync.server.web.reading import counts_for_good, people_of, rules_of, visits_of_days
from sync.server.web.tables import as_csv, as_ods
from sync.server.web.visit import Asked, Page, visit_of
from sync.server.web.visit import Visit as Asking

SPANS = (14, 30, 90)
MOST_DAYS = 366


@dataclass(frozen=True)
class _Book:
    """The visits of some days, and what it takes to count them."""

    visits: list[Visit]
    rules: Rules
    people: People
    for_good: dict[dt.date, DayCount]

    def days(self, first: dt.date, last: dt.date) -> list[DayCount]:
        return attendance.days(first, last, self.visits, self.rules, self.people, self.for_good)


@get("/here", needs="volunteer", sync_to_thread=True)
def here_page(request: Asked) -> Page:
    """Everybody who is here now, and how many came on the last days."""
    asking = visit_of(request)
    count = next((n for n in SPANS if str(n) == asking.asked("days")), SPANS[0])
    today = asking.house.today
    first = today - dt.timedelta(days=count - 1)
    book = _counted(asking, first, today)
    now = dt.datetime.fromtimestamp(asking.now_ms / 1000, dt.UTC)
    rows = attendance.roll(_lately(book.visits, now), book.rules, book.people, now)
    counts = book.days(first, today)
    return asking.page(
        "here.html",
        rows=rows,
        numbers=attendance.numbers(rows),
        counts=counts,
        total=attendance.total(counts),
        most=max(max((one.grown_ups + one.children for one in counts), default=1), 1),
        spans=SPANS,
        count=count,
        first=first,
        last=today,
        zone=asking.house.zone,
    )


def _lately(visits: Sequence[Visit], now: dt.datetime) -> list[Visit]:
    begin = now - dt.timedelta(days=2)
    return [one for one in visits if one.came_at and one.came_at >= begin]


@get("/here/counts.csv", needs="volunteer", sync_to_thread=True)
def counts_csv(request: Asked) -> Page:
    """Counts of a span of days, without a name."""
    name, rows = _counts(visit_of(request))
    return _sent(visit_of(request), as_csv(rows), tables.CSV, f"{name}.csv")


@get("/here/counts.ods", needs="volunteer", sync_to_thread=True)
def counts_ods(request: Asked) -> Page:
    """The same as a spreadsheet."""
    name, rows = _counts(visit_of(request))
    return _sent(visit_of(request), as_ods(rows), tables.ODS, f"{name}.ods")


@get("/here/names.csv", needs="steward", sync_to_thread=True)
def names_csv(request: Asked) -> Page:
    """Visits of a span of days with the names that are still kept: only where it is asked for."""
    name, rows = _names(visit_of(request))
    return _sent(visit_of(request), as_csv(rows), tables.CSV, f"{name}.csv")


@get("/here/names.ods", needs="steward", sync_to_thread=True)
def names_ods(request: Asked) -> Page:
    """The same as a spreadsheet."""
    name, rows = _names(visit_of(request))
    return _sent(visit_of(request), as_ods(rows), tables.ODS, f"{name}.ods")


def _counts(asking: Asking) -> tuple[str, list[Row]]:
    first, last = _span(asking)
    counts = _counted(asking, first, last).days(first, last)
    return f"counts-{first}-{last}", attendance.counts_table(counts)


def _names(asking: Asking) -> tuple[str, list[Row]]:
    first, last = _span(asking)
    with asking.database.reading() as connection:
        book = _book(asking, connection, _days(first, last), {})
    rules = book.rules
    inside = [
        one for one in book.visits if one.came_at and first <= _day(one.came_at, rules) <= last
    ]
    return f"names-{first}-{last}", attendance.names_table(inside, rules, book.people)


def _counted(asking: Asking, first: dt.date, last: dt.date) -> _Book:
    """Read what the counts of some days take: of those counted for good, no visit."""
    days = _days(first, last)
    with asking.database.reading() as connection:
        for_good = counts_for_good(connection, asking.house, days)
        return _book(asking, connection, days - for_good.keys(), for_good)


def _book(
    asking: Asking, connection: Connection, days: set[dt.date], for_good: dict[dt.date, DayCount]
) -> _Book:
    hub = asking.me.hub
    return _Book(
        visits_of_days(connection, hub, days),
        rules_of(connection, hub, asking.house),
        people_of(connection, hub),
        for_good,
    )


def _days(first: dt.date, last: dt.date) -> set[dt.date]:
    return {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}


def _span(asking: Asking) -> tuple[dt.date, dt.date]:
    """Return the days that are asked for, a year at most; the last fortnight where none are."""
    today = asking.house.today
    last = _parsed(asking.asked("last")) or today
    first = _parsed(asking.asked("first")) or last - dt.timedelta(days=SPANS[0] - 1)
    return max(min(first, last), last - dt.timedelta(days=MOST_DAYS)), last


def _parsed(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


def _day(at: dt.datetime, rules: Rules) -> dt.date:
    return at.astimezone(rules.zone).date()


def _sent(asking: Asking, data: bytes, media: str, name: str) -> Page:
    return asking.plain(data, media, {"Content-Disposition": f'attachment; filename="{name}"'})


HANDLERS = (here_page, counts_csv, counts_ods, names_csv, names_ods)
