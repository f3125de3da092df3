"""What a device does for itself, without anybody asking: the day's backup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from kiosk.hub.backup_time import backup_is_due
from kiosk.store.backups import in_folder
from sync.errors import HubError
from sync.log import Log

log = Log("housekeeping")


class Store(Protocol):
    """What is backed up."""

    def backup(self, path: Path | None = None, *, now_ms: int | None = None) -> Path: ...


class Housekeeping:
    """Looks once a minute whether something is to be done; on the desk's thread."""

    def __init__(
        self,
        store: Store,
        backups: Path,
        *,
        now: Callable[[], datetime],
        is_open: Callable[[], bool],
    ) -> None:
        self._store, self._backups = store, backups
        self._now, self._is_open = now, is_open
        self._tried: datetime | None = None

    def look(self) -> None:
        """Make the day's backup where it is due; one that could not be made waits for an hour."""
        now = self._now()
        if not backup_is_due(self._last(now), now, is_open=self._is_open()):
            return
        if self._tried and abs((now - self._tried).total_seconds()) < 3600:
            return
        self._tried = now
        try:
            self._store.backup(now_ms=int(now.timestamp() * 1000))
        except HubError as why:
            log.warning("backup.not_made", reason=type(why).__name__)
        else:
            log.info("backup.made")

    def _last(self, now: datetime) -> datetime | None:
        newest = next(iter(in_folder(self._backups, int(now.timestamp() * 1000))), None)
        return made_at(newest) if newest else None


def made_at(backup: Path) -> datetime:
    """Return when a backup was made, as its name says."""
    stamp = backup.stem.removeprefix("store-")
    return datetime.strptime(stamp, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
