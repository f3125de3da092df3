"""Write a copy of everything the hub knows, read it back, and say where it is.

The door may go on running. The door makes one itself every day, in the folder backups/; --to
writes one elsewhere, such as a stick, with the device's settings and the hub's key beside it:
keep that stick as you keep the keys of the house.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from shutil import copyfile

from kiosk.cli.opened import copied, now
from kiosk.config import Place
from kiosk.store.backups import named_for, prune, sound_state
from kiosk.store.errors import StoreDamaged
from kiosk.store.files import make_folder, make_private, move, reached

HELP = "write a checked copy of everything"


def add(parser: argparse.ArgumentParser) -> None:
    """Add where to."""
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="a folder elsewhere")


def run(args: argparse.Namespace) -> int:
    """Write a backup. Raises NothingHere, StoreFull, StoreAway, StoreDamaged."""
    place = Place(args.data)
    folder = args.to or place.backups
    now_ms = int(now().timestamp() * 1000)
    target = named_for(folder, now_ms)
    with reached():
        write(place, target)
        if args.to is None:
            prune(folder, now_ms)
        else:
            for private in (place.settings, place.key):
                _copy_private(private, folder / private.name)
    print(f"Written and read back: {target} ({target.stat().st_size / 1e6:.1f} MB).")
    return 0


def write(place: Place, target: Path) -> None:
    """Write a copy of a store, which may be in use, and check it before it gets its name."""
    with copied(place) as copy:
        if sound_state(copy) is None:
            raise StoreDamaged("the copy is not what was written")
        make_folder(target.parent)
        _copy_private(copy, target)


def _copy_private(source: Path, target: Path) -> None:
    if source.is_file():
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        make_private(part)
        copyfile(source, part)
        move(part, target)
