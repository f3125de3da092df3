"""The rooms as a list, where a board does not fit: two lines each, a page at a time."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty, NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.rooms.view import RowView
from kiosk.ui.look import look
from kiosk.ui.widgets_box import STATUS, sign
from kiosk.ui.widgets_flow import ListRow
from kiosk.ui.widgets_text import Icon, Text


class RoomLine(ListRow):
    """One room: its shape, its name, how it is; one target."""

    def __init__(self, row: RowView, **facts: Any) -> None:
        super().__init__(**facts)
        self.row, theme = row, look.theme
        self.padding = [theme.mm(1), theme.mm(1), theme.mm(1), theme.mm(1)]
        self.spacing = theme.mm(2.4)
        if name_alone():
            self.add_widget(room_words(row))
            return
        self.add_widget(room_sign(row))
        self.add_widget(room_words(row))
        self.add_widget(_arrow())

    @property
    def reads(self) -> str:
        """The room and how it is."""
        return f"{self.row.name} {self.row.word}".strip()


def room_sign(row: RowView) -> Widget:
    """Return the shape of how a room is."""
    shape, ink, _key = STATUS[row.status or "free"]
    mark = sign(shape if row.status else "", ink)
    mark.pos_hint = {"center_y": 0.5}
    return mark


def room_words(row: RowView) -> BoxLayout:
    """Return the name of a room and how it is: beside each other, or in two lines."""
    upright, large = two_lines(), look.theme.large
    words: Any = BoxLayout(orientation="vertical" if upright else "horizontal")
    words.spacing = 0 if upright else look.theme.mm(3)
    said_parts = (row.word, row.until) if upright else (row.word, row.until, row.coming)
    about = " · ".join(part for part in said_parts if part)
    about = (row.word or row.until) if large else about
    name = Text(text=row.name, weight=600, max_lines=1, may_shorten=True)
    said = Text(text=about, max_lines=1, may_shorten=True)
    if upright:
        name.valign, said.valign = "bottom", "top"
    else:
        name.size_hint_x, said.size_hint_x = (0.62, 0.38) if large else (0.4, 0.6)
    words.add_widget(name)
    words.add_widget(_between_signs(row, said) if name_alone() else said)
    return words


def _between_signs(row: RowView, said: Text) -> BoxLayout:
    line = BoxLayout(spacing=look.theme.mm(2.4))
    said.valign = "middle"
    for part in (room_sign(row), said, _arrow()):
        line.add_widget(part)
    return line


def _arrow() -> Icon:
    return Icon(icon="arrow-right", pos_hint={"center_y": 0.5})


def two_lines() -> bool:
    """Whether a row has two lines: where it is narrow."""
    return bool(look.theme.portrait)


def name_alone() -> bool:
    """Whether a name has all of the width: there are large words on a narrow screen."""
    return two_lines() and bool(look.theme.large)


class RoomList(BoxLayout):
    """A page of rooms. ``on_open(room)``."""

    rows = ListProperty()
    page, each = NumericProperty(1), NumericProperty(0)

    def __init__(self, **facts: Any) -> None:
        self.register_event_type("on_open")
        super().__init__(orientation="vertical", **facts)
        for name in ("rows", "page", "each"):
            self.fbind(name, self._fill)

    def on_open(self, room: str) -> None:
        """A room was chosen."""

    @staticmethod
    def row_px() -> int:
        """Pixels of one row: two lines of text, at least 15 mm."""
        theme = look.theme
        lines = 2.5 if two_lines() else 1.3
        return max(theme.target("least"), round(theme.size("body") * lines) + theme.mm(2))

    def fitting(self, room_px: float) -> int:
        """Return how many rows fit."""
        return max(1, int(room_px // self.row_px()))

    def _fill(self, *_: object) -> None:
        self.clear_widgets()
        if not self.each:
            return
        first = (int(self.page) - 1) * int(self.each)
        for number, row in enumerate(self.rows[first : first + int(self.each)]):
            line = RoomLine(row, first=number == 0, size_hint_y=None, height=self.row_px())
            line.bind(on_release=lambda line: self.dispatch("on_open", line.row.room))
            self.add_widget(line)
        self.add_widget(Widget())
