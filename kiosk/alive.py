"""Tells whoever watches over this process that it lives: both of its threads, not only one.

systemd starts it as ``Type=notify`` with ``WatchdogSec``: ``READY=1`` comes when the first frame is
on the screen, ``WATCHDOG=1`` every few seconds from the Kivy thread, and only where the hub's
thread has done what it was given at the beat before. So a kiosk with one hanging thread is started
anew. Where nobody watches nothing is sent. Source: sd_notify(3).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import Future

from sync.log import Log

log = Log("alive")
BEAT_S = 5.0
SOMEBODY_S = 60.0
"""So long after the last touch somebody may still be standing there: nothing is updated then."""
Tell = Callable[[str], None]


class Alive:
    """Decides what is said at each beat. On the Kivy thread."""

    def __init__(
        self,
        tell: Tell,
        aside: Callable[[Callable[[], None]], Future[None]],
        quiet_s: Callable[[], float],
    ) -> None:
        """aside: gives the hub's thread a job. quiet_s: seconds since the last touch."""
        self._tell, self._aside, self._quiet_s = tell, aside, quiet_s
        self._given: Future[None] | None = None

    def drawn(self) -> None:
        """The first frame is on the screen, and the store is open."""
        self._tell("READY=1")

    def beat(self) -> None:
        """Say that we live, where the hub's thread does as well; ask it again."""
        if self._given is not None and not self._given.done():
            return  # it is still at what it was given a beat ago: silence, until it has done it
        there = "nobody" if self._quiet_s() > SOMEBODY_S else "somebody"
        self._tell(f"WATCHDOG=1\nSTATUS={there} is at the screen")
        self._given = self._aside(_nothing)


def _nothing() -> None:
    """A job for the hub's thread that shows that it comes round."""


def watcher(environment: Mapping[str, str] = os.environ) -> Tell | None:
    """Return what speaks to systemd, or None where it did not ask to be told."""
    address = environment.get("NOTIFY_SOCKET", "")
    if address[:1] not in {"/", "@"}:
        return None
    if address[0] == "@":
        address = f"\0{address[1:]}"

    def tell(words: str) -> None:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.setblocking(False)
                line.sendto(words.encode(), address)
        except OSError as why:  # the next beat tries again; it must not stop the kiosk
            log.warning("watcher.away", reason=type(why).__name__)

    return tell


def keep_alive(
    aside: Callable[[Callable[[], None]], Future[None]], quiet_s: Callable[[], float]
) -> None:
    """Tell systemd from now on; on the Kivy thread, when the window is open."""
    tell = watcher()
    if tell is None:
        return
    from kivy.clock import Clock
    from kivy.core.window import Window

    alive = Alive(tell, aside, quiet_s)

    def flipped(*_args: object) -> None:
        Window.unbind(on_flip=flipped)
        Clock.schedule_once(lambda _dt: alive.drawn(), 0)  # this frame is shown after us

    Window.bind(on_flip=flipped)
    Clock.schedule_interval(lambda _dt: alive.beat(), BEAT_S)
