"""Put a copy from a stick in place, with the key from the paper.

The door must be stopped. Asks for the key: type it, or have it read from the paper's code; spaces
and small letters do not matter, and it is kept nowhere. A folder that holds records already is left
as it is, unless --replace: what was there is then kept beside it. Settings of this device stay.
"""

from __future__ import annotations

import argparse
import sys
from getpass import getpass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from kiosk.cli.opened import state_in
from kiosk.cli.restore import restore
from kiosk.config import Config, Place, parse, read, write
from kiosk.sealing import NotWhole, pair_of, unseal
from kiosk.store.backups import sound_state
from kiosk.store.errors import StoreDamaged
from kiosk.store.files import replace_file
from sync.errors import Refused

HELP = "put a copy from a stick in place"


class NotEmpty(Refused):
    """The folder holds records, and nobody said that they may go."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add which copy."""
    parser.add_argument("file", type=Path, metavar="FILE", help="hub-....tar.age of a stick")
    parser.add_argument(
        "--replace", action="store_true", help="also where there are records: they are kept beside"
    )


def run(args: argparse.Namespace) -> int:
    """Restore. Raises NotEmpty, NotAKey, OtherKey, NotWhole, BadSetting, DoorRuns, StoreFull, StoreAway."""
    place = Place(args.data).make()
    if not args.replace and _holds_records(place):
        raise NotEmpty(f"{place.data} holds records; --replace puts the copy in their place")
    if not args.file.is_file():
        raise NotWhole(f"there is no copy {args.file}")
    pair = pair_of(_asked())
    names = (place.store.name, place.key.name, place.settings.name)
    with TemporaryDirectory(prefix="restore-", dir=place.data) as folder:
        found = unseal(args.file, pair.secret, Path(folder), names)
        copy = found.get(place.store.name)
        if copy is None or sound_state(copy) is None:
            raise NotWhole(f"{args.file} holds no sound records; nothing was changed")
        settings = _settings(place, found, pair.public)
        kept = restore(place, copy)
        _take_key(place, found)
        write(place, settings)
    print(f"Restored from {args.file}." + (f" What was there is now {kept.name}." if kept else ""))
    return 0


def _asked() -> str:
    if sys.stdin.isatty():
        return getpass("The key on the paper: ")
    return sys.stdin.readline()


def _holds_records(place: Place) -> bool:
    if not place.store.exists():
        return False
    try:
        return any(state_in(place).records.values())
    except StoreDamaged:  # something was there, and may be wanted
        return True


def _settings(place: Place, found: dict[str, Path], public: str) -> Config:
    """Return the settings of this device: its own, else the copy's. Raises BadSetting.

    A copy proves nothing of who wrote it: neither where records are sent nor whose sticks get copies
    comes from it. That is the key of the paper.
    """
    settings = read(place)
    if not place.settings.exists() and (kept := found.get(place.settings.name)):
        settings = msgspec.structs.replace(
            parse(kept.read_text("utf-8"), kept), server="", backup_key=""
        )
    return msgspec.structs.replace(settings, backup_key=settings.backup_key or public)


def _take_key(place: Place, found: dict[str, Path]) -> None:
    """Put the key of the records' cards in place; another one that was there stays beside it."""
    if key := found.get(place.key.name):
        if place.key.exists() and place.key.read_bytes() != key.read_bytes():
            replace_file(place.key.with_name(f"{place.key.name}.before"), place.key.read_bytes())
        replace_file(place.key, key.read_bytes())
