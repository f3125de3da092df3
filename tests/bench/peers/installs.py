"""The peers as their users get them: by npm and pip, into ``build/peers``; kept for the next time."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.peers.told import ROOT

HOME = ROOT / "build" / "peers"
HERE = Path(__file__).parent


def pouchdb() -> Path:
    """Return the folder in which PouchDB and pouchdb-server are installed."""
    folder = HOME / "pouchdb"
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("tests.bench.peers: there is no npm; apt-get install nodejs npm")
    wanted = HERE / "pouchdb_app" / "package.json"
    if not _is_there(folder, wanted):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(wanted, folder / "package.json")
        _run(npm, "install", "--no-audit", "--no-fund", "--silent", cwd=folder)
        _done(folder, wanted)
    return folder


def morango() -> Path:
    """Return the Python that has Morango."""
    folder = HOME / "morango"
    wanted = HERE / "morango_app" / "requirements.txt"
    python = folder / "bin" / "python"
    if not _is_there(folder, wanted):
        _run(sys.executable, "-m", "venv", "--clear", str(folder))
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(*pip, "--no-input", "-r", str(wanted))
        _done(folder, wanted)
    return python


def _is_there(folder: Path, wanted: Path) -> bool:
    kept = folder / f"installed-{wanted.name}"
    return kept.is_file() and kept.read_bytes() == wanted.read_bytes()


def _done(folder: Path, wanted: Path) -> None:
    shutil.copy(wanted, folder / f"installed-{wanted.name}")


def _run(*command: str, cwd: Path = ROOT) -> None:
    subprocess.run(command, check=True, cwd=cwd, stdin=subprocess.DEVNULL, stdout=sys.stderr)
