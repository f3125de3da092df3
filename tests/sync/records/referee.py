"""A server's part in a few lines: it takes bookings as they reach it and says yes or no."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from sync.records import flat, read
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_decide import decide, decide_days, needs_deciding
from sync.records.booking_diary import Diary, Taken, confirmed
from sync.records.closed_day import ClosedDay
from sync.records.hub import WEEKDAYS, Hub, KioskFacts
from sync.records.opening import closed_by_day
from sync.records.room import Room

MADRID = ZoneInfo("Europe/Madrid")
TODAY = date(2026, 11, 23)
HUB = Hub(
    open=dict.fromkeys(WEEKDAYS, (("09:00", "22:00"),)),
    kiosks={"k1": KioskFacts(), "k2": KioskFacts()},
)
WILLOW = Room(id="willow", capacity=18, buffer_min=15, order=1)
QUIET = Room(id="quiet", capacity=8, buffer_min=10, order=2)
GARDEN = Room(id="garden", capacity=60, order=3)


def local(clock: str, on: int | date = 0) -> datetime:
    """A local time of a day, without a zone."""
    day = on if isinstance(on, date) else TODAY + timedelta(days=on)
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}")


def at(clock: str, on: int | date = 0) -> datetime:
    """An instant by the clock of Madrid."""
    return local(clock, on).replace(tzinfo=MADRID).astimezone(UTC)


def a_booking(name: str, starts: str = "18:00", minutes: int = 60, **fields) -> Booking:
    """A booking of the Willow Room today, unless said otherwise."""
    begins = local(starts, fields.pop("on", 0))
    usual = {"id": name, "room": "willow", "starts": begins, "minutes": minutes, "person": name}
    return Booking(**(usual | fields))


def a_diary(*bookings: Booking, days=(), rooms=(WILLOW, QUIET, GARDEN), closed=(), **more) -> Diary:
    """A diary of these bookings, in Madrid."""
    hub = more.pop("hub", HUB)
    return Diary.of(MADRID, hub, rooms, bookings, days, closed_by_day(closed), **more)


class Referee:
    """The server of one hub: ``takes`` what reaches it; ``now`` stands until told otherwise."""

    def __init__(self, *, rooms=(WILLOW, QUIET, GARDEN), now: datetime | None = None) -> None:
        self.rooms, self.now = rooms, now or at("10:00")
        self.bookings: dict[str, Booking] = {}
        self.days: dict[tuple[str, date], BookingDay] = {}
        self.closed: list[ClosedDay] = []
        self._arrived = 0

    @property
    def diary(self) -> Diary:
        return a_diary(
            *self.bookings.values(),
            days=self.days.values(),
            rooms=self.rooms,
            closed=self.closed,
        )

    def takes(self, booking: Booking) -> Booking:
        """Take a booking as a kiosk sends it, and decide where it asks for that."""
        before = self.bookings.get(booking.id)
        if before is None:
            self._arrived += 1
            booking = msgspec.structs.replace(booking, arrived=self._arrived)
        self.bookings[booking.id] = booking
        if needs_deciding(before, booking):
            self._answer(booking)
        return self.bookings[booking.id]

    def changes(self, name: str, **fields) -> Booking:
        """Take fields of a booking that it has already."""
        return self.takes(msgspec.structs.replace(self.bookings[name], **fields))

    def day(self, name: str, on: int | date = 0, **fields) -> BookingDay:
        """Take what is particular to a day of a booking; numbers only rise."""
        day = on if isinstance(on, date) else TODAY + timedelta(days=on)
        there = self.days.get((name, day), BookingDay(id=f"{name} {day}", booking=name, date=day))
        risen = {field: max(value, getattr(there, field)) for field, value in fields.items()}
        self.days[name, day] = msgspec.structs.replace(there, **risen)
        return self.days[name, day]

    def promised(self, room: str = "willow") -> list[Taken]:
        """Every confirmed day of a room, in order of time."""
        return sorted(confirmed(self.diary, room))

    def _answer(self, booking: Booking) -> None:
        fields = decide(booking, self.diary, self.now)
        wire = flat(booking) | fields
        self.bookings[booking.id] = read(Booking, booking.id, wire)
        for day in decide_days(booking, self.diary, self.now):
            self.day(booking.id, day, confirmed=1)
