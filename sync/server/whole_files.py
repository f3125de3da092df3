"""Files beside the database: whole or not there, and on the disk before anybody relies on them."""

from __future__ import annotations

import os
from pathlib import Path

PRIVATE = 0o600
"""Names, ids and keys: only the server's own account reads them."""


def put_whole(path: Path, content: bytes) -> None:
    """Give a file this content: the old one or the new one, wherever the power goes."""
    part = path.with_name(f"{path.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
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
