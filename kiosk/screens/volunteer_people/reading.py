"""A sign and a sentence while a card is awaited."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.uix.widget import Widget

from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.widgets_text import Icon, Text


class Reading:
    """What stands where answers do: nothing of it is pressed."""

    def __init__(self, words: str) -> None:
        self.icon = Icon(icon="card-account-details-outline", ink="ink", slot="hero")
        self.text = Text(text=words, role="title", size_hint=(None, None), valign="top")

    def place(self, box: Box) -> Sequence[Widget]:
        """The sign over the sentence, or the sentence alone where it needs the room."""
        theme = look.theme
        if theme.low:  # it is only read
            y = theme.height_px / 2 + theme.mm(12)
            box = Box(box.x, y, box.width, theme.height_px * 0.82 - y)
        rest, top = box.upper_part(self.icon.height, theme.mm(4))
        rest.lay(self.text)
        self.text.settle()
        if not self.text.is_clipped:
            self.icon.pos = round(top.x), round(top.y)
            return [self.icon, self.text]
        box.lay(self.text)
        return [self.text]
