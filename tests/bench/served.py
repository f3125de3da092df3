"""A real server process to measure, and kiosks that talk to it: a store, the engine, real HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import IO, Any
from uuid import uuid4

import requests

from kiosk.device_clock import DeviceClock
from kiosk.store import Changes, Write, open_store
from sync.client.home import Home
from sync.client.shell import Shell
from sync.client.wire import Wire
from sync.server.database.engine import Database
from sync.server.devices import new_token
from sync.server.hubs import add_hub
from tests.sync.client.served import HereAndNow, KeptToken

PATIENCE_S = 60.0


def now_ms() -> int:
    """Return the time, milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class Served:
    """A running server and its database."""

    def __init__(self, url: str, address: str, process: subprocess.Popen[bytes]) -> None:
        self.database, self.address, self.process = Database(url), address, process

    def hub(self) -> str:
        """Make an empty hub."""
        with self.database.writing() as connection:
            return add_hub(connection, str(uuid4()), "Bench", now_ms())

    def token(self, hub: str, node: str = "0000aaaa") -> str:
        """Pair a door with a hub."""
        with self.database.writing() as connection:
            return new_token(connection, hub, role="door", name=node, node=node, now_ms=now_ms())

    def memory_mb(self, which: str) -> float:
        """Return the process's memory. which: VmRSS now, VmHWM at its most."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(which))

    def cpu_s(self) -> float:
        """Return the seconds of processor time that the process took so far."""
        said = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def a_server(folder: Path, url: str, log: IO[bytes] | int = subprocess.DEVNULL) -> Iterator[Served]:
    """Start a server as an operator does; it has answered once when this begins."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{one.getsockname()[1]}"
    serve = [sys.executable, "-m", "sync.server"]
    about = ["--database", url, "--settings", str(folder / "server.toml")]
    subprocess.run([*serve, "migrate", *about], check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen([*serve, "serve", *about, "--listen", where], stderr=log)
    served = None
    try:
        retry = requests.adapters.Retry(
            total=400, connect=400, backoff_factor=0.05, backoff_max=0.1
        )
        with requests.Session() as session:
            session.mount("http://", requests.adapters.HTTPAdapter(max_retries=retry))
            session.get(f"http://{where}/v1/health", timeout=PATIENCE_S)
        served = Served(url, f"http://{where}", process)
        yield served
    finally:
        if served:
            served.database.close()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)


class _Counted(Wire):
    """A wire that counts its asks, and every byte of their heads and bodies."""

    asks, up, down = 0, 0, 0

    def __init__(self, server: str, clock_ms: Any) -> None:
        super().__init__(server, clock_ms)
        self._session.hooks["response"].append(self._count)

    def _count(self, response: requests.Response, **_more: object) -> None:
        if "/v1/sync" not in response.url:
            return
        self.asks += 1
        sent = response.request
        self.up += len(sent.body or b"") + _size(sent.headers) + len(f"POST {sent.path_url}") + 11
        self.down += int(response.headers["Content-Length"]) + _size(response.headers) + 17


def _size(headers: Any) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.items())


class Door:
    """A kiosk without its screen."""

    def __init__(self, served: Served, hub: str, path: Path) -> None:
        self.hub, self.store, token = hub, open_store(path), KeptToken()
        token.token = served.token(hub)
        self._served, self._clock, self._turn = served, DeviceClock(), threading.Condition()
        self._home = Home(self.store, HereAndNow(), self._clock, token, "1")
        self._begin()

    def _begin(self) -> None:
        self.wire = _Counted(self._served.address, self._clock.mono_ms)
        self.shell = Shell(
            self._home, self.wire, now_ms=self._clock.mono_ms, dice=Random(1), said=self._hears
        )

    def _hears(self, *_said: object) -> None:
        with self._turn:
            self._turn.notify_all()

    def writes(self, *fields: dict[str, object], ids: Sequence[str], undo_s: int = 0) -> None:
        """Commit visits, as one act."""
        mine = [said | {"hub": self.hub} for said in fields]
        acts = tuple(Write("visit", one, said) for one, said in zip(ids, mine, strict=True))
        self.store.commit(Changes(acts, undo_s=undo_s), now_ms=now_ms())

    def meets(self, *people: str) -> None:
        """Commit people by their ids, as one act."""
        said = {"hub": self.hub, "name": "Somebody", "made_at": "2026-11-23T09:42:00Z"}
        acts = tuple(Write("person", one, said) for one in people)
        self.store.commit(Changes(acts), now_ms=now_ms())

    def is_quiet(self) -> bool:
        """Whether there is nothing more to say or to hear."""
        status = self.shell.status
        return status.next == "listen" and not status.waiting and not self.store.waiting

    def syncs(self, *, holds: int = 0, kind: str = "visit") -> None:
        """Wait until all is said and heard, and so many records of a kind are here."""
        with self._turn:
            done = self._turn.wait_for(
                lambda: self.is_quiet() and len(self.store.tables()[kind]) >= holds, PATIENCE_S
            )
        assert done and self.shell.status.light == "all_sent", self.shell.status

    def waits_for(self, kind: str, field: str, value: str) -> None:
        """Wait until a record with this in a field is on the disk."""
        with self._turn:
            assert self._turn.wait_for(lambda: self._has(kind, field, value), PATIENCE_S)

    def _has(self, kind: str, field: str, value: str) -> bool:
        rows = self.store.tables()[kind].values()
        return any(row.body.get("fields", {}).get(field) == value for row in rows)

    def boots(self) -> None:
        """Begin anew on the same store: the first exchange of a boot has nothing to push."""
        self.shell.close(0)
        self._begin()

    def close(self) -> None:
        """End; who waits for news is not waited for."""
        self.shell.close(0)
        self.store.close()
