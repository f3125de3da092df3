"""What becomes of a stick, brought to the running door by the programs that write to it.

It listens on a Unix socket in the data folder that only the kiosk's own user may send to. A message
is one of ``NEWS``; whatever else is sent is dropped.
"""

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from sync.errors import Lost

SOCKET_NAME = "sticks"
NEWS = frozenset({"writing", "done", "full", "locked", "stranger", "no_key", "torn", "not_done"})
_LONGEST = 16
_PATIENCE_S = 2.0


class DoorAway(Lost):
    """No door is listening in this folder."""


class StickNews:
    """Hears of sticks on a thread of its own, until it is stopped."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / SOCKET_NAME
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def start(self, on_news: Callable[[str], None]) -> None:
        """Listen from now on; where the socket cannot be made, nothing is heard."""
        self._path.unlink(missing_ok=True)
        heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        was = os.umask(0o177)
        try:
            heard.bind(str(self._path))
        except OSError:  # too long a path, a file system without sockets
            heard.close()
            return
        finally:
            os.umask(was)
        self._socket = heard
        self._thread = threading.Thread(
            target=self._serve, args=(heard, on_news), name="sticks", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and remove the socket. May be called twice."""
        heard, self._socket = self._socket, None
        if heard is None:
            return
        heard.shutdown(socket.SHUT_RDWR)
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
        heard.close()
        self._path.unlink(missing_ok=True)

    def _serve(self, heard: socket.socket, on_news: Callable[[str], None]) -> None:
        while self._socket is heard:
            try:
                news = heard.recv(_LONGEST).decode("ascii", "replace")
            except OSError:
                return  # stopped
            if news in NEWS:
                on_news(news)


def tell(folder: Path, news: str) -> None:
    """Tell the door that runs on ``folder``. Raises DoorAway where none does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.settimeout(_PATIENCE_S)
        try:
            wire.sendto(news.encode("ascii"), str(folder / SOCKET_NAME))
        except OSError as away:
            raise DoorAway(str(folder)) from away
