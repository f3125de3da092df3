"""A PostgreSQL that can be killed: every process of it at once, as a power cut does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from select import select
from time import monotonic
from typing import Any

from tests.sync.server.postgres import _as_somebody, binaries

LONGEST_S = 60


class Cluster:
    """A throw-away cluster in a folder of its own, reached by a socket in it."""

    def __init__(self, bin_: Path) -> None:
        self.bin = bin_
        shm = "/dev/shm" if Path("/dev/shm").is_dir() else None
        self.home = Path(tempfile.mkdtemp(prefix="pg-", dir=shm))
        self._who: dict[str, Any] = {"cwd": self.home, **_as_somebody(self.home)}
        self.data = self.home / "data"
        words = ["-D", self.data, "-U", "hub", "-A", "trust", "-N", "-E", "UTF8"]
        made = [bin_ / "initdb", *words, "--locale=C.UTF-8"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, **self._who)
        self.url = f"postgresql+psycopg://hub@/postgres?host={self.home}"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it takes connections: after a kill it recovers first."""
        options = ["-D", self.data, "-F", "-k", self.home, "-c", "listen_addresses="]
        words = [self.bin / "postgres", *options, "-c", "max_connections=200"]
        with (self.home / "log").open("ab") as log:
            # A child of ours: a zombie that nobody waits for keeps its lock.
            self._mother = subprocess.Popen(words, stdout=log, stderr=log, **self._who)
        until = monotonic() + LONGEST_S
        while not self._is_ready():
            assert monotonic() < until, (self.home / "log").read_text()[-2_000:]

    def _is_ready(self) -> bool:
        words = [self.bin / "pg_isready", "-q", "-h", self.home, "-U", "hub"]
        return subprocess.run(words, check=False, cwd=self.home).returncode == 0

    def kill(self) -> None:
        """kill -9 the postmaster and all that it forked; they are gone when this returns."""
        mother = self._mother.pid
        handles = [os.pidfd_open(mother)]
        signal.pidfd_send_signal(handles[0], signal.SIGSTOP)  # it forks nobody from here on
        for pid in _children(mother):
            try:
                handles.append(os.pidfd_open(pid))
            except ProcessLookupError:
                continue
        for handle in handles:
            try:
                signal.pidfd_send_signal(handle, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for handle in handles:
            assert select([handle], [], [], LONGEST_S)[0], "it did not die"
            os.close(handle)
        self._mother.wait(LONGEST_S)

    def close(self) -> None:
        """Stop and throw away."""
        self._mother.send_signal(signal.SIGQUIT)
        self._mother.wait(LONGEST_S)
        shutil.rmtree(self.home, ignore_errors=True)


def installed() -> Path | None:
    """The folder of PostgreSQL's programs, or None."""
    return binaries()


def _children(mother: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[1]) == mother:
            found.append(int(stat.parent.name))
    return found
