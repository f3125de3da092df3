"""Cards of numbers, and rows with a box to tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kivy.graphics import Color, RoundedRectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.rollcall.view import CountRow, NameRow
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.widgets_box import Banner, Card, Rule
from kiosk.ui.widgets_flow import ListRow
from kiosk.ui.widgets_text import Icon, Text

NUMBER_MM, SMALL_NUMBER_MM, BOX_MM = 15, 10, 11


class NumberCard(Card):
    """How many are in the house: read across the room."""

    def __init__(self, **facts: Any) -> None:
        theme = look.theme
        self.alone = theme.portrait and theme.large  # no room for more than the number
        upright = theme.roomy or self.alone
        super().__init__(orientation="vertical" if upright else "horizontal", **facts)
        self.padding = theme.mm(5) if theme.roomy else [theme.mm(3), 0, theme.mm(3), 0]
        self.spacing = theme.mm(2 if upright else 4)
        flat = (theme.form == "door_7_landscape" and theme.large) or (theme.roomy and theme.low)
        self.number = Text(role="display" if flat else "roll_call", weight=700)
        self.title = Text(text=look.words.say("roll.in_the_house"), weight=600)
        self.people = Text(valign="top" if upright else "middle")
        self.number.fit = "height" if upright else "width"
        if upright:
            self.title.fit = "height"
        shown = [self.title, self.number] if upright else [self.number]
        for widget in shown if self.alone else [*shown, self.people]:
            self.add_widget(widget)

    def show(self, total: int, people: str) -> None:
        """Show a total, and whom it is made of."""
        self.number.text, self.people.text = str(total), people


class CountCard(Card):
    """Rows of a number and its words, hairlines between."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        theme = look.theme
        pads_mm = (5, 3, 5, 2) if theme.roomy else (3, 1, 3, 1)
        self._pads = [theme.mm(pad) for pad in pads_mm]
        self.padding = self._pads

    def show(self, title: str, rows: Sequence[CountRow]) -> None:
        """Show these rows under a title; "" for none."""
        self.clear_widgets()
        if title:
            head = Text(text=title, weight=600, size_hint_y=None)
            head.height = self._head_px(title, self.width)
            self.add_widget(head)
        for nth, row in enumerate(rows):
            if nth or title:
                self.add_widget(Rule())
            self.add_widget(self._row(row, self._number_px(rows)))

    def fitting(self, title: str, rows: Sequence[CountRow], wide_px: float, tall_px: float) -> int:
        """Return how many of the rows can be read in a card of this size; one at least."""
        left, top, right, bottom = self._pads
        words_px = wide_px - left - right - self._number_px(rows) - _spacing_px()
        free_px = tall_px - top - bottom - (self._head_px(title, wide_px) if title else 0)
        tallest_px = 0.0
        for nth, row in enumerate(rows):
            tallest_px = max(tallest_px, _words_px(row, words_px) + look.theme.line("hair"))
            if nth and (nth + 1) * tallest_px > free_px:
                return nth
        return len(rows)

    def _head_px(self, title: str, wide_px: float) -> float:
        if not look.theme.large:
            return look.theme.size("body") * 1.5
        head = Text(text=title, weight=600, size_hint=(None, None))
        head.width = wide_px - self._pads[0] - self._pads[2]
        head.settle()
        return head.text_height + look.theme.mm(1.6)

    @staticmethod
    def _number_px(rows: Sequence[CountRow]) -> float:
        """Width of the column of numbers: a fixed one, but where letters are large as needed."""
        theme = look.theme
        if not theme.large:
            return theme.mm(NUMBER_MM if theme.roomy else SMALL_NUMBER_MM)
        numbers = [Text(text=str(row.number), weight=700) for row in rows]
        return float(max((text.natural_width() for text in numbers), default=0))

    @staticmethod
    def _row(row: CountRow, number_px: float) -> Widget:
        theme = look.theme
        line = BoxLayout(spacing=_spacing_px())
        ink = "ink" if row.number else "ink2"
        role = "title" if theme.roomy else "body"
        number = Text(text=str(row.number), role=role, weight=700, halign="right", ink=ink)
        number.size_hint_x = None
        number.width = number_px
        line.add_widget(number)
        if not row.below or not theme.roomy:
            line.add_widget(Text(text=row.words, max_lines=2))
            return line
        both = BoxLayout(orientation="vertical")
        both.add_widget(Text(text=row.words, valign="bottom"))
        below = Text(text=row.below, ink="ink2", valign="top", max_lines=1, may_shorten=True)
        both.add_widget(below)
        line.add_widget(both)
        return line


def _spacing_px() -> int:
    return look.theme.mm(4 if look.theme.roomy else 3)


def _words_px(row: CountRow, wide_px: float) -> float:
    """Height of a row's words in this width."""
    words = Text(text=row.words, max_lines=2, width=wide_px, size_hint=(None, None))
    words.settle()
    return float(words.text_height)


class TickBox(Widget):
    """An empty box, or a green one with a check."""

    def __init__(self, *, ticked: bool, **facts: Any) -> None:
        side = look.theme.mm(BOX_MM)
        super().__init__(size_hint=(None, None), size=(side, side), **facts)
        self.pos_hint = {"center_y": 0.5}
        self._ticked = ticked
        if ticked:
            self._check = Icon(icon="check", ink="on_fill", px=round(side * 0.85))
            self.add_widget(self._check)
        for name in ("pos", "size"):
            self.fbind(name, self._draw)

    def _draw(self, *_: Any) -> None:
        theme, line = look.theme, look.theme.line("field")
        self.canvas.before.clear()
        with self.canvas.before:
            Color(*theme.colour("go" if self._ticked else "ink"))
            RoundedRectangle(pos=self.pos, size=self.size, radius=[theme.mm(1.2)])
            if not self._ticked:
                Color(*theme.colour("sheet"))
                inner = (self.width - 2 * line, self.height - 2 * line)
                RoundedRectangle(
                    pos=(self.x + line, self.y + line), size=inner, radius=[theme.mm(0.8)]
                )
        if self._ticked:
            self._check.center = self.center


def tick_row(row: NameRow, tick: Callable[[NameRow], Any], *, first: bool) -> ListRow:
    """Return a row: box, name, and how sure or *safe*."""
    theme = look.theme
    made = ListRow(first=first, inset=theme.mm(4))
    made.padding = [theme.mm(4), 0, theme.mm(4), 0]
    made.spacing = theme.mm(3)
    made.add_widget(TickBox(ticked=row.is_safe))
    name = Text(text=row.name, weight=600, may_shorten=True, max_lines=1)
    ink = "go" if row.is_safe else "ink2"
    right = Text(text=row.right, ink=ink, weight=600 if row.is_safe else 400)
    if not theme.large and not theme.roomy and (theme.portrait or theme.low):
        both = BoxLayout(orientation="vertical")
        both.add_widget(name)
        both.add_widget(right)
        made.add_widget(both)
    else:
        made.add_widget(name)
        if not theme.large:
            right.fit = "width"
            made.add_widget(right)
    made.disabled = row.is_safe or not row.visit
    made.bind(on_release=lambda *_: tick(row))
    return made


class Column(Card):
    """Rows of names, in equal heights."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(bare=True, **facts)

    def show(self, rows: Sequence[ListRow]) -> None:
        """Show these rows and no others."""
        self.clear_widgets()
        for row in rows:
            self.add_widget(row)


def place_rows(
    box: Box,
    columns: Sequence[Column],
    rows: Sequence[NameRow],
    each: int,
    tick: Callable[[NameRow], Any],
) -> list[Widget]:
    """Put rows into columns, ``each`` filling them all; return the columns that show something."""
    half = -(-each // len(columns))
    gap = look.theme.space("gap_columns")
    each_px = (box.width - gap * (len(columns) - 1)) / len(columns)
    shown: list[Widget] = []
    for nth, column in enumerate(columns):
        mine = rows[nth * half : (nth + 1) * half]
        column.show([tick_row(row, tick, first=not at) for at, row in enumerate(mine)])
        tall = box.height * len(mine) / half
        x = box.x + nth * (each_px + gap)
        Box(x, box.y + box.height - tall, each_px, tall).lay(column)
        if mine:
            shown.append(column)
    return shown


def say_whole(banner: Banner, wordings: Sequence[str]) -> None:
    """Have a banner of known size say the fullest of these that it shows whole, or the last."""
    for words in wordings:
        banner.text = words
        banner.do_layout()
        if not banner.children[0].is_clipped:
            return
