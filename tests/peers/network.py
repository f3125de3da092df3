"""A network between a kiosk and its server that a test cuts, slows, and worse.

One thread for each direction of each connection, plain sockets, no parsing: what it drops, delays
or makes up is what a kiosk would meet.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from random import Random
from typing import Any

PAGE = b"<html><body>Welcome to CafeNet. <a href=/go>Accept</a></body></html>"
PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
    b"Content-Length: " + str(len(PAGE)).encode() + b"\r\n\r\n" + PAGE
)
_PIECE = 512


class Network:
    """Where a kiosk finds its server; ``url`` stays, whatever becomes of either.

    bytes_per_s: 0 = as fast as it goes. late_s: so much later does each answer begin. drops: how
    many of ten answers are lost on their way. is_portal: somebody else's page answers. is_held:
    everything is taken and nothing is passed on.
    """

    def __init__(self, target: tuple[str, int], *, seed: int = 1) -> None:
        self.target = target
        self.is_cut = self.is_portal = self.is_held = False
        self.bytes_per_s, self.late_s, self.drops = 0, 0.0, 0
        self.dropped = self.passed = self.portals = 0
        self._dice, self._open, self._lock = Random(seed), set[socket.socket](), threading.Lock()
        self._closed = threading.Event()
        self._listens = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listens.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """No connection lives, and none begins."""
        self.is_cut = True
        self.lets_go()

    def lets_go(self) -> None:
        """End every connection that there is; later ones are as they may be."""
        with self._lock:
            there, self._open = self._open, set()
        for one in there:
            _end(one)

    def turns(self, **faults: Any) -> None:
        """Be like this from now on; what came through before does not count."""
        vars(self).update(faults)
        self.lets_go()
        self.dropped = self.passed = self.portals = 0

    def is_well(self) -> None:
        """All faults are over; what hung on them has to begin anew."""
        self.is_cut = self.is_portal = self.is_held = False
        self.bytes_per_s, self.late_s, self.drops = 0, 0.0, 0
        self.lets_go()

    def close(self) -> None:
        """End for good."""
        self._closed.set()
        with suppress(OSError):
            self._listens.shutdown(socket.SHUT_RDWR)
        self._listens.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                kiosk, _ = self._listens.accept()
            except OSError:
                return
            if self.is_cut:
                _reset(kiosk)
            elif self.is_portal:
                threading.Thread(target=self._portal, args=(kiosk,), daemon=True).start()
            else:
                self._join(kiosk)

    def _join(self, kiosk: socket.socket) -> None:
        try:
            server = socket.create_connection(self.target)
        except OSError:
            _reset(kiosk)
            return
        for one in (kiosk, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            self._open |= {kiosk, server}
        for one, other, is_answer in ((kiosk, server, False), (server, kiosk, True)):
            threading.Thread(target=self._carry, args=(one, other, is_answer), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, is_answer: bool) -> None:
        last = 0.0
        with suppress(OSError):
            while data := one.recv(65_536):
                is_new = time.monotonic() - last > 0.05  # a pause: the next answer begins
                if is_answer and is_new and self._is_lost():
                    break
                if is_answer and is_new and self.late_s:
                    self._closed.wait(self.late_s)
                self._pass_on(data, other)
                self.passed += is_answer
                last = time.monotonic()
        with self._lock:
            self._open -= {one, other}
        for end in (one, other):
            _end(end)

    def _pass_on(self, data: bytes, other: socket.socket) -> None:
        while self.is_held and not self._closed.wait(0.01):
            pass
        if not self.bytes_per_s:
            other.sendall(data)
            return
        for at in range(0, len(data), _PIECE):
            piece = data[at : at + _PIECE]
            if self.bytes_per_s:
                self._closed.wait(len(piece) / self.bytes_per_s)
            other.sendall(piece)

    def _is_lost(self) -> bool:
        if self.drops and self._dice.randrange(10) < self.drops:
            self.dropped += 1
            return True
        return False

    def _portal(self, kiosk: socket.socket) -> None:
        with suppress(OSError), kiosk:
            kiosk.settimeout(5)
            said = b""
            while b"\r\n\r\n" not in said and (more := kiosk.recv(65_536)):
                said += more
            self.portals += 1
            kiosk.sendall(PORTAL)
            kiosk.shutdown(socket.SHUT_WR)
            while kiosk.recv(65_536):
                pass


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


def _reset(one: socket.socket) -> None:
    # RST, not FIN: what a dead machine's address answers.
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    one.close()
