"""Devices that write and fetch without end, and what each of them was acknowledged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from random import Random
from threading import Event, Thread
from time import monotonic
from typing import Any

from sync.ids import new_id
from tests.bench.commit import visit
from tests.bench.figures import now_ms
from tests.bench.kiosk import Door
from tests.bench.served import Served

EACH_S = 1.0
"""So long between two acts at a door, acknowledged or not."""
LONGEST_S = 400.0
"""A device that failed often looks again after five minutes: nobody taps its light."""


class Device:
    """A kiosk without its screen, whose people do something every second.

    wrote: ids in their order; so many of them, from the first, are acknowledged. answers: how often
    the server gave which status.
    """

    def __init__(self, served: Served, hub: str, path: Path, hurry: Event) -> None:
        self.door = Door(served, hub, path)
        self.wrote: list[str] = []
        self.acknowledged = 0
        self.answers: Counter[int] = Counter()
        self.door.wire._session.hooks["response"].append(self._count)
        self._hurry, self._over, self._dice = hurry, Event(), Random(path.name)
        self._thread = Thread(target=self._run, name=path.name)

    def begin(self) -> None:
        """Let people come."""
        self.door.shell.start()
        self._thread.start()

    def _count(self, response: Any, **_more: object) -> None:
        self.answers[response.status_code] += 1

    def _run(self) -> None:
        while not self._over.is_set():
            one = new_id(now_ms(), self._dice)
            self.door.writes(visit(len(self.wrote)), ids=[one])
            self.wrote.append(one)
            self.door.shell.changed()
            until = monotonic() + EACH_S
            while monotonic() < until and not self._over.is_set():
                self._hears(until - monotonic())
                if self._hurry.is_set() and self.acknowledged == len(self.wrote):
                    break

    def _hears(self, longest_s: float) -> None:
        """Note what is acknowledged: it is no longer in the outbox, on this device's disk."""
        mine = len(self.wrote)
        with self.door._turn:
            if self.acknowledged < mine and self.door.store.waiting:
                self.door._turn.wait(min(longest_s, 0.05))
        if self.acknowledged == mine:
            self._over.wait(min(longest_s, 0.05))
        elif not self.door.store.waiting:
            self.acknowledged = mine

    def sure(self) -> Sequence[str]:
        """Return what the server said to have."""
        return self.wrote[: self.acknowledged]

    def is_heard(self, *, since: Collection[str]) -> bool:
        """Whether something of it was acknowledged besides these."""
        return any(one not in since for one in self.sure())

    def stops(self) -> None:
        """Nobody comes any more; what they did is still told."""
        self._over.set()
        self._thread.join()

    def holds(self) -> frozenset[str]:
        """Return the ids of every visit here."""
        return frozenset(self.door.store.tables()["visit"])

    def is_even(self, number: int) -> bool:
        """Whether it has so many visits, and nothing more to say or to hear."""
        return self.door.is_quiet() and len(self.door.store.tables()["visit"]) >= number

    def close(self) -> None:
        """End."""
        self._over.set()
        if self._thread.ident:
            self._thread.join()
        self.door.close()
