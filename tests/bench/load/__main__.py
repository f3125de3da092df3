"""How many kiosks one server process carries on this machine, which the kiosks share with it.

    python -m tests.bench.load                     everything, SQLite and PostgreSQL, fifteen minutes
    python -m tests.bench.load --on sqlite --kiosks 50 100 --seconds 10 --peak 1 8 --storm 100

A kiosk is the real engine and real HTTP, without a disk (tests/bench/load/kiosk.py); all of them
share one thread. Three questions: *day*, more and more kiosks that each make 400 commits in twelve
hours and listen in between, two to a hub; *peak*, sign-ins one after another by so many at once,
while all listen; *storm*, all come back at once, each with some hours of records. Answers 1 where
a bar is missed: a thousand kiosks at p99 under 500 ms; a thousand drained in two minutes, no error.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figures import figure
from tests.bench.load.kiosk import Kiosk
from tests.bench.load.swarm import Swarm, until
from tests.bench.served import a_server
from tests.bench.sync import DATABASES, databases

BENCH = "load"
BETWEEN_S = 12 * 3600 / 400
"""From one commit of a kiosk to its next, by day."""
ENOUGH, MOST_P99_MS, MOST_STORM_S = 1_000, 500.0, 120.0
RAMP_S, PEAK_S = 15.0, 10.0


async def day(swarm: Swarm, kiosks: list[int], window_s: float, database: str) -> bool:
    """Measure more and more kiosks with a normal day; say whether a thousand are carried."""
    good, days = True, []
    for number in kiosks:
        new = swarm.grow(number)
        await swarm.begin(new, RAMP_S)
        days += [asyncio.create_task(_a_day(swarm, kiosk)) for kiosk in new]
        await asyncio.sleep(min(RAMP_S, window_s))
        watched = swarm.watched()
        await asyncio.sleep(window_s)
        found = watched.figures()
        figure(BENCH, f"server, {database}", f"day of {number} kiosks", "kiosks", [number], **found)
        _say_troubles(swarm)
        if number == ENOUGH:
            good = found["p99_ms"] < MOST_P99_MS and not found["troubles"]
    for task in days:
        task.cancel()
    if ENOUGH not in kiosks:
        print(f"not judged: {ENOUGH:,} is not among --kiosks")
    return good


async def _a_day(swarm: Swarm, kiosk: Kiosk) -> None:
    while True:
        await asyncio.sleep(swarm.dice.expovariate(1 / BETWEEN_S))
        kiosk.writes(swarm.visit_of(kiosk))


async def peak(swarm: Swarm, at_once: list[int], database: str) -> None:
    """Measure how many people sign in a second where so many do at once, each at another door."""
    idle: asyncio.Queue[Kiosk] = asyncio.Queue()
    for kiosk in swarm.dice.sample(swarm.kiosks, len(swarm.kiosks)):
        idle.put_nowait(kiosk)

    async def signs_in(ends_at: float) -> None:
        while time.perf_counter() < ends_at:
            kiosk = await idle.get()
            kiosk.writes(swarm.visit_of(kiosk))
            await kiosk.drained.wait()
            idle.put_nowait(kiosk)

    for number in at_once:
        watched, ends_at = swarm.watched(), time.perf_counter() + PEAK_S
        await asyncio.gather(*(signs_in(ends_at) for _ in range(number)))
        found = watched.figures()
        figure(
            BENCH, f"server, {database}", f"sign-ins, {number} at once", "a second",
            [found["records_per_s"]], **found,
        )  # fmt: skip
        _say_troubles(swarm)


async def storm(swarm: Swarm, number: int, records: int, database: str) -> bool:
    """Measure how long kiosks take that come back at once; say whether the bar holds."""
    there = swarm.kiosks[:number]
    await asyncio.gather(*(kiosk.goes_down() for kiosk in there))
    await asyncio.sleep(
        2
    )  # until what was under way has ended in this, and not in what is measured
    for kiosk in there:
        kiosk.writes(*(swarm.visit_of(kiosk) for _ in range(records)))
    watched, began = swarm.watched(), time.perf_counter()
    for kiosk in there:
        kiosk.comes_up()
    try:
        await until(lambda: all(not one.waiting for one in there), within_s=3 * MOST_STORM_S)
        sent_s = time.perf_counter() - began
        await until(lambda: all(one.is_quiet for one in there), within_s=MOST_STORM_S)
    except TimeoutError:
        sent_s = float("inf")
    found = watched.figures()
    figure(
        BENCH, f"server, {database}", f"{number} kiosks back at once, {records} records each", "s",
        [sent_s], **found,
    )  # fmt: skip
    _say_troubles(swarm)
    return sent_s < MOST_STORM_S and not found["troubles"]


def _say_troubles(swarm: Swarm) -> None:
    for what, often in sorted(swarm.seen.troubles.items()):
        if often:
            print(f"  {often} x {what}", flush=True)


async def measure(name: str, url: str, folder: Path, asked: argparse.Namespace) -> bool:
    """Measure one database; say whether its bars hold."""
    good = []
    with a_server(folder, url) as served:
        swarm = Swarm(served)
        good.append(await day(swarm, sorted(asked.kiosks), asked.seconds, name))
        await swarm.close()
    with a_server(folder, url) as served:
        swarm = Swarm(served)
        await swarm.begin(swarm.grow(asked.storm), RAMP_S)
        await peak(swarm, asked.peak, name)
        good.append(await storm(swarm, asked.storm, asked.records, name))
        await swarm.close()
    return all(good)


def main() -> int:
    """Measure, print, and answer 0 where the bars hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--on", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--kiosks", type=int, nargs="+", default=[250, 500, 1_000, 2_000, 3_000])
    parser.add_argument("--seconds", type=float, default=40, help="each of these is watched (40)")
    parser.add_argument("--peak", type=int, nargs="+", default=[1, 4, 16, 64, 256])
    parser.add_argument("--storm", type=int, default=1_000, help="kiosks that come back (1,000)")
    parser.add_argument("--records", type=int, default=100, help="that each of them has (100)")
    asked = parser.parse_args()
    gc.freeze()
    gc.set_threshold(400_000, 5, 5)
    with TemporaryDirectory() as home, databases(Path(home), asked.on) as found:
        good = []
        for name, url in found.items():
            folder = Path(home) / name
            folder.mkdir()
            good.append(asyncio.run(measure(name, url, folder, asked)))
        return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
