"""Two kiosks and a server, each a process of its own, and the time that all of them are told."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import requests

from kiosk.hub.snapshot import Device, Snapshot
from kiosk.store.rows import Row
from sync.merge import versions
from sync.records import KINDS, Record
from sync.server.cli import main
from sync.server.database.engine import Database
from sync.server.database.ledger import Ledger
from sync.server.database.migrate import migrate
from sync.server.database.pages import newest
from sync.server.devices import new_token
from sync.server.hubs import add_hub
from tests.kiosk.hub.house import HUB_ID, at, the_hub
from tests.peers.asks import look
from tests.peers.door import Door
from tests.peers.nursery import Nursery
from tests.peers.time_told import TimeTold

LONGEST_S = 60
UNDO = timedelta(seconds=11)
"""After so long an act can no longer be undone, and is sent."""
READY = requests.adapters.Retry(total=600, connect=600, backoff_factor=0.01, backoff_max=0.05)


class World:
    """A hub's server and its kiosks.

    by_command: the server is ``python -m sync.server serve``, and all have this machine's time.
    begins: when it is at first, the morning before the tests' day if nothing is said.
    """

    def __init__(
        self,
        nursery: Nursery,
        folder: Path,
        url: str,
        *,
        by_command: bool = False,
        begins: datetime | None = None,
    ) -> None:
        self.nursery, self.folder, self.url, self.by_command = nursery, folder, url, by_command
        self.time = TimeTold(folder / "time")
        if not by_command:
            self.time.stand_at(begins or at("08:00", -1))
        self.database = Database(url)
        migrate(self.database)
        with self.database.writing() as connection:
            add_hub(connection, HUB_ID, "La Ronda", self.time.now_ms())
        self.doors: list[Door] = []
        self.address = ("127.0.0.1", _free_port())
        self.serve()

    def serve(self) -> None:
        """Start the server, and wait until it answers."""
        words = ["serve", *self._where, "--listen", ":".join(map(str, self.address))]
        facts = {"time": str(self.folder / "time"), "words": words}
        if self.by_command:
            self.command_line = subprocess.Popen([sys.executable, "-m", "sync.server", *words])
        else:
            self.server = self.nursery.start("server", facts)
        with requests.Session() as session:
            session.mount("http://", requests.adapters.HTTPAdapter(max_retries=READY))
            answer = session.get(f"http://{':'.join(map(str, self.address))}/v1/health", timeout=60)
            assert answer.ok, answer.text

    def stops_serving(self) -> None:
        """Stop the server in order."""
        for door in self.doors:
            door.network.lets_go()
        self.server.ends()

    def command(self, *words: str) -> str:
        """Run an operator's command at the time told; return what it said."""
        with redirect_stdout(StringIO()) as said:
            assert main([*words, *self._where], now_ms=self.time.now_ms) == 0, said.getvalue()
        return said.getvalue()

    @property
    def _where(self) -> list[str]:
        return ["--database", self.url, "--settings", str(self.folder / "server.toml")]

    def token(self, name: str) -> str:
        """Pair a device."""
        with self.database.writing() as connection:
            more: Any = {"role": "door", "name": name, "node": "", "now_ms": self.time.now_ms()}
            return new_token(connection, HUB_ID, **more)

    def door(self, name: str, colour: str) -> Door:
        """A further kiosk."""
        self.doors.append(Door(self, name, colour))
        return self.doors[-1]

    def moves_in(self, *records: Record) -> tuple[Door, Door]:
        """Open a house with two kiosks that know it and these records."""
        k1, k2 = self.door("Front", "blue"), self.door("Garden", "green")
        k1.has(the_hub(), *records)
        self.settles()
        return k1, k2

    def it_is(self, clock: str, on: int = 0) -> None:
        """Time passes until then, for everybody: the app's minute, the server's beat."""
        self.moves(at(clock, on))

    def moves(self, moment: datetime) -> None:
        """It is this moment for everybody."""
        self.pauses()
        self.time.stand_at(moment)
        self.beats()

    def beats(self) -> None:
        """The server and every kiosk look whether something is due."""
        self.server.say(do="beat")
        assert self.server.hears() == {"done": "beat"}
        for door in self.doors:
            door.minute()

    def days_pass(self, days: int, clock: str) -> None:
        """So many days go by, each with its noon and its end."""
        first = self.time.now
        for day in range(1, days + 1):
            self.moves(first + timedelta(days=day) - timedelta(hours=6))
            self.settles(*self.reachable)
        self.it_is(clock, days)

    @property
    def reachable(self) -> tuple[Door, ...]:
        """The kiosks whose network is there."""
        return tuple(door for door in self.doors if not door.network.is_cut)

    def pauses(self) -> None:
        """Wait until nothing is under way: an answer on its way while hours pass tells a wrong time."""
        self.settles(*self.reachable, held=True)

    def settles(self, *doors: Door, held: bool = False) -> None:
        """Exchange until nothing is new: nobody has to say anything, all have heard everything.

        held: but for what can still be undone.
        """
        doors = doors or (() if held else tuple(self.doors))
        until = time.monotonic() + LONGEST_S
        while True:
            assert time.monotonic() < until, [door.says("light") for door in doors]
            cursor = self.cursor
            quiet = all(door.says("quiet", cursor=cursor, held=held) for door in doors)
            if quiet and self.cursor == cursor:
                return

    def until(self, ready: Callable[[], bool]) -> None:
        """Exchange, and look, until something is so."""
        until = time.monotonic() + LONGEST_S
        while not ready():
            assert time.monotonic() < until
            self.settles()

    def acted(self, *doors: Door) -> None:
        """The time to undo passes, and all exchange until nothing is new."""
        self.pauses()
        self.time.passes(UNDO)
        self.beats()
        self.settles(*doors)

    @property
    def cursor(self) -> str:
        """How far the hub has gone."""
        with self.database.reading() as connection:
            return str(newest(connection, HUB_ID))

    def held(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return every record that the server holds."""
        with self.database.reading() as connection:
            ledger = Ledger(connection, HUB_ID)
            return dict(ledger.of_kinds({*KINDS, *ledger.kinds()}))

    def server_sees(self, at: str, **about: Any) -> Any:
        """Return what the server's records say, read as a kiosk reads them."""
        tables: dict[str, dict[str, Row]] = {kind: {} for kind in KINDS}
        for (kind, one), body in self.held().items():
            tables.setdefault(kind, {})[one] = Row(body)
        hub = Snapshot.of(tables, Device())
        return json.loads(json.dumps(look(hub, self.time.now, at, **about)))

    def all_see(self, at: str, **about: Any) -> Any:
        """Return what every node shows, which is the same."""
        found = [door.sees(at, **about) for door in self.doors]
        found.append(self.server_sees(at, **about))
        assert all(one == found[0] for one in found), found
        return found[0]

    def all_hold(self) -> dict[tuple[str, str], Any]:
        """Return every record in its long form: the same on every node."""
        nodes = [long_form(door.bodies()) for door in self.doors]
        there = long_form(self.held())
        for door, here in zip(self.doors, nodes, strict=True):
            odd = {key for key in there.keys() | here.keys() if there.get(key) != here.get(key)}
            assert not odd, (door.name, [(key, here.get(key), there.get(key)) for key in odd])
        return there

    def close(self) -> None:
        """End every process."""
        for door in self.doors:
            door.close()
        if self.by_command:
            self.command_line.kill()
            self.command_line.wait(LONGEST_S)
        else:
            self.server.kill()
        self.database.close()


def long_form(bodies: dict[tuple[str, str], dict[str, Any]]) -> dict[tuple[str, str], Any]:
    """Return records as they are compared: each field with its stamp."""
    return {
        key: body["erased"] if "erased" in body else versions(body) for key, body in bodies.items()
    }


def instant(said: str) -> datetime:
    """Return a time as JSON says it."""
    return datetime.fromisoformat(said)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
