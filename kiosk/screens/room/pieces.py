"""The parts of a room's page: rows of the day, how the room is, a stack that always fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.graphics import Color, Line
from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.room.view import RoomPage, RowLine
from kiosk.screens.rooms.bars import natural_px
from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.shapes import dashes
from kiosk.ui.widgets_box import STATUS, sign
from kiosk.ui.widgets_flow import ListRow
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Rich, Text

SHARE = 0.56  # of a wide and low panel, for what is chosen
Part = tuple[Widget, int]
"""A widget of known height, and how much it matters: what matters least goes first."""


class TimeRow(ListRow):
    """One row of a room's day: when, how it is, what is on. ``chosen``: the panel is about it."""

    chosen = BooleanProperty(False)

    def __init__(self, line: RowLine, **facts: Any) -> None:
        self.line = line
        super().__init__(**facts)
        theme = look.theme
        self.size_hint_y, self.height = None, row_px()
        side = theme.mm(2 if theme.portrait else 4)
        self.inset = 0 if theme.portrait else side
        self.padding, self.spacing = [side, 0, side, 0], theme.mm(2)
        parts = _upright if theme.portrait else _in_a_line
        for part in parts(*_time_parts(line), "" if theme.large else line.detail):
            self.add_widget(part)
        self.fbind("chosen", self._draw)
        self._draw()

    @property
    def reads(self) -> str:
        """When and what."""
        return f"{self.line.times} {self.line.word}"

    def _draw(self, *_: object) -> None:
        self.mode = "amber" if self.line.status == "pencilled" else "normal"
        super()._draw()
        theme = look.theme
        with self.canvas.before:
            if self.chosen:
                Color(*theme.colour("ink"))
                _edge(self, theme.line("field"), ())
            elif self.line.status == "pencilled":
                Color(*theme.colour("soon"))
                _edge(self, theme.line("button"), (theme.mm(2), theme.mm(1.4)))


def read_time(line: RowLine) -> BoxLayout:
    """Return a row of a room's day that is only read: one line of it."""
    row = BoxLayout(spacing=look.theme.mm(2))
    detail = "" if look.theme.portrait or look.theme.large else line.detail
    for part in _in_a_line(*_time_parts(line), detail):
        row.add_widget(part)
    return row


def _time_parts(line: RowLine) -> tuple[Text, Widget, Text]:
    """When, the sign and the word of how it is."""
    shape, ink, _key = STATUS[line.status]
    mark = sign(shape, ink)
    mark.pos_hint = {"center_y": 0.5}
    times = Text(text=line.times, max_lines=1, size_hint_x=None, width=times_px())
    return times, mark, Text(text=line.word, weight=600, ink=ink, max_lines=1, may_shorten=True)


def _in_a_line(times: Text, mark: Widget, word: Text, detail: str) -> Sequence[Widget]:
    """When, how it is, and beside it what is on."""
    theme = look.theme
    gap = [Widget(size_hint_x=None, width=theme.mm(2))] if theme.roomy else []
    word.fit = "width"
    word.settle()
    beside = Text(text=f"· {detail}" if detail else "", max_lines=1, may_shorten=True)
    return times, *gap, mark, word, beside


def _upright(times: Text, mark: Widget, word: Text, detail: str) -> Sequence[Widget]:
    """On a narrow screen what is on stands below; large letters: when over how it is."""
    theme = look.theme
    below = [Text(text=detail, max_lines=1, may_shorten=True)] if detail else []
    lines: list[list[Widget]] = [[times, mark, word], below]
    if theme.large:
        lines = [[times], [mark, word]]
    pad = 0 if theme.large else theme.mm(0.8)
    column = BoxLayout(orientation="vertical", padding=[0, pad, 0, pad])
    for parts in filter(None, lines):
        row = BoxLayout(spacing=theme.mm(2))
        for part in parts:
            row.add_widget(part)
        column.add_widget(row)
    return (column,)


def _edge(box: Any, wide: float, on_off: Sequence[float]) -> None:
    half = wide / 2 + look.theme.mm(0.4)
    inner = (box.x + half, box.y + half, box.width - 2 * half, box.height - 2 * half)
    if not on_off:
        Line(rounded_rectangle=(*inner, look.theme.radius()), width=wide / 2)
        return
    for dash in dashes(inner, look.theme.radius(), *on_off):
        Line(points=dash, width=wide / 2, cap="none")


def times_px() -> float:
    """Pixels of the widest "10:42–16:00"."""
    return natural_px("00:00–00:00") + 2


def row_px() -> int:
    """Pixels of a row of the day."""
    theme = look.theme
    lines = 2.7 if theme.portrait else 1.4
    return max(theme.target("least"), round(theme.size("body") * lines))


class StatusLine(BoxLayout):
    """How the room is now, and how many it holds."""

    def __init__(self, page: RoomPage, **facts: Any) -> None:
        super().__init__(size_hint_y=None, **facts)
        theme = look.theme
        self.spacing, self.height = theme.mm(2), round(theme.size("body") * 1.34)
        if not page.badge:
            self.add_widget(Text(text=page.about, max_lines=1, may_shorten=True))
            return
        shape, ink, _key = STATUS[page.badge]
        word = Text(text=page.word, weight=600, fit="width", max_lines=1)
        word.ink = "ink" if page.badge == "shut" else ink
        word.settle()
        mark = sign(shape, ink)
        mark.pos_hint = {"center_y": 0.5}
        taken_px = word.width + mark.width + 2 * self.spacing
        for part in (mark, word, Text(text=_about(page, taken_px), max_lines=1, may_shorten=True)):
            self.add_widget(part)


def _about(page: RoomPage, taken_px: float) -> str:
    """As many facts of a room as have a place beside how it is, on a narrow screen."""
    theme, about = look.theme, page.about
    room_px = theme.width_px - 2 * theme.space("margin") - taken_px
    while theme.portrait and about and natural_px(about) > room_px:
        about = about.rpartition(" · ")[0]
    return about


class Stack(BoxLayout):
    """Parts from the top down; what matters least is left out until all of it fits."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(orientation="vertical", **facts)
        self.spacing = look.theme.mm(1.9 if not look.theme.portrait else 3.4)

    def fill(self, parts: Sequence[Part], wide_px: float, room_px: float) -> None:
        """Show the parts in a width and height. A part of height 0 takes what is over."""
        kept = list(parts)
        for widget, _matters in kept:
            measure(widget, wide_px)
        while self._needed([w for w, _ in kept]) > room_px and len(kept) > 1:
            least = min(range(len(kept)), key=lambda at: kept[at][1])
            kept.pop(least)
        self.clear_widgets()
        for widget, _matters in kept:
            self.add_widget(widget)
        # Kivy stacks from below: without anything that stretches, what is over stays empty there.
        if all(widget.size_hint_y is None for widget, _ in kept):
            over = room_px - self._needed([w for w, _ in kept])
            self.padding = [0, 0, 0, max(0, over)]

    def _needed(self, widgets: Sequence[Widget]) -> float:
        tall = sum(w.height for w in widgets if w.size_hint_y is None)
        return float(tall + self.spacing * max(0, len(widgets) - 1))


def measure(widget: Widget, wide_px: float) -> None:
    """Give a part its height at this width."""
    if isinstance(widget, Text):
        widget.fit, widget.width = "height", wide_px
        widget.settle()
        widget.height = widget.text_height
    elif isinstance(widget, Acts) or hasattr(widget, "measured"):
        widget.width = wide_px
        if hasattr(widget, "measured"):
            widget.measured(wide_px)


def pressed(text: str, act: Any, **how: Any) -> Press:
    """Return a button of 15 mm that is as wide as its words."""
    made = Press(text=text, hug=how.pop("hug", True), size_hint=(None, None), **how)
    made.height = look.theme.target("secondary")
    made.bind(on_release=lambda *_: act())
    return made


def tight(text: str, act: Any, **how: Any) -> Press:
    """Return a button of 15 mm with a narrower pad, for several in a row."""
    made = pressed(text, act, hug=False, **how)
    made.width = made.hugged_width(1)
    return made


class Told(BoxLayout):
    """A sentence on amber with a sign: what is pencilled in. Its height follows its words."""

    def __init__(self, parts: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(size_hint_y=None, **facts)
        theme = look.theme
        self.padding = [theme.mm(4), theme.mm(1.6), theme.mm(3), theme.mm(1.6)]
        self.spacing = theme.mm(2.4)
        self.fill = "soon_tint"
        mark = sign("dashed_ring", "soon")
        mark.pos_hint = {"center_y": 0.5}
        self._mark, self._words = mark, Rich(parts=list(parts))
        self.add_widget(mark)
        self.add_widget(self._words)
        for name in ("pos", "size"):
            self.fbind(name, self._draw)

    def measured(self, wide_px: float) -> None:
        """Take the height that the words need at this width."""
        left, top, right, bottom = self.padding
        self._words.width = wide_px - left - right - self._mark.width - self.spacing
        self._words.settle()
        self.height = max(self._mark.height, self._words.text_height) + top + bottom

    def _draw(self, *_: object) -> None:
        from kiosk.ui.widgets_press import _area

        theme = look.theme
        self.canvas.before.clear()
        with self.canvas.before:
            fill, edge = theme.colour("soon_tint"), theme.colour("soon")
            _area(fill, edge, self, theme.line("hair"), theme.radius())


def two_columns(parts: list[Part], wide: float, tall: float) -> BoxLayout:
    """Put what is said left and what is pressed last right, where a screen is wide and low."""
    gap = look.theme.mm(4)
    at = next((n for n, (w, _) in enumerate(parts) if type(w) is Widget), len(parts))
    left, right = parts[:at], parts[at:]
    columns = BoxLayout(spacing=gap)
    for some, room in ((left, wide * SHARE), (right, wide * (1 - SHARE) - gap)):
        stack = Stack(size_hint_x=None, width=room)
        filler: list[Part] = [(Widget(), 3)] if some is left else []
        stack.fill([*some, *filler], room, tall)
        columns.add_widget(stack)
    return columns
