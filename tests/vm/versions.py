"""New versions of this program, signed as a hub would publish them: one that is good, and others that are not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from deploy.pi.archive import COMMENT, pack, unpack
from deploy.pi.publishing import publish

NEW = "9.0.0"
AT_THE_DOOR = ("kiosk/cli/run.py", "    open_journal()\n")
ON_A_COPY = ("kiosk/cli/self_check.py", "    place = Place(args.data)\n")
LATER = """\
    from threading import Timer
    timer = Timer(5, lambda: os._exit(3))
    timer.daemon = True
    timer.start()
"""
HANGS_LATER = """\
    import time
    from kivy.clock import Clock
    Clock.schedule_once(lambda _: time.sleep(1000), 5)
"""
LOSES = """\
    import sqlite3
    with sqlite3.connect(args.data / "hub.db") as store:
        store.execute("DELETE FROM record WHERE kind = 'visit'")
"""
FAULTS = {
    "ends when it starts": (*AT_THE_DOOR, "    raise SystemExit(3)\n"),
    "hangs when it starts": (*AT_THE_DOOR, "    __import__('time').sleep(1000)\n"),
    "ends again and again": (*AT_THE_DOOR, f"    import os\n{LATER}"),
    "hangs again and again": (*AT_THE_DOOR, HANGS_LATER),
    "loses records of its copy": (*ON_A_COPY, LOSES),
    "ends on its copy": (*ON_A_COPY, "    raise SystemExit(3)\n"),
    "hangs on its copy": (*ON_A_COPY, "    __import__('time').sleep(1000)\n"),
}
"""By name: the file that has one, the line before which it stands, and what it is."""


@dataclass(frozen=True)
class Publisher:
    """``tree`` is the program, ``key`` the secret key that the kiosks know; all is made in ``folder``."""

    tree: Path
    key: Path
    folder: Path

    def good(self) -> Path:
        """Return the archive of a version that is as this one, made once."""
        made = self.folder / "good" / f"commons-{NEW}.tar"
        if not made.exists():
            publish(self._tree("good"), self.key, made.parent, processors=("x86_64",))
        return made

    def bad(self, fault: str) -> Path:
        """Return the archive of a version that has a fault of ``FAULTS``; its signature is good."""
        home = self.folder / fault.replace(" ", "-")
        inside, made = home / "inside", home / f"commons-{NEW}.tar"
        if not made.exists():
            unpack(self.good(), inside)
            (ours,) = (inside / "wheels").glob("door_of_the_commons-*.whl")
            ours.unlink()
            pip = [sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps"]
            tree = self._tree(fault)
            subprocess.run([*pip, "--wheel-dir", ours.parent, tree], check=True)
            pack(inside, made)
            self.sign(made, self.key)
            shutil.rmtree(inside)
        return made

    def of_somebody_else(self) -> Path:
        """Return a good archive that is signed, with another key."""
        home = self.folder / "theirs"
        home.mkdir(exist_ok=True)
        made = Path(shutil.copy(self.good(), home))
        theirs = home / "key"
        keys = ["minisign", "-G", "-W", "-f", "-p", home / "key.pub", "-s", theirs]
        subprocess.run(keys, check=True, capture_output=True)
        self.sign(made, theirs)
        return made

    def sign(self, archive: Path, key: Path) -> None:
        """Sign an archive as one of the new version."""
        words = ["minisign", "-S", "-s", key, "-t", COMMENT.format(version=NEW), "-m", archive]
        subprocess.run(words, check=True, capture_output=True)

    def _tree(self, fault: str) -> Path:
        there = self.folder / "trees" / fault.replace(" ", "-")
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(self.tree, there, symlinks=True)
        _changed(there / "kiosk" / "__init__.py", 'VERSION = "', f'VERSION = "{NEW}"\n_WAS = "')
        if fault in FAULTS:
            path, before, does = FAULTS[fault]
            _changed(there / path, before, does + before)
        return there


def _changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{path} has {text.count(old)} times {old!r}")
    path.write_text(text.replace(old, new), "utf-8")
