"""Counts what goes over the wire, both ways, heads and bodies: the same for everybody."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_MOST = 1 << 16


class Relay:
    """Stands between a device and its server. up: bytes to the server; down: from it."""

    def __init__(self, port: int) -> None:
        self._to, self.up, self.down = port, 0, 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._open, daemon=True).start()

    def _open(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                for one, other, is_up in ((near, far, True), (far, near, False)):
                    threading.Thread(
                        target=self._pass, args=(one, other, is_up), daemon=True
                    ).start()

    def _pass(self, one: socket.socket, other: socket.socket, is_up: bool) -> None:
        with suppress(OSError):
            while said := one.recv(_MOST):
                if is_up:
                    self.up += len(said)
                else:
                    self.down += len(said)
                other.sendall(said)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Take nobody more."""
        self._door.close()


@contextmanager
def a_relay(port: int) -> Iterator[Relay]:
    """Run a relay before a server."""
    relay = Relay(port)
    try:
        yield relay
    finally:
        relay.close()
