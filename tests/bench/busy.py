"""A busy hub for ``tests.bench.web``: rooms, a year of bookings, people, visits, notices, events.

Written straight into the ledger: what it takes to push all this is measured by tests.bench.sync.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from sync.clock import Reading
from sync.ids import new_id, pair_id
from sync.merge import Version, WireRecord, record
from sync.qr_codes import card_hash, home_card
from sync.records import rule_of
from sync.records.base import Json
from sync.server.card_keys import numbered_key
from sync.server.database.engine import Database
from sync.server.database.ledger import Ledger
from sync.server.proofs import Notary

AT_ONCE = 5_000
ZONE = "Europe/Madrid"
OPEN = {
    f"open.{day}": [["08:00", "22:00"]] for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
}
NAMES = [
    "Ana",
    "Marta",
    "Lucía",
    "Tomás",
    "Mohamed",
    "Rosa",
    "Inés",
    "Oksana",
    "Pau",
    "Berta",
    "Karim",
    "Yolanda",
]
FAMILIES = [
    "García",
    "Ruiz",
    "Herrero",
    "Alami",
    "Vidal",
    "Kovalenko",
    "Ferrer",
    "Soler",
    "Bianchi",
    "Okafor",
    "Lindqvist",
]
TITLES = ("Choir", "Knitting", "Bicycle repair", "Ukrainian for beginners", "Tenants' advice")


@dataclass(frozen=True)
class Size:
    """How much of each; visits are spread over the days that they are kept."""

    rooms: int = 200
    days: int = 365
    people: int = 2_000
    visits: int = 200_000
    notices: int = 400
    events: int = 150
    kept_days: int = 730


class Busy:
    """The hub's records, made one after another; the same for each database."""

    def __init__(self, hub: str, size: Size, now_ms: int, notary: Notary) -> None:
        self.hub, self.size, self.now_ms, self._notary = hub, size, now_ms, notary
        self._dice, self._ticks = Random(7), 0
        self.now = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC).replace(microsecond=0)
        self.today = self.now.date()
        self.rooms = [self._id() for _ in range(size.rooms)]
        self.people = [self._id() for _ in range(size.people)]
        self.notices = [self._id() for _ in range(size.notices)]
        self.series: list[str] = []
        self.closed: list[str] = []

    def _id(self) -> str:
        self._ticks += 1
        return new_id(self.now_ms - 10**9 + self._ticks, self._dice)

    def _made(self, kind: str, record_id: str, /, **fields: Json) -> WireRecord:
        self._ticks += 1
        stamp = str(Reading(self.now_ms - 10**9 + self._ticks, 0, "0000aaaa"))
        said = {name.replace("__", "."): value for name, value in fields.items()}
        said |= {"hub": self.hub, "made_at": f"{self.now:%Y-%m-%dT%H:%M:%SZ}"}
        versions = {
            name: Version(rule_of(kind, name), stamp, value) for name, value in said.items()
        }
        return record(kind, record_id, versions)

    def bodies(self) -> Iterator[WireRecord]:
        """Give everything there is in the hub."""
        key = numbered_key(self._notary, self.hub, 1)
        about: dict[str, Json] = {"name__en": "The Works", "timezone": ZONE, "card_key": key}
        yield self._made("hub", self.hub, **about, languages=["en", "es"], **OPEN)
        for nth, room in enumerate(self.rooms):
            name = {"name__en": f"Room {nth + 1}", "name__es": f"Sala {nth + 1}"}
            yield self._made("room", room, **name, capacity=5 + nth % 40, order=nth)
        for nth in range(1, 12):
            day = str(self.today + dt.timedelta(days=30 * nth - 180))
            self.closed.append(self._id())
            yield self._made("closed_day", self.closed[-1], date=day, why__en="Holiday")
        yield from self._all_people(key)
        yield from self._all_bookings()
        yield from self._all_events()
        yield from self._all_notices()
        yield from self._all_visits()

    def _all_people(self, key: str) -> Iterator[WireRecord]:
        for nth, one in enumerate(self.people):
            name = f"{self._dice.choice(NAMES)} {self._dice.choice(FAMILIES)} {nth}"
            merged = {"merged_into": self.people[nth - 1]} if nth % 50 == 49 else {}
            yield self._made("person", one, name=name, kind="member", **merged)
            hashed = card_hash(home_card(key, self.hub, one, 1))
            card = pair_id(self.hub, "card", hashed, "1")
            yield self._made("card", card, uid_hash=hashed, issue=1, person=one)

    def _all_bookings(self) -> Iterator[WireRecord]:
        """Give each room a weekly series, and something on every other day of the year."""
        first = self.today - dt.timedelta(days=self.size.days // 2)
        for nth, room in enumerate(self.rooms):
            weekly = {"minutes": 120, "rule": "FREQ=WEEKLY;COUNT=53"}
            series = self._booked(room, first + dt.timedelta(days=nth % 7), 18, **weekly)
            self.series.append(series["id"])
            yield series
            for n in range(self.size.days):
                if (n - nth) % 7:
                    yield self._booked(room, first + dt.timedelta(days=n), 9 + (n + nth) % 9)

    def _booked(self, room: str, day: dt.date, hour: int, **more: Json) -> WireRecord:
        said: dict[str, Json] = {"minutes": 60, "person": self._dice.choice(self.people)} | more
        title = {"title__en": self._dice.choice(TITLES)}
        starts = f"{day}T{hour:02d}:00:00"
        sure = {"confirmed": 1, "asked": 1, "arrived": self._ticks}
        return self._made("booking", self._id(), room=room, starts=starts, **title, **said, **sure)

    def _all_events(self) -> Iterator[WireRecord]:
        for nth in range(self.size.events):
            day = self.today + dt.timedelta(days=nth - self.size.events // 2)
            about = {"title__en": f"Open evening {nth}", "about__en": "Come as you are. " * 8}
            weekly = {"rule": "FREQ=WEEKLY;COUNT=20"} if nth % 5 == 0 else {}
            where = {"room": self.rooms[nth % len(self.rooms)], "starts": f"{day}T19:30:00"}
            yield self._made("event", self._id(), **about, **where, minutes=90, **weekly)

    def _all_notices(self) -> Iterator[WireRecord]:
        for nth, one in enumerate(self.notices):
            first = self.today + dt.timedelta(days=20 - nth)
            days = {"first_day": str(first), "last_day": str(first + dt.timedelta(days=30))}
            texts = {"title__en": f"Notice {nth}", "body__en": "Take your washing in. " * 10}
            yield self._made("notice", one, kind="news", **texts, **days)

    def _all_visits(self) -> Iterator[WireRecord]:
        """Give visits up to now, evenly: most by a tile or a card, some visitors, groups, counts."""
        minutes = self.size.kept_days * 24 * 60
        for nth in range(self.size.visits):
            came = self.now - dt.timedelta(minutes=minutes * (nth + 1) / self.size.visits)
            said: dict[str, Json] = {"came_at": f"{came:%Y-%m-%dT%H:%M:%SZ}"}
            how = self._dice.choices(("tile", "card", "visitor", "group", "count"), (4, 2, 2, 1, 1))
            if how[0] in {"tile", "card"} and nth < self.size.visits // 8:  # later ones lost theirs
                said["person"] = self._dice.choice(self.people)
            if how[0] == "group":
                said |= {"grown_ups": 4, "children": 3}
            if nth % 3:
                said["left_at"] = f"{came + dt.timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
            yield self._made("visit", self._id(), how=how[0], **said)

    def one_more(self) -> Iterator[WireRecord]:
        """Give one more visit."""
        yield self._made("visit", self._id(), how="count", came_at=f"{self.now:%Y-%m-%dT%H:%M:%SZ}")


def move_in(database: Database, hub: str, bodies: Iterable[WireRecord], now_ms: int) -> int:
    """Write records as commits of their own; return how many there are."""
    count, left = 0, iter(bodies)
    while some := list(islice(left, AT_ONCE)):
        count += len(some)
        with database.writing() as connection:
            ledger = Ledger(connection, hub)
            counters = ledger.lock()
            seq = counters.seq + 1 if counters else 1
            ledger.write({(one["kind"], one["id"]): one for one in some}, seq, now_ms)
            ledger.end_commit(seq, last_ms=now_ms, top=str(Reading(now_ms, 0, "0000aaaa")))
    return count
