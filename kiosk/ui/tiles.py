"""In low reach a list is read above the middle line and touched below it: a tile for each row.

A row across the screen needs 15 mm of a lower half that has hardly 50; tiles beside each other
hold three times as many, and what they have no words for stands above.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.ui.look import look
from kiosk.ui.widgets_press import Press

HIGHEST = 1.4
"""Of the least height: what is over stays empty."""
LINE_EM = 1.12
"""The least height of a row that is read."""
READ_MM = {False: 9.4, True: 14.4}
"""The usual height of a row of a list that is read, by whether the screen is upright: two lines."""


def columns() -> int:
    """Return how many tiles stand beside each other."""
    return 2 if look.theme.portrait or look.theme.large else 3


def _rows(room_px: float) -> int:
    between = look.theme.space("row_gap")
    return max(1, int((room_px + between) // (look.theme.target("tile") + between)))


def slots(room_px: float) -> int:
    """Return how many tiles have room."""
    return columns() * _rows(room_px)


def low_room_px(foot_px: float) -> float:
    """Return the pixels for tiles between the middle line and the acts at the foot."""
    theme = look.theme
    return theme.height_px / 2 - theme.space("margin") - foot_px - theme.space("row_gap")


def tile(text: str, *others: str, **facts: Any) -> Press:
    """Return a tile; ``others``: shorter wordings for where the first has no room."""
    made = Press(kind="tile", text=text, align="left", size_hint=(None, None), **facts)
    made.wordings = (text, *others)
    made.signs = made.icon, made.shape
    return made


class Tiles(Widget):
    """Equal tiles in rows from the top, as high as the rows they need."""

    def __init__(self, cells: Sequence[Press], room_px: float, **facts: Any) -> None:
        super().__init__(size_hint_y=None, **facts)
        theme, between = look.theme, look.theme.space("row_gap")
        self._cells = cells
        self._tall = min(
            theme.target("tile") * HIGHEST, (room_px + between) / _rows(room_px) - between
        )
        rows = max(1, -(-len(cells) // columns()))
        self.height = round(rows * (self._tall + between) - between)
        for cell in cells:
            self.add_widget(cell)
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    def _place(self, *_: object) -> None:
        gap, between = look.theme.space("gap"), look.theme.space("row_gap")
        wide = (self.width - gap * (columns() - 1)) / columns()
        if wide < look.theme.target("least"):
            return  # not laid out yet
        for nth, cell in enumerate(self._cells):
            row, column = divmod(nth, columns())
            cell.size = round(wide), round(self._tall)
            top = self.top - row * (self._tall + between)
            cell.pos = round(self.x + column * (wide + gap)), round(top - self._tall)
        self._word()

    def _word(self) -> None:
        """All in their full words, or all in shorter ones, or all without signs and cut."""
        for nth in range(max((len(cell.wordings) for cell in self._cells), default=0)):
            for cell in self._cells:
                cell.icon, cell.shape = cell.signs
                cell.text = cell.wordings[min(nth, len(cell.wordings) - 1)]
            if not any(cell.is_clipped for cell in self._cells):
                return
        for cell in self._cells:
            _say_less(cell)


def _say_less(cell: Press) -> None:
    """Words before signs, then fewer words."""
    cell.icon = cell.shape = ""
    cell.text = cell.wordings[0]
    words = cell.text.split()
    while len(words) > 1 and cell.is_clipped:
        words.pop()
        cell.text = " ".join(words).rstrip(".,:;") + "…"
    while len(cell.text) > 2 and cell.is_clipped:  # one long word
        cell.text = cell.text.rstrip("…")[:-1] + "…"


class ReadRows(BoxLayout):
    """Rows that are only read, from the top down, none higher than it needs; a hairline between.

    Those without room are left out: their tiles still say what they are.
    """

    def __init__(self, rows: Sequence[Widget], row_mm: float, **facts: Any) -> None:
        super().__init__(orientation="vertical", **facts)
        theme = look.theme
        self._rows = tuple(rows)
        self._least_px = round(theme.size("body") * LINE_EM)
        self._row_px = max(theme.mm(row_mm), self._least_px)
        for name in ("pos", "size"):
            self.fbind(name, self._fit)
        self._fit()

    def _fit(self, *_: object) -> None:
        fitting = max(1, int((self.height + 1) // self._least_px))
        shown = self._rows[:fitting]
        if [*reversed(self.children)] != [*shown]:
            self.clear_widgets()
            for row in shown:
                self.add_widget(row)
        count = max(1, len(shown))
        over = max(0, self.height - self._row_px * count)
        self.padding = [0, 0, 0, over]
        tall, hair = (self.height - over) / count, look.theme.line("hair")
        self.canvas.before.clear()
        with self.canvas.before:
            Color(*look.theme.colour("line"))
            for nth in range(1, count):
                Rectangle(pos=(self.x, round(self.top - nth * tall)), size=(self.width, hair))
