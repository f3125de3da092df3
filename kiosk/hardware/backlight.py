"""The light behind the glass, as Linux has it: ``/sys/class/backlight/<name>/brightness``.

It saves more than a dark picture does, and the panel lives longer. Where there is none that may be
written (a television, a panel on HDMI), ``dim`` says so, and the shell draws the dark itself.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from sync.log import Log

log = Log("backlight")
LIGHTS = Path("/sys/class/backlight")
DIM_TO = 0.30
"""Of its full brightness; as dark as the shell would draw it."""
_PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Light:
    """One light. bright: what it shows while somebody is there."""

    brightness: Path
    bright: int

    @property
    def dim(self) -> int:
        """What it shows while nobody is there: not nothing, or nobody would know that it is on."""
        return max(1, round(self.bright * DIM_TO))


def lights_in(folder: Path) -> tuple[Light, ...]:
    """Return the lights that may be written.

    One that is dim already was left so by a power cut: it is bright at its most.
    """
    found = []
    for one in sorted(folder.glob("*/brightness")):
        try:
            most = int(one.with_name("max_brightness").read_text("ascii"))
            now = int(one.read_text("ascii"))
        except (OSError, ValueError):
            continue
        if most > 1 and os.access(one, os.W_OK):
            found.append(Light(one, now if now > round(most * DIM_TO) else most))
    return tuple(found)


class Backlight:
    """Dims and lights on a thread of its own: some panels take their time over I2C."""

    def __init__(self, folder: Path | None = LIGHTS) -> None:
        """folder: None where the screen is none that dims."""
        self._folder = folder
        self._lights: tuple[Light, ...] = ()
        self._wanted = self._shown = False
        self._ends = False
        self._turn = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look for lights; returns at once, and without one there is no thread."""
        self._lights = lights_in(self._folder) if self._folder else ()
        if self._lights:
            self._thread = threading.Thread(target=self._serve, name="backlight", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Leave it bright. May be called twice."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        with self._turn:
            self._wanted, self._ends = False, True
            self._turn.notify()
        thread.join(_PATIENCE_S)

    def dim(self, *, dark: bool) -> bool:
        """Have it dim or bright soon; False where there is no light that does it."""
        if self._thread is None or not self._lights:
            return False
        with self._turn:
            self._wanted = dark
            self._turn.notify()
        return True

    def _serve(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._wanted != self._shown or self._ends)
                dark, ends = self._wanted, self._ends
            if dark != self._shown:
                self._show(dark=dark)
            if ends:
                return

    def _show(self, *, dark: bool) -> None:
        for light in self._lights:
            try:
                light.brightness.write_text(str(light.dim if dark else light.bright), "ascii")
            except OSError as why:  # it went, or may not be written any more
                log.info("backlight.not_written", why=type(why).__name__)
                self._lights = tuple(one for one in self._lights if one != light)
        self._shown = dark
