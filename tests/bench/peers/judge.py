"""What the figures of everybody come to: who is ahead, and whether ours keeps its bars."""

from __future__ import annotations

from statistics import median

from tests.bench.commit import OF_BARE
from tests.bench.figures import figure, ratios
from tests.bench.peers.local import INSERT
from tests.bench.peers.workload import (
    DEVICE,
    DOWN,
    NOTHING,
    ONE,
    PULL,
    PUSH,
    SERVER,
    UP,
    Found,
)

BENCH = "peers"
UNITS = {
    PUSH: "s",
    PULL: "s",
    NOTHING: "ms",
    ONE: "ms",
    UP: "MB",
    DOWN: "MB",
    SERVER: "MB",
    DEVICE: "MB",
    INSERT: "ms",
}
OF_FLOOR = 2.0
NOT_DURABLE = {("PouchDB", INSERT)}
"""What is shown and not judged by: LevelDB answers before the disk has it."""


def report(found: dict[str, Found]) -> bool:
    """Print every figure; say whether ours is ahead everywhere and keeps its bars."""
    good = True
    for row, unit in UNITS.items():
        values = {name: one.rows[row] for name, one in found.items() if row in one.rows}
        ahead = behind(row, {name: median(some) for name, some in values.items()})
        for name, some in values.items():
            figure(BENCH, name, row, unit, some)
        for ours, peer in ahead:
            print(f"BEHIND: {ours} is not ahead of {peer}: {row}", flush=True)
        good = good and not ahead
    return _bars(found) and good


def behind(row: str, medians: dict[str, float]) -> list[tuple[str, str]]:
    """Return each of ours that a peer is as good as or better than in a row, with that peer."""
    peers = {
        name: value
        for name, value in medians.items()
        if name in {"PouchDB", "Morango", "TinyDB JSON"} and (name, row) not in NOT_DURABLE
    }
    return [
        (ours, peer)
        for ours, value in medians.items()
        if ours.startswith("ours")
        for peer, theirs in peers.items()
        if value >= theirs
    ]


def _bars(found: dict[str, Found]) -> bool:
    """Print how many times the floor ours takes; say whether that is within the bars."""
    pairs = [("ours, sqlite", "floor", row, OF_FLOOR) for row in (PUSH, PULL)]
    good = True
    for ours, base, row, most in [*pairs, ("ours", "bare sqlite3", INSERT, OF_BARE)]:
        if ours not in found:
            continue
        times = ratios(found[ours].rows[row], found[base].rows[row])
        said = f"{row} to {base} (at most {most:g})"
        figure(BENCH, ours, said, "times", times, judged=median(times))
        good = good and median(times) <= most
    return good
