"""What one commit of one document costs, empty and full, beside a bare SQLite commit.

    python -m tests.bench.commit            the bars: 1.3 times empty, twice bare
    python -m tests.bench.commit --rounds 50 --documents 0 5000

Everything is measured in turns in one run, on the disk of the temporary folder (``TMPDIR``).
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import msgspec
from tinydb import TinyDB

from kiosk.store import Changes, Store, Write, open_store
from sync.ids import new_id
from tests.bench.figures import figure, ratios

BENCH = "commit"
FLAT, OF_BARE = 1.3, 2.0
NOW_MS = 1_795_430_000_000
DICE = Random(7)
CLOCK_MS = count(NOW_MS, 40)
"""The time goes on from one commit to the next, as it does at a door."""


def visit(number: int) -> dict[str, object]:
    """Return the fields of a visit, about 250 bytes with its stamps."""
    return {
        "how": "visitor",
        "hub": "0199b1aa-0000-7000-8000-000000000001",
        "made_at": "2026-11-23T09:42:00Z",
        "made_on": "9f3a61c2",
        "name": f"Visitor {number}",
        "came_at": "2026-11-23T09:42:00Z",
        "reason": "look",
        "tag": f"heron {number % 90}",
    }


def filled(folder: Path, documents: int) -> Store:
    """Return a store that holds this many visits."""
    store = open_store(folder / f"store-{documents}.db", dice=DICE)
    acts = [
        Write("visit", new_id(NOW_MS - documents + n, DICE), visit(n)) for n in range(documents)
    ]
    if acts:
        store.commit(Changes(tuple(acts)), now_ms=NOW_MS)
    return store


def bare(folder: Path, documents: int) -> Callable[[], None]:
    """Return one commit of plain ``sqlite3``, WAL and FULL, in a table of this many rows."""
    db = sqlite3.connect(folder / f"bare-{documents}.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE record (id TEXT PRIMARY KEY, body TEXT NOT NULL)")
    bodies = [msgspec.json.encode(visit(n)).decode() for n in range(documents)]
    db.execute("BEGIN")
    insert = "INSERT INTO record VALUES (?, ?)"
    db.executemany(
        insert, [(new_id(NOW_MS - documents + n, DICE), body) for n, body in enumerate(bodies)]
    )
    db.execute("COMMIT")

    def commit() -> None:
        body = msgspec.json.encode(visit(1)).decode()
        db.execute("BEGIN IMMEDIATE")
        db.execute(insert, (new_id(next(CLOCK_MS), DICE), body))
        db.execute("COMMIT")

    return commit


def subjects(folder: Path, documents: int) -> dict[str, Callable[[], object]]:
    """Return what is measured with this many documents stored."""
    store = filled(folder, documents)
    plain = store.table("plain")
    plain.insert(visit(0))

    def ours() -> None:
        now_ms = next(CLOCK_MS)
        write = Write("visit", new_id(now_ms, DICE), visit(1))
        store.commit(Changes.of(write), now_ms=now_ms)

    return {
        "store": ours,
        "store, TinyDB insert": lambda: plain.insert(visit(1)),
        "bare sqlite3": bare(folder, documents),
    }


def tinydb_json(folder: Path, documents: int) -> Callable[[], object]:
    """Return one insert of TinyDB's own JSON storage."""
    db = TinyDB(folder / f"tiny-{documents}.json")
    db.insert_multiple(visit(n) for n in range(documents))
    return lambda: db.insert(visit(1))


def timed_ms(job: Callable[[], object]) -> float:
    """Return how long a job takes."""
    start = perf_counter()
    job()
    return (perf_counter() - start) * 1000


def measured(folder: Path, sizes: list[int], rounds: int) -> dict[tuple[str, int], list[float]]:
    """Return the times of every subject at every size, taken in turns."""
    jobs = {size: subjects(folder, size) for size in sizes}
    times: dict[tuple[str, int], list[float]] = {}
    for _ in range(rounds):
        for size in sizes:
            order = list(jobs[size].items())
            DICE.shuffle(order)  # nobody always comes after the same neighbour's sync
            for name, job in order:
                times.setdefault((name, size), []).append(timed_ms(job))
    for size in sizes:
        job = tinydb_json(folder, size)
        times["TinyDB JSON", size] = [timed_ms(job) for _ in range(max(5, rounds // 20))]
    return times


def report(times: dict[tuple[str, int], list[float]], sizes: list[int]) -> bool:
    """Print every figure and the two ratios; say whether the bars hold."""
    for (name, size), values in times.items():
        figure(BENCH, name, f"commit with {size} documents", "ms", values)
    good = True
    for size in sizes:
        flat = ratios(times["store", size], times["store", sizes[0]])
        of_bare = ratios(times["store", size], times["bare sqlite3", size])
        figure(BENCH, "store", f"{size} documents to {sizes[0]}", "times", flat)
        figure(BENCH, "store", f"to bare sqlite3 at {size} documents", "times", of_bare)
        good = good and median(flat) <= FLAT and median(of_bare) <= OF_BARE
    return good


def main() -> int:
    """Measure, print, and answer 0 where the bars hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=400, help="commits of each (400)")
    parser.add_argument("--documents", type=int, nargs="+", default=[0, 5_000, 20_000])
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        times = measured(Path(folder), asked.documents, asked.rounds)
        return 0 if report(times, asked.documents) else 1


if __name__ == "__main__":
    sys.exit(main())
