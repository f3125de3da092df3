"""A row of things to press at the foot of a page: ways back left, the way on right.

What does not fit in one row goes to the next, so that nothing is ever cut or squeezed.

    acts = Acts()
    acts.show([put_up], [before, more])
"""

from collections.abc import Iterable, Sequence
from typing import Any

from kivy.uix.widget import Widget

from kiosk.ui.look import look
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text

LEAST_MM = 60  # narrower than any screen: a row that has not got its own width yet


class Acts(Widget):
    """Holds widgets of known width; its height follows its own width."""

    def __init__(self, **facts: Any) -> None:
        self._left: Sequence[Widget] = ()
        self._right: Sequence[Widget] = ()
        facts.setdefault("size_hint_y", None)
        super().__init__(**facts)
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    @property
    def has_width(self) -> bool:
        """Whether it has got its own width yet: its height says nothing before."""
        return bool(self.width >= look.theme.mm(LEAST_MM))

    def show(self, left: Iterable[Any], right: Iterable[Any] = ()) -> None:
        """Show these, in this order."""
        self._left, self._right = tuple(left), tuple(right)
        wanted = [*self._left, *self._right]
        for gone in [child for child in self.children if child not in wanted]:
            self.remove_widget(gone)
            gone.funbind("size", self._place)
        for widget in wanted:
            if widget.parent is None:
                self.add_widget(widget)
                widget.fbind("size", self._place)
            if isinstance(widget, Text):
                widget.settle()  # else it is placed with the width of what it said before
        self._place()

    def _place(self, *_: object) -> None:
        gap, between = look.theme.space("gap"), look.theme.space("row_gap")
        for widget in (*self._left, *self._right):
            if self.has_width and isinstance(widget, Press) and widget.hug:
                widget.hug_in(self.width)
        rows = self._rows(max(1.0, self.width), gap)
        heights = [tallest([*left, *right]) for left, right in rows]
        self.height = sum(heights) + (len(rows) - 1) * between if rows else 0
        top = self.top
        for (left, right), tall in zip(rows, heights, strict=True):
            middle = top - tall / 2
            across(left, self.x, middle, tall, gap)
            across(right, self.x + self.width - wide(right, gap), middle, tall, gap)
            top -= tall + between

    def _rows(self, room: float, gap: int) -> list[tuple[list[Widget], list[Widget]]]:
        if not self._left and not self._right:
            return []
        if wide([*self._left, *self._right], gap) <= room:
            return [(list(self._left), list(self._right))]
        left, right = wrapped(self._left, room, gap), wrapped(self._right, room, gap)
        if left and right and wide([*left[-1], *right[0]], gap) <= room:
            met = [(left.pop(), right.pop(0))]
        else:
            met = []
        return [*((row, []) for row in left), *met, *(([], row) for row in right)]


def tallest(widgets: Iterable[Widget]) -> float:
    """Return the height of a row in px: of the tallest thing to press, at least 15 mm."""
    heights = [w.height for w in widgets if not isinstance(w, Text)]
    return max([look.theme.target("least"), *heights])


def wrapped(widgets: Iterable[Widget], room: float, gap: int) -> list[list[Widget]]:
    """Return widgets in rows that fit, in order."""
    rows: list[list[Widget]] = []
    for widget in widgets:
        if rows and wide([*rows[-1], widget], gap) <= room:
            rows[-1].append(widget)
        else:
            rows.append([widget])
    return rows


def wide(widgets: Sequence[Widget], gap: int) -> float:
    """Return the width in px of widgets beside each other."""
    return sum(widget.width for widget in widgets) + gap * max(0, len(widgets) - 1)


def across(widgets: Iterable[Widget], x: float, middle: float, tall: float, gap: int) -> None:
    """Put widgets beside each other from x on, their middles on one line."""
    for widget in widgets:
        if isinstance(widget, Text):
            widget.size_hint_y, widget.height = None, tall
        widget.pos = round(x), round(middle - widget.height / 2)
        x += widget.width + gap
