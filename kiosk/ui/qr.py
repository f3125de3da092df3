"""A QR code to scan, drawn in whole pixels: ``Qr(text=...)``; dark on white by night as well."""

from functools import lru_cache
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.properties import StringProperty
from kivy.uix.widget import Widget

QUIET = 4
"""Modules of white around the code (ISO/IEC 18004, section 6.3.8)."""


@lru_cache(maxsize=4)
def qr_rows(text: str) -> tuple[bytes, ...]:
    """Return the modules of a code that bears some damage (level M), a byte each: 1 is dark."""
    import segno  # 20 ms that only a page with a code needs

    return tuple(bytes(row) for row in segno.make(text, error="m", micro=False).matrix)


def module_px(rows: int, side_px: float) -> int:
    """Return how many pixels a module takes, so that the code and its quiet zone fit."""
    return int(side_px // (rows + 2 * QUIET))


class Qr(Widget):
    """A code in a white square; ``is_whole`` says whether there was room for it."""

    text = StringProperty()

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        for name in ("pos", "size", "text"):
            self.fbind(name, self._draw)
        self._draw()

    @property
    def is_whole(self) -> bool:
        """Whether a camera can tell one module from the next."""
        return bool(self.text) and module_px(len(qr_rows(self.text)), min(self.size)) >= 2

    def _draw(self, *_: object) -> None:
        self.canvas.clear()
        if not self.is_whole:
            return
        rows = qr_rows(self.text)
        px = module_px(len(rows), min(self.size))
        side = px * (len(rows) + 2 * QUIET)
        left, top = round(self.center_x - side / 2), round(self.center_y + side / 2)
        with self.canvas:
            Color(1, 1, 1, 1)
            Rectangle(pos=(left, top - side), size=(side, side))
            Color(0, 0, 0, 1)
            for nth, row in enumerate(rows, QUIET + 1):
                for start, length in runs(row):
                    x = left + (QUIET + start) * px
                    Rectangle(pos=(x, top - nth * px), size=(length * px, px))


def runs(row: bytes) -> list[tuple[int, int]]:
    """Return where dark begins in a row of modules, and for how many."""
    found: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if not dark:
            continue
        if found and sum(found[-1]) == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((at, 1))
    return found
