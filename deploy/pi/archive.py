"""A version of the program in one file, signed: everything that a kiosk needs, no network.

    commons-0.2.0.tar           version, lock.txt (with hashes), wheels/
    commons-0.2.0.tar.minisig   by minisign; its trusted comment names the version

Source of the format: minisign(1). The tar is opened only when the signature holds.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from deploy.machine.machine import NotDone

COMMENT = "door of the commons {version}"
VERSION = re.compile(r"\d+(\.\d+){1,3}")
LONGEST_S = 300


class BadArchive(NotDone):
    """An archive is not signed by our key, or is not what it says."""


def verified(archive: Path, key: Path) -> str:
    """Return the version that the signature speaks of. Raises BadArchive."""
    minisign = ["minisign", "-V", "-Q", "-p", str(key), "-m", str(archive)]
    try:
        ran = subprocess.run(
            minisign, capture_output=True, text=True, timeout=LONGEST_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as why:
        raise BadArchive(f"minisign: {why}") from why
    if ran.returncode:
        raise BadArchive(f"{archive.name} is not signed by {key}")
    version = ran.stdout.strip().removeprefix(COMMENT.format(version=""))
    if not VERSION.fullmatch(version):
        raise BadArchive(f"{archive.name} is signed, but as {ran.stdout.strip()!r}")
    return version


def unpack(archive: Path, folder: Path) -> None:
    """Unpack into a new folder; nothing of it lands outside. Raises BadArchive."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        with tarfile.open(archive, "r:") as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as why:
        raise BadArchive(f"{archive.name}: {why}") from why


def pack(folder: Path, archive: Path) -> None:
    """Write an archive: the same bytes for the same files."""

    def plain(one: tarfile.TarInfo) -> tarfile.TarInfo:
        one.uid = one.gid = one.mtime = 0
        one.uname = one.gname = ""
        one.mode = 0o755 if one.isdir() else 0o644
        return one

    with tarfile.open(archive, "w:", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                tar.add(path, str(path.relative_to(folder)), filter=plain)
