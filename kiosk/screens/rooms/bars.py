"""The rows of the board: a room's name and state, its bars with their titles, hours it is shut."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, Line, Rectangle, RoundedRectangle
from kivy.graphics.texture import Texture
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget

from kiosk.screens.rooms.view import BarView, RowView, wrapped
from kiosk.ui.look import look
from kiosk.ui.shapes import dashes
from kiosk.ui.widgets_box import STATUS, sign
from kiosk.ui.widgets_text import Text

MOST_MEASURED = 4000
BARS = {  # when -> fill, edge
    "running": ("stop_tint", "stop"),
    "soon": ("soon_tint", "soon"),
    "later": ("bar", "ink2"),
    "past": ("paper", "line"),
}


def natural_px(text: str, weight: int = 400) -> float:
    """Return the width of body text in px; each is measured once a look."""
    key = look.theme, text, weight
    if key not in _widths:
        if len(_widths) > MOST_MEASURED:
            _widths.clear()
        made = Text(text=text, weight=weight)
        made.settle()
        _widths[key] = float(made.natural_width())
    return _widths[key]


_widths: dict[Any, float] = {}


class BoardRow(Widget):
    """One room of the board."""

    def __init__(self, grid: Any, row: RowView, **facts: Any) -> None:
        super().__init__(size_hint=(None, None), **facts)
        self.grid, self.row = grid, row
        self._paint()
        self._named()
        bars = row.bars
        for number, bar in enumerate(bars):
            end = bars[number + 1].start if number + 1 < len(bars) else 1.0
            self._titled(bar, end)

    @property
    def reads(self) -> str:
        """The room and how it is."""
        return " ".join(part for part in (self.row.name, self.row.word) if part)

    def _paint(self) -> None:
        theme = look.theme
        pad = round(self.height * 0.1)
        low, tall = self.y + pad, self.height - 2 * pad
        with self.canvas.before:
            if getattr(self, "state", "normal") == "down":
                Color(*theme.colour("tool"))
                Rectangle(pos=self.pos, size=self.size)
            Color(*theme.colour("line"))
            hair = theme.line("wall_hair" if theme.wall else "hair")
            Rectangle(pos=(self.x, self.top - hair), size=(self.width, hair))
            for start, end in self.row.shut:
                _hatch(self.grid.at(start), low, self.grid.at(end) - self.grid.at(start), tall)
            for bar in self.row.bars:
                self._bar(bar, low, tall)

    def _bar(self, bar: BarView, low: float, tall: float) -> None:
        theme = look.theme
        fill, edge = BARS[bar.when]
        if bar.state == "pencilled" and bar.when != "past":
            fill, edge = "soon_tint", "soon"
        left, right = round(self.grid.at(bar.start)), round(self.grid.at(bar.end))
        thick = theme.mm(1.3) if not theme.wall else theme.mm(2.6)
        radius = [theme.radius("board_bar")]
        Color(*theme.colour(edge))
        RoundedRectangle(pos=(left, low), size=(max(thick, right - left), tall), radius=radius)
        Color(*theme.colour(fill))
        inner = max(0, right - left - thick)
        RoundedRectangle(pos=(left + thick, low), size=(inner, tall), radius=[0.1])
        if bar.state == "pencilled" and bar.when != "past":
            Color(*theme.colour(edge))
            _dashed(left, low, max(thick, right - left), tall)

    def _named(self) -> None:
        theme, row = look.theme, self.row
        sign_px = theme.icon("status_shape") if not theme.wall else theme.mm(17)
        indent = sign_px + theme.mm(2 if not theme.wall else 8)
        if row.status:
            shape, ink, _key = STATUS[row.status]
            mark = sign(shape, ink)
            if hasattr(mark, "px"):
                mark.px = sign_px
            mark.pos = (self.x, round(self.center_y - mark.height / 2))
            self.add_widget(mark)
        room = self.grid.name_px - indent
        both = bool(row.word) and self.grid.two_lines
        line = round(theme.size("body") * 1.1)
        name = row.name if _bold_px(row.name) <= room else row.short
        shown = wrapped(name, room, _bold_px, 1)
        x, low = self.x + indent, self.y if not both else self.center_y
        self._text(shown, x, low, room, line if both else self.height, weight=600)
        if both:
            ink = "ink" if row.status == "shut" else STATUS[row.status][1]
            self._text(row.word, x, self.center_y - line, room, line, ink=ink)

    def _titled(self, bar: BarView, end: float) -> None:
        theme, grid = look.theme, self.grid
        past = bar.when == "past"
        if past and not theme.wall:
            return
        pad = theme.mm(2.4 if not theme.wall else 8)
        left = grid.at(bar.start) + pad
        if grid.view.now is not None and bar.start < grid.view.now < bar.end:
            left = grid.at(grid.view.now) + theme.mm(1.8 if not theme.wall else 6)
        if past and grid.view.now is not None:
            end = min(end, float(grid.view.now))
        room = grid.at(end) - left - theme.mm(0.6)
        lines = 2 if 2.1 * theme.size("body") <= self.height else 1
        shown = wrapped(bar.title, room, natural_px, lines)
        if shown and room > 0 and not (past and shown.endswith("…")):
            ink = "ink2" if past else "ink"
            self._text(shown, left, self.y, room + 2, self.height, ink=ink)

    def _text(self, text: str, x: float, y: float, wide: float, tall: float, **how: Any) -> None:
        how = {"valign": "middle", "may_shorten": False, **how}
        made = Text(text=text, size_hint=(None, None), **how)
        made.pos, made.size = (round(x), round(y)), (max(1, round(wide)), round(tall))
        self.add_widget(made)


class PressedRow(ButtonBehavior, BoardRow):
    """A row that opens its room's page."""

    @property
    def touch_box(self) -> tuple[float, float, float, float]:
        """What a finger may touch."""
        return (self.x, self.y, self.width, self.height)

    def on_state(self, _widget: Any, _state: str) -> None:
        """Show that it is pressed."""
        self.canvas.before.clear()
        self._paint()

    def on_release(self) -> None:
        """Open the room."""
        self.grid.dispatch("on_open", self.row.room)


def _bold_px(text: str) -> float:
    return natural_px(text, 600)


def _hatch(x: float, y: float, wide: float, tall: float) -> None:
    """Fill a box with thin diagonal lines: a texture of one line, repeated."""
    texture = _hatched(round(look.theme.mm(1.9 if not look.theme.wall else 9)))
    repeat = wide / texture.width, tall / texture.height
    Color(*look.theme.colour("line"))
    coords = (0, 0, repeat[0], 0, repeat[0], repeat[1], 0, repeat[1])
    Rectangle(pos=(x, y), size=(wide, tall), texture=texture, tex_coords=coords)


_textures: dict[int, Any] = {}


def _hatched(side: int) -> Any:
    side = max(6, side)
    if side not in _textures:
        thick = max(1, side // 8)
        pixels = bytearray()
        for row in range(side):
            for column in range(side):
                on = (column - row) % side < thick
                pixels += b"\xff\xff\xff\xff" if on else b"\xff\xff\xff\x00"
        texture = Texture.create(size=(side, side), colorfmt="rgba")
        texture.wrap = "repeat"
        texture.blit_buffer(bytes(pixels), colorfmt="rgba", bufferfmt="ubyte")
        _textures[side] = texture
    return _textures[side]


def _dashed(x: float, y: float, wide: float, tall: float) -> None:
    theme = look.theme
    for dash in dashes((x + 1, y + 1, wide - 2, tall - 2), theme.radius("board_bar"),
                       theme.mm(2), theme.mm(1.4)):  # fmt: skip
        Line(points=dash, width=max(1.0, theme.mm(0.25)), cap="none")
