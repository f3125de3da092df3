"""A stick with copies on it: ``hub-backup.key`` says whose they are, ``hub-copies/`` holds them.

    look      the key on the stick is the one this device was told, or nothing is written
    tidy      what was half written when a stick came out goes
    write     under a name that no copy has; have the stick confirm it; read it back
    name      the copy is there, whole, or not at all
    let go    of the oldest copies, never of the one just written

Wherever it ends, what has a copy's name is a whole copy, and the next time goes well.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Protocol

from kiosk.sealing import Writable
from kiosk.store.backups import dated
from kiosk.store.files import sync_folder
from sync.errors import Lost, Refused

KEY_NAME = "hub-backup.key"
FOLDER = "hub-copies"
ENDING = ".tar.age"
KEPT = 5
"""Copies kept on a stick."""
_LONGEST_KEY = 200
_READ_BYTES = 1 << 20


class NoKeyHere(Refused):
    """Nobody has told this device which key is the hub's."""


class Stranger(Refused):
    """The stick carries the key of somebody else, or none that can be read."""


class StickFull(Lost):
    """There is no room for the copy."""


class StickLocked(Lost):
    """The stick does not let itself be written."""


class StickGone(Lost):
    """The stick came out, or it does not keep what is written to it."""


class Medium(Protocol):
    """What is done to the files of a stick, one by one, each as OSError tells how it ended."""

    def create(self, path: Path) -> IO[bytes]: ...
    def sync(self, file: IO[bytes]) -> None: ...
    def sync_names(self, folder: Path) -> None: ...
    def rename(self, path: Path, target: Path) -> None: ...
    def remove(self, path: Path) -> None: ...
    def parts(self, path: Path) -> Iterator[bytes]: ...


class Files:
    """The medium as the system has it."""

    def create(self, path: Path) -> IO[bytes]:
        """Open a new file to write."""
        path.parent.mkdir(exist_ok=True)
        return path.open("xb")

    def sync(self, file: IO[bytes]) -> None:
        """Have the stick confirm what a file holds."""
        file.flush()
        os.fsync(file.fileno())

    def sync_names(self, folder: Path) -> None:
        """Have the stick confirm which names a folder holds."""
        sync_folder(folder)

    def rename(self, path: Path, target: Path) -> None:
        """Give a file another name."""
        path.replace(target)

    def remove(self, path: Path) -> None:
        """Let go of a file."""
        path.unlink()

    def parts(self, path: Path) -> Iterator[bytes]:
        """Read a file from the stick itself: what memory remembers of it is dropped first."""
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while part := file.read(_READ_BYTES):
                yield part


def checked_key(stick: Path, known: str) -> None:
    """Make sure that a stick carries the key that this device knows.

    Raises NoKeyHere, Stranger, StickGone.
    """
    if not known:
        raise NoKeyHere("this device was told no key: stick-key --trust tells it one")
    try:
        with told(), (stick / KEY_NAME).open("rb") as file:
            carried = file.read(_LONGEST_KEY).decode("ascii", "replace")
    except StickGone as why:
        if isinstance(why.__cause__, FileNotFoundError) and stick.is_dir():
            raise Stranger(f"the stick carries no {KEY_NAME}: it is left as it is") from why
        raise
    if carried.strip() != known:
        raise Stranger("the stick carries another key than the one this device was told")


def write_copy(
    stick: Path, write: Callable[[Writable], None], now_ms: int, medium: Medium | None = None
) -> Path:
    """Write a copy to a stick and return where it is; ``write`` fills the file.

    Raises StickFull, StickLocked, StickGone, and what ``write`` raises.
    """
    medium = medium or Files()
    folder = stick / FOLDER
    target = folder / f"hub-{dated(now_ms).replace('.', '-')}{ENDING}"
    part = target.with_name(target.name + ".part")
    with told():
        for left in folder.glob("*.part"):
            medium.remove(left)
        with medium.create(part) as file:
            counted = _Counted(file)
            write(counted)
            medium.sync(file)
        if _digest(medium.parts(part)) != counted.digest.digest():
            raise StickGone("the stick does not hold what was written to it")
        medium.rename(part, target)
        medium.sync_names(folder)
        older = [path for path in copies(stick) if path != target]
        for path in older[KEPT - 1 :]:
            medium.remove(path)
        medium.sync_names(folder)
    return target


def copies(stick: Path) -> list[Path]:
    """Return the copies on a stick, newest first."""
    return sorted((stick / FOLDER).glob(f"hub-*{ENDING}"), reverse=True)


@contextmanager
def told() -> Iterator[None]:
    """Turn what the system says of a stick into what a person can do about it."""
    try:
        yield
    except OSError as why:
        if why.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise StickFull("the stick is full") from why
        if why.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            raise StickLocked("the stick cannot be written to") from why
        raise StickGone(f"the stick is away: {why.strerror}") from why


class _Counted:
    """A file to write to; what went into it is summed up on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, sha256()

    def write(self, some: bytes) -> int:
        self.digest.update(some)
        return self._file.write(some)

    def flush(self) -> None:
        self._file.flush()


def _digest(parts: Iterator[bytes]) -> bytes:
    digest = sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()
