"""What the hub looked like at one instant: typed, immutable, cheap to make anew.

A reader holds a snapshot and needs no lock. After a commit the next one is made from it with the
records that were touched; everything else is shared between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from immutables import Map

from kiosk.hub.index import (
    INDEXES,
    NO_IDS,
    NO_RECORDS,
    Index,
    Kinds,
    Tables,
    Touched,
    Update,
    typed,
    utc_day,
)
from sync.records import KINDS, Record
from sync.records.acceptance import Acceptance
from sync.records.agreement import Agreement
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import Diary
from sync.records.card import Card
from sync.records.closed_day import ClosedDay
from sync.records.event import Event
from sync.records.hub import Hub, Settings, settings_of
from sync.records.join import Join
from sync.records.notice import Notice
from sync.records.opening import closed_by_day
from sync.records.person import Person
from sync.records.roll import Roll
from sync.records.roll_tick import RollTick
from sync.records.room import Room
from sync.records.visit import Visit
from sync.records.visit_rules import House
from sync.records.welcomer import Welcomer

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Device:
    """This kiosk: its node id, its own colour for guest tags, its name."""

    node: str = "00000000"
    colour: str = "blue"
    name: str = ""


@dataclass(frozen=True)
class Snapshot:
    """The hub at one instant. Made by ``Snapshot.of(tables, device)`` and ``after``."""

    device: Device
    _records: Kinds
    _indexes: Map[str, Index]
    _tables: Tables

    @classmethod
    def of(cls, tables: Tables, device: Device) -> Snapshot:
        """Return the snapshot of a whole store."""
        touched = [(kind, record_id) for kind in KINDS for record_id in tables.get(kind, {})]
        return cls(device, Map(), Map(), tables).after(tables, touched)

    def after(self, tables: Tables, touched: Touched) -> Snapshot:
        """Return the next snapshot: this one with the touched records read again."""
        update = Update(self._records, self._indexes)
        for kind, record_id in touched:
            if kind in KINDS:
                row = tables.get(kind, {}).get(record_id)
                update.put(kind, record_id, typed(kind, record_id, row))
        return replace(self, _records=update.records(), _indexes=update.indexes(), _tables=tables)

    # The hub itself

    @cached_property
    def hub(self) -> Hub:
        """The hub's own record; an empty one before set-up."""
        return next(iter(self.all(Hub)), Hub())

    @cached_property
    def settings(self) -> Settings:
        """The hub's numbers."""
        return settings_of(self.hub)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The hub's time zone; UTC where its name is not one."""
        try:
            return ZoneInfo(self.hub.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")

    def local(self, instant: datetime) -> datetime:
        """Return an instant in the hub's time zone."""
        return instant.astimezone(self.zone)

    def today(self, now: datetime) -> date:
        """Return the hub's own date at an instant."""
        return self.local(now).date()

    # Records by kind and id

    def all(self, cls: type[R]) -> Iterable[R]:
        """Return every record of a kind that is not erased."""
        return cast("Iterable[R]", self._records.get(cls.KIND, NO_RECORDS).values())

    def get(self, cls: type[R], record_id: str) -> R | None:
        """Return a record, or None where this kiosk has not met it."""
        return cast("R | None", self._records.get(cls.KIND, NO_RECORDS).get(record_id))

    def body(self, kind: str, record_id: str) -> Mapping[str, Any] | None:
        """Return a record as nodes exchange it, with its stamps, or None.

        What was erased is here too: ``{"kind", "id", "erased"}``.
        """
        row = self._tables.get(kind, {}).get(record_id)
        return row.body if row else None

    def bodies(self, kind: str) -> Iterable[Mapping[str, Any]]:
        """Return every record of a kind as nodes exchange it, the erased ones included."""
        return (row.body for row in self._tables.get(kind, {}).values())

    def indexed(self, name: str, key: str) -> tuple[Any, ...]:
        """Return the records under a key of an index, in order of id."""
        cls = INDEXES[name][0]
        ids = self._indexes.get(name, Map()).get(key, NO_IDS)
        records = self._records.get(cls.KIND, NO_RECORDS)
        return tuple(records[record_id] for record_id in sorted(ids))

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """Every room in the hub's order, the retired ones too (``retired_from`` says so)."""
        return tuple(sorted(self.all(Room), key=lambda room: (room.order, room.id)))

    def rooms_on(self, day: date) -> tuple[Room, ...]:
        """Return the rooms that are not retired on a day."""
        return tuple(r for r in self.rooms if r.retired_from is None or day < r.retired_from)

    def room(self, room_id: str) -> Room | None:
        """Return a room, or None."""
        return self.get(Room, room_id)

    def person(self, person_id: str) -> Person | None:
        """Return a person, through ``merged_into``; in a ring of pointers the lowest id counts."""
        seen: list[str] = []
        while person_id and person_id not in seen:
            seen.append(person_id)
            found = self.get(Person, person_id)
            if found is None or not found.merged_into:
                return found
            person_id = found.merged_into
        ring = seen[seen.index(person_id) :] if person_id in seen else []
        return self.get(Person, min(ring)) if ring else None

    @property
    def people(self) -> Iterable[Person]:
        """Everybody the hub knows, records that were merged into others included."""
        return self.all(Person)

    @cached_property
    def records_of(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of all records that count as one person, by the id that stands for them.

        Only where there is more than one.
        """
        found: dict[str, list[str]] = {}
        for one in self.people:
            counts_as = self.person(one.id) if one.merged_into else None
            if counts_as and counts_as.id != one.id:
                found.setdefault(counts_as.id, [counts_as.id]).append(one.id)
        return {key: tuple(sorted(ids)) for key, ids in found.items()}

    def who(self, person_id: str) -> str:
        """Return the one id that a person's id counts as, through ``merged_into``."""
        found = self.person(person_id)
        return found.id if found else person_id

    def cards(self, uid_hash: str) -> tuple[Card, ...]:
        """Return every issue of a card."""
        return self.indexed("cards_by_uid", uid_hash)

    # Visits

    def visit(self, visit_id: str) -> Visit | None:
        """Return a visit, or None."""
        return self.get(Visit, visit_id)

    def visits_on(self, day: date) -> tuple[Visit, ...]:
        """Return the visits that began on a day of the hub, in order of coming."""
        start = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        utc_days = {utc_day(start), utc_day(start.replace(hour=23, minute=59))}
        found = (v for key in utc_days for v in self.indexed("visits_by_day", key))
        that_day = [v for v in found if v.came_at and self.local(v.came_at).date() == day]
        return tuple(sorted(that_day, key=lambda v: (v.came_at, v.id)))

    def visits_of(self, person_id: str) -> tuple[Visit, ...]:
        """Return the visits of a person while their name is kept."""
        return self.indexed("visits_by_person", person_id)

    @cached_property
    def visits_open(self) -> tuple[Visit, ...]:
        """The visits with neither ``left_at`` nor ``assumed_at``, of any day."""
        return self.indexed("visits_open", "open")

    # Rooms in use

    def booking(self, booking_id: str) -> Booking | None:
        """Return a booking, or None."""
        return self.get(Booking, booking_id)

    def bookings_of(self, room_id: str) -> tuple[Booking, ...]:
        """Return every booking of a room, whatever became of it."""
        return self.indexed("bookings_by_room", room_id)

    def booking_days(self, booking_id: str) -> tuple[BookingDay, ...]:
        """Return what is particular to single days of a booking."""
        return self.indexed("days_by_booking", booking_id)

    @cached_property
    def house(self) -> House:
        """The hub's hours and settings: what the rules of visits read."""
        return House(self.hub, closed_by_day(self.closed_days), self.zone)

    @cached_property
    def diary(self) -> Diary:
        """Who has which room when: what every rule about rooms reads."""
        days, closed = self.all(BookingDay), closed_by_day(self.closed_days)
        return Diary.of(self.zone, self.hub, self.rooms, self.all(Booking), days, closed)

    @property
    def closed_days(self) -> Iterable[ClosedDay]:
        """Every day with other hours."""
        return self.all(ClosedDay)

    # Words, people, events

    @property
    def notices(self) -> Iterable[Notice]:
        """Every notice, running or not."""
        return self.all(Notice)

    @property
    def agreements(self) -> Iterable[Agreement]:
        """Every version of the house agreement."""
        return self.all(Agreement)

    def acceptances_of(self, person_id: str) -> tuple[Acceptance, ...]:
        """Return which agreements a person accepted."""
        return self.indexed("acceptances_by_person", person_id)

    def welcomers_on(self, day: date) -> tuple[Welcomer, ...]:
        """Return who said yes to welcoming on a day."""
        return self.indexed("welcomers_by_day", day.isoformat())

    @property
    def events(self) -> Iterable[Event]:
        """Every event."""
        return self.all(Event)

    def joins_of(self, event_id: str) -> tuple[Join, ...]:
        """Return who said that they come to an event."""
        return self.indexed("joins_by_event", event_id)

    @property
    def rolls(self) -> Iterable[Roll]:
        """Every roll call that was opened."""
        return self.all(Roll)

    def roll_ticks(self, roll_id: str) -> tuple[RollTick, ...]:
        """Return who was ticked off in a roll call."""
        return self.indexed("ticks_by_roll", roll_id)
