"""Kiosks to measure: a store, the engine and real HTTP, but no screen. Knows nothing of the server's inside."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, Protocol

import requests

from kiosk.device_clock import DeviceClock
from kiosk.store import Changes, Write, open_store
from sync.client.home import Home
from sync.client.shell import Shell
from sync.client.wire import Wire
from tests.bench.figures import now_ms
from tests.sync.client.served import HereAndNow, KeptToken

PATIENCE_S = 60.0
AS_A_KIOSK = (400_000, 5, 5)
"""How often a kiosk looks for garbage (kiosk/ui/tidy.py), as against every 700 objects."""


class Pairs(Protocol):
    """A server that gives a device its token."""

    @property
    def address(self) -> str: ...

    def token(self, hub: str, /) -> str:
        """Pair a door with a hub."""


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

    def __init__(self, served: Pairs, hub: str, path: Path) -> None:
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
