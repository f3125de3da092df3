"""``PinPad``: ten digits and *Erase*, in as few columns as its height allows."""

from typing import Any

from kivy.factory import Factory
from kivy.properties import BooleanProperty
from kivy.uix.widget import Widget

from kiosk.ui import kit  # noqa: F401  # Key and KeyFunction
from kiosk.ui.layouts import LEAST_PITCH_MM
from kiosk.ui.look import look

CELLS = 12  # ten digits and *Erase*, twice as wide
SHAPES = (3, 4, 6)
GAP_MM, TALLEST_MM = 2.0, 22.0


def columns_for(tall_mm: float) -> int:
    """Return the fewest columns in which each key gets its pitch, else the most there are."""
    fit = (columns for columns in SHAPES if tall_mm * columns / CELLS >= LEAST_PITCH_MM)
    return next(fit, SHAPES[-1])


class PinPad(Widget):
    """``on_digit(digit)`` and ``on_erase()`` come with each press; ``resting``: none is taken."""

    resting = BooleanProperty(False)

    def __init__(self, **facts: Any) -> None:
        self.register_event_type("on_digit")
        self.register_event_type("on_erase")
        super().__init__(**facts)
        self._keys = [self._digit(digit) for digit in "1234567890"]
        erase = Factory.KeyFunction(size_hint=(None, None), say="keyboard.erase")
        erase.bind(on_release=lambda *_: self.dispatch("on_erase"))
        self._keys.append(erase)
        for key in self._keys:
            self.add_widget(key)
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        self.fbind("resting", self._rest)

    def on_digit(self, digit: str) -> None:
        """A digit was pressed."""

    def on_erase(self) -> None:
        """*Erase* was pressed."""

    def _digit(self, digit: str) -> Any:
        key = Factory.Key(size_hint=(None, None), text=digit, role="title")
        key.bind(on_release=lambda *_: self.dispatch("on_digit", digit))
        return key

    def _rest(self, *_: Any) -> None:
        for key in self._keys:
            key.disabled = self.resting

    def _place(self, *_: Any) -> None:
        theme = look.theme
        columns, gap = columns_for(self.height / theme.px_per_mm), theme.mm(GAP_MM)
        rows = CELLS // columns
        wide = (self.width + gap) / columns
        tall = min((self.height + gap) / rows, theme.mm(TALLEST_MM))
        for nth, key in enumerate(self._keys):
            row, column = divmod(nth, columns)
            units = 2 if nth == len(self._keys) - 1 else 1
            key.size = round(units * wide - gap), round(tall - gap)
            key.pos = round(self.x + column * wide), round(self.top - (row + 1) * tall + gap)
