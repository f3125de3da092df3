"""What stands in one line of the rest screen whatever the day: shorter or smaller where it would be cut."""

from __future__ import annotations

from typing import Any

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.properties import ListProperty, StringProperty

from kiosk.ui.widgets_text import Rich, Text


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


class DayAndTime(Rich):
    """``clock`` after the first of ``dates`` for which there is room, or alone."""

    dates, clock, gap = ListProperty(), StringProperty(), StringProperty("  ")

    def __init__(self, **facts: Any) -> None:
        self._choose_soon = Clock.create_trigger(self._choose, -1)  # once a frame, not a property
        super().__init__(max_lines=1, **facts)
        for name in ("dates", "clock", "gap", "width"):
            self.fbind(name, self._choose_soon)

    def _choose(self, *_: object) -> None:
        time = (self.clock, "strong")
        for parts in (*([(date + self.gap, "text"), time] for date in self.dates), [time]):
            self.parts = parts
            if not self.is_clipped:
                return


class Greeting(Text):
    """*Good afternoon*, large where there is room for it."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(weight=700, max_lines=1, **facts)
        for name in ("text", "width"):
            self.fbind(name, self._choose)

    def _choose(self, *_: object) -> None:
        self.role = "display"
        if self.natural_width() > self.width:
            self.role = "title"


for _class in (HouseName, DayAndTime, Greeting):
    Factory.register(_class.__name__, cls=_class)
