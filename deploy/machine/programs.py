"""Versions of a program side by side, each in an environment of its own, and a link to the one that runs.

HOME/0.1.0/bin/...     a whole version has the file ``whole`` in it, written last
HOME/current           a link to one of them, changed by one rename
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from deploy.machine.machine import Machine, NotDone, link_whole, sync_folder, write_whole
from deploy.machine.steps import Step

WHOLE = "whole"
CURRENT = "current"


def version_of(tree: Path) -> str:
    """Return the version of the program in a tree. Raises NotDone where there is no program."""
    text = (tree / "kiosk" / "__init__.py").read_text("utf-8")
    found = re.search(r'VERSION = "([^"]+)"', text)
    if not found:
        raise NotDone(f"{tree} does not say which version it is")
    return found[1]


def is_whole(version: Path) -> bool:
    """Whether a version's folder was finished; a power cut leaves one that is not."""
    return (version / WHOLE).is_file()


def current(home: Path) -> str:
    """Return which version the link names, "" where there is none yet."""
    link = home / CURRENT
    return link.readlink().name if link.is_symlink() else ""


def switch(home: Path, version: str) -> None:
    """Have ``version`` be the one that runs from its next start. Raises NotDone."""
    if not is_whole(home / version):
        raise NotDone(f"{home / version} is not whole")
    link_whole(home / CURRENT, version)


def put_version(machine: Machine, home: str, version: str, *packages: tuple[str, ...]) -> None:
    """Make a version's environment and install into it, each tuple by one call of pip.

    What a power cut left of it is begun anew.
    """
    folder = f"{home}/{version}"
    machine.remove(folder)
    machine.run("python3", "-m", "venv", folder)
    for words in packages:
        pip = (f"{folder}/bin/python", "-m", "pip", "install", "--quiet", "--no-input")
        machine.run(*pip, "--disable-pip-version-check", "--no-cache-dir", *words)
    machine.run("sync", "--file-system", folder)
    write_whole(machine.at(folder) / WHOLE, version.encode())
    sync_folder(machine.at(home))


def version_steps(
    machine: Machine, home: str, version: str, lock: Path, source: tuple[str, ...]
) -> list[Step]:
    """A version from a lock file and the program itself: a wheel, or the tree that we are in."""

    def put() -> None:
        put_version(
            machine,
            home,
            version,
            ("--require-hashes", "--only-binary", ":all:", "-r", str(lock)),
            ("--no-deps", *source),
        )

    def is_current() -> bool:
        return current(machine.at(home)) == version

    folder = machine.at(home) / version
    return [
        Step(
            f"install version {version} in {home}",
            lambda: is_whole(folder),
            put,
            _removes(machine, home),
        ),
        Step(
            f"make {version} the version that runs",
            is_current,
            lambda: switch(machine.at(home), version),
        ),
    ]


def _removes(machine: Machine, home: str) -> Callable[[], None]:
    return lambda: machine.remove(home)
