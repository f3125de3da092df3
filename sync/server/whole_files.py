"""Files beside the database: whole or not there, and on the disk before anybody relies on them."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

PRIVATE = 0o600
"""Names, ids and keys: only the server's own account reads them."""


def put_first(path: Path, content: bytes) -> None:
    """Give a file its content where there is none yet: whole or not at all, wherever the power goes.

    Where another process was quicker, what it wrote stays.
    """
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT, PRIVATE), "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # whoever waits here finds what the first one wrote
        if path.exists():
            part.unlink(missing_ok=True)
            return
        file.truncate(0)  # a power cut may have left some of it
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        name_whole(part, path)


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
