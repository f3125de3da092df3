"""Tells whoever watches over this process that it lives: both of its threads, not only one.

systemd starts it as ``Type=notify`` with ``WatchdogSec``: ``READY=1`` comes when the first frame is
on the screen, ``WATCHDOG=1`` every second from the Kivy thread, and only where the hub's
thread has done what it was given at the beat before, or is at work that takes long by its nature. So
a kiosk with one hanging thread is started anew. Where nobody watches nothing is sent. Source: sd_notify(3).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import Future

from sync.log import Log

log = Log("alive")
BEAT_S = 1.0
LONG_WORK_BEATS = 120
"""So many beats a copy may take, or the washing of every disk; a card that is dying takes longer."""
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
        at_long_work: Callable[[], bool],
    ) -> None:
        """aside: gives the hub's thread a job. quiet_s: seconds since the last touch.

        at_long_work: whether what keeps that thread is known to take long.
        """
        self._tell, self._aside, self._quiet_s = tell, aside, quiet_s
        self._at_long_work = at_long_work
        self._given: Future[None] | None = None
        self._waited_beats = 0

    def drawn(self) -> None:
        """The first frame is on the screen, and the store is open."""
        self._tell("READY=1")

    def beat(self) -> None:
        """Say that we live, where the hub's thread does as well; ask it again."""
        if self._given is None or self._given.done():
            self._given, self._waited_beats = self._aside(_nothing), 0
        else:
            self._waited_beats += 1
            if not self._at_long_work() or self._waited_beats > LONG_WORK_BEATS:
                return  # silence, until it has done what it was given
        there = "nobody" if self._quiet_s() > SOMEBODY_S else "somebody"
        self._tell(f"WATCHDOG=1\nSTATUS={there} is at the screen")


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
    aside: Callable[[Callable[[], None]], Future[None]],
    quiet_s: Callable[[], float],
    at_long_work: Callable[[], bool],
) -> None:
    """Tell systemd from now on; on the Kivy thread, when the window is open."""
    tell = watcher()
    if tell is None:
        return
    from kivy.clock import Clock
    from kivy.core.window import Window

    alive = Alive(tell, aside, quiet_s, at_long_work)

    def flipped(*_args: object) -> None:
        Window.unbind(on_flip=flipped)
        Clock.schedule_once(lambda _dt: alive.drawn(), 0)  # this frame is shown after us

    Window.bind(on_flip=flipped)
    Clock.schedule_interval(lambda _dt: alive.beat(), BEAT_S)
