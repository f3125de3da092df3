"""Nobody there: warn, count down, wipe and go back to rest.

Somebody's page must not stay for the next person: after 30 s without a touch the kiosk asks,
counts 10 s, then wipes what was typed. Nothing personal is on screen 40 s after the last touch.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from kivy.clock import Clock

WARN_AFTER_S = 30.0
COUNTDOWN_S = 10


@dataclass(frozen=True)
class Quiet:
    """How far a quiet spell has come: ``left_s`` whole seconds of the countdown, None before."""

    left_s: int | None
    over: bool
    next_s: float  # until something changes


def quiet(since_touch_s: float, warn_after_s: float) -> Quiet:
    """Return where a spell of ``since_touch_s`` seconds without a touch stands."""
    counting_s = since_touch_s - warn_after_s
    if counting_s < 0:
        return Quiet(None, over=False, next_s=-counting_s)
    if counting_s >= COUNTDOWN_S:
        return Quiet(0, over=True, next_s=0.0)
    left_s = COUNTDOWN_S - math.floor(counting_s)
    return Quiet(left_s, over=False, next_s=1.0 - counting_s % 1)


class Idle:
    """Watches the time since the last touch; sleeps where nobody has to be sent home.

    ``on_left(seconds)`` comes with every second of the countdown, ``on_over()`` once at the end.
    """

    def __init__(self, on_left: Callable[[int], None], on_over: Callable[[], None]) -> None:
        self._on_left, self._on_over = on_left, on_over
        self._touched_s = Clock.time()
        self._warn_after_s: float | None = None
        self._look = Clock.create_trigger(self._see)

    @property
    def quiet_s(self) -> float:
        """Seconds since the last touch."""
        return float(Clock.time() - self._touched_s)

    def watch(self, warn_after_s: float | None) -> None:
        """Begin a page that is left after ``warn_after_s`` and the countdown; None: never."""
        self._warn_after_s = warn_after_s
        self._look.cancel()  # what was waited for belongs to the page before
        self.touched()

    def touched(self) -> None:
        """Somebody is there."""
        self._touched_s = Clock.time()
        if not self._look.is_triggered:
            self._later(0.0 if self._warn_after_s is None else self._warn_after_s)

    def _later(self, seconds: float) -> None:
        if self._warn_after_s is None:
            self._look.cancel()
            return
        self._look.cancel()
        self._look.timeout = seconds
        self._look()

    def _see(self, _dt: float) -> None:
        if self._warn_after_s is None:
            return
        now = quiet(Clock.time() - self._touched_s, self._warn_after_s)
        if now.over:
            self._warn_after_s = None
            self._on_over()
            return
        if now.left_s is not None:
            self._on_left(now.left_s)
        self._later(now.next_s)
