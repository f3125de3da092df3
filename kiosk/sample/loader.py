"""Reads a sample hub into a store, whatever the file holds: what is fine is loaded, what is not is
said, and what this version does not know is kept as it was given.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from kiosk.sample.board import event_of, notice_of
from kiosk.sample.bookings import booking_of
from kiosk.sample.days import Days
from kiosk.sample.hours import hours_of
from kiosk.sample.house import Here, agreement_of, closed_day_of, hub_of, room_of
from kiosk.sample.people import acceptance_of, person_of, welcomer_of
from kiosk.sample.rows import (
    AgreementRow,
    BookingRow,
    ClosedDayRow,
    EventRow,
    HoursRow,
    HubRow,
    NoticeRow,
    PersonRow,
    RoomRow,
    Row,
    VisitsRow,
    WelcomerRow,
)
from kiosk.sample.visits import Past, visit_of, visits_of
from kiosk.sample.wire import Calendar, Made, raw, wire
from kiosk.shipped import ASSETS
from sync.errors import BadField, Damaged
from sync.merge import WireRecord
from sync.records import Json
from sync.records.hub import Hub, settings_of

LA_RONDA = ASSETS / "sample" / "la_ronda.json"
NOT_ROWS = ("format", "about", "hub", "visits")
R = TypeVar("R", bound=Row)
Maker = Callable[[R, Here, int], Iterator[Made]]

SECTIONS: Mapping[str, tuple[type[Row], Maker[Any]]] = {
    "closed_days": (ClosedDayRow, closed_day_of),
    "rooms": (RoomRow, room_of),
    "people": (PersonRow, person_of),
    "welcomers": (WelcomerRow, welcomer_of),
    "agreement": (AgreementRow, agreement_of),
    "bookings": (BookingRow, booking_of),
    "notices": (NoticeRow, notice_of),
    "offers_needs": (NoticeRow, notice_of),
    "events": (EventRow, event_of),
    "hours": (HoursRow, hours_of),
}
"""The lists of a file that this version knows: the shape of a row, and what makes records of it."""


class BadSample(Damaged):
    """A sample file that cannot be loaded at all; ``why`` says what is missing."""

    def __init__(self, *, why: str) -> None:
        super().__init__(f"not a sample hub: {why}")
        self.why = why


class Store(Protocol):
    """What loading needs of the store."""

    def merge(self, records: Iterable[Mapping[str, Any]], /) -> Any: ...  # a receipt, not used here


@dataclass
class Loaded:
    """What came of a file: its records, and a sentence for each row that was left out.

    day: the day of loading in the hub's own zone, 2026-11-23.
    """

    day: str = ""
    records: list[WireRecord] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many records of each kind."""
        return Counter(record["kind"] for record in self.records)


def read_file(path: Path) -> Mapping[str, Json]:
    """Return what a sample file holds. Raises BadSample."""
    try:
        sample = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as why:
        raise BadSample(why=str(why)) from None
    if not isinstance(sample, dict):
        raise BadSample(why="expected an object with a hub in it")
    return sample


def zone_of(sample: Mapping[str, Json]) -> ZoneInfo:
    """Return the time zone of a sample hub. Raises BadSample."""
    return _zone(_hub_row(sample.get("hub")))


def load(store: Store, sample: Mapping[str, Json], now: datetime, key: bytes) -> Loaded:
    """Put a sample hub into a store, as if a server had sent it.

    now: with a zone; the day it falls on in the hub's zone is the sample's day 0.
    key: the hub's key, for the cards. Raises BadSample where there is no hub to load.
    """
    loaded = records_of(sample, now, key)
    store.merge(loaded.records)
    return loaded


def records_of(sample: Mapping[str, Json], now: datetime, key: bytes) -> Loaded:
    """Return the records of a sample hub on the day of ``now``. Raises BadSample."""
    hub = _hub_row(sample.get("hub"))
    days = Days(now.astimezone(UTC).replace(microsecond=0), _zone(hub))
    here = Here(str(uuid5(NAMESPACE_URL, "la-ronda")), days, key)
    settings = settings_of(Hub(settings=hub.settings))
    loading = _Loading(here, Calendar(days.today, settings, days.zone))
    loading.rows("hub", [sample["hub"]], HubRow, hub_of)
    sound = {
        name: loading.rows(name, sample.get(name, []), shape, maker)
        for name, (shape, maker) in SECTIONS.items()
    }
    loading.acceptances(sound["people"], sound["agreement"])
    loading.visits(sample.get("visits"), hub, sound["people"])
    for name in sample.keys() - SECTIONS.keys() - set(NOT_ROWS):
        loading.unknown(name, sample[name])
    loading.rooms_without_a_row(sound["rooms"], sound["bookings"])
    return loading.loaded


def _hub_row(row: Json) -> HubRow:
    try:
        return msgspec.convert(row, HubRow)
    except msgspec.ValidationError as why:
        raise BadSample(why=f"hub: {why}") from None


def _zone(hub: HubRow) -> ZoneInfo:
    try:
        return ZoneInfo(hub.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSample(why=f"hub: there is no time zone {hub.timezone!r}") from None


class _Loading:
    """One loading under way: collects records, and a sentence for what could not be read."""

    def __init__(self, here: Here, calendar: Calendar) -> None:
        self.here, self.calendar = here, calendar
        self.loaded = Loaded(here.days.today.isoformat())

    def rows(self, name: str, rows: Json, shape: type[R], maker: Maker[R]) -> list[R]:
        """Make the records of a list; return the rows that could be read."""
        sound = []
        for n, plain in enumerate(self._listed(name, rows), start=1):
            try:
                row = msgspec.convert(plain, shape)
                made = list(maker(row, self.here, n))
                made[0] = replace(made[0], beside=_beside(plain, shape))
                self._keep(made)
            except (msgspec.ValidationError, BadField, ValueError) as why:
                self._left_out(f"{name} {_short_name(plain, n)}", why)
            else:
                sound.append(row)
        return sound

    def acceptances(self, people: list[Any], versions: list[Any]) -> None:
        """Everybody of the sample has said yes to the agreement in force."""
        if versions:
            newest = max(versions, key=lambda row: row.version)
            agreement = self.here.agreement(newest.version)
            self._keep([acceptance_of(person, agreement, self.here) for person in people])

    def visits(self, lists: Json, hub: HubRow, people: list[Any]) -> None:
        """Make the visits of the days gone by, and of today until now."""
        if lists is None:
            return
        try:
            shape = msgspec.convert(lists, VisitsRow)
        except msgspec.ValidationError as why:
            self._left_out("visits", why)
            return
        past = Past(shape, hub, tuple(person.id for person in people))
        for name, line in visits_of(past):
            try:
                made = visit_of(line, past, self.here)
                self._keep([made] if made else [])
            except (msgspec.ValidationError, BadField, ValueError) as why:
                self._left_out(name, why)

    def unknown(self, name: str, rows: Json) -> None:
        """Keep rows of a kind that this version does not know, as they were given."""
        for n, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
            record_id = self.here.id(f"{name}/{_short_name(row, n)}")
            self.loaded.records.append(
                raw(name, record_id, row, self.here.founded(), self.here.node("k1"))
            )

    def rooms_without_a_row(self, rooms: list[Any], bookings: list[Any]) -> None:
        """Say which bookings are for a room that the file does not have; they are kept."""
        known = {room.id for room in rooms}
        self.loaded.problems += [
            f"bookings {booking.id}: kept, but there is no room {booking.room!r}"
            for booking in bookings
            if booking.room not in known
        ]

    def _listed(self, name: str, rows: Json) -> list[Json]:
        if isinstance(rows, list):
            return rows
        self._left_out(name, ValueError("expected a list"))
        return []

    def _keep(self, made: list[Made]) -> None:
        # All of a row or nothing of it: a booking without its days would promise too much.
        self.loaded.records += [wire(one, self.here.hub, self.calendar) for one in made]

    def _left_out(self, what: str, why: Exception) -> None:
        self.loaded.problems.append(f"{what}: left out, {why}")


def _beside(row: Mapping[str, Json], shape: type[Row]) -> Mapping[str, Json]:
    known = {spec.encode_name for spec in msgspec.structs.fields(shape)}
    return {name: value for name, value in row.items() if name not in known}


def _short_name(row: Json, n: int) -> str:
    name = row.get("id") if isinstance(row, dict) else None
    return name[:40] if isinstance(name, str) else str(n)
