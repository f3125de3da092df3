"""What acts only when it is held: for what nobody should do by brushing past."""

from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, RoundedRectangle
from kivy.properties import NumericProperty

from kiosk.ui.look import look
from kiosk.ui.widgets_press import Press, _area


class HoldPress(Press):
    """A Press that acts when held for 3 s: it fills from left to right and says the seconds left.

    ``on_held``: held long enough. Letting go before does nothing.
    """

    held_s = NumericProperty(0)
    hold_s = NumericProperty(3)

    def __init__(self, **facts: Any) -> None:
        self.register_event_type("on_held")
        self._before = ""
        self._timer: Any = None
        self._window: Any = None
        super().__init__(**facts)
        self.fbind("held_s", self._tell)

    def on_held(self) -> None:
        """Held long enough."""

    def on_state(self, _widget: Any, state: str) -> None:
        """Begin or give up holding."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer, self.sub, self.held_s = None, self._before, 0
        if state == "down":
            self._before, self._window = self.sub, self.get_root_window()
            self._timer = Clock.schedule_interval(self._hold, 1 / 20)
            self._tell()

    def _hold(self, passed_s: float) -> None:
        if self.get_root_window() is not self._window:  # its page has gone: nobody sees this
            self.state = "normal"
            return
        self.held_s += passed_s
        if self.held_s >= self.hold_s:
            self.state = "normal"
            self.dispatch("on_held")

    def _tell(self, *_: object) -> None:
        if self.state == "down":
            left = max(1, round(self.hold_s - self.held_s + 0.49))
            self.sub = look.words.count("press.hold_left", left)
            self._draw()

    def _draw(self) -> None:
        super()._draw()
        if self.state != "down":
            return
        theme, share = look.theme, min(1.0, self.held_s / self.hold_s)
        self.canvas.before.clear()
        with self.canvas.before:
            _area(theme.colour("stop"), theme.colour("none"), self, 0, theme.radius())
            Color(*theme.colour("stop_pressed"))
            size = (max(1, self.width * share), self.height)
            RoundedRectangle(pos=self.pos, size=size, radius=[theme.radius()])
