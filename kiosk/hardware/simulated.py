"""A reader without a reader: ``python -m kiosk tap-card UID --data DIR`` taps its card here.

It listens on a Unix socket in the data folder that only the kiosk's own user may open. One
connection carries one UID and a newline; the answer is ``ok`` or ``no``.
"""

import os
import socket
import threading
from pathlib import Path

from kiosk.hardware.cards import LONGEST_CODE, OnCard, tidy_read
from sync.errors import Lost

SOCKET_NAME = "taps"
_LONGEST_LINE = LONGEST_CODE + 32
_PATIENCE_S = 2.0


class ReaderAway(Lost):
    """No kiosk is listening for cards in this folder."""


class SimulatedSource:
    """A ``CardSource`` on a Unix socket in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / SOCKET_NAME
        self._listener: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def start(self, on_card: OnCard) -> None:
        """Listen from now on; where the socket cannot be made, nothing is heard."""
        self._path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        was = os.umask(0o177)
        try:
            listener.bind(str(self._path))
            listener.listen(4)
        except OSError:  # too long a path, a file system without sockets
            listener.close()
            return
        finally:
            os.umask(was)
        self._listener = listener
        self._thread = threading.Thread(
            target=self._serve, args=(listener, on_card), name="cards", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and remove the socket."""
        if self._listener is None:
            return
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._listener = None
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
        self._path.unlink(missing_ok=True)

    @staticmethod
    def _serve(listener: socket.socket, on_card: OnCard) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # stopped
            with connection:
                _take(connection, on_card)


def _take(connection: socket.socket, on_card: OnCard) -> None:
    """Read one UID, answer, hand it on. Whatever else is sent is refused."""
    connection.settimeout(_PATIENCE_S)
    try:
        line = connection.makefile("rb").readline(_LONGEST_LINE)
        uid = tidy_read(line.decode("ascii", "replace"))
        connection.sendall(b"ok\n" if uid else b"no\n")
    except OSError:
        return
    if uid:
        on_card(uid)


def tap(folder: Path, uid: str) -> bool:
    """Present a card to the kiosk that runs on ``folder``; False where it is no card's number.

    Raises ReaderAway where no kiosk listens there.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
        wire.settimeout(_PATIENCE_S)
        try:
            wire.connect(str(folder / SOCKET_NAME))
            wire.sendall(uid.encode("ascii", "replace")[:_LONGEST_LINE] + b"\n")
            return wire.makefile("rb").readline(8) == b"ok\n"
        except OSError as away:
            raise ReaderAway(str(folder)) from away
