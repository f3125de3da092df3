"""A Unix socket in a device's folder, by which its own programs reach the running door.

Only the kiosk's own user may open it. It is listened to on a thread of its own.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sync.log import Log

log = Log("hardware")
PATIENCE_S = 2.0
AFTER_A_BUG_S = 1.0


class LocalSocket:
    """Takes what comes, one after another, until it is stopped."""

    def __init__(self, path: Path, kind: socket.SocketKind, name: str) -> None:
        """name: of the thread."""
        self._path, self._kind, self._name = path, kind, name
        self._socket: socket.socket | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, take: Callable[[socket.socket], None]) -> None:
        """Listen from now on; where the socket cannot be made, nothing is heard.

        take: waits for the next thing and takes it. Raises OSError once the socket is closed.
        """
        made = socket.socket(socket.AF_UNIX, self._kind)
        was = os.umask(0o177)
        try:
            self._path.unlink(missing_ok=True)
            made.bind(str(self._path))
            if self._kind is socket.SOCK_STREAM:
                made.listen(4)
        except OSError:  # too long a path, a file system without sockets, one that is read-only
            made.close()
            return
        finally:
            os.umask(was)
        self._socket = made
        self._ended.clear()
        self._thread = threading.Thread(
            target=self._serve, args=(made, take), name=self._name, daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and remove the socket. May be called twice."""
        made, self._socket = self._socket, None
        if made is None:
            return
        self._ended.set()
        made.shutdown(socket.SHUT_RDWR)
        if self._thread is not None:
            self._thread.join(PATIENCE_S)
        made.close()
        with suppress(OSError):
            self._path.unlink()

    def _serve(self, made: socket.socket, take: Callable[[socket.socket], None]) -> None:
        while self._socket is made:
            try:
                take(made)
            except Exception as why:  # noqa: BLE001  # the one handler of this thread
                if self._socket is not made:
                    return  # stopped
                log.bug("socket.broke", why)
                self._ended.wait(AFTER_A_BUG_S)
