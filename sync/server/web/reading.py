"""What a page shows of a hub: typed records, and the hub's own day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from sync.ids import pair_id
from sync.merge import WireRecord, is_erased
from sync.records import Record, read
from sync.records.booking import Booking
from sync.records.closed_day import ClosedDay
from sync.records.day_count import DayCount
from sync.records.hub import Hub, settings_of
from sync.records.opening import closed_by_day
from sync.records.person import Person
from sync.records.visit import Visit
from sync.records.visit_rules import House as Rules
from sync.server.database.found_by import MOVES, SERIES, day_number, runs
from sync.server.database.ledger import Key, Ledger
from sync.server.database.models import HubRow
from sync.server.landing import zone_of
from sync.server.web.people import People

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class House:
    """A hub as its pages know it: its record, what it is called in lists, its own time."""

    hub: Hub
    called: str
    local: dt.datetime

    @property
    def today(self) -> dt.date:
        """The hub's own day."""
        return self.local.date()

    @property
    def zone(self) -> ZoneInfo:
        """The hub's time zone."""
        return zone_of(self.hub)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which a hub writes, the first one first."""
        return tuple(dict.fromkeys(self.hub.languages)) or ("en",)

    def at(self, ms: int) -> dt.datetime:
        """Return the local time of a moment."""
        return dt.datetime.fromtimestamp(ms / 1000, dt.UTC).astimezone(self.zone)


def house(connection: Connection, hub: str, now_ms: int) -> House:
    """Return a hub; defaults where its record has not come yet."""
    key = (Hub.KIND, hub)
    body = Ledger(connection, hub).bodies([key]).get(key)
    found = read(Hub, hub, body["fields"]) if body and "fields" in body else Hub(id=hub)
    called = connection.execute(select(HubRow.name).where(HubRow.hub_id == hub)).scalar() or ""
    now = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC)
    return House(found, called, now.astimezone(zone_of(found)))


def body_of(connection: Connection, hub: str, kind: str, record_id: str) -> WireRecord | None:
    """Return a record as it is kept; None where it is not here or was erased."""
    body = Ledger(connection, hub).bodies([(kind, record_id)]).get((kind, record_id))
    return body if body and not is_erased(body) else None


def one(connection: Connection, hub: str, kind: type[R], record_id: str) -> R | None:
    """Return a typed record."""
    body = body_of(connection, hub, kind.KIND, record_id)
    return read(kind, record_id, body["fields"]) if body else None


def every(connection: Connection, hub: str, kind: type[R]) -> list[R]:
    """Return every record of a kind."""
    bodies = Ledger(connection, hub).of_kinds((kind.KIND,))
    return list(typed(kind, bodies.values()))


def visits_of_days(connection: Connection, hub: str, days: Collection[dt.date]) -> list[Visit]:
    """Return the visits that began on some days, and on two days around each."""
    ledger, bodies = Ledger(connection, hub), dict[Key, WireRecord]()
    for first, last in runs(days):
        begin, end = day_number(first, -2), day_number(last, 2)
        bodies |= ledger.of_days(Visit.KIND, begin, end)
    return list(typed(Visit, bodies.values()))


def counts_for_good(
    connection: Connection, house: House, days: Iterable[dt.date]
) -> dict[dt.date, DayCount]:
    """Return the counts of those of some days whose names have gone: they stay as they were written."""
    names_days = settings_of(house.hub).keep_names_days
    old = [day for day in days if (house.today - day).days >= names_days]
    hub = house.hub.id
    keys = [(DayCount.KIND, pair_id(hub, DayCount.KIND, str(day))) for day in old]
    found = typed(DayCount, Ledger(connection, hub).bodies(keys).values())
    return {one.date: one for one in found if one.date}


def bookings_of_days(
    connection: Connection, hub: str, first: dt.date, last: dt.date, room: str = ""
) -> dict[Key, WireRecord]:
    """Return the bookings that begin on these days, every series that may, and every move.

    room: the only one whose bookings are wanted; "" for all.
    """
    ledger, begin = Ledger(connection, hub), day_number(first)
    once = ledger.of_days(Booking.KIND, begin, day_number(last), room)
    return once | ledger.of_days(Booking.KIND, SERIES + begin, MOVES, room)


def rules_of(connection: Connection, hub: str, found: House) -> Rules:
    """Return what the end of a visit depends on."""
    closed = closed_by_day(every(connection, hub, ClosedDay))
    return Rules(found.hub, closed, found.zone)


class _ReadWhenAsked(Mapping[str, Person]):
    """People by id; a page of a busy hub asks for few of thousands."""

    def __init__(self, bodies: Iterable[WireRecord]) -> None:
        self._bodies = {body["id"]: body for body in bodies if not is_erased(body)}
        self._read: dict[str, Person] = {}

    def __getitem__(self, person: str) -> Person:
        found = self._read.get(person)
        if found is None:
            found = self._read[person] = read(Person, person, self._bodies[person]["fields"])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)

    def pointers(self) -> dict[str, str]:
        """Return whose record points at which other one."""
        said = ((one, body["fields"].get("merged_into")) for one, body in self._bodies.items())
        return {one: into for one, into in said if into and isinstance(into, str)}


def people_of(connection: Connection, hub: str) -> People:
    """Return the people of a hub."""
    found = _ReadWhenAsked(Ledger(connection, hub).of_kinds((Person.KIND,)).values())
    return People(found, found.pointers())


def people_named(connection: Connection, hub: str, ids: Iterable[str]) -> People:
    """Return these people of a hub, and whom they were merged into."""
    ledger, found = Ledger(connection, hub), dict[str, WireRecord]()
    wanted = set(ids) - {""}
    while wanted:
        more = ledger.bodies((Person.KIND, one) for one in wanted)
        found |= {record_id: body for (_kind, record_id), body in more.items()}
        pointers = _ReadWhenAsked(found.values()).pointers()
        wanted = {into for into in pointers.values() if into not in found} if more else set()
    there = _ReadWhenAsked(found.values())
    return People(there, there.pointers())


def typed(kind: type[R], bodies: Iterable[WireRecord]) -> Iterable[R]:
    """Return records of a kind with their types; erased ones are left out."""
    return (read(kind, body["id"], body["fields"]) for body in bodies if not is_erased(body))
