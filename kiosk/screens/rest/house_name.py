"""The name of the house in one line: the short one where the whole would be cut."""

from __future__ import annotations

from typing import Any

from kivy.factory import Factory
from kivy.properties import StringProperty

from kiosk.ui.widgets_text import Text


class HouseName(Text):
    """``name``, or ``short`` where there is no room for all of it."""

    name, short = StringProperty(), StringProperty()

    def __init__(self, **facts: Any) -> None:
        super().__init__(role="title", weight=700, max_lines=1, **facts)
        for name in ("name", "short", "width"):
            self.fbind(name, self._choose)

    def _choose(self, *_: object) -> None:
        self.may_shorten = False
        self.text = self.name
        if self.short and self.natural_width() > self.width:
            self.text = self.short
        self.may_shorten = self.natural_width() > self.width


Factory.register(HouseName.__name__, cls=HouseName)
