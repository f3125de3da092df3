"""How the rooms are now, as the rest screen shows them: a line a room."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, ListProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.rest.view import RoomLine, shown_rooms
from kiosk.ui.look import look
from kiosk.ui.widgets_box import STATUS, Card, sign
from kiosk.ui.widgets_text import Icon, Say, Text

LEAST_ROW_MM = 7.2
WORD_GAP_MM = 3.0


class RoomsNow(ButtonBehavior, Card):
    """All rooms as they are now; the whole of it is one target. ``lines``: RoomLines.

    headed: with "Rooms now" and "until" above. wide: from edge to edge, without corners.
    """

    lines = ListProperty()
    headed, wide, sober = BooleanProperty(False), BooleanProperty(False), BooleanProperty(False)

    def __init__(self, **facts: Any) -> None:
        super().__init__(bare=True, **facts)
        for name in ("lines", "headed", "height"):
            self.fbind(name, self._fill)
        self.fbind("state", self._pressed)
        self._shown: Any = None

    @property
    def touch_box(self) -> tuple[float, float, float, float]:
        """What a finger may touch."""
        return self.x, self.y, self.width, self.height

    @property
    def reads(self) -> str:
        """What it opens."""
        return str(look.words.say("rest.all_rooms"))

    def _pressed(self, *_: object) -> None:
        self.fill = "tool" if self.state == "down" else "sheet"

    def _fill(self, *_: object) -> None:
        theme = look.theme
        room = self.height - (theme.mm(1.4) if self.headed else 0)
        most = max(1, int(room / theme.mm(LEAST_ROW_MM)) - self.headed)
        shown, left = shown_rooms(self.lines, most)
        if (shown, left) == self._shown:
            return
        self._shown = (shown, left)
        self.clear_widgets()
        side = theme.mm(5 if theme.roomy else 2.5)
        self.padding = [side, 0, side, theme.mm(1.4) if self.headed else 0]
        if self.headed:
            self.add_widget(_header())
        columns = status_columns([line.status for line in shown])
        for at, line in enumerate(shown):
            self.add_widget(RoomRow(line, columns, bold=self.headed, first=at == 0))
        if left:
            self.add_widget(Say(say="rest.more_rooms", n=left, ink="ink2"))

    def _draw(self, *_: object) -> None:
        super()._draw()
        if self.wide:  # a band across the screen: paper above and below, no corners
            theme = look.theme
            hair = theme.line("hair")
            self.canvas.before.clear()
            with self.canvas.before:
                Color(*theme.colour(self.fill))
                Rectangle(pos=self.pos, size=self.size)
                Color(*theme.colour("line"))
                Rectangle(pos=self.pos, size=(self.width, hair))
                Rectangle(pos=(self.x, self.y + self.height - hair), size=(self.width, hair))


def _header() -> BoxLayout:
    row = BoxLayout(size_hint_y=1.16)
    word = Say(say="rest.rooms_now", weight=600, fit="width", valign="bottom")
    for part in (word, Widget(size_hint_x=None, width=look.theme.mm(2.4))):
        row.add_widget(part)
    row.add_widget(Icon(icon="arrow-right", pos_hint={"center_y": 0.5}))
    row.add_widget(Say(say="rest.until", ink="ink2", halign="right"))
    return row


def status_columns(statuses: list[str]) -> tuple[int, int]:
    """Return where status words and names begin in a row, in px from its left."""
    theme = look.theme
    word_at = theme.mm(8 if theme.roomy else 6.1)
    words = [look.words.say(STATUS[status][2]) for status in {*statuses, "in_use"}]
    widest = max(Text(text=word, weight=600).natural_width() for word in words)
    gap = theme.mm(3.6 if theme.roomy else 3)
    return word_at, max(word_at + widest + gap, theme.mm(31 if theme.roomy else 0))


class RoomRow(Widget):
    """One room: shape and word of its status, its name, until when; a hairline above."""

    def __init__(
        self, line: RoomLine, columns: tuple[int, int], *, bold: bool, first: bool
    ) -> None:
        super().__init__()
        self._columns, self._line, self._first = columns, line, first and not bold
        shape, ink, key = STATUS[line.status]
        small = "status_shape" if bold else "status_shape_small"
        word_ink = "ink" if line.status == "shut" else ink
        self._sign = sign(shape, ink, small)
        self._word = Say(say=key, weight=600, ink=word_ink)
        self._name = Text(weight=600 if bold else 400, max_lines=1)
        until = line.until if bold else line.clock
        self._until = Text(text=until, halign="right")
        for part in (self._sign, self._word, self._name, self._until):
            self.add_widget(part)
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    def _place(self, *_: object) -> None:
        theme = look.theme
        word_at, name_at = self._columns
        until = self._until.natural_width() + 2
        self._sign.pos = (self.x, round(self.center_y - self._sign.height / 2))
        room = self.width - name_at - until - theme.mm(2)
        self._name.text = self._line.name
        if self._name.natural_width() > room:
            self._name.text = self._line.short
        self._name.may_shorten = self._name.natural_width() > room
        boxes = (
            (self._word, word_at, name_at - word_at),
            (self._name, name_at, room),
            (self._until, self.width - until, until),
        )
        for text, at, wide in boxes:
            text.pos, text.size = (self.x + at, self.y), (max(1, wide), self.height)
        self.canvas.before.clear()
        if self._first:
            return
        with self.canvas.before:
            Color(*theme.colour("line"))
            hair = theme.line("hair")
            Rectangle(pos=(self.x, self.top - hair), size=(self.width, hair))


class RoomsRead(BoxLayout):
    """The rooms in two columns to read, where nothing up there may be touched."""

    lines = ListProperty()

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.spacing = look.theme.space("gap")
        for name in ("lines", "height"):
            self.fbind(name, self._fill)

    def _fill(self, *_: object) -> None:
        theme = look.theme
        self.clear_widgets()
        columns = 2 if theme.roomy else 1
        rows = max(1, int(self.height / theme.mm(LEAST_ROW_MM)))
        shown = list(self.lines)[: rows * columns]
        rows = -(-len(shown) // columns) if shown else 1
        at = status_columns([line.status for line in shown])
        for column in range(columns):
            part = shown[column * rows : (column + 1) * rows]
            box = BoxLayout(orientation="vertical")
            for line in part:
                box.add_widget(RoomRow(line, at, bold=theme.roomy, first=False))
            self.add_widget(box)
