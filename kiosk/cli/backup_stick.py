"""Write an encrypted copy of everything to a stick that carries the hub's key, and let old ones go.

The stick needs a file hub-backup.key with the key that this device was told (stick-key). The door
may go on running, and says on its screen that the stick is being written. Ends with 0 when the copy
was read back from the stick, else with a number that says why: 10 no key was told to this device,
11 another key or none, 12 full, 13 locked, 14 it came out too soon.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

from kiosk.cli.opened import copied, now
from kiosk.config import Place, read
from kiosk.hardware.stick_news import DoorAway, tell
from kiosk.sealing import seal
from kiosk.stick import (
    NoKeyHere,
    StickFull,
    StickGone,
    StickLocked,
    Stranger,
    checked_key,
    write_copy,
)
from kiosk.store.backups import sound_state
from kiosk.store.errors import StoreDamaged
from sync.errors import Refused

HELP = "write an encrypted copy to a stick"
ENDS = {
    NoKeyHere: (10, "no_key"),
    Stranger: (11, "stranger"),
    StickFull: (12, "full"),
    StickLocked: (13, "locked"),
    StickGone: (14, "torn"),
}
"""Why it came to nothing: how the command ends, and what the door is told."""


class NothingYet(Refused):
    """A device without records would drive the copies of the one before it off the stick."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add which stick."""
    parser.add_argument("stick", type=Path, metavar="STICK", help="the folder where it is mounted")


def run(args: argparse.Namespace) -> int:
    """Write the copy. Raises what has no number of its own."""
    try:
        with _stopped_is_gone():
            written = copy_to(args.stick, Place(args.data))
    except tuple(ENDS) as sorry:
        print(f"Not done: {sorry}", file=sys.stderr)
        return ENDS[type(sorry)][0]
    print(f"Written and read back: {written} ({written.stat().st_size / 1e6:.1f} MB).")
    return 0


def copy_to(stick: Path, place: Place) -> Path:
    """Write a sound copy of a device's folder to its stick and return where it is.

    Raises NothingHere, NothingYet, StoreDamaged, BadSetting, NoKeyHere, Stranger, StickFull and its like.
    """
    public = read(place).backup_key
    checked_key(stick, public)
    with suppress(DoorAway):
        tell(place.data, "writing")
    with copied(place) as copy:
        state = sound_state(copy)
        if state is None:
            raise StoreDamaged("the copy is not what was written")
        if not any(state.records.values()):
            raise NothingYet("this device holds no records yet: no copy of a hub goes for that")
        beside = (place.key, place.settings)
        files = {place.store.name: copy, **{one.name: one for one in beside if one.is_file()}}
        write = partial(seal, files, public, work=place.data)
        return write_copy(stick, write, int(now().timestamp() * 1000))


@contextmanager
def _stopped_is_gone() -> Iterator[None]:
    """Who ends us, ends us because the stick is out: what was readable on our disk goes all the same."""

    def gone(_signal: int, _frame: object) -> NoReturn:
        raise StickGone("the stick came out before the copy was there")

    before = signal.signal(signal.SIGTERM, gone)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
