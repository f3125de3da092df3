"""The folder of versions on a kiosk: which run, which failed, which is on trial. Survives a power cut."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.machine.machine import sync_folder, write_whole
from deploy.machine.programs import current, is_whole, switch
from deploy.pi.archive import VERSION
from deploy.pi.judging import Trial, to_drop


@dataclass(frozen=True)
class Shelf:
    """``home`` is /data/app; each change of it is one rename."""

    home: Path

    @property
    def current(self) -> str:
        """Which version runs from the next start."""
        return current(self.home)

    @property
    def versions(self) -> list[str]:
        """Every version that is whole."""
        return sorted(path.name for path in self._folders() if is_whole(path))

    def _folders(self) -> list[Path]:
        found = self.home.iterdir()
        return [path for path in found if path.is_dir() and VERSION.fullmatch(path.name)]

    @property
    def failed(self) -> frozenset[str]:
        """Versions that are never tried again."""
        folder = self.home / "failed"
        return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()

    @property
    def trial(self) -> Trial | None:
        """What is on trial; None also where the note cannot be read."""
        try:
            return Trial(**json.loads((self.home / "trial.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def kiosk(self, version: str) -> Path:
        """Return the command of a version."""
        return self.home / version / "bin" / "kiosk"

    def note(self, trial: Trial) -> None:
        """Have a version be on trial from now on."""
        write_whole(self.home / "trial.json", json.dumps(asdict(trial)).encode())

    def forget_trial(self) -> None:
        """End a trial."""
        (self.home / "trial.json").unlink(missing_ok=True)
        sync_folder(self.home)

    def mark_failed(self, version: str) -> None:
        """Never try this version again."""
        write_whole(self.home / "failed" / version, b"")

    def switch(self, version: str) -> None:
        """Have another version run from the next start."""
        switch(self.home, version)

    def prune(self) -> None:
        """Keep the version that runs and two old ones; what a power cut left half-made goes too."""
        half = [path.name for path in self._folders() if not is_whole(path)]
        old = to_drop([one for one in self.versions if one not in self.failed], self.current)
        for version in {*half, *old, *self.failed} - {self.current}:
            shutil.rmtree(self.home / version, ignore_errors=True)
