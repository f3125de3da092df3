"""A disk whose power can be cut: what nobody had synced is gone, as on a card that is pulled.

ext4 in a file of its own. A copy of that file holds what the file system had handed to the disk by
then; what it still had in memory goes with the memory.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.vm.booted import NotSo, until

FREE_S = 20
SELDOM = "loop,noatime,commit=600"
"""ext4 writes by itself only each ten minutes, so that nothing is on the disk by luck."""


@dataclass(frozen=True)
class Disk:
    """``image`` is the disk, ``there`` is where it is mounted."""

    image: Path
    there: Path

    def make(self, size: str, *folders: tuple[Path, str]) -> None:
        """Make it anew with copies of folders, each under a name of its own; all of that is synced."""
        self.take_out()
        self.image.unlink(missing_ok=True)
        _run("truncate", "--size", size, self.image)
        _run("mkfs.ext4", "-q", self.image)
        self._mount()
        for folder, name in folders:
            _run("cp", "-aT", folder, self.there / name)
        _run("sync", "--file-system", self.there)

    def cut(self) -> None:
        """Cut its power. Whatever ran from it has to be dead already."""
        left = self.image.with_suffix(".cut")
        _run("cp", "--sparse=always", self.image, left)
        self.take_out()
        left.replace(self.image)
        self._mount()

    def take_out(self) -> None:
        """Unmount it, as soon as the last process that was killed has let it go."""

        def out() -> bool:
            asked = ["umount", self.there]
            subprocess.run(asked, check=False, stderr=subprocess.DEVNULL)
            return not self.there.is_mount()

        until(out, FREE_S, f"{self.there} is free")

    def _mount(self) -> None:
        self.there.mkdir(exist_ok=True)
        _run("mount", "-o", SELDOM, self.image, self.there)


def _run(*words: str | Path) -> None:
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise NotSo(f"{words[0]}: {ran.stderr.strip()[-500:]}")
