"""A finger: through Kivy's window events (mock GL), or as real X events by XTEST."""

import os

from tests.flows.surroundings import Frames


class WindowFinger:
    """Touches as Kivy's window gets them from SDL."""

    def __init__(self, frames: Frames) -> None:
        from kivy.core.window import Window

        self._window, self._frames = Window, frames

    def away(self) -> None:
        """Take the finger off for good."""

    def down(self, x: float, y: float) -> None:
        """Touch at (x, y), counted in px from the bottom left."""
        self._at = (x, self._window.height - y)
        self._window.dispatch("on_mouse_down", *self._at, "left", [])
        self._frames.poll()

    def up(self) -> None:
        """Let go where it is."""
        self._window.dispatch("on_mouse_up", *self._at, "left", [])
        self._frames.poll()


class XFinger:
    """Touches by the X server's own test extension: the way a touchscreen's events come."""

    def __init__(self, frames: Frames) -> None:
        from kivy.core.window import Window
        from Xlib import X, display
        from Xlib.ext import xtest

        self._window, self._frames, self._x, self._xtest = Window, frames, X, xtest
        self._display = display.Display(os.environ["DISPLAY"])
        self._downs = self._ups = 0
        Window.bind(on_touch_down=self._count_down, on_touch_up=self._count_up)

    def away(self) -> None:
        """Take the finger off for good."""
        self._window.unbind(on_touch_down=self._count_down, on_touch_up=self._count_up)
        self._display.close()

    def _count_down(self, *_):
        self._downs += 1

    def _count_up(self, *_):
        self._ups += 1

    def down(self, x: float, y: float) -> None:
        """Touch at (x, y), counted in px from the bottom left; back when Kivy has it."""
        before = self._downs
        top = int(self._window.height - y)
        self._send(self._x.MotionNotify, x=int(x), y=top)
        self._send(self._x.ButtonPress, detail=1)
        self._frames.until(lambda: self._downs > before, "a touch to arrive")

    def up(self) -> None:
        """Let go where it is."""
        before = self._ups
        self._send(self._x.ButtonRelease, detail=1)
        self._frames.until(lambda: self._ups > before, "the end of a touch to arrive")

    def _send(self, kind, **facts) -> None:
        self._xtest.fake_input(self._display, kind, **facts)
        self._display.sync()
