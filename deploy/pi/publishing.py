"""Makes an update of this tree: one signed file with everything a kiosk needs, as archive.py describes it.

    deploy/pi/make-update KEY FOLDER      commons-0.2.0.tar, its .minisig, and latest, into FOLDER
    deploy/pi/make-update KEY FOLDER --processor x86_64 --processor aarch64

KEY is the secret key that `minisign -G` made, whose public half the kiosks were installed with
(`deploy/pi/install --key`). FOLDER is what a web server shows at the address in /etc/kiosk/updates.url.
A version that is there already is never made again: count VERSION in kiosk/__init__.py up first.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.machine.machine import NotDone, write_whole
from deploy.machine.programs import version_of
from deploy.pi.archive import COMMENT, pack

TREE = Path(__file__).resolve().parents[2]
LOCK = Path("deploy/lock/kiosk.txt")
PYTHONS = ("311", "313")
"""Of Debian 12 and 13, and of the Raspberry Pi OS made from each."""
PROCESSORS = ("aarch64",)
KINDS = ("manylinux2014", "manylinux_2_17", "manylinux_2_28")
Run = Callable[[Sequence[str]], None]


def run(words: Sequence[str]) -> None:
    """Run a command, its output on ours; it may ask for a password. Raises NotDone."""
    try:
        subprocess.run(words, check=True)
    except (OSError, subprocess.CalledProcessError) as why:
        raise NotDone(f"{words[0]}: {why}") from why


def publish(
    tree: Path, key: Path, folder: Path, processors: Sequence[str] = PROCESSORS, run: Run = run
) -> Path:
    """Make the update of a tree and return its archive. Raises NotDone, OSError.

    ``latest`` is written last: no kiosk asks for an archive that is not whole.
    """
    version = version_of(tree)
    name = f"commons-{version}.tar"
    if (folder / name).exists():
        raise NotDone(f"{folder / name} is there already: a version is never changed")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        inside, made = Path(work) / "inside", Path(work) / name
        _collect(tree, inside, processors, run)
        (inside / "version").write_text(version, "utf-8")
        pack(inside, made)
        comment = COMMENT.format(version=version)
        run(["minisign", "-S", "-s", str(key), "-t", comment, "-m", str(made)])
        for one in (made.with_name(f"{name}.minisig"), made):
            one.rename(folder / one.name)
    write_whole(folder / "latest", f"{version}\n".encode())
    return folder / name


def _collect(tree: Path, inside: Path, processors: Sequence[str], run: Run) -> None:
    """Put the lock file and every wheel that one of the machines needs into a folder."""
    wheels = inside / "wheels"
    wheels.mkdir(parents=True)
    shutil.copyfile(tree / LOCK, inside / "lock.txt")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    run([*pip, "wheel", "--no-deps", "--wheel-dir", str(wheels), str(tree)])
    for processor in processors:
        kinds = [f"--platform={kind}_{processor}" for kind in KINDS]
        for python in PYTHONS:
            abis = [f"--abi={abi}" for abi in (f"cp{python}", "abi3", "none")]
            which = ["--implementation=cp", f"--python-version={python}", *kinds, *abis]
            where = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--dest", str(wheels)]
            run([*pip, "download", *where, *which, "-r", str(tree / LOCK)])


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("key", type=Path, metavar="KEY")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--processor", action="append", choices=("aarch64", "x86_64"))
    args = parser.parse_args(argv)
    try:
        archive = publish(TREE, args.key, args.folder, args.processor or PROCESSORS)
    except (NotDone, OSError) as why:
        print(f"Not made: {why}", file=sys.stderr)
        return 1
    megabytes = archive.stat().st_size / 1e6
    print(f"{archive} is signed, {megabytes:.0f} MB; kiosks that ask take it at night.")
    return 0
