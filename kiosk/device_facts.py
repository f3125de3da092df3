"""How a device fares, for the page that a volunteer reads; asked for off the Kivy thread."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk import VERSION
from kiosk.config import Config, Place
from kiosk.housekeeping import made_at
from kiosk.store.backups import in_folder


@dataclass(frozen=True)
class DeviceFacts:
    """readers: what each named port holds (its kind), and whether its device file is there."""

    version: str
    name: str
    free_bytes: int
    backup_at: datetime | None
    readers: tuple[tuple[str, bool], ...]


def device_facts(config: Config, place: Place) -> DeviceFacts:
    """Look at disk and ports as they are now."""
    newest = next(iter(in_folder(place.backups)), None)
    return DeviceFacts(
        version=VERSION,
        name=config.name,
        free_bytes=shutil.disk_usage(place.data).free,
        backup_at=made_at(newest) if newest else None,
        readers=tuple((kind, Path(path).exists()) for kind, path in sorted(config.ports.items())),
    )
