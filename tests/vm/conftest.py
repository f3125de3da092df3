"""Kiosks with a systemd of their own: ``deploy/test vm``, as root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conventions.tree import ROOT
from tests.vm.booted import Booted, copied, layered
from tests.vm.disk import Disk
from tests.vm.door import Door
from tests.vm.versions import Publisher

FOLDER = ROOT / "build" / "vm"
LONGEST_S = 1800
LARGE = "8G"
TOOLS = ("mmdebstrap", "systemd-nspawn", "nsenter", "minisign", "openssl")


def pytest_collection_modifyitems(items):
    """Without root or one of the tools nothing of this can be tried."""
    lacking = [tool for tool in TOOLS if not shutil.which(tool)]
    why = "it needs root" if os.geteuid() else f"it needs {', '.join(lacking)}" if lacking else ""
    for item in items:
        if why and item.path.is_relative_to(ROOT / "tests" / "vm"):
            item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(scope="session")
def bare():
    """Debian 13 as it comes, with this tree in it."""
    made = subprocess.run(
        [ROOT / "tests" / "vm" / "build-root", FOLDER], timeout=LONGEST_S, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
    return FOLDER / "root"


@pytest.fixture
def disk(tmp_path):
    """A disk with nothing on it yet."""
    made = Disk(tmp_path / "disk.img", tmp_path / "disk")
    try:
        yield made
    finally:
        made.take_out()


@pytest.fixture
def machine(bare, disk):
    """A machine that nothing was installed on yet, all of it on a disk; not started."""
    disk.make(LARGE, (bare, "root"))
    (disk.there / "data").mkdir()
    made = Booted(disk.there / "root", disk.there / "data")
    try:
        yield made
    finally:
        made.cut()


@pytest.fixture(scope="session")
def installed(bare):
    """A kiosk, and the sample hub in it; not started."""
    made = Booted(copied(bare, FOLDER / "kiosk-root"), FOLDER / "kiosk-data")
    shutil.rmtree(made.data, ignore_errors=True)
    made.data.mkdir()
    subprocess.run(
        ["minisign", "-G", "-W", "-f", "-p", FOLDER / "key.pub", "-s", FOLDER / "key"],
        check=True, capture_output=True,
    )  # fmt: skip
    shutil.copy(FOLDER / "key.pub", made.root / "srv" / "key.pub")
    made.start(into="multi-user.target")
    try:
        made.run(made.installs("--wall HEADLESS-2 --key /srv/key.pub"))
        made.run("systemctl stop kiosk-screen.service")
        for mode in ("door", "wall"):
            made.run(
                "setpriv --reuid kiosk --regid kiosk --init-groups /data/app/current/bin/kiosk"
                f" load-sample --data /data/kiosk/{mode}"
            )
    finally:
        made.cut()
    return made


@pytest.fixture(scope="session")
def versions(installed, tmp_path_factory):
    """New versions of the program, signed by whom the kiosk trusts."""
    tree = installed.root / "srv" / "commons"
    return Publisher(tree, FOLDER / "key", tmp_path_factory.mktemp("versions"))


@pytest.fixture
def door(installed):
    """A kiosk that has just been started, and whose rest screen is shown."""
    data = copied(installed.data, FOLDER / "door-data")
    with resting(installed.root, data) as made:
        yield made


@pytest.fixture
def door_on_disk(installed, disk):
    """One whose records and versions are on a disk."""
    disk.make(LARGE, (installed.data, "data"))
    with resting(installed.root, disk.there / "data") as made:
        yield made


@contextmanager
def resting(root: Path, data: Path) -> Iterator[Door]:
    """Start what is installed, and wait for its rest screen; nothing that is written to root stays."""
    with layered(root, "door-root") as over:
        made = Door(Booted(over, data, outputs=2))
        try:
            made.machine.start()
            made.rests()
            yield made
        finally:
            made.machine.cut()
