"""Fill an empty folder with the sample hub, La Ronda Commons: sixty people, six rooms, a month.

Days are counted from today, so today looks alive whenever you load it. A sample of an earlier day
makes way for today's, unless a server has it by now; a folder with a real hub is left as it is.
"""

from __future__ import annotations

import argparse
import sys
from datetime import time
from pathlib import Path

from kiosk.cli.at_hour import last
from kiosk.cli.opened import now, store_in
from kiosk.config import Place, hub_key, read_token
from kiosk.sample import LA_RONDA, read_file, records_of
from kiosk.sample.loader import zone_of
from kiosk.store import Store
from sync.errors import Refused

HELP = "fill an empty folder with a hub to look at"
LOADED_ON = "sample_of"
"""The store's note of the day for which a sample was loaded."""
SHOWN_PROBLEMS = 20


class RealHub(Refused):
    """The folder holds a hub that is no sample."""

    def __init__(self, *, data: Path) -> None:
        super().__init__(f"{data} holds a real hub: a sample never takes its place")
        self.data = data


def a_time(said: str) -> time:
    """Return the time of day that was said; argparse says how one is written."""
    try:
        return time.fromisoformat(said)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a time is written 10:42, not {said!r}") from None


def add(parser: argparse.ArgumentParser) -> None:
    """Add another file to load, and another time."""
    parser.add_argument("--file", type=Path, default=LA_RONDA, help="another sample file")
    parser.add_argument(
        "--hour",
        type=a_time,
        metavar="HH:MM",
        help="the hub as it was when it was last so late there, instead of now",
    )


def run(args: argparse.Namespace) -> int:
    """Load, and say what was loaded and what was left out. Raises RealHub, DoorRuns, BadSample."""
    place, at = Place(args.data).make(), now()
    sample = read_file(args.file)
    if args.hour:
        at = last(args.hour, zone_of(sample), at)
    loaded = records_of(sample, at, hub_key(place))
    with store_in(args.data) as store:
        if read_token(place) and store.note(LOADED_ON):
            print(f"The sample of {store.note(LOADED_ON)} stays: a server has it.")
            return 0
        if not make_room(store, args.data, loaded.day):
            print("Today's sample is loaded already.")
            return 0
        store.merge(loaded.records)
        store.keep_notes(**{LOADED_ON: loaded.day})
    for problem in loaded.problems[:SHOWN_PROBLEMS]:
        print(problem, file=sys.stderr)
    if (more := len(loaded.problems) - SHOWN_PROBLEMS) > 0:
        print(f"... and {more} more like these", file=sys.stderr)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(loaded.counts.items()))
    print(f"Loaded {len(loaded.records)} records: {kinds}.")
    return 0


def make_room(store: Store, data: Path, today: str) -> bool:
    """Empty a store of an earlier day's sample; say whether a sample is to be loaded now.

    Raises RealHub where what is there is no sample.
    """
    loaded_on = store.note(LOADED_ON)
    if loaded_on == today:
        return False
    if loaded_on:
        for kind in store.tables():
            store.drop_table(kind)
    elif store.tables()["hub"]:
        raise RealHub(data=data)
    return True
