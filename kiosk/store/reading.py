"""A store on a disk that cannot be written: what it holds is shown, and every commit is refused.

The records are read from a copy in memory, for SQLite writes beside a file that it reads. Nothing
on the disk is touched, so that nothing is lost by looking.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import NoReturn

from kiosk.store.backups import in_folder, sound_state
from kiosk.store.disk import Disk
from kiosk.store.places import Places
from kiosk.store.state import Delta, State
from sync.errors import Lost

IN_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)


class ReadOnly(Disk):
    """Stands where the disk would: it takes nothing, and says why as often as it is asked."""

    def __init__(self, why: Lost) -> None:
        self._why = why

    def keep(self, _delta: Delta) -> NoReturn:
        """Refuse a commit as the disk refused the start."""
        raise self._why.with_traceback(None)

    def copy_to(self, _path: str) -> NoReturn:
        """Refuse a backup."""
        raise self._why.with_traceback(None)

    def wash(self) -> bool:
        """Nothing can be overwritten."""
        return False

    def close(self) -> None:
        """Nothing is open."""


def state_to_read(places: Places) -> State:
    """Return what the file holds, else its newest sound backup, else nothing."""
    for path in (places.path, *in_folder(places.backups)):
        with suppress(Lost, OSError, sqlite3.Error), _copied(path) as copy:
            if state := sound_state(copy):
                return state
    disk = Disk(":memory:", journal="MEMORY")
    try:
        return disk.load()
    finally:
        disk.close()


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """Give a copy of a store with its log, for a while."""
    folder = IN_MEMORY if IN_MEMORY.is_dir() else None
    with TemporaryDirectory(prefix="hub-", dir=folder) as made:
        copy = Path(made) / path.name
        for ending in ("", "-wal"):
            part = path.with_name(path.name + ending)
            if part.exists():
                copyfile(part, copy.with_name(copy.name + ending))
        yield copy
