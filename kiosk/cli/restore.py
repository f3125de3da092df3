"""Put a backup in the place of what the folder holds now; what was there is kept beside it.

The door must be stopped. What somebody asked to be forgotten after the backup was made stays
forgotten: the list of that lies beside the store, apart from the backups.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from kiosk.cli.opened import DoorRuns, now
from kiosk.config import Place
from kiosk.store import open_store
from kiosk.store.backups import dated, in_folder, named_for, sound_state
from kiosk.store.errors import StoreBusy, StoreDamaged
from kiosk.store.files import Lock, make_private, reached, sync_folder
from sync.errors import Lost

HELP = "put a backup in the place of what is there"


class NoBackup(Lost):
    """There is no backup to restore."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add which backup."""
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a backup; unsaid: the newest one"
    )


def run(args: argparse.Namespace) -> int:
    """Restore. Raises NoBackup, DoorRuns, StoreDamaged where the backup itself is not sound."""
    place = Place(args.data).make()
    source = args.file or next(iter(in_folder(place.backups)), None)
    if source is None or not source.is_file():
        raise NoBackup(f"there is no backup {source or 'in ' + str(place.backups)}")
    if sound_state(source) is None:
        raise StoreDamaged(f"{source} is damaged or of a later version; nothing was changed")
    kept = restore(place, source)
    _key_beside(source, place)
    print(f"Restored from {source}." + (f" What was there is now {kept.name}." if kept else ""))
    return 0


def restore(place: Place, source: Path) -> Path | None:
    """Put a sound backup in place, washed; return where the store that was there is now."""
    now_ms = int(now().timestamp() * 1000)
    with TemporaryDirectory(prefix="restore-", dir=place.data) as folder, reached():
        make_private(copy := named_for(Path(folder), now_ms))
        copyfile(source, copy)
        try:
            lock = Lock(place.store.with_name(place.store.name + ".lock"))
        except StoreBusy:
            raise DoorRuns(data=place.data) from None
        kept = _set_aside(place, now_ms)
        lock.let_go()
        # A store that is missing beside a backup is restored by opening it, and washed.
        open_store(place.store, backups=Path(folder)).close()
    return kept


def _set_aside(place: Place, now_ms: int) -> Path | None:
    if not place.store.exists():
        return None
    target = place.store.with_name(f"{place.store.name}.before-{dated(now_ms)}")
    for ending in ("-wal", "-shm", ""):
        part = place.store.with_name(place.store.name + ending)
        if part.exists():
            part.replace(target.with_name(target.name + ending))
    sync_folder(place.data)
    return target


def _key_beside(source: Path, place: Place) -> None:
    """Take the hub's key that lies beside a backup, where this folder has none yet."""
    beside = source.with_name(place.key.name)
    if beside.is_file() and not place.key.exists():
        make_private(place.key)
        copyfile(beside, place.key)
