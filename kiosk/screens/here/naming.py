"""Writing one's own name at the door: a field, letters, *Erase*, *Use this name*."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.ui.keyboard import Keyboard
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.widgets_field import Field
from kiosk.ui.widgets_strip import Strip

LONGEST_NAME = 60


class NameWriting:
    """On a 10" screen a keyboard for writing; on a small one the letters for names."""

    def __init__(self, keep: Callable[[], Any]) -> None:
        theme = look.theme
        kind = "writing" if theme.roomy and not theme.low else "names"
        label = look.words.say("here.your_name") if theme.roomy else ""
        self.field = Field(typed=True, label=label)
        self.letters = Keyboard(kind=kind, longest=LONGEST_NAME, width=theme.width_px)
        if kind == "writing":
            self.letters.bind(text=lambda _keys, text: self._show(text))
        else:
            self.letters.bind(on_key=lambda _keys, letter: self._show(self.name + letter))
            self.letters.bind(on_erase=lambda _keys: self._show(self.name[:-1]))
        self.space = self._key("keyboard.space", lambda: self._show(f"{self.name} "))
        self.erase = self._key("act.erase", lambda: self._show(self.name[:-1]))
        short = "here.keep_name" if theme.roomy else "here.keep_short"
        self.keep = Factory.Primary(say=short, size_hint=(None, None))
        self.row = Strip()
        self.keep.bind(on_release=lambda *_: keep())

    def _key(self, say: str, act: Callable[[], Any]) -> Any:
        key = Factory.Secondary(say=say, size_hint=(None, None))
        key.bind(on_release=lambda *_: act())
        return key

    @property
    def name(self) -> str:
        """What was written."""
        return str(self.field.text)

    @name.setter
    def name(self, text: str) -> None:
        self.letters.text = self.field.text = text

    def _show(self, text: str) -> None:
        if self.letters.kind == "names":
            text = text[:LONGEST_NAME].title()
        self.field.text = text

    def place(self, box: Box, beside: Box | None = None) -> Sequence[Widget]:
        """Field above, letters in the middle, the way on at the foot.

        beside: room for the field in the top row; a lying 7" screen has none elsewhere.
        """
        theme = look.theme
        gap, close = theme.space("row_gap"), theme.mm(2)
        rest, line = (box, beside) if beside else box.upper_part(theme.mm(15), theme.mm(2))
        self.letters.size_hint, self.letters.width = (None, None), round(rest.width)
        keys = self.letters.height
        top = rest.y + rest.height
        self.letters.pos = round(rest.x), round(top - keys)
        line.lay(self.field)
        room = rest.height - keys - close
        foot = Box(rest.x, rest.y, rest.width, min(room, theme.mm(20)))
        if self.letters.kind == "writing":
            _, place = foot.right_part(theme.mm(70), gap)
            place.lay(self.keep)
            return [self.field, self.letters, self.keep]
        return [self.field, self.letters, *self._row(foot)]

    def _row(self, foot: Box) -> list[Widget]:
        theme = look.theme
        erase = [] if theme.portrait else [self.erase]  # upright letters have a key for it
        shown = [self.space, *erase, self.keep]
        if not self.row.children:
            for act in shown:
                self.row.add_widget(act)
        for act in shown:
            act.size_hint_y, act.height = None, round(foot.height)
        foot.lay(self.row)
        return [self.row]
