"""The board as it is drawn: hours across, a row a room, bars, the line of now.

Rows that are at least 15 mm high are pressed one by one; lower ones are one target, the whole
board, which opens the list (``by_rows`` says which).
"""

from __future__ import annotations

from typing import Any

from kivy.factory import Factory
from kivy.graphics import Color, Rectangle, RoundedRectangle
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget

from kiosk.screens.rooms.bars import BoardRow, PressedRow, natural_px
from kiosk.ui.look import look
from kiosk.ui.widgets_text import Text

NAME_MM = {"door_10": 49, "door_7_landscape": 48, "door_7_portrait": 40, "wall_43": 158}


class BoardGrid(Widget):
    """All rooms of a day. ``on_open(room)``: a row was pressed; "" is the board as a whole."""

    state = "normal"

    view: Any = ObjectProperty(None, allownone=True)  # a BoardView
    by_rows = BooleanProperty(False)  # each row is a target
    two_lines = BooleanProperty(True)
    name_px = NumericProperty(0)

    def __init__(self, **facts: Any) -> None:
        self.register_event_type("on_open")
        super().__init__(**facts)
        self.name_px = look.theme.mm(NAME_MM[look.theme.form])
        for name in ("view", "pos", "size"):
            self.fbind(name, self._draw)

    def on_open(self, room: str) -> None:
        """A room was chosen."""

    # Where things are ------------------------------------------------------------------------

    @property
    def head_px(self) -> int:
        """Pixels of the line of hours."""
        return int(look.theme.size("body") * (1.5 if look.theme.wall else 1.3))

    @property
    def row_px(self) -> float:
        """Pixels of one row."""
        rows = max(1, len(self.view.rows))
        return max(1.0, (self.height - self.head_px) / rows)

    def at(self, place: float) -> float:
        """The x of a place among the hours, 0 to 1."""
        return float(self.x + self.name_px + place * (self.width - self.name_px))

    def _draw(self, *_: object) -> None:
        self.clear_widgets()
        self.canvas.before.clear()
        if self.view is None or self.width <= self.name_px:
            return
        self._ground()
        top = self.y + self.height - self.head_px
        for number, row in enumerate(self.view.rows):
            below = round(top - (number + 1) * self.row_px)
            tall = round(top - number * self.row_px) - below
            kind = PressedRow if self.by_rows else BoardRow
            shown = kind(grid=self, row=row, pos=(self.x, below), size=(self.width, tall))
            self.add_widget(shown)
        self._hours(top)
        self._now(top)

    def _ground(self) -> None:
        theme = look.theme
        top = self.y + self.height - self.head_px
        with self.canvas.before:
            if self.state == "down":
                Color(*theme.colour("tool"))
                Rectangle(pos=self.pos, size=(self.width, top - self.y))
            if self.view.now is not None:
                Color(*theme.colour("tool")[:3], 0.6)
                Rectangle(
                    pos=(self.at(0), self.y),
                    size=(self.at(float(self.view.now)) - self.at(0), top - self.y),
                )
            Color(*theme.colour("grid"))
            for place, _text in self.view.hours:
                Rectangle(pos=(round(self.at(place)), self.y), size=(2, top - self.y))
            Color(*theme.colour("line"))
            hair = theme.line("hair")
            Rectangle(pos=(self.x, self.y), size=(self.width, hair))

    def _hours(self, top: float) -> None:
        covered = self._clock_box(top)
        for place, text in self.view.hours:
            wide = natural_px(text) + 2
            left = self.at(place) - wide / 2
            if covered and left < covered[1] and left + wide > covered[0]:
                continue
            self.add_widget(
                Text(text=text, ink="ink2", halign="center", max_lines=1,
                     size_hint=(None, None), size=(wide, self.head_px), pos=(round(left), top))
            )  # fmt: skip

    def _clock_box(self, top: float) -> tuple[float, float] | None:
        if self.view.now is None:
            return None
        theme = look.theme
        wide = natural_px(self.view.clock) * 1.06 + theme.mm(4 if not theme.wall else 10)
        middle = self.at(float(self.view.now))
        left = min(max(middle - wide / 2, self.x), self.x + self.width - wide)
        return left, left + wide

    def _now(self, top: float) -> None:
        box = self._clock_box(top)
        if box is None:
            return
        left, right = round(box[0]), round(box[1])
        tall = round(self.head_px * 0.86)
        badge = NowBadge(self.view.clock, self.at(float(self.view.now)), self.y)
        badge.size_hint, badge.size, badge.pos = (None, None), (right - left, tall), (left, top)
        badge.draw()
        self.add_widget(badge)


class BoardTarget(ButtonBehavior, BoardGrid):
    """A board whose rows are too low for a finger: the whole of it is one target."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.fbind("state", self._draw)

    def on_release(self) -> None:
        """The board as a whole was pressed."""
        self.dispatch("on_open", "")

    @property
    def reads(self) -> str:
        """What pressing the whole board does."""
        return str(look.words.say("rooms.as_list"))

    @property
    def touch_box(self) -> tuple[float, float, float, float]:
        """What a finger may touch."""
        return (self.x, self.y, self.width, self.height)


class NowBadge(Widget):
    """The time, and the line of now below it down to the foot of the board."""

    fill = StringProperty("go")

    def __init__(self, clock: str, line_x: float, foot_y: float, **facts: Any) -> None:
        super().__init__(**facts)
        self._clock, self._line_x, self._foot_y = clock, line_x, foot_y

    def draw(self) -> None:
        """Draw it where it stands now."""
        theme = look.theme
        wide = theme.line("wall_now" if theme.wall else "now")
        with self.canvas.before:
            Color(*theme.colour(self.fill))
            x = round(self._line_x - wide / 2)
            Rectangle(pos=(x, self._foot_y), size=(wide, self.y - self._foot_y + 2))
            RoundedRectangle(pos=self.pos, size=self.size, radius=[theme.radius("key")])
        clock = Text(text=self._clock, weight=600, ink="on_fill", halign="center", max_lines=1)
        clock.size_hint, clock.size, clock.pos = (None, None), self.size, self.pos
        self.add_widget(clock)


Factory.register("BoardGrid", cls=BoardGrid)
