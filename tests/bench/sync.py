"""What syncing 10,000 visits costs, beside one bare POST of them into one transaction.

    python -m tests.bench.sync                     everything, SQLite and PostgreSQL
    python -m tests.bench.sync --on sqlite --rounds 3 --visits 2000 --only visits

Kiosks are real but for their screen (store, engine, HTTP), the server is a process of its own, the
floor (tests/bench/floor.py) runs in the same turns on the same disk: the temporary folder's
(``TMPDIR``). Answers 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any

from sync.ids import new_id
from tests.bench.commit import visit
from tests.bench.figures import figure, now_ms, timed_s
from tests.bench.floor import Floor, a_floor
from tests.bench.kiosk import AS_A_KIOSK, Door
from tests.bench.litter import Pulled, new_device
from tests.bench.served import Served, a_server
from tests.bench.writers import Writer, at_once, missed
from tests.sync.server.postgres import a_cluster, binaries

BENCH = "sync"
DATABASES = ("sqlite", "postgresql")
BREATH_S = 0.1
"""Between rounds: a device may ask 20 times a second, else it measures how it is told to wait."""
OF_FLOOR = {
    "sqlite": {"first push": 2.0, "first pull": 2.0},
    "postgresql": {"first push": 4.0, "first pull": 2.0},
}
NO_OP_MS, ONE_MS, ONE_P95_MS, ONLINE_P95_MS = 10.0, 15.0, 30.0, 150.0
WIRE_MB, MEMORY_MB, LITTER = 0.75, 100.0, 2.0
DICE = Random(7)
HUBS, DEVICES, PUSHES, EACH = 20, 8, 10, 3
_TURN = count(1)


def ids(number: int) -> list[str]:
    """Return ids of visits that were made one after another until now."""
    return [new_id(now_ms() - number + nth, DICE) for nth in range(number)]


class Bars:
    """Prints figures, and remembers whether every bar held."""

    def __init__(self, database: str) -> None:
        self.database, self.good = database, True

    def say(self, subject: str, name: str, unit: str, values: Sequence[float]) -> None:
        """Print a figure of this database."""
        figure(BENCH, f"{subject}, {self.database}", name, unit, values)

    def hold(
        self, name: str, unit: str, values: Sequence[float], most: float, *, p95: bool = False
    ) -> None:
        """Print a figure of the server's and judge its middle, or what 19 of 20 are below."""
        found = quantiles(values, n=20)[-1] if p95 and len(values) > 1 else median(values)
        subject = f"server, {self.database}"
        figure(BENCH, subject, f"{name} (at most {most:g})", unit, values, judged=found)
        self.good = self.good and found <= most


def visits_round(
    served: Served, floor: Floor, folder: Path, visits: int, times: dict[str, list[float]]
) -> Door:
    """Measure one push, push again and pull of everything, ours and the floor's in turns."""
    turn, hub, names = next(_TURN), served.hub(), ids(visits)
    first = Door(served, hub, folder / f"first-{turn}.db")
    first.writes(*map(visit, range(visits)), ids=names)
    bodies: list[dict[str, Any]] = [
        dict(row.body) for row in first.store.tables()["visit"].values()
    ]
    bare = floor.holds(bodies)
    floor.empties()

    def push() -> None:
        cpu_s = served.cpu_s()
        add(times, "first push", timed_s(lambda: (first.shell.start(), first.syncs())))
        add(times, "server's processor in it", served.cpu_s() - cpu_s)
        add(times, "bytes of the first push", first.wire.up / 1e6)

    in_turns(push, lambda: add(times, "floor: first push", timed_s(lambda: floor.push(bare))))
    second, empty = Door(served, hub, folder / f"second-{turn}.db"), floor.holds(())

    def pull() -> None:
        add(
            times, "first pull", timed_s(lambda: (second.shell.start(), second.syncs(holds=visits)))
        )
        add(times, "bytes of the first pull", second.wire.down / 1e6)

    in_turns(pull, lambda: add(times, "floor: first pull", timed_s(lambda: floor.pull(empty))))
    first.store.offer_all()
    add(times, "everything offered again", timed_s(lambda: (first.shell.changed(), first.syncs())))
    second.close()
    return first


def in_turns(*jobs: Callable[[], object]) -> None:
    """Do jobs one after another, in another order each time: nobody always has the first go."""
    for job in DICE.sample(jobs, len(jobs)):
        gc.collect()  # what others left behind is not this one's to clear up
        job()


def add(times: dict[str, list[float]], name: str, value: float) -> None:
    """Keep a figure of one round."""
    times.setdefault(name, []).append(value)


def report_visits(bars: Bars, times: dict[str, list[float]]) -> None:
    """Print what the rounds came to."""
    for name, values in times.items():
        unit = "MB" if name.startswith("bytes") else "s"
        bars.say(
            "floor" if name.startswith("floor") else "server",
            name.removeprefix("floor: "),
            unit,
            values,
        )
    for name, most in OF_FLOOR[bars.database].items():
        pairs = zip(times[name], times[f"floor: {name}"], strict=True)
        bars.hold(f"{name} to the floor", "times", [ours / bare for ours, bare in pairs], most)
    bars.hold("bytes on the wire, first push", "MB", times["bytes of the first push"], WIRE_MB)


def small(bars: Bars, floor: Floor, door: Door, served: Served, rounds: int) -> None:
    """Measure the everyday: nothing new, one record changed, a sign-in that could be undone."""
    found: dict[str, list[float]] = {}
    bare = floor.holds(())
    for nth in range(rounds):
        add(found, "bare nothing", 1000 * timed_s(lambda: floor.ask("GET", "/nothing")))
        door.boots()
        add(found, "nothing", 1000 * timed_s(lambda: (door.shell.start(), door.syncs())))
        add(found, "asks for nothing", door.wire.asks)
        body = {"id": ids(1)[0], "fields": visit(nth)}
        add(found, "bare one", 1000 * timed_s(lambda body=body: floor.one(bare, body)))
        asks = door.wire.asks
        add(found, "one", 1000 * timed_s(lambda nth=nth: one(door, nth)))
        add(found, "asks for one", door.wire.asks - asks)
        sleep(BREATH_S)
    bars.say("floor", "nothing new", "ms", found["bare nothing"])
    bars.hold("sync with nothing new", "ms", found["nothing"], NO_OP_MS)
    bars.hold("requests of it", "requests", found["asks for nothing"], 1)
    bars.say("floor", "one record changed", "ms", found["bare one"])
    bars.hold("one record changed, synced", "ms", found["one"], ONE_MS)
    bars.hold("one record changed, synced, p95", "ms", found["one"], ONE_P95_MS, p95=True)
    bars.hold("requests of it", "requests", found["asks for one"], 1)
    late = [1000 * sign_in(door, nth) for nth in range(max(2, rounds // 4))]
    bars.hold("a sign-in at the server after its undo, p95", "ms", late, ONLINE_P95_MS, p95=True)
    bars.say("server", "memory at its most", "MB", [served.memory_mb("VmHWM")])
    bars.hold("memory", "MB", [served.memory_mb("VmRSS")], MEMORY_MB)


def one(door: Door, number: int, undo_s: int = 0) -> None:
    """Write one visit and wait until the server has it."""
    door.writes(visit(number), ids=ids(1), undo_s=undo_s)
    door.shell.changed()
    door.syncs()


def sign_in(door: Door, number: int) -> float:
    """Return the seconds from the end of the time to undo until the server has a visit."""
    return timed_s(lambda: one(door, number, undo_s=1)) - 1


def litter(bars: Bars, served: Served, folder: Path, records: int, rounds: int) -> None:
    """Measure what a new device pulls where nine of ten people were erased, and where none was."""
    tenth, found = records // 10, dict[str, list[Pulled]]()

    def pulls(name: str, gone: int, nth: int) -> None:
        path = folder / f"{name}-{nth}"
        found.setdefault(name, []).append(new_device(served, path, tenth, gone))

    for nth in range(rounds):
        jobs = (("living", 0), ("littered", records - tenth))
        in_turns(*(partial(pulls, name, gone, nth) for name, gone in jobs))
    for what, unit in (("s", "s"), ("mb", "MB")):
        living, littered = (
            [getattr(one, what) for one in found[k]] for k in ("living", "littered")
        )
        bars.say("server", "pull of the living tenth alone", unit, living)
        ratios = [many / few for many, few in zip(littered, living, strict=True)]
        bars.hold(f"pull with nine of ten erased, in {unit}", "times", ratios, LITTER)


def crowd(bars: Bars, served: Served, hubs: int, devices: int) -> None:
    """Have many devices write to many hubs at once; count what any cursor missed."""
    for many, name in (
        (1, f"{devices} devices on one hub"),
        (hubs, f"{devices} on each of {hubs} hubs"),
    ):
        writers = [
            Writer(served, hub, f"{nth:08x}")
            for hub in [served.hub() for _ in range(many)]
            for nth in range(devices)
        ]
        took_s = at_once([lambda one=one: one.writes(PUSHES, EACH) for one in writers])
        at_once([one.catches_up for one in writers])
        bars.say("server", f"commits, {name}", "commits/s", [len(writers) * PUSHES / took_s])
        bars.hold(f"rows missed by a cursor, {name}", "rows", [missed(writers)], 0)


@contextmanager
def databases(folder: Path, wanted: Sequence[str]) -> Iterator[dict[str, str]]:
    """Give the URL of each database that is wanted. Raises SystemExit where there is no PostgreSQL."""
    found = {"sqlite": f"sqlite:///{folder / 'server.db'}"} if "sqlite" in wanted else {}
    if "postgresql" not in wanted:
        yield found
        return
    where = binaries()
    if where is None:
        raise SystemExit(
            "there is no PostgreSQL here (deploy/test installs it); or say --on sqlite"
        )
    with a_cluster(where, durable=True) as url:
        yield found | {"postgresql": url}


def measure(name: str, url: str, folder: Path, asked: argparse.Namespace) -> bool:
    """Measure one database; say whether its bars hold."""
    bars, times = Bars(name), {}
    with a_floor(folder) as floor, a_server(folder, url) as served:
        bars.say("server", "memory at rest", "MB", [served.memory_mb("VmRSS")])
        if "visits" in asked.only:
            for nth in range(asked.rounds):
                door = visits_round(served, floor, folder, asked.visits, times)
                if nth < asked.rounds - 1:
                    door.close()
            report_visits(bars, times)
            small(bars, floor, door, served, asked.small)
            door.close()
        if "litter" in asked.only:
            litter(bars, served, folder, asked.visits, asked.rounds)
        if "writers" in asked.only:
            crowd(bars, served, asked.hubs, asked.devices)
    return bars.good


def main() -> int:
    """Measure, print, and answer 0 where the bars hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--on", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--only", nargs="+", default=["visits", "litter", "writers"])
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5, help="of everything (5)")
    parser.add_argument("--small", type=int, default=80, help="of one record (80)")
    parser.add_argument("--hubs", type=int, default=HUBS)
    parser.add_argument("--devices", type=int, default=DEVICES)
    asked = parser.parse_args()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*AS_A_KIOSK)
    logging.disable()  # a kiosk that is closed while it waits for news says so
    with TemporaryDirectory() as home, databases(Path(home), asked.on) as found:
        good = []
        for name, url in found.items():
            folder = Path(home) / name
            folder.mkdir()
            good.append(measure(name, url, folder, asked))
        return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
