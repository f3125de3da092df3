"""Whether a door's memory stays as it is: thirty simulated days of touches, nights included.

    python -m tests.bench.month                      about five minutes
    python -m tests.bench.month --days 5 --rounds 8

On mock GL, with a clock that only moves when told. What is printed is the process's memory each
midnight, and the last day's beside the second's (at most 1.02). Answers 1 where it grew by more.
"""

from __future__ import annotations

import argparse
import ctypes
import datetime as dt
import gc
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.figures import figure
from tests.flows.conftest import KEY, NOW, Doors, Form
from tests.flows.people import INES_CARD, MARTA_CARD
from tests.flows.surroundings import start_display

BENCH, MOST_GROWN, STEP_S = "month", 1.02, 3600.0
OPENED_AND_LEFT = ("All notices", "Roll call", "All rooms", "What's on", "I'm leaving")


def main() -> int:
    """Live through the days, and say what they left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=2, help="rounds of touches a day")
    asked = parser.parse_args()
    start_display("mock", 1280, 800)
    with tempfile.TemporaryDirectory() as folder:
        doors = Doors(Form("1280x800", "en", large=False, gl="mock"), sample(folder), Path(folder))
        door = doors.open()
        midnights = [a_day(door, asked.rounds) for _ in range(asked.days)]
        doors.close()
    figure(BENCH, "kiosk", "memory each midnight", "MB", midnights)
    grown = midnights[-1] / midnights[1]
    figure(BENCH, "kiosk", f"last day to day 2 (at most {MOST_GROWN})", "times", [grown])
    return int(grown > MOST_GROWN)


def sample(folder: str) -> Path:
    """Return a folder with the sample hub."""
    from kiosk.config import Place
    from kiosk.sample import loader
    from kiosk.store import open_store

    place = Place(Path(folder) / "sample").make()
    place.key.write_text(KEY.hex())
    with open_store(place.store) as store:
        loader.load(store, loader.read_file(loader.LA_RONDA), NOW, KEY)
    return place.data


def a_day(door: Any, rounds: int) -> float:
    """People come and go until the evening; return the megabytes that are left at midnight."""
    for _ in range(rounds):
        a_round(door)
    now = door.hub.local(door.app.time.now())
    midnight = dt.datetime.combine(now.date() + dt.timedelta(1), dt.time(), now.tzinfo)
    goes_by(door, (midnight - now).total_seconds())
    gc.collect()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):  # glibc has it
        trim(0)
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
    goes_by(door, 10 * 3600)
    return resident


def goes_by(door: Any, seconds: float) -> None:
    """Let hours go by, in steps: a door draws each second, and nobody looks at night."""
    for _ in range(int(seconds // STEP_S)):
        door.frames.one(STEP_S)
    door.frames.one(seconds % STEP_S)
    door.settle()


def a_round(door: Any) -> None:
    """Look at every page, come in as a visitor, come and go by card; quiet for a while."""
    for words in OPENED_AND_LEFT:
        if door.can(words):
            door.tap(words).tap("Back")
    for words in ("I'm here", "I'm visiting", "Done", "Done"):
        if door.can(words):
            door.tap(words)
    for card in (MARTA_CARD, INES_CARD):
        door.tap_card(card)
        door.pass_(seconds=15)
        goes_by(door, 20 * 60)
    assert door.at == "rest"


if __name__ == "__main__":
    sys.exit(main())
