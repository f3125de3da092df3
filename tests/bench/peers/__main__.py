"""Ours beside what people would use instead: PouchDB with pouchdb-server, Morango, TinyDB's JSON.

    python -m tests.bench.peers                              everything, about twenty minutes
    python -m tests.bench.peers --rounds 1 --visits 500 --rows 500 --inserts 40 --on sqlite

Everybody syncs the same documents, in turns, on the same disk: the temporary folder's (``TMPDIR``).
The peers come from npm and PyPI into ``build/peers``. Their durability is as they come: Morango waits
for the disk as ours does, PouchDB does not (LevelDB, in both its halves). A round that is not timed
goes first and counts the bytes. Answers 1 where ours is not ahead of a peer in a row, or misses a bar.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.floor import a_floor
from tests.bench.peers.judge import report
from tests.bench.peers.local import inserts
from tests.bench.peers.servers import Serving, morango, ours, pouchdb
from tests.bench.peers.workload import DICE, Found, a_round, counted, floor_round
from tests.bench.sync import DATABASES, databases

PEERS: dict[str, Serving] = {"PouchDB": pouchdb, "Morango": morango}


def subjects(urls: dict[str, str], without: Collection[str]) -> dict[str, Serving]:
    """Return who is measured. urls: of ours' databases; without: peers that are left out."""
    servings = {name: ours("" if name == "sqlite" else url) for name, url in urls.items()}
    peers = {name: one for name, one in PEERS.items() if name not in without}
    return {f"ours, {name}": one for name, one in servings.items()} | peers


def measured(home: Path, asked: argparse.Namespace) -> dict[str, Found]:
    """Do everything; return what was found by subject."""
    found: dict[str, Found] = {}
    with databases(home, asked.on) as urls, a_floor(home) as floor:
        everybody = subjects(urls, asked.without)
        found = {name: Found() for name in (*everybody, "floor")}
        for name, serving in everybody.items():
            counted(serving, _new(home, f"{name}-counted"), asked.visits, found[name])
        for nth in range(asked.rounds):
            jobs = {
                name: partial(
                    a_round, serving, _new(home, f"{name}-{nth}"), asked.visits, asked.small
                )
                for name, serving in everybody.items()
            } | {"floor": partial(floor_round, floor, asked.visits, 5 * asked.small)}
            for name, job in DICE.sample(sorted(jobs.items()), len(jobs)):
                job(found[name])
    inserts(_new(home, "local"), asked.rows, asked.inserts, found)
    return found


def _new(home: Path, name: str) -> Path:
    folder = home / name
    folder.mkdir()
    return folder


def main() -> int:
    """Measure, print, and answer 0 where ours is ahead and the bars hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--on", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--without", nargs="+", choices=list(PEERS), default=[])
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="of everything (3)")
    parser.add_argument("--small", type=int, default=3, help="of one record, in each round (3)")
    parser.add_argument("--rows", type=int, default=20_000, help="held before an insert (20,000)")
    parser.add_argument("--inserts", type=int, default=200)
    asked = parser.parse_args()
    with TemporaryDirectory() as home:
        return 0 if report(measured(Path(home), asked)) else 1


if __name__ == "__main__":
    sys.exit(main())
