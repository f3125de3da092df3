"""What becomes of a stick, brought to the running door by the programs that write to it.

It listens on a Unix socket in the data folder that only the kiosk's own user may send to. A message
is one of ``NEWS``; whatever else is sent is dropped.
"""

import socket
from collections.abc import Callable
from pathlib import Path

from kiosk.hardware.local_socket import PATIENCE_S, LocalSocket
from sync.errors import Lost

SOCKET_NAME = "sticks"
NEWS = frozenset({"writing", "done", "full", "locked", "stranger", "no_key", "torn", "not_done"})
_LONGEST = 16


class DoorAway(Lost):
    """No door is listening in this folder."""


class StickNews:
    """Hears of sticks until it is stopped."""

    def __init__(self, folder: Path) -> None:
        self._socket = LocalSocket(folder / SOCKET_NAME, socket.SOCK_DGRAM, "sticks")

    def start(self, on_news: Callable[[str], None]) -> None:
        """Listen from now on; where the socket cannot be made, nothing is heard."""

        def take(heard: socket.socket) -> None:
            news = heard.recv(_LONGEST).decode("ascii", "replace")
            if news in NEWS:
                on_news(news)

        self._socket.start(take)

    def stop(self) -> None:
        """Stop listening and remove the socket. May be called twice."""
        self._socket.stop()


def tell(folder: Path, news: str) -> None:
    """Tell the door that runs on ``folder``. Raises DoorAway where none does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.settimeout(PATIENCE_S)
        try:
            wire.sendto(news.encode("ascii"), str(folder / SOCKET_NAME))
        except OSError as away:
            raise DoorAway(str(folder)) from away
