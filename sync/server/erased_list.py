"""Ids that were erased, kept in a file apart from the database: no backup brings them back.

One line an id: ``hub kind id stamp``. A line is written before the erasure is committed; an id that
stands here and was not erased after all was asked to be, and is erased at the next restore.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

Key = tuple[str, str]


def remember(path: Path, hub: str, erased: Mapping[Key, str]) -> None:
    """Add ids to the list, on the disk when this returns."""
    lines = "".join(f"{hub} {kind} {one} {stamp}\n" for (kind, one), stamp in erased.items())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, lines.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def recall(path: Path) -> dict[str, dict[Key, str]]:
    """Return the list: hub -> kind and id -> stamp. A line that was cut is left out."""
    found: dict[str, dict[Key, str]] = {}
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    for line in lines:
        parts = line.split(" ")
        if len(parts) == 4:
            hub, kind, one, stamp = parts
            found.setdefault(hub, {})[kind, one] = stamp
    return found
