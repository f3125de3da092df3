"""A server with hubs and devices, in process and without HTTP; time stands until it is passed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from sync.clock import Reading
from sync.ids import new_id, pair_id
from sync.merge import Version, WireRecord, merge, record
from sync.protocol import SyncAnswer, SyncAsk, Word, decode, encode
from sync.records import rule_of
from sync.server.commit import Commits
from sync.server.database.engine import Database
from sync.server.database.ledger import JUMP_MS
from sync.server.database.models import HubRow
from sync.server.devices import asker, new_token
from sync.server.erased_list import remember
from sync.server.exchange import About, sync
from sync.server.hubs import add_hub, confirm_time
from sync.server.proofs import Notary
from sync.server.service import Service
from sync.server.settings import Settings

HUB = "0199b1aa-0000-7000-8000-000000000001"
OTHER = "0199b1aa-0000-7000-8000-000000000002"
NOON_MS = 1_795_430_000_000
KEYS = {1: b"first key" * 4, 2: b"second key" * 4}


class Village:
    """One server's database, its keys and its clock."""

    def __init__(self, database: Database, erased: Path) -> None:
        self.erased = erased
        self.database, self.ms, self.notary = database, NOON_MS, Notary(KEYS)
        self.error_ms = 0  # of the server's own clock
        self.public_url = ""
        self.latest_ms = 0  # what it ever took the time for
        self.told: list[str] = []
        self.commits = Commits(
            database,
            self.notary,
            self.now_ms,
            before=lambda hub, gone: remember(self.erased, hub, gone),
            announce=lambda hub, done: self.told.append(hub) if done.seq else None,
        )
        self.hub = self.add(HUB)

    def now_ms(self) -> int:
        """What the server takes the time for."""
        self.latest_ms = max(self.latest_ms, self.ms + self.error_ms)
        return self.ms + self.error_ms

    def add(self, hub: str = OTHER) -> str:
        with self.database.writing() as connection:
            return add_hub(connection, hub, "A hub", self.ms)

    def pass_(self, **time: float) -> None:
        """Let time pass for a server that runs on; one whose clock is in doubt writes none down."""
        before_ms = self.now_ms()
        self.ms += int(timedelta(**time) / timedelta(milliseconds=1))
        is_sure = (HubRow.last_ms == 0) | (
            HubRow.last_ms.between(before_ms - JUMP_MS, before_ms + JUMP_MS)
        )
        with self.database.writing() as connection:
            connection.execute(update(HubRow).where(is_sure).values(last_ms=self.now_ms()))

    def clock_is_right(self) -> None:
        """The operator sets the server's clock, and says so."""
        self.error_ms = 0
        with self.database.writing() as connection:
            confirm_time(connection, self.ms)

    def door(self, hub: str = HUB, node: str = "0000aaaa", role: str = "door") -> Door:
        with self.database.writing() as connection:
            token = new_token(connection, hub, role=role, name=node, node=node, now_ms=self.ms)
        return Door(self, token, node)

    def until(self, instant: str) -> None:
        """Let time pass until an instant."""
        self.pass_(milliseconds=datetime.fromisoformat(instant).timestamp() * 1000 - self.ms)

    @property
    def service(self) -> Service:
        """The whole server, without HTTP."""
        settings = Settings(self.notary, self.erased)
        return Service(
            self.database,
            settings,
            now_ms=self.now_ms,
            public_url=self.public_url,
            wait_s=0.05,
        )

    def report(self, door: Door) -> None:
        """A device waits, and has nothing left to send."""
        self.service.report(door.who, door.cursor)

    def copy(self, token: str) -> Door:
        return Door(self, token, "0000cccc")

    def seq(self, hub: str = HUB) -> int:
        with self.database.reading() as connection:
            return connection.execute(select(HubRow.seq).where(HubRow.hub_id == hub)).scalar_one()


@dataclass
class Door:
    """A device that keeps what it hears; nothing of the engine of a real one."""

    village: Village
    token: str
    node: str
    cursor: str = ""
    number: int = 0
    known: str = ""
    holds: dict[tuple[str, str], WireRecord] = field(default_factory=dict)
    ticks: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.token)

    @property
    def who(self):
        with self.village.database.reading() as connection:
            return asker(connection, self.token)

    def reading(self) -> Reading:
        """Return the next reading of this device's clock."""
        self.ticks += 1
        return Reading(self.village.ms, self.ticks, self.node)

    def wrote(self, kind: str, record_id: str = "", /, **fields: Any) -> WireRecord:
        """Return a record as this device would write it now. ``title__en`` is ``title.en``."""
        stamp = str(self.reading())
        said = {name.replace("__", "."): value for name, value in fields.items()}
        record_id = record_id or new_id(self.village.ms, self.dice)
        return record(
            kind, record_id, {n: Version(rule_of(kind, n), stamp, v) for n, v in said.items()}
        )

    def asks(self, *push: WireRecord, **more: Any) -> SyncAnswer:
        """One exchange, as it would travel."""
        self.shown = f"{self.dice.getrandbits(64):016x}"
        word = Word(self.number + 1, self.known, self.shown)
        ask = SyncAsk(1, self.cursor, more.pop("word", word), list(push), more.pop("limit", 500))
        about = more.pop("about", About(node=self.node))
        answer = decode(
            encode(sync(self.village.commits, self.who, ask, about)), SyncAnswer, largest=1 << 28
        )
        self.number, self.known = ask.word.number, ask.word.next
        self.cursor = answer.cursor
        for body in (*(one for one in push if not answer.refused), *answer.records):
            key = (body["kind"], body["id"])
            self.holds[key] = merge(self.holds[key], body) if key in self.holds else body
        return answer

    def catches_up(self) -> Door:
        while self.asks().more:
            pass
        return self

    def field(self, body: WireRecord, name: str) -> Any:
        return self.holds[body["kind"], body["id"]]["fields"].get(name)

    def house(self, **rooms: str) -> Door:
        """Bring the hub's record and its rooms to the server."""
        every_day = {
            f"open__{day}": [["09:00", "22:00"]]
            for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        }
        hub = self.wrote("hub", self.who.hub, timezone="Europe/Madrid", **every_day)
        self.asks(hub, *(self.wrote("room", room, name__en=name) for room, name in rooms.items()))
        return self

    def booked(self, room: str, starts: str, minutes: int = 60, **more: Any) -> WireRecord:
        return self.wrote("booking", room=room, starts=starts, minutes=minutes, **more)

    def day(self, booking: WireRecord, day: str) -> str:
        return pair_id(self.who.hub, "booking_day", booking["id"], day)
