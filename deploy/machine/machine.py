"""A machine that is being set up: its files below a root, its commands, who we are on it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

LONGEST_S = 1800
"""No command takes longer: a package manager that asks something would wait for ever."""


class NotDone(Exception):
    """A command ended badly, or something is not as it must be; the sentence says what to do."""


@dataclass(frozen=True)
class Machine:
    """Files are named as they are called on the machine; ``root`` is where that machine lies."""

    root: Path = Path("/")
    env: dict[str, str] = field(default_factory=dict)

    @property
    def is_this_one(self) -> bool:
        """Whether it is the machine that we run on, and not a picture of one in a folder."""
        return self.root == Path("/")

    @property
    def has_systemd(self) -> bool:
        """Whether systemd runs here; in a picture or a container units are enabled, not started."""
        return self.is_this_one and Path("/run/systemd/system").is_dir()

    def at(self, path: str | Path) -> Path:
        """Return where a path of the machine is for us."""
        return self.root / str(path).lstrip("/")

    def run(self, *words: str | Path, stdin: str = "") -> str:
        """Run a command on the machine and return what it printed. Raises NotDone."""
        command = [str(word) for word in words]
        if not self.is_this_one:
            command = ["chroot", str(self.root), *command]
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"} | self.env
        try:
            ran = subprocess.run(
                command,
                input=stdin,
                env=environment,
                capture_output=True,
                text=True,
                timeout=LONGEST_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as why:
            raise NotDone(f"{command[0]}: {why}") from why
        if ran.returncode:
            said = (ran.stderr or ran.stdout).strip().splitlines()[-5:]
            raise NotDone(f"{' '.join(command)}\n" + "\n".join(f"    {line}" for line in said))
        return ran.stdout

    def says(self, *words: str | Path) -> str | None:
        """Return what a command printed, None where it ended badly: a question, nothing changes."""
        try:
            return self.run(*words).strip()
        except NotDone:
            return None

    def owner(self, path: str) -> str:
        """Return whose a file or folder is, by name where it has one."""
        uid = self.at(path).stat().st_uid
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return str(uid)

    def read(self, path: str) -> str | None:
        """Return a file's text, None where there is none."""
        try:
            return self.at(path).read_text("utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, path: str, text: str, *, mode: int = 0o644) -> None:
        """Write a file: whole or not at all, whenever the power goes."""
        write_whole(self.at(path), text.encode(), mode=mode)

    def remove(self, path: str) -> None:
        """Remove a file or a folder with all that is in it."""
        found = self.at(path)
        if found.is_dir() and not found.is_symlink():
            shutil.rmtree(found)
        else:
            found.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Put a file in place by one rename, on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def link_whole(link: Path, to: str) -> None:
    """Point a link elsewhere by one rename: there is no moment without it."""
    new = link.with_name(f"{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(to)
    new.replace(link)
    sync_folder(link.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
