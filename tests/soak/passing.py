"""The time of a month that passes within an hour: told to Kivy, to the kiosk and, by a file, to all
other processes. It moves only when it is told to.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.device_clock import DeviceClock
from tests.flows.surroundings import FRAME_S, FakeTime, Frames

if TYPE_CHECKING:
    from tests.peers.time_told import TimeTold


class Passing:
    """What ``Frames`` wants of a clock; ``device`` is what the kiosk reads."""

    def __init__(self, told: TimeTold) -> None:
        self._told, self._began = told, told.now
        self.running_s = self._began_s = FakeTime._latest_s
        boot_ms = told.now_ms() - 20_000
        self.device = DeviceClock(
            wall_ms=told.now_ms,
            mono_ms=lambda: told.now_ms() - boot_ms,
            was_told=lambda: True,
            boot=lambda: "the month",
        )

    def monotonic(self) -> float:
        """Seconds since some beginning, for Kivy's clock."""
        return self.running_s

    def pass_(self, seconds: float) -> None:
        """Let time go by for everybody; nothing is run here."""
        self.running_s += seconds
        self._told.stand_at(self._began + timedelta(seconds=self.running_s - self._began_s))


class SoakFrames(Frames):
    """Frames of which some are not drawn.

    Drawing by software takes 60 ms of a core, four fifths of a day of the month. All else of a frame
    is done: what X says, what is due, what is laid out; what is to be read is read there.
    """

    is_drawn = True
    draws_some = True
    """Whether anything is drawn for now: ``is_drawn`` says which of it."""

    def one(self, seconds: float = FRAME_S) -> None:
        """Let ``seconds`` go by, and draw if somebody looks."""
        self.clock.pass_(seconds)
        self.poll()

    def poll(self) -> None:
        """Take what the window has, and draw if somebody looks, while no time goes by."""
        if self.is_drawn and self.draws_some:
            super().poll()
            return
        from kivy.base import EventLoop
        from kivy.lang import Builder

        EventLoop.window.mainloop()
        EventLoop.dispatch_input()
        self._clock_events.tick()
        Builder.sync()
        self._clock_events.tick_draw()
        Builder.sync()
