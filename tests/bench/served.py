"""A real server process to measure."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

import requests

from sync.server.database.engine import Database
from sync.server.devices import new_token
from sync.server.hubs import add_hub
from tests.bench.figures import now_ms

PATIENCE_S = 60.0


class Served:
    """A running server and its database."""

    def __init__(self, url: str, address: str, process: subprocess.Popen[bytes]) -> None:
        self.database, self.address, self.process = Database(url), address, process

    def hub(self) -> str:
        """Make an empty hub."""
        with self.database.writing() as connection:
            return add_hub(connection, str(uuid4()), "Bench", now_ms())

    def token(self, hub: str, node: str = "0000aaaa") -> str:
        """Pair a door with a hub."""
        with self.database.writing() as connection:
            return new_token(connection, hub, role="door", name=node, node=node, now_ms=now_ms())

    def memory_mb(self, which: str) -> float:
        """Return the process's memory. which: VmRSS now, VmHWM at its most."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(which))

    def cpu_s(self) -> float:
        """Return the seconds of processor time that the process took so far."""
        said = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def a_server(folder: Path, url: str, log: IO[bytes] | int = subprocess.DEVNULL) -> Iterator[Served]:
    """Start a server as an operator does; it has answered once when this begins."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{one.getsockname()[1]}"
    serve = [sys.executable, "-m", "sync.server"]
    about = ["--database", url, "--settings", str(folder / "server.toml")]
    subprocess.run([*serve, "migrate", *about], check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen([*serve, "serve", *about, "--listen", where], stderr=log)
    served = None
    try:
        retry = requests.adapters.Retry(
            total=400, connect=400, backoff_factor=0.05, backoff_max=0.1
        )
        with requests.Session() as session:
            session.mount("http://", requests.adapters.HTTPAdapter(max_retries=retry))
            session.get(f"http://{where}/v1/health", timeout=PATIENCE_S)
        served = Served(url, f"http://{where}", process)
        yield served
    finally:
        if served:
            served.database.close()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)
