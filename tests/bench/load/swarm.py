"""Many simulated kiosks on one server: made, begun, watched."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles
from uuid import uuid4

from sync.clock import Reading
from sync.ids import new_id
from sync.merge import Version, record
from sync.records import rule_of
from sync.server.devices import new_token
from sync.server.hubs import add_hub
from tests.bench.commit import visit
from tests.bench.figures import now_ms
from tests.bench.load.kiosk import Held, Kiosk, Seen
from tests.bench.served import Served

DOORS_OF_A_HUB = 2
_NODES = count(1)
_HAVE_BEGUN_S = 120


class Swarm:
    """All kiosks of one server, two to a hub. seen: what they meet; it is emptied by ``watched``."""

    def __init__(self, served: Served) -> None:
        self.served, self.seen, self.dice = served, Seen(), Random(7)
        self.kiosks: list[Kiosk] = []
        self._hubs: dict[str, str] = {}

    def grow(self, number: int) -> list[Kiosk]:
        """Pair kiosks until there are so many; return the new ones, not begun yet."""
        new = []
        with self.served.database.writing() as connection:
            while len(self.kiosks) + len(new) < number:
                hub = add_hub(connection, str(uuid4()), "Bench", now_ms())
                for _ in range(DOORS_OF_A_HUB):
                    node = f"{next(_NODES):08x}"
                    about = {"role": "door", "name": node, "node": node, "now_ms": now_ms()}
                    token = new_token(connection, hub, **about)
                    new.append(Kiosk(self.served.address, token, node, self.seen))
                    self._hubs[node] = hub
        self.kiosks += new
        return new

    async def begin(self, new: list[Kiosk], within_s: float) -> None:
        """Boot kiosks one after another, and wait until each listens."""
        for kiosk in new:
            kiosk.start()
            await asyncio.sleep(within_s / len(new))
        await until(lambda: all(kiosk.is_quiet for kiosk in new), within_s=_HAVE_BEGUN_S)

    def visit_of(self, kiosk: Kiosk) -> Held:
        """Return a visit that somebody makes there now."""
        fields = {**visit(1), "hub": self._hubs[kiosk.node]}
        stamp = str(Reading(now_ms(), self.dice.getrandbits(16), kiosk.node))
        versions = {
            name: Version(rule_of("visit", name), stamp, value) for name, value in fields.items()
        }
        name = new_id(now_ms(), self.dice)
        return Held(name, record("visit", name, versions))

    def watched(self) -> Watched:
        """Begin to watch; what was seen before is forgotten."""
        self.seen = Seen()
        for kiosk in self.kiosks:
            kiosk.seen = self.seen
        return Watched(self.served, self.seen)

    async def close(self) -> None:
        """End them all."""
        await asyncio.gather(*(kiosk.close() for kiosk in self.kiosks))


class Watched:
    """A stretch of time: what was met in it, and who took how much of the processors."""

    def __init__(self, served: Served, seen: Seen) -> None:
        self.seen, self._served = seen, served
        self._began, self._ours, self._theirs = self._now()
        self._machine = machine_s()

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), self._served.cpu_s()

    def figures(self) -> dict[str, float]:
        """Return what is said of it: processors in percent of one, times in ms, memory in MB."""
        now, ours, theirs = self._now()
        took_s = now - self._began
        busy, whole = (after - then for after, then in zip(machine_s(), self._machine, strict=True))
        times = sorted(self.seen.syncs_s) or [0.0]
        return {
            "s": took_s,
            "syncs_per_s": len(self.seen.syncs_s) / took_s,
            "records_per_s": self.seen.sent / took_s,
            "waits_per_s": self.seen.waits / took_s,
            "p50_ms": 1000 * times[len(times) // 2],
            "p99_ms": 1000 * p99(times),
            "server_cpu": 100 * (theirs - self._theirs) / took_s,
            "clients_cpu": 100 * (ours - self._ours) / took_s,
            "machine_cpu": 100 * os.cpu_count() * busy / whole if whole else 0.0,
            "memory_mb": self._served.memory_mb("VmRSS"),
            "troubles": sum(self.seen.troubles.values()),
        }


def p99(values: list[float]) -> float:
    """Return what 99 of 100 are below."""
    return quantiles(values, n=100)[-1] if len(values) > 1 else values[0]


def machine_s() -> tuple[float, float]:
    """Return the time for which the machine's processors were busy, and all of their time."""
    first = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
    ticks = [int(one) for one in first]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


async def until(holds: Callable[[], bool], within_s: float) -> None:
    """Wait until something holds. Raises TimeoutError."""
    async with asyncio.timeout(within_s):
        while not holds():  # noqa: ASYNC110 (a thousand kiosks: looked at, not told by each)
            await asyncio.sleep(0.02)
