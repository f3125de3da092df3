"""The few things done to whole files: private, and on the disk before anybody relies on them."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.store.errors import StoreAway, StoreBusy, StoreFull

PRIVATE = 0o600
"""What a store holds is the business of the kiosk's own account alone."""


@contextmanager
def reached() -> Iterator[None]:
    """Turn what the system says of a file into the store's own errors."""
    try:
        yield
    except OSError as why:
        if why.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StoreFull(_said(why)) from why
        raise StoreAway(_said(why)) from why


def _said(why: OSError) -> str:
    return f"{why.filename}: {why.strerror}" if why.filename else str(why.strerror)


def make_private(path: Path) -> None:
    """Make an empty file that only we may read, where there is none; one that is there, private.

    SQLite gives its log and its shared memory the mode of the database file.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE))
    path.chmod(PRIVATE)


def make_folder(path: Path) -> None:
    """Make a folder that only we may enter, where there is none; its name is on the disk then."""
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Have the disk confirm what a file holds."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Have the disk confirm which names a folder holds."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def replace_file(path: Path, content: bytes) -> None:
    """Give a file new content: the old one or the new one, wherever the power goes."""
    part = path.with_name(path.name + ".part")
    make_private(part)
    part.write_bytes(content)
    move(part, path)


def move(source: Path, target: Path) -> None:
    """Give a finished file its name; both are on the disk when it returns."""
    sync_file(source)
    source.replace(target)
    sync_folder(target.parent)


class Lock:
    """Held by the one process that may write; the system lets go of it when that process ends."""

    def __init__(self, path: Path) -> None:
        make_private(path)
        # Not the database file itself: closing any handle of it would end SQLite's own locks.
        self._file = path.open("rb")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise StoreBusy(path=str(path)) from None

    def let_go(self) -> None:
        """Let another process have it."""
        self._file.close()
