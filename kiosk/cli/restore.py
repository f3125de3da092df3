"""Put a backup in the place of what the folder holds now; what was there is kept beside it.

The door must be stopped. What somebody asked to be forgotten after the backup was made stays
forgotten: the list of that lies beside the store, apart from the backups.
"""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

from kiosk.cli.opened import DoorRuns, now
from kiosk.config import Place
from kiosk.store import open_store
from kiosk.store.backups import dated, in_folder, sound_state
from kiosk.store.disk import Disk
from kiosk.store.errors import StoreBusy, StoreDamaged, StoreNewer
from kiosk.store.files import Lock, move, reached, replace_file, sync_folder
from kiosk.store.opening import prepared
from kiosk.store.places import Places
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
    now_ms = int(now().timestamp() * 1000)
    source = args.file or next(iter(in_folder(place.backups, now_ms)), None)
    if source is None or not source.is_file():
        raise NoBackup(f"there is no backup {source or 'in ' + str(place.backups)}")
    if sound_state(source) is None:
        raise StoreDamaged(f"{source} is damaged or of a later version; nothing was changed")
    kept = restore(place, source)
    _key_beside(source, place)
    print(f"Restored from {source}." + (f" What was there is now {kept.name}." if kept else ""))
    return 0


def restore(place: Place, source: Path) -> Path | None:
    """Put a sound backup in place, washed; return where the store that was there is now.

    Wherever the power goes, the one or the other is in place: whole, and with its own log.
    """
    places = Places(place.store, place.backups)
    with reached():
        try:
            lock = Lock(places.lock)
        except StoreBusy:
            raise DoorRuns(data=place.data) from None
        try:
            part = prepared(places, source)
            kept = _kept_beside(place.store)
            move(part, place.store)
        finally:
            lock.let_go()
    open_store(place.store).close()
    return kept


def _kept_beside(store: Path) -> Path | None:
    """Give the store that is there a second name, with all that is in its log."""
    if not store.exists():
        return None
    with suppress(StoreDamaged, StoreNewer):
        Disk(str(store)).close()  # the log is taken into the file
    target = store.with_name(f"{store.name}.before-{dated(int(now().timestamp() * 1000))}")
    for ending in ("-wal", "-shm"):  # of a file that is damaged: it would be read into the other
        part = store.with_name(store.name + ending)
        if part.exists():
            part.replace(target.with_name(target.name + ending))
    target.hardlink_to(store)
    sync_folder(store.parent)
    return target


def _key_beside(source: Path, place: Place) -> None:
    """Take the hub's key that lies beside a backup, where this folder has none yet."""
    beside = source.with_name(place.key.name)
    if beside.is_file() and not place.key.exists():
        with reached():
            replace_file(place.key, beside.read_bytes())
