"""Where the parts of a store lie, and for how long a damaged file lies there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.store.backups import dated
from kiosk.store.files import reached

ASIDE_DAYS = 21
"""How long a damaged file is kept for somebody to look at."""
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a store lie: beside each other, backups in a folder of their own."""

    path: Path
    backups: Path

    @property
    def lock(self) -> Path:
        """The file that the one writing process holds."""
        return self._beside(".lock")

    @property
    def forgotten(self) -> Path:
        """The list of what was erased."""
        return self._beside(".forgotten")

    def aside(self) -> list[Path]:
        """Return the damaged files, newest first."""
        return sorted(self.path.parent.glob(self.path.name + ".damaged-*Z"), reverse=True)

    def aside_now(self, now_ms: int) -> Path:
        """Return the name under which a file damaged now is set aside."""
        return self._beside(f".damaged-{dated(now_ms)}")

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(self.path.name + ending)


def clear_aside(places: Places, now_ms: int | None) -> None:
    """Delete damaged files older than 21 days; all of them where ``now_ms`` is None."""
    limit = None if now_ms is None else places.aside_now(now_ms - ASIDE_DAYS * _DAY_MS).name
    with reached():
        for path in places.aside():
            if limit is None or path.name < limit:
                for ending in ("-wal", "-shm", ""):
                    path.with_name(path.name + ending).unlink(missing_ok=True)
