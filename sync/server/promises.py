"""Promises: what only the server says, in the order in which things reach it.

Called inside the hub's lock. A booking is answered when it arrives or is asked for again, a room
that nobody came to is let go when its timer is due; each answer carries a proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypeVar

from sync.ids import pair_id
from sync.merge import Json, Version, WireRecord, is_erased, record, versions
from sync.records import Record, flat, read, rule_of
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_decide import decide, decide_days, needs_deciding
from sync.records.booking_diary import Diary, kept_days
from sync.records.booking_release import ask_again_at, came, decide_release, release_at
from sync.records.booking_time import Span
from sync.records.closed_day import ClosedDay
from sync.records.hours import Hours
from sync.records.hub import Hub
from sync.records.join import Join
from sync.records.merged_people import root_of
from sync.records.opening import closed_by_day
from sync.records.person import Person
from sync.records.room import Room
from sync.records.visit import Visit
from sync.records.visit_rules import House, stays
from sync.server.landing import Key, Landing, zone_of
from sync.server.proofs import Notary
from sync.server.saying import say

ASK_AGAIN_MS = 10_000
"""While a room stands empty and a kiosk has not reported, its timer rings as often."""
DIARY = frozenset(cls.KIND for cls in (Hub, Room, ClosedDay, Booking, BookingDay))
"""The kinds that an answer about rooms depends on."""
NUMBERED = (Booking.KIND, Join.KIND, Hours.KIND)
"""The kinds whose order of arrival counts."""
R = TypeVar("R", bound=Record)


@dataclass
class Promises:
    """The server's own part of one commit.

    known: those records of DIARY that the hub holds and an answer of this commit depends on
    (around.py). arrived: the last order number given. timers: booking id -> when to ask again
    (None: never).
    """

    hub: str
    landing: Landing
    known: Mapping[Key, WireRecord]
    notary: Notary
    now_ms: int
    arrived: int
    recovering: bool = False
    timers: dict[str, int | None] = field(default_factory=dict)
    _typed_as: dict[Key, tuple[WireRecord, Record | None]] = field(default_factory=dict, init=False)
    _diary: Diary | None = field(default=None, init=False)

    @property
    def now(self) -> datetime:
        """The server's time."""
        return datetime.fromtimestamp(self.now_ms / 1000, UTC)

    def number(self, *, everybody: bool = False) -> None:
        """Give what arrived in this commit its order number, and learn those given before.

        In recovery none is given: a door may yet bring back who was before them. everybody: what
        came then is numbered first, in the order in which it was written.
        """
        came = {key: body for key, body in self.landing.after.items() if key[0] in NUMBERED}
        held = {key: body for key, body in self.known.items() if key[0] in NUMBERED}
        late = [body for key, body in held.items() if key not in came] if everybody else []
        self.arrived = max([self.arrived, *map(_number_of, [*late, *came.values()])])
        if self.recovering:
            return
        for body in [*sorted(late, key=_written), *came.values()]:
            if not (is_erased(body) or _number_of(body)):
                self.arrived += 1
                self._say(body, {"arrived": self.arrived})

    def answer(self, *, everybody: bool = False) -> None:
        """Decide the bookings of this commit that ask for it, in the order of their arrival.

        everybody: also those that could not be judged before; else those of a room that came, or
        was changed, only now.
        """
        wanted = [
            booking
            for key in self.landing.after
            if key[0] == Booking.KIND
            and (booking := self._typed(Booking, key))
            and needs_deciding(self._before(key), booking)
        ]
        rooms = {key[1] for key in self.landing.after if key[0] == Room.KIND}
        asked = {one.id for one in wanted}
        wanted += [
            one
            for one in self._undecided()
            if one.id not in asked and (everybody or one.room in rooms)
        ]
        for booking in sorted(wanted, key=lambda one: one.arrived):
            self._decide(booking)
        for key in list(self.landing.after):
            if key[0] == Booking.KIND:
                self._set_timer(key[1])

    def release(self, due: Iterable[str], people: People, reported: Reported) -> None:
        """Let go of the rooms that nobody came to. due: ids of bookings whose timer rang."""
        for booking_id in due:
            booking = self._typed(Booking, (Booking.KIND, booking_id))
            waits = self._release(booking, people, reported) if booking else False
            self._set_timer(booking_id)
            if waits:
                again_ms = self.now_ms + ASK_AGAIN_MS
                later_ms = self.timers[booking_id] or again_ms
                self.timers[booking_id] = min(again_ms, later_ms)

    def diary(self) -> Diary:
        """Return the diary as it stands in this commit."""
        if self._diary is None:
            hub = next(iter(self._all(Hub)), Hub())
            closed = closed_by_day(self._all(ClosedDay))
            parts = (self._all(Room), self._all(Booking), self._all(BookingDay), closed)
            self._diary = Diary.of(zone_of(hub), hub, *parts, recovering=self.recovering)
        return self._diary

    def _release(self, booking: Booking, people: People, reported: Reported) -> bool:
        """Return whether a day that has begun may yet have to be let go: not all have reported."""
        waits = False
        for day, whole in self._begun(booking):
            seen = people.during(came(whole))
            diary = self.diary()
            fields = decide_release(
                booking, day, diary, seen=seen, reported=reported.by_node, now=self.now
            )
            if reported.slowest < release_at(diary, whole):
                fields = {}  # a door that the hub's record does not name yet may hold their visit
            if fields:
                self._say_of_day(booking, day, fields)
            waits = waits or not (fields or diary.day(booking, day).used)
        return waits

    def _begun(self, booking: Booking) -> list[tuple[date, Span]]:
        days = kept_days(self.diary(), booking)
        return [(day, whole) for day, _span, whole in days if whole.start <= self.now < whole.end]

    def _decide(self, booking: Booking) -> None:
        key = (Booking.KIND, booking.id)
        diary = self.diary()
        fields = decide(booking, diary, self.now)
        body = self._now(key)
        if body and fields:
            self._say(body, fields)
        for day, granted in decide_days(booking, diary, self.now).items():
            self._say_of_day(booking, day, granted)

    def _undecided(self) -> list[Booking]:
        return [
            one
            for one in self._all(Booking)
            if not (one.confirmed or one.clash_now or one.cancelled)
        ]

    def _say_of_day(self, booking: Booking, day: date, fields: Mapping[str, Json]) -> None:
        day_id = pair_id(self.hub, BookingDay.KIND, booking.id, day.isoformat())
        there = self._now((BookingDay.KIND, day_id))
        if there is None:
            made = BookingDay(id=day_id, hub=self.hub, booking=booking.id, date=day)
            stamp = self.landing.tick(self.now_ms)
            versions = {
                name: Version(rule_of(BookingDay.KIND, name), stamp, value)
                for name, value in flat(made).items()
            }
            there = record(BookingDay.KIND, day_id, versions)
        self._say(there, fields)

    def _say(self, body: WireRecord, fields: Mapping[str, Json]) -> None:
        say(body, fields, self.landing, self.notary, self.hub, self.now_ms)
        self._diary = None

    def _set_timer(self, booking_id: str) -> None:
        booking = self._typed(Booking, (Booking.KIND, booking_id))
        # A calendar of others brings hundreds at a time, and nobody has to come to them.
        at = None
        if booking and not booking.outside:
            at = ask_again_at(booking, self.diary(), self.now)
        self.timers[booking_id] = int(at.timestamp() * 1000) if at else None

    def _now(self, key: Key) -> WireRecord | None:
        return self.landing.after.get(key) or self.known.get(key)

    def _before(self, key: Key) -> Booking | None:
        return _read(Booking, self.landing.held.get(key))

    def _typed(self, cls: type[R], key: Key) -> R | None:
        body = self._now(key)
        if body is None:
            return None
        known = self._typed_as.get(key)
        if known is None or known[0] is not body:
            known = self._typed_as[key] = (body, _read(cls, body))
        typed = known[1]
        return typed if isinstance(typed, cls) else None

    def _all(self, cls: type[R]) -> list[R]:
        keys = {key: None for key in (*self.known, *self.landing.after) if key[0] == cls.KIND}
        return [one for key in keys if (one := self._typed(cls, key))]


@dataclass(frozen=True)
class Reported:
    """When doors last told everything: by node, and the one of those in use that is behind most."""

    by_node: Mapping[str, datetime]
    slowest: datetime


@dataclass(frozen=True)
class People:
    """Who was in the house when; people who turned out to be one are one."""

    house: House
    visits: Iterable[Visit]
    people: Iterable[Person]

    def during(self, span: Span) -> frozenset[str]:
        """Return the ids of everybody who was in the house at some time in a span."""
        merged = {one.id: one.merged_into for one in self.people if one.merged_into}
        there = stays(self.visits, self.house, lambda who: root_of(merged, who))
        here = {
            visit.person
            for stay in there
            if stay.start < span.end and span.start < stay.end
            for visit in stay.visits
        }
        roots = {root_of(merged, one) for one in here}
        return frozenset(here | roots | {one for one in merged if root_of(merged, one) in roots})


def _number_of(body: WireRecord) -> int:
    there = 0 if is_erased(body) else body["fields"].get("arrived")
    return there if isinstance(there, int) else 0


def _written(body: WireRecord) -> tuple[str, str]:
    stamps = () if is_erased(body) else [one.stamp for one in versions(body).values()]
    return min(filter(None, stamps), default=""), body["id"]


def _read(cls: type[R], body: WireRecord | None) -> R | None:
    if body is None or is_erased(body):
        return None
    return read(cls, body["id"], body["fields"])
