"""Files beside the database: whole or not there, and on the disk before anybody relies on them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

PRIVATE = 0o600
"""Names, ids and keys: only the server's own account reads them."""


def put_first(path: Path, content: bytes) -> None:
    """Give a file its content where there is none yet: whole or not at all, wherever the power goes.

    Where another process was quicker, what it wrote stays.
    """
    descriptor, name = mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:  # mkstemp made it ours alone
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink()
    sync_names(path.parent)


def name_whole(part: Path, path: Path) -> None:
    """Give a file that is synced its name, on the disk when this returns."""
    part.replace(path)
    sync_names(path.parent)


def sync_names(folder: Path) -> None:
    """Have the disk confirm which names a folder holds."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
