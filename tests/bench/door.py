"""How fast the door is, and how little it takes: beside a bare Kivy window of the same size.

    python -m tests.bench.door                    everything, about three minutes
    python -m tests.bench.door taps badge         only these; also: start, idle, slow
    python -m tests.bench.door --visits 10000 --size 800x480 --taps 200

Runs under an Xvfb of its own. Every figure is one line of JSON (tests/bench/figures.py); p99 lines
have the same n as what they are of. Exit 1 where a limit is not held. *slow* is for root alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
import time
import tty
from collections.abc import Sequence
from functools import reduce
from math import inf
from operator import xor
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from tests.bench.figures import figure
from tests.bench.slowly import a_slow_core, forget_files
from tests.bench.subject import Finger, Watched, display

BENCH = "door"
QUARTER = 0.25
TAP, BADGE = "finger down to first paint", "last byte of a badge to greeting"
START = "start to first screen"
SLOW_START = f"{START}, a quarter of a core, nothing read before"
IDLE, MEMORY = "idle, of one core", "memory above bare Kivy"
LIMITS = {
    f"{TAP}, p99": 100, f"{BADGE}, p99": 300, START: 1_500, SLOW_START: 6_000, IDLE: 2, MEMORY: 60,
}  # fmt: skip
"""The most that each may be in its own unit, the median of its times."""
ROUND = (
    ("All notices", "notices"), ("", "notice"), ("Back", "notices"), ("Back", "rest"),
    ("Roll call", "rollcall"), ("Back", "rest"),
    ("All rooms", "rooms"), ("Back", "rest"),
    ("I'm here", "here"), ("Back", "rest"),
)  # fmt: skip
"""What is tapped ("" = the first thing there is), and the screen that it leads to."""
OVER: list[str] = []
DIAGONALS_MM = {"800x480": "179.6", "720x1280": "179.5", "1280x800": "256.1"}


def stored(folder: Path, visits: int) -> list[str]:
    """Fill a folder with today's sample hub and so many visits of three weeks.

    Return the numbers of badges that people in it have, ten hex digits each.
    """
    from kiosk.config import Place, hub_key
    from kiosk.sample import LA_RONDA, read_file, records_of
    from kiosk.store import Changes, Write, open_store
    from sync.ids import new_id

    place, dice = Place(folder).make(), Random(7)
    now = dt.datetime.now(dt.UTC)
    sample = read_file(LA_RONDA)
    with open_store(place.store) as store:
        store.merge(records_of(sample, now, hub_key(place)).records)
        hub = next(iter(store.tables()["hub"]))
        for start in range(0, visits, 1000):
            acts = []
            for number in range(start, min(start + 1000, visits)):
                came = now - dt.timedelta(minutes=120 + number * 3)
                left = came + dt.timedelta(minutes=45)
                fields = {
                    "how": "visitor", "hub": hub, "grown_ups": 1, "reason": "looking",
                    "came_at": f"{came:%Y-%m-%dT%H:%M:%SZ}", "left_at": f"{left:%Y-%m-%dT%H:%M:%SZ}",
                }  # fmt: skip
                record_id = new_id(int(came.timestamp() * 1000), dice)
                acts.append(Write("visit", record_id, fields))
            store.commit(Changes(tuple(acts)), now_ms=int(now.timestamp() * 1000))
        return badges(store, hub_key(place), hub, now)


def badges(store: Any, key: bytes, hub: str, now: dt.datetime) -> list[str]:
    """Give everybody in the store another badge; return their numbers."""
    from kiosk.hub.cards import uid_hash
    from kiosk.store import Changes, Write
    from sync.ids import pair_id

    numbers, acts = [], []
    for nth, person in enumerate(store.tables()["person"]):
        number = f"{0x62E3080000 + nth:010X}"
        fields = {"uid_hash": uid_hash(key, number), "issue": 1, "person": person, "hub": hub}
        acts.append(Write("card", pair_id(hub, "card", fields["uid_hash"], "1"), fields))
        numbers.append(number)
    store.commit(Changes(tuple(acts)), now_ms=int(now.timestamp() * 1000))
    return numbers


def p99(values: list[float]) -> float:
    """Return the value that 99 of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 99 // 100) - 1)]


def report(subject: str, name: str, values: list[float], unit: str = "ms") -> None:
    """Print a figure, and its p99 where there are enough of them."""
    if not values:
        return
    told(subject, name, unit, values)
    if len(values) >= 20:
        told(subject, f"{name}, p99", unit, [p99(values)])


def told(subject: str, name: str, unit: str, values: list[float]) -> None:
    """Print a figure; where the kiosk has a limit for it that is not held, remember that."""
    figure(BENCH, subject, name, unit, values)
    if subject == "kiosk" and median(values) > LIMITS.get(name, inf):
        OVER.append(f"{name}: {median(values):.1f} {unit}, the limit is {LIMITS[name]}")


def opened(screen: str, data: Path, size: str) -> Watched:
    """Return a door that has come to rest."""
    args = ("--data", str(data), "--size", size, "--diagonal-mm", DIAGONALS_MM[size])
    door = Watched(screen, "kiosk", *args)
    door.until(lambda line: line.get("screen") == "rest", 30)
    door.settle(1.0)
    return door


def bench_taps(screen: str, data: Path, size: str, taps: int) -> None:
    """From a finger down to the first paint; from letting go to the next screen's first paint."""
    door, finger = opened(screen, data, size), Finger(screen)
    pressed: list[float] = []
    warm: list[float] = []
    cold: list[float] = []
    seen: set[str] = {"rest"}
    worked_s = door.cpu_s()
    try:
        while len(pressed) < taps:
            for words, leads_to in ROUND:
                door.ask(f"where {words}")
                told = door.until(lambda line: "where" in line)
                place = told["where"]
                assert place, f"nothing says {words!r}: {told['offers']}"
                down_ns = finger.down(*place)
                flip = door.until(lambda line, t=down_ns: line.get("flip", 0) > t)
                pressed.append((flip["flip"] - down_ns) / 1e6)
                door.settle(0.05)
                up_ns = finger.up()
                flip = door.until(
                    lambda line, t=up_ns, s=leads_to: (
                        line.get("flip", 0) > t and line["screen"] == s
                    ),
                    what=f"{words!r} to lead to {leads_to}",
                )
                (warm if leads_to in seen else cold).append((flip["flip"] - up_ns) / 1e6)
                seen.add(leads_to)
                door.settle()
        worked_s = door.cpu_s() - worked_s
    finally:
        door.stop()
    per_tap = [worked_s * 1000 / len(pressed)]
    figure(BENCH, "kiosk", "a tap and its slide, processor time", "ms", per_tap)
    report("kiosk", TAP, pressed)
    report("kiosk", "finger up to first paint of the next screen", warm)
    report("kiosk", "the same, screen opened for the first time", cold)


def bench_badge(screen: str, data: Path, size: str, cards: list[str], times: int) -> None:
    """From the last byte of a badge reader's frame to the greeting, on disk and on screen."""
    far, near = os.openpty()
    tty.setraw(near)
    (data / "kiosk.toml").write_text(f'[ports]\nrdm6300 = "{os.ttyname(near)}"\n')
    door = opened(screen, data, size)
    took: list[float] = []
    first: list[float] = []
    worked_s = door.cpu_s()
    try:
        for uid in cards[:times]:
            at_ns = time.monotonic_ns()
            os.write(far, frame(uid))
            flip = door.until(
                lambda line, t=at_ns: line.get("flip", 0) > t and line["screen"] not in ("", "rest")
            )
            (took if first else first).append((flip["flip"] - at_ns) / 1e6)
            door.settle()
            door.ask("forget")
            door.settle()
        worked_s = door.cpu_s() - worked_s
    finally:
        door.stop()
        os.close(far)
        os.close(near)
    cards_n = len(took) + len(first)
    figure(
        BENCH, "kiosk", "a badge and its page, processor time", "ms", [worked_s * 1000 / cards_n]
    )
    report("kiosk", BADGE, took)
    report("kiosk", "the same, for the first time", first)


def frame(number: str) -> bytes:
    """Return what an RDM6300 sends for a badge."""
    check = reduce(xor, bytes.fromhex(number))
    return b"\x02" + number.encode() + f"{check:02X}".encode() + b"\x03"


def bench_start(screen: str, data: Path, size: str, times: int) -> None:
    """From the start of the process to a rest screen that is painted and may be touched."""
    for subject, screen_name in (("kiosk", "rest"), ("bare Kivy", "bare")):
        took, worked = [], []
        for _ in range(times):
            one = _subject(subject, screen, data, size)
            line = one.until(lambda line, s=screen_name: line.get("screen") == s, 30)
            took.append((line["flip"] - one.began_ns) / 1e6)
            worked.append(one.cpu_s() * 1000)
            one.stop()
        report(subject, START, took)
        report(subject, f"{START}, processor time", worked)


def bench_slow_start(screen: str, data: Path, size: str, times: int) -> None:
    """The same where the process has a quarter of one core, and nothing of it is in memory yet."""
    took = []
    with a_slow_core(QUARTER) as before:
        for _ in range(times):
            forget_files()
            one = _subject("kiosk", screen, data, size, before)
            line = one.until(lambda line: line.get("screen") == "rest", 60)
            took.append((line["flip"] - one.began_ns) / 1e6)
            one.stop()
    report("kiosk", SLOW_START, took)


def bench_idle(screen: str, data: Path, size: str, seconds: float) -> None:
    """Processor time and memory while nobody touches it."""
    used: dict[str, float] = {}
    for subject in ("kiosk", "bare Kivy"):
        one = _subject(subject, screen, data, size)
        try:
            one.until(lambda line: "flip" in line, 30)
            time.sleep(8)
            before, began = one.cpu_s(), time.monotonic()
            time.sleep(seconds)
            share = (one.cpu_s() - before) / (time.monotonic() - began) * 100
            used[subject] = one.memory_mb()
        finally:
            one.stop()
        told(subject, IDLE, "%", [share])
        figure(BENCH, subject, "memory", "MB", [used[subject]])
    told("kiosk", MEMORY, "MB", [used["kiosk"] - used["bare Kivy"]])


def _subject(
    subject: str, screen: str, data: Path, size: str, before: Sequence[str] = ()
) -> Watched:
    if subject == "kiosk":
        args = ("--data", str(data), "--size", size, "--diagonal-mm", DIAGONALS_MM[size])
        return Watched(screen, "kiosk", *args, before=before)
    return Watched(screen, "bare", "--size", size, before=before)


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = ("taps", "badge", "start", "idle", *(("slow",) if os.geteuid() == 0 else ()))
    parser.add_argument("parts", nargs="*", choices=[*parts, []], default=[])
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--size", default="1280x800", choices=sorted(DIAGONALS_MM))
    parser.add_argument("--taps", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    wanted = asked.parts or parts
    with tempfile.TemporaryDirectory() as folder, display(asked.size) as screen:
        data = Path(folder) / "data"
        cards = stored(data, asked.visits)
        # Times mean little on a busy machine: processor times stand beside them.
        figure(BENCH, "machine", "load at the beginning", "", [os.getloadavg()[0]])
        if "start" in wanted:
            bench_start(screen, data, asked.size, asked.times)
        if "slow" in wanted:
            bench_slow_start(screen, data, asked.size, asked.times)
        if "idle" in wanted:
            bench_idle(screen, data, asked.size, asked.seconds)
        if "taps" in wanted:
            bench_taps(screen, data, asked.size, asked.taps)
        if "badge" in wanted:
            bench_badge(screen, data, asked.size, cards, 30)
    for line in OVER:
        print(f"over: {line}")
    return 1 if OVER else 0


if __name__ == "__main__":
    sys.exit(main())
