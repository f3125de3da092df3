"""A reader without a reader: ``python -m kiosk tap-card UID --data DIR`` taps its card here.

It listens on a Unix socket in the data folder that only the kiosk's own user may open. One
connection carries one UID and a newline; the answer is ``ok`` or ``no``.
"""

import socket
from pathlib import Path

from kiosk.hardware.cards import LONGEST_CODE, OnCard, tidy_read
from kiosk.hardware.local_socket import PATIENCE_S, LocalSocket
from sync.errors import Lost

SOCKET_NAME = "taps"
_LONGEST_LINE = LONGEST_CODE + 32


class ReaderAway(Lost):
    """No kiosk is listening for cards in this folder."""


class SimulatedSource:
    """A ``CardSource`` on a Unix socket in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._socket = LocalSocket(folder / SOCKET_NAME, socket.SOCK_STREAM, "cards")

    def start(self, on_card: OnCard) -> None:
        """Listen from now on; where the socket cannot be made, nothing is heard."""

        def take(listener: socket.socket) -> None:
            connection, _ = listener.accept()
            with connection:
                _take(connection, on_card)

        self._socket.start(take)

    def stop(self) -> None:
        """Stop listening and remove the socket."""
        self._socket.stop()


def _take(connection: socket.socket, on_card: OnCard) -> None:
    """Read one UID, answer, hand it on. Whatever else is sent is refused."""
    connection.settimeout(PATIENCE_S)
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
        wire.settimeout(PATIENCE_S)
        try:
            wire.connect(str(folder / SOCKET_NAME))
            wire.sendall(uid.encode("ascii", "replace")[:_LONGEST_LINE] + b"\n")
            return wire.makefile("rb").readline(8) == b"ok\n"
        except OSError as away:
            raise ReaderAway(str(folder)) from away
