"""Garbage is collected after what a tap shows is on the screen, not before.

A screen that is built anew leaves some 35,000 objects that hold each other. Freed ten screens at a
time, at a moment of Python's own choosing, they took 0.3 s between a tap and its answer; freed one
at a time, when its successor has slid in (and what was there at the start left out), under 0.1 s
in a pause.
"""

import ctypes
import gc
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window

QUIET_S = 0.4  # a slide takes 0.15 s; the next tap of a quick finger comes after 0.5 s
MOST_LEFT = 400_000  # new objects, where somebody touches on and on
LONG_QUIET_S = 20.0  # nobody is there: memory can be given back


class Tidy:
    """From ``begin`` to ``end`` collects a moment after something happened; ``soon`` says so.

    A touch is something that happened, and so is another screen on the ``stage``: cards bring one
    without a touch.
    """

    def __init__(self, stage: Any) -> None:
        self._stage = stage
        self._before = gc.get_threshold()
        self._trigger = Clock.create_trigger(lambda _dt: gc.collect(), QUIET_S)
        self._give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it

    def begin(self) -> "Tidy":
        """What was loaded so far stays: it need not be looked through again. Returns itself."""
        gc.collect()
        gc.freeze()
        self._before = gc.get_threshold()
        gc.set_threshold(MOST_LEFT, 5, 5)
        Window.bind(on_touch_down=self._happened, on_touch_up=self._happened)
        self._stage.bind(children=self._happened)
        return self

    def minute(self, quiet_s: float) -> None:
        """Once a minute: tidy soon, or give memory back where nobody has touched for long."""
        if quiet_s > LONG_QUIET_S:
            self.give_back()
        else:
            self.soon()

    def soon(self) -> None:
        """Collect when nothing has happened for a moment."""
        self._trigger.cancel()
        self._trigger()

    def give_back(self) -> None:
        """Collect, and give the system the memory that is free now; 5 ms, for a quiet moment."""
        gc.collect()
        if self._give_back:
            self._give_back(0)

    def end(self) -> None:
        """Leave the process as it was."""
        Window.unbind(on_touch_down=self._happened, on_touch_up=self._happened)
        self._stage.unbind(children=self._happened)
        self._trigger.cancel()
        gc.unfreeze()
        gc.set_threshold(*self._before)

    def _happened(self, *_: Any) -> bool:
        self.soon()
        return False  # the touch goes on to the screen
