"""How many came on a day, written down by the server: the day after, and again if more is heard.

While names are held a day is counted anew whenever it is looked at; after that its count stays as
it was written, for good. Days that were over before the hub had a server are counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar

import msgspec

from sync.ids import pair_id
from sync.merge import Version, WireRecord, is_erased, record
from sync.records import Record, flat, read, rule_of
from sync.records.closed_day import ClosedDay
from sync.records.day_count import DayCount
from sync.records.day_counts import count_stays
from sync.records.hub import Hub
from sync.records.merged_people import root_of
from sync.records.opening import closed_by_day
from sync.records.person import Person
from sync.records.visit import Visit
from sync.records.visit_rules import House, Stay, local_day, stays
from sync.server.database.found_by import day_number, runs
from sync.server.database.ledger import Ledger
from sync.server.landing import Key, Landing
from sync.server.proofs import Notary
from sync.server.saying import say
from sync.washing import Calendar

R = TypeVar("R", bound=Record)
A_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1970, 9990


def count_days(
    ledger: Ledger, landing: Landing, notary: Notary, days: Calendar, now_ms: int
) -> None:
    """Write the counts that are due into a commit."""
    counts = ledger.of_kinds((DayCount.KIND,))
    landing.held = {**counts, **landing.held}
    counted = {one.date: one for one in _typed(DayCount, counts)}
    due = {day for day in _days_of(ledger) | counted.keys() if day and _is_due(day, counted, days)}
    if not due:
        return
    begun: dict[date, list[Stay]] = defaultdict(list)
    for stay in _stays_around(due, ledger, days):
        begun[local_day(stay.start, days.zone)].append(stay)
    for day in sorted(due):
        now = count_stays(day, begun[day])
        if now.stays or day in counted:
            _write(now, counted.get(day), landing, notary, ledger.hub, now_ms)


def _is_due(day: date, counted: Mapping[date | None, DayCount], days: Calendar) -> bool:
    if day >= days.today:
        return False
    return day not in counted or (days.today - day).days < days.settings.keep_names_days


def _days_of(ledger: Ledger) -> set[date]:
    """Return the days on which a visit may have begun: those around its day in UTC."""
    said = (date.fromordinal(number) for number in ledger.days_of(Visit.KIND))
    sound = {day for day in said if FIRST_YEAR <= day.year <= LAST_YEAR}
    return {day + n * A_DAY for day in sound for n in (-1, 0, 1)}


def _stays_around(due: set[date], ledger: Ledger, days: Calendar) -> Iterable[Stay]:
    some: dict[Key, WireRecord] = {}
    for first, last in runs(due):
        some |= ledger.of_days(Visit.KIND, day_number(first, -2), day_number(last, 2))
    hub = next(_typed(Hub, ledger.bodies([(Hub.KIND, ledger.hub)])), Hub())
    closed = closed_by_day(_typed(ClosedDay, ledger.of_kinds((ClosedDay.KIND,))))
    people = _typed(Person, ledger.of_kinds((Person.KIND,)))
    merged = {one.id: one.merged_into for one in people if one.merged_into}
    house = House(hub, closed, days.zone)
    return stays(_typed(Visit, some), house, lambda who: root_of(merged, who))


def _write(
    now: DayCount, before: DayCount | None, landing: Landing, notary: Notary, hub: str, now_ms: int
) -> None:
    count_id = pair_id(hub, DayCount.KIND, str(now.date))
    now = msgspec.structs.replace(now, id=count_id, hub=hub)
    body = landing.now((DayCount.KIND, count_id))
    if body is None:
        stamp = landing.tick(now_ms)
        said = {"hub": Version(rule_of(DayCount.KIND, "hub"), stamp, hub)}
        body = record(DayCount.KIND, count_id, said)
    was, fields = flat(before) if before else {}, flat(now)
    gone = {name: None if "." in name else 0 for name in was.keys() - fields.keys()}
    changed = {name: value for name, value in fields.items() if was.get(name) != value}
    if changed or gone:
        say(body, {**gone, **changed}, landing, notary, hub, now_ms)


def _typed(cls: type[R], bodies: Mapping[Key, WireRecord]) -> Iterator[R]:
    return (
        read(cls, key[1], body["fields"]) for key, body in bodies.items() if not is_erased(body)
    )
