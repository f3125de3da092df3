"""A mouse that labwc is given: the few words of Wayland's wire that this takes.

wlrctl plugs a mouse in for each move and takes it away again, and X forgets where it was; nothing
of Debian's holds a button down. Source: the protocol files of Wayland and of wlroots
(wlr-virtual-pointer-unstable-v1); a request is its object, its length and number, its arguments.
"""

from __future__ import annotations

import socket
import struct
import time
from pathlib import Path

ANSWER_S = 10.0
DISPLAY = 1
SYNC, GET_REGISTRY, BIND, CREATE = 0, 1, 0, 0
MOVE_TO, BUTTON, AXIS, FRAME = 1, 2, 3, 4
GLOBAL, ERROR = 0, 0
POINTERS = "zwlr_virtual_pointer_manager_v1"
LEFT, RIGHT, MIDDLE = 0x110, 0x111, 0x112
"""Of linux/input-event-codes.h."""
NOTCH = 15 * 256
"""How far a wheel turns in one click, in 1/256 px."""


def text(said: str) -> bytes:
    """A string on the wire: its length with the closing zero, padded to four bytes."""
    raw = said.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw + bytes(-len(raw) % 4)


class Wire:
    """A client of a compositor."""

    def __init__(self, where: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(ANSWER_S)
        self._socket.connect(str(where))
        self._last, self._heard = DISPLAY, b""
        self._offers: dict[str, int] = {}
        self._registry = self.new()
        self.ask(DISPLAY, GET_REGISTRY, struct.pack("=I", self._registry))
        self.agree()

    def close(self) -> None:
        """Unplug it."""
        self._socket.close()

    def new(self) -> int:
        """Return a number for another object."""
        self._last += 1
        return self._last

    def ask(self, of: int, what: int, arguments: bytes = b"") -> None:
        """Send a request."""
        self._socket.sendall(struct.pack("=II", of, 8 + len(arguments) << 16 | what) + arguments)

    def bound(self, interface: str) -> int:
        """Return an object of what the compositor offers by that name, as of version 1."""
        made = self.new()
        name = struct.pack("=I", self._offers[interface])
        self.ask(self._registry, BIND, name + text(interface) + struct.pack("=II", 1, made))
        return made

    def agree(self) -> None:
        """Come back once the compositor has done all that it was asked."""
        done = self.new()
        self.ask(DISPLAY, SYNC, struct.pack("=I", done))
        while True:
            of, what, arguments = self._event()
            if of == done:
                return
            if (of, what) == (DISPLAY, ERROR):
                raise AssertionError(f"labwc refuses: {arguments!r}")
            if (of, what) == (self._registry, GLOBAL):
                name, length = struct.unpack_from("=II", arguments)
                self._offers[arguments[8 : 8 + length - 1].decode()] = name

    def _event(self) -> tuple[int, int, bytes]:
        of, size_and_what = struct.unpack("=II", self._hear(8))
        return of, size_and_what & 0xFFFF, self._hear((size_and_what >> 16) - 8)

    def _hear(self, count: int) -> bytes:
        while len(self._heard) < count:
            more = self._socket.recv(4096)
            assert more, "labwc has hung up"
            self._heard += more
        found, self._heard = self._heard[:count], self._heard[count:]
        return found


class Mouse:
    """Plugged in until it is closed. Places are pixels of a desk that need not begin at 0.

    desk: that of all outputs; left, top, width, height.
    """

    def __init__(self, where: Path, desk: tuple[int, int, int, int]) -> None:
        self._wire, self._desk = Wire(where), desk
        pointers = self._wire.bound(POINTERS)
        self._pointer = self._wire.new()
        self._wire.ask(pointers, CREATE, struct.pack("=II", 0, self._pointer))
        self._wire.agree()

    def close(self) -> None:
        """Unplug it."""
        self._wire.close()

    def move(self, x: int, y: int) -> None:
        """Put the pointer there."""
        left, top, *size = self._desk
        self._do(MOVE_TO, struct.pack("=IIII", x - left, y - top, *size))

    def press(self, button: int = LEFT) -> None:
        """Put a button down."""
        self._do(BUTTON, struct.pack("=II", button, 1))

    def release(self, button: int = LEFT) -> None:
        """Let a button go."""
        self._do(BUTTON, struct.pack("=II", button, 0))

    def scroll(self, notches: int) -> None:
        """Turn the wheel: down, and up where it is negative."""
        self._do(AXIS, struct.pack("=Ii", 0, notches * NOTCH))

    def _do(self, what: int, arguments: bytes) -> None:
        now_ms = struct.pack("=I", int(time.monotonic() * 1000) & 0xFFFFFFFF)
        self._wire.ask(self._pointer, what, now_ms + arguments)
        self._wire.ask(self._pointer, FRAME)
        self._wire.agree()
