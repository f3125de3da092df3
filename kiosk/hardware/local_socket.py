"""A Unix socket in a device's folder, by which its own programs reach the running door.

Only the kiosk's own user may open it. It is listened to on a thread of its own.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

PATIENCE_S = 2.0


class LocalSocket:
    """Takes what comes, one after another, until it is stopped."""

    def __init__(self, path: Path, kind: socket.SocketKind, name: str) -> None:
        """name: of the thread."""
        self._path, self._kind, self._name = path, kind, name
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def start(self, take: Callable[[socket.socket], None]) -> None:
        """Listen from now on; where the socket cannot be made, nothing is heard.

        take: waits for the next thing and takes it. Raises OSError once the socket is closed.
        """
        self._path.unlink(missing_ok=True)
        made = socket.socket(socket.AF_UNIX, self._kind)
        was = os.umask(0o177)
        try:
            made.bind(str(self._path))
            if self._kind is socket.SOCK_STREAM:
                made.listen(4)
        except OSError:  # too long a path, a file system without sockets
            made.close()
            return
        finally:
            os.umask(was)
        self._socket = made
        self._thread = threading.Thread(
            target=self._serve, args=(made, take), name=self._name, daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and remove the socket. May be called twice."""
        made, self._socket = self._socket, None
        if made is None:
            return
        made.shutdown(socket.SHUT_RDWR)
        if self._thread is not None:
            self._thread.join(PATIENCE_S)
        made.close()
        self._path.unlink(missing_ok=True)

    def _serve(self, made: socket.socket, take: Callable[[socket.socket], None]) -> None:
        while self._socket is made:
            try:
                take(made)
            except OSError:
                return  # stopped
