"""The thread that looks after serial ports, until it is woken to end."""

import os
import select
import threading
from collections.abc import Callable
from time import monotonic

from kiosk.hardware.finding import look
from kiosk.hardware.ports import Look, Ports
from kiosk.hardware.supervisor import OnNews, Supervisor
from sync.log import Log

log = Log("hardware")
AFTER_A_BUG_S = 1.0
_PATIENCE_S = 2.0


class PortThread:
    """Serves what ``supervise()`` wants looked after; ``take`` hears of it on this thread."""

    def __init__(
        self, supervise: Callable[[], Supervisor], take: OnNews, *, look: Look = look
    ) -> None:
        self._supervise, self._take, self._look = supervise, take, look
        self._thread: threading.Thread | None = None
        self._waker = -1

    def start(self) -> None:
        """Begin; returns at once."""
        listener, self._waker = os.pipe()
        self._thread = threading.Thread(
            target=self._serve, args=(listener,), name="serial", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End, and give all ports back; may be called twice."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        os.close(self._waker)  # the other end can now be read: its end has come
        thread.join(_PATIENCE_S)

    def _serve(self, listener: int) -> None:
        """Look after the ports until woken. Whatever breaks, they are closed and found again."""
        woken = False
        while not woken:
            ports = Ports(self._supervise(), self._take, look=self._look)
            try:
                while not woken:
                    ports.turn(monotonic())
                    woken = ports.wait(monotonic(), listener)
            except Exception as why:  # noqa: BLE001  # the one handler of this thread
                log.bug("hardware.broke", why)
            finally:
                ports.close()
            woken = woken or bool(select.select([listener], [], [], AFTER_A_BUG_S)[0])
        os.close(listener)
