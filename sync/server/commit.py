"""Commits: under the hub's lock, with its next number, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy import Connection

from sync.merge import WireRecord
from sync.protocol import Refusal
from sync.records import read
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.hub import Hub
from sync.records.person import Person
from sync.records.room import Room
from sync.records.visit import Visit
from sync.records.visit_rules import House
from sync.server.activity import FIELDS, Told
from sync.server.admission import Gate
from sync.server.around import around, of_rooms
from sync.server.card_keys import give_key, key_is_due
from sync.server.counting import count_days
from sync.server.database import account_rows, logbook, refusals
from sync.server.database.engine import Database
from sync.server.database.ledger import HubNow, Ledger
from sync.server.errors import Answered
from sync.server.kiosks import is_due, name_kiosks
from sync.server.landing import Key, Landing, calendar_of, keys_of, land, zone_of
from sync.server.lost_texts import keep_lost
from sync.server.promises import DIARY, NUMBERED, People, Promises, Reported
from sync.server.proofs import Notary
from sync.server.recovery import SEEN_WITHIN_MS, doors_told, is_over
from sync.server.settling import ASKED_BY, settle
from sync.washing import Calendar, washed

ASK_AGAIN_S = 300
PERSON = Person.KIND
NO_DOORS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Committed:
    """What a commit came to. seq, tag: its cursor; 0 where nothing changed.

    news: records of this commit that are not as their device has them. back: those of the push that
    are not, and that no new commit brings: the hub had something stronger already. erased: ids gone
    for good.
    """

    seq: int = 0
    tag: str = ""
    refused: list[Refusal] = field(default_factory=list)
    news: frozenset[Key] = frozenset()
    back: list[WireRecord] = field(default_factory=list)
    erased: dict[Key, str] = field(default_factory=dict)


def _nothing(_hub: str, _done: Committed) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Commits:
    """What every commit needs.

    now_ms: the server's time. before: called with what is about to be erased, before it is; it
    keeps the ids outside the database. announce: called after a commit, with the hub.
    """

    database: Database
    notary: Notary
    now_ms: Callable[[], int]
    before: Callable[[str, dict[Key, str]], None] = lambda _hub, _erased: None
    announce: Callable[[str, Committed], None] = _nothing

    def commit(
        self,
        connection: Connection,
        hub: str,
        push: Sequence[object],
        *,
        everybody: bool = False,
        asks: Mapping[str, str] = NO_DOORS,
        by: str = "",
        counters: HubNow | None = None,
    ) -> Committed:
        """Take a push into the hub, with all that follows from it. Raises Answered: clock.

        everybody: decide also what could not be decided before. asks: node -> the colour it was
        set up with, of the door that pushes. by: the person who writes on the server's pages.
        counters: the hub's, of who holds its lock already.
        """
        ledger, now_ms = Ledger(connection, hub), self.now_ms()
        counters = counters or ledger.lock()
        if counters is None:
            raise Answered("forbidden")
        if counters.has_jumped(now_ms):
            if push or everybody:
                raise Answered("clock", retry_s=ASK_AGAIN_S)
            return Committed()
        landing = _landed(ledger, push, Gate(hub, self.notary, now_ms, counters.top), counters)
        recovering = bool(counters.recovering_ms)
        if recovering and is_over(connection, hub, counters.recovering_ms, now_ms):
            ledger.set_hub(recovering_ms=0)
            recovering, everybody = False, True
        if is_due(landing, hub, asks):
            name_kiosks(connection, landing, self.notary, hub, now_ms, asks=asks)
        if not recovering and key_is_due(landing, hub):
            give_key(landing, self.notary, hub, now_ms)
        arrived, timers = counters.arrived, {}
        due = ledger.due(now_ms)
        if everybody or due or any(key[0] in DIARY or key[0] in NUMBERED for key in landing.after):
            known = (
                ledger.of_kinds({*DIARY, *NUMBERED}) if everybody else _known(ledger, landing, due)
            )
            landing.held = {**known, **landing.held}
            promises = Promises(
                hub, landing, known, self.notary, now_ms, counters.arrived, recovering
            )
            promises.number(everybody=everybody)
            promises.answer(everybody=everybody)
            if due:
                people = _people(ledger, promises, due)
                promises.release(due, people, _reported(connection, hub, now_ms))
            arrived, timers = promises.arrived, promises.timers
        if not recovering and (everybody or any(key[0] in ASKED_BY for key in landing.after)):
            settle(ledger, landing, self.notary, now_ms)
        ledger.set_timers(timers)
        return self._write(ledger, landing, replace(counters, arrived=arrived), now_ms, by)

    def look_after(self, connection: Connection, hub: str) -> Committed:
        """Do what is due by the day: name the hub's doors, give it a key, write how many came."""
        ledger, now_ms = Ledger(connection, hub), self.now_ms()
        counters = ledger.lock()
        if counters is None or counters.recovering_ms or counters.has_jumped(now_ms):
            return Committed()
        landing = _landed(ledger, (), Gate(hub, self.notary, now_ms, counters.top), counters)
        name_kiosks(connection, landing, self.notary, hub, now_ms)
        if key_is_due(landing, hub):
            give_key(landing, self.notary, hub, now_ms)
        days = calendar_of(landing.now((Hub.KIND, hub)), now_ms, lambda _one: False)
        count_days(ledger, landing, self.notary, days, now_ms)
        return self._write(ledger, landing, counters, now_ms)

    def _write(
        self,
        ledger: Ledger,
        landing: Landing,
        counters: HubNow,
        now_ms: int,
        by: str = "",
    ) -> Committed:
        as_pushed = frozenset(landing.keys) - landing.echo
        # A page may leave out tombstones; whoever offers what was erased is told in any case.
        told = sorted(landing.echo - (landing.after.keys() - landing.erased.keys()))
        back = [body for key in told if (body := landing.now(key))]
        if not landing.after:
            return Committed(refused=landing.refused, back=back)
        seq = counters.seq + 1
        if landing.erased:
            self.before(ledger.hub, landing.erased)
            ledger.erase(landing.erased)
            logbook.forget(ledger.connection, ledger.hub)
            refusals.forget(ledger.connection, ledger.hub)
            if any(kind == PERSON for kind, _id in landing.erased):
                account_rows.forget_erased(ledger.connection, ledger.hub)
        ledger.write(landing.after, seq, now_ms)
        _remember(ledger, landing, Told(now_ms, by, landing.is_gone))
        tag = ledger.end_commit(seq, arrived=counters.arrived, top=landing.top, last_ms=now_ms)
        news = landing.after.keys() - as_pushed
        return Committed(seq, tag, landing.refused, frozenset(news), back, landing.erased)


def _remember(ledger: Ledger, landing: Landing, told: Told) -> None:
    changed = [key for key in landing.after if key[0] in FIELDS]  # of 2,000 visits, none
    entries = (told.entry(key, landing.held.get(key), landing.after[key]) for key in changed)
    logbook.add(ledger.connection, ledger.hub, [one for one in entries if one])


def _landed(ledger: Ledger, push: Sequence[object], gate: Gate, counters: HubNow) -> Landing:
    keys = keys_of(push)
    hub_key = (Hub.KIND, ledger.hub)
    landing = Landing(ledger.bodies((*keys, hub_key)), keys, top=counters.top)
    gone = ledger.erased(keys)
    landing.gone = frozenset(one for kind, one in gone if kind == PERSON)
    days = calendar_of(landing.held.get(hub_key), gate.now_ms, landing.is_gone)
    land(push, landing, gone, gate, days)
    keep_lost(ledger, landing, gate.now_ms, days)
    people = [one for kind, one in landing.erased if kind == PERSON and (kind, one) not in gone]
    _wash_what_points_at(people, ledger, landing, days)
    return landing


def _wash_what_points_at(
    people: Sequence[str], ledger: Ledger, landing: Landing, days: Calendar
) -> None:
    pointing = ledger.naming(people)
    landing.held = {**pointing, **landing.held}
    for key in pointing.keys() | landing.after.keys() if people else ():
        body = landing.now(key)
        if body is not None:
            clean = washed(body, days)
            if clean is not body:
                landing.put(clean)
                landing.echo.add(key)


def _known(ledger: Ledger, landing: Landing, due: Sequence[str]) -> dict[Key, WireRecord]:
    """Return what the answers of this commit depend on."""
    known = ledger.of_kinds(DIARY - {Booking.KIND, BookingDay.KIND})
    rings = ledger.bodies((Booking.KIND, one) for one in due)
    changed = {key: body for key, body in landing.after.items() if key[0] == Booking.KIND}
    asked = [
        read(Booking, key[1], body["fields"])
        for key, body in {**rings, **changed}.items()
        if "fields" in body
    ]
    hub = landing.now((Hub.KIND, ledger.hub))
    zone = zone_of(read(Hub, ledger.hub, hub["fields"]) if hub else Hub())
    rooms = [key[1] for key in landing.after if key[0] == Room.KIND]
    return {**known, **rings, **around(ledger, zone, asked), **of_rooms(ledger, zone, rooms)}


def _people(ledger: Ledger, promises: Promises, due: Sequence[str]) -> People:
    diary = promises.diary()
    holders = [diary.bookings[one].person for one in due if one in diary.bookings]
    people = list(_typed_people(ledger.of_kinds((PERSON,)) if any(holders) else {}))
    ids = {*holders, *(one.id for one in people if one.merged_into)} - {""}
    visits = [
        read(Visit, key[1], body["fields"])
        for key, body in ledger.naming(ids, (Visit.KIND,)).items()
        if "fields" in body
    ]
    return People(House(diary.hub, diary.closed, diary.zone), visits, people)


def _typed_people(bodies: dict[Key, WireRecord]) -> list[Person]:
    return [
        read(Person, key[1], body["fields"]) for key, body in bodies.items() if "fields" in body
    ]


def _reported(connection: Connection, hub: str, now_ms: int) -> Reported:
    """Return when doors last told everything; what is a wall by now has nothing to tell."""
    found = doors_told(connection, hub)
    doors = [one for one in found if not one.is_wall]
    in_use = [one.reported_ms for one in doors if one.seen_ms >= now_ms - SEEN_WITHIN_MS]
    by_node = {one.node: _instant(one.reported_ms) for one in doors if one.node and one.reported_ms}
    walls = {one.node: _instant(now_ms) for one in found if one.is_wall}
    return Reported(by_node | walls, _instant(min(in_use, default=now_ms)))


def _instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
