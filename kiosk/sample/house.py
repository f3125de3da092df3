"""The house of a sample: the hub itself, its rooms, closed days and agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from kiosk.sample.days import Days
from kiosk.sample.rows import AgreementRow, ClosedDayRow, HubRow, RoomRow
from kiosk.sample.wire import Made
from sync.ids import pair_id
from sync.records import Record
from sync.records.agreement import Agreement
from sync.records.closed_day import WHOLE_HUB, ClosedDay
from sync.records.hub import Hub, KioskFacts
from sync.records.room import Room

FOUNDED_DAYS = 400
"""The house, its rooms and its people were entered this many days ago."""


@dataclass(frozen=True)
class Here:
    """What every sample record is made with: the hub, the days, and names that become ids."""

    hub: str
    days: Days
    key: bytes

    def id(self, short: str | None) -> str:
        """Return the record id of a short name of the file; "" of nobody."""
        return str(uuid5(NAMESPACE_URL, f"{self.hub}/{short}")) if short else ""

    def pair(self, kind: str, *parts: str) -> str:
        """Return the id of a record that two devices would make alike."""
        return pair_id(self.hub, kind, *parts)

    def agreement(self, version: int) -> str:
        """Return the id of one version of the house agreement."""
        return self.id(f"agreement/{version}")

    def node(self, short: str) -> str:
        """Return the node id of a kiosk of the sample: eight hex digits."""
        return self.id(short)[:8]

    def founded(self) -> datetime:
        """Return when the house was entered."""
        return self.days.before(0, FOUNDED_DAYS)

    def made(self, record: Record, at: datetime) -> Made:
        """Return a sample record made at the front door."""
        return Made(record, at, self.node("k1"))


def hub_of(row: HubRow, here: Here, _n: int) -> Iterator[Made]:
    """Make the hub's own record."""
    kiosks = {
        here.node(kiosk.id): KioskFacts(name=_first(kiosk.name), colour=_colour(kiosk.colour))
        for kiosk in row.kiosks
    }
    hub = Hub(
        id=here.hub,
        name=row.name,
        short=row.short,
        languages=row.languages,
        timezone=row.timezone,
        open=row.open,
        reasons=row.reasons,
        settings=row.settings,
        kiosks=kiosks,
    )
    yield here.made(hub, here.founded())


def room_of(row: RoomRow, here: Here, n: int) -> Iterator[Made]:
    """Make a room, the n-th of the hub."""
    room = Room(
        id=here.id(row.id),
        name=row.name,
        short=row.short,
        capacity=row.capacity,
        features=row.features,
        open=row.open,
        buffer_min=row.buffer_min,
        colour=row.colour,
        order=n,
        bookable=row.bookable,
    )
    yield here.made(room, here.founded())


def closed_day_of(row: ClosedDayRow, here: Here, _n: int) -> Iterator[Made]:
    """Make a day with other hours."""
    day = here.days.day(row.day)
    room = row.room if row.room == WHOLE_HUB else here.id(row.room)
    closed = ClosedDay(
        id=here.pair("closed_day", day.isoformat(), room),
        date=day,
        room=room,
        why=row.why,
        open=row.open,
    )
    yield here.made(closed, here.days.before(row.day, 30))


def agreement_of(row: AgreementRow, here: Here, _n: int) -> Iterator[Made]:
    """Make one version of the house agreement."""
    since = here.days.day(row.since)
    agreement = Agreement(
        id=here.agreement(row.version), version=row.version, text=row.text, since=since
    )
    yield here.made(agreement, here.days.before(row.since, 1))


def closing(row: HubRow, day: datetime) -> datetime:
    """Return the local time at which the hub shuts that day; midnight where it has no hours."""
    spans = row.open.get(("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()], ())
    hours, minutes = (int(part) for part in (spans[-1][1] if spans else "24:00").split(":"))
    return day.replace(hour=0, minute=0) + timedelta(hours=hours, minutes=minutes)


def _first(texts: Mapping[str, str]) -> str:
    return texts.get("en") or next(iter(texts.values()), "")


def _colour(texts: Mapping[str, str]) -> str:
    return _first(texts).lower()
