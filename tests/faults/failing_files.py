"""A process whose files fail, and the diary of what it changed: ``failing_files.c`` from Python.

The library is built once and preloaded into a process of its own; there ``Files`` says which
change is to fail. It stands under Python, SQLite and everything else that goes through libc.
"""

import ctypes
import json
import os
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MAKE, WRITE, CUT, SYNC, RENAME, DELETE, FOLDER, SYNC_FOLDER, OPEN = (1 << bit for bit in range(9))
GROWS = MAKE | WRITE | FOLDER
"""What takes room on a disk."""
CHANGES = GROWS | CUT | SYNC | RENAME | DELETE | SYNC_FOLDER
MARK = 0
"""Not a change: a line of our own between them."""
ROOT = Path(__file__).parents[2]
_HEAD = struct.Struct("=IIIqQ")


def built(folder):
    """Compile the library; None where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library = folder / "failing_files.so"
    source = Path(__file__).with_name("failing_files.c")
    flags = ("-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror")
    subprocess.run(
        [compiler, *flags, source, "-o", library, "-ldl", "-lpthread"], check=True, timeout=60
    )
    return library


def acted(library, what):
    """Run ``tests.faults.acting`` in a process with failing files; yield what it tells."""
    environment = os.environ | {"LD_PRELOAD": str(library), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_CURRENT_TEST", None)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.acting", json.dumps(what)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield from map(json.loads, process.stdout)
    assert process.returncode == 0, f"{what} ended with {process.returncode}"


class Files:
    """What fails from now on in this process, which has the library preloaded."""

    def __init__(self):
        self._library = ctypes.CDLL(None)
        self._library.faults_plan.argtypes = [
            ctypes.c_int, ctypes.c_long, ctypes.c_long, ctypes.c_int, ctypes.c_int,
        ]  # fmt: skip
        self._library.faults_counted.restype = self._library.faults_failed.restype = ctypes.c_long
        self._diary = -1

    def under(self, folder):
        """Only files in this folder count."""
        self._library.faults_under(os.fsencode(str(folder)))

    def fail(self, sorts, first, error, *, last=0, halves=False):
        """Have changes of these sorts fail from the nth on, up to ``last``; 0: for good."""
        self._library.faults_plan(sorts, first, last, error, int(halves))

    def heal(self):
        """Have nothing fail any more."""
        self._library.faults_plan(0, 0, 0, 0, 0)

    @property
    def failed(self):
        """How many changes have failed since the last plan."""
        return self._library.faults_failed()

    def keep_diary(self, path):
        """Write down every change from now on."""
        self._diary = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._library.faults_diary(self._diary)

    def mark(self, name, facts):
        """Put a line of our own between the changes: what was told by now."""
        said, text = name.encode(), json.dumps(facts).encode()
        os.write(self._diary, _HEAD.pack(MARK, len(said), 0, 0, len(text)) + said + text)


@dataclass(frozen=True)
class Change:
    """One change of the diary. data: what was written; of a mark, its facts."""

    sort: int
    path: str
    other: str = ""
    offset: int = 0
    data: bytes = b""


def read_diary(path):
    """Return every change, in order."""
    content, at, found = Path(path).read_bytes(), 0, []
    while at < len(content):
        sort, long, other, offset, size = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        parts = []
        for length in (long, other, size):
            parts.append(content[at : at + length])
            at += length
        found.append(Change(sort, parts[0].decode(), parts[1].decode(), offset, parts[2]))
    return found
