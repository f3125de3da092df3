"""Ids that were erased, kept in a file apart from the database: no backup brings them back.

One line an id: ``hub kind id stamp``. A line is written before the erasure is committed; an id that
stands here and was not erased after all was asked to be, and is erased at the next restore.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sync.server.whole_files import PRIVATE, sync_names

Key = tuple[str, str]


def remember(path: Path, hub: str, erased: Mapping[Key, str]) -> None:
    """Add ids to the list, on the disk when this returns."""
    lines = "".join(f"{hub} {kind} {one} {stamp}\n" for (kind, one), stamp in erased.items())
    is_new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE)
    with os.fdopen(descriptor, "ab") as file:
        file.write(f"\n{lines}".encode())  # a line end first: the last line may have been cut
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_names(path.parent)


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
