"""``PinBox``: a field of dots, a sentence, the digits; whoever shows it hears of six of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.codes import PIN_DIGITS
from kiosk.screens.volunteer.page import fits
from kiosk.screens.volunteer.view import dots
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.pin_pad import PinPad
from kiosk.ui.widgets_field import Field
from kiosk.ui.widgets_text import Text

PAD_MM = 84


class PinBox:
    """``whole(pin)`` comes with the sixth digit; then nothing is typed until ``wipe``."""

    def __init__(self, whole: Callable[[str], Any]) -> None:
        self._whole, self._typed = whole, ""
        self._wordings: Sequence[str] = ("",)
        self.field = Field(typed=True, label="PIN")
        self.said = Text(valign="top", size_hint=(None, None))
        self.pad = PinPad()
        self.pad.bind(on_digit=lambda _pad, digit: self.type(self._typed + digit))
        self.pad.bind(on_erase=lambda _pad: self.type(self._typed[:-1]))

    @staticmethod
    def is_tall() -> bool:
        """Whether digits need more than the lower half: four rows of them, or two."""
        return bool(look.theme.form == "door_7_landscape")

    def say(self, key: str, n: int = -1) -> None:
        """Say a sentence beside the digits; ``n`` counts, and makes it stand out."""
        words, short = look.words, f"{key}_short"
        said = words.count(key, n) if n >= 0 else words.say(key)
        self._wordings = (said, words.say(short)) if words.has(short) else (said,)
        self.said.weight = 600 if n >= 0 else 400

    def wipe(self) -> None:
        """Forget what was typed, and take digits again."""
        self.pad.resting = False
        self._typed = self.field.text = ""

    def type(self, typed: str) -> None:
        """Show what is typed now; six digits are whole."""
        self._typed = typed
        self.field.text = dots(typed)
        if len(typed) == PIN_DIGITS:
            self.pad.resting = True
            self._whole(typed)

    def place(self, box: Box, under_heading: float = 0) -> Sequence[Widget]:
        """What is said beside the digits; above them upright, and above the middle in low reach."""
        theme, gap = look.theme, look.theme.space("gap")
        if theme.low and not self.is_tall():
            keys = Box(box.x, box.y, box.width, box.height - theme.mm(1))  # touched a little beyond
            y = theme.height_px / 2 + theme.mm(12)
            said = Box(box.x, y, box.width, under_heading - y)
        elif theme.portrait:
            said, keys = box.lower_part(min(theme.mm(88), box.height * 0.64), gap)
        else:
            said, keys = box.right_part(theme.mm(PAD_MM), gap)
        keys.lay(self.pad)
        return [self.pad, *self._place_said(said)]

    def _place_said(self, box: Box) -> list[Widget]:
        rest, line = box.upper_part(look.theme.target("field"), look.theme.space("row_gap"))
        line.lay(self.field)
        rest.lay(self.said)
        return [self.field, *([self.said] if fits(self.said, self._wordings) else [])]
