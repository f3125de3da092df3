"""Whom the workload is done on: a server each, and devices of its own kind."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.peers import installs
from tests.bench.peers.told import PATIENCE_S, Started, Told
from tests.bench.served import a_server


@dataclass(frozen=True)
class Server:
    """A running server. device: starts a device called so, which reaches it through this port."""

    port: int
    device: Callable[[str, int], Told]
    memory_mb: Callable[[], float]


Serving = Callable[[Path], AbstractContextManager[Server]]
"""Starts an empty server in a folder."""


def ours(url: str) -> Serving:
    """Return how ours is started. url: of its database; "" is SQLite in the folder."""

    @contextmanager
    def serving(folder: Path) -> Iterator[Server]:
        with a_server(folder, url or f"sqlite:///{folder / 'server.db'}") as served:
            hub, port = served.hub(), urlsplit(served.address).port
            assert port

            def device(name: str, port: int) -> Told:
                node = f"{sum(name.encode()):08x}"
                env = {"HUB": hub, "TOKEN": served.token(hub, node)}
                return our_device(folder / f"{name}.db", f"http://127.0.0.1:{port}", env)

            yield Server(port, device, lambda: served.memory_mb("VmHWM"))

    return serving


def our_device(store: Path, server: str, env: dict[str, str]) -> Told:
    """Return a kiosk without its screen."""
    command = (sys.executable, "-m", "tests.bench.peers.ours", store, server)
    return Told(command, store.with_suffix(".log"), env)


@contextmanager
def pouchdb(folder: Path) -> Iterator[Server]:
    """Start pouchdb-server as it comes: Express on LevelDB."""
    packages, port = installs.pouchdb(), free_port()
    command = packages / "node_modules" / ".bin" / "pouchdb-server"
    where = ("-p", str(port), "-d", folder, "-c", folder / "config.json", "-n")
    server = Started((command, *where), folder / "server.log", cwd=folder)

    def device(name: str, port: int) -> Told:
        return pouchdb_device(folder / name, f"http://127.0.0.1:{port}/bench")

    with _ended(server):
        answers(port)
        yield Server(port, device, server.memory_mb)


def pouchdb_device(database: Path, server: str) -> Told:
    """Return a device of PouchDB's."""
    script = installs.HERE / "pouchdb_app" / "device.js"
    command = ("node", script, installs.pouchdb(), database, server)
    return Told(command, database.with_suffix(".log"), {})


@contextmanager
def morango(folder: Path) -> Iterator[Server]:
    """Start Morango's server."""
    port = free_port()
    with a_morango(folder, port) as (server, certificate):
        answers(port)

        def device(name: str, port: int) -> Told:
            return morango_device(folder / f"{name}.db", f"http://127.0.0.1:{port}/", certificate)

        yield Server(port, device, server.memory_mb)


@contextmanager
def a_morango(folder: Path, port: int) -> Iterator[tuple[Started, str]]:
    """Start the process; give it and the certificate of its hub."""
    env = {"MORANGO_DB": str(folder / "server.db")}
    server = Started(_morango("serve", str(port)), folder / "server.log", env)
    with _ended(server):
        yield server, server.line()


def morango_device(database: Path, server: str, certificate: str) -> Told:
    """Return a device of Morango's."""
    env = {"MORANGO_DB": str(database), "MORANGO_CERTIFICATE": certificate}
    return Told(_morango("device", server), database.with_suffix(".log"), env)


def _morango(side: str, about: str) -> tuple[str, ...]:
    return (str(installs.morango()), "-m", "tests.bench.peers.morango_app", side, about)


def free_port() -> int:
    """Return a port that nobody has just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def answers(port: int) -> None:
    """Wait until a server answers. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            http = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
            http.request("GET", "/")
            http.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(port)


@contextmanager
def _ended(process: Started) -> Iterator[None]:
    try:
        yield
    finally:
        process.end()
