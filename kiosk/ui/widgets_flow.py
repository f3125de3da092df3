"""What moves a person on: rows of a list, a stepper, *Undo*, the next language."""

from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.properties import (
    BooleanProperty,
    NumericProperty,
    StringProperty,
)
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.ui.look import look
from kiosk.ui.styles import style_of
from kiosk.ui.widgets_press import Press, _area
from kiosk.ui.widgets_text import Text, said


def _fitted(buttons: list[Widget], room: float, gap: int) -> list[list[Widget]]:
    """The buttons in one row, with tighter pads if need be; else a row for each."""
    presses = [button for button in buttons if isinstance(button, Press)]
    for tighter in range(4):
        for press in presses:
            press.tighten(tighter)
        if _wide(buttons, gap) <= room:
            return [buttons] if buttons else []
    for press in presses:  # in a row of its own each has room for its usual pads again
        press.tighten(next((t for t in range(4) if press.hugged_width(t) <= room), 3))
    return [[button] for button in buttons]


def _wide(widgets: list[Widget], gap: int) -> float:
    return sum(widget.width for widget in widgets) + gap * max(0, len(widgets) - 1)


def next_language(screen: Any) -> str:
    """What the language tool says: the next of the hub's languages, in its own words."""
    shell = getattr(screen, "shell", None)
    known = list(shell.around.languages()) if shell is not None else ["en", "es"]
    mine = look.words.lang
    others = known[known.index(mine) + 1 :] + known[: known.index(mine)] if mine in known else known
    return look.words.own_name(others[0] if others else mine)


class ListRow(ButtonBehavior, BoxLayout):
    """One row of a list, as wide as its list; put any words in it. mode: "urgent", "amber".

    A hairline above it unless ``first``. The row is one target.
    """

    mode = StringProperty("normal")
    by_keypad, first = BooleanProperty(False), BooleanProperty(False)
    inset = NumericProperty(0)
    kind = "row"

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        for name in ("pos", "size", "state", "disabled", "mode", "by_keypad", "first", "inset"):
            self.fbind(name, self._draw)

    @property
    def touch_box(self) -> tuple[float, float, float, float]:
        """What a finger may touch: x, y, width, height in px."""
        return self.x, self.y, self.width, self.height

    def _draw(self, *_: object) -> None:
        theme = look.theme
        down = self.state == "down"
        style = style_of("row", pressed=down, disabled=self.disabled, mode=self.mode, chosen=False)
        hair = theme.line("hair")
        self.canvas.before.clear()
        with self.canvas.before:
            _area(theme.colour(style.fill), (0, 0, 0, 0), self, 0, 0.1)
            if not self.first:
                Color(*theme.colour("line"))
                left = self.x + self.inset
                wide = self.width - 2 * self.inset
                Rectangle(pos=(left, self.top - hair), size=(wide, hair))
            if self.by_keypad:
                ring = theme.line("focus_ring")
                _area((0, 0, 0, 0), theme.colour("meet"), self, ring, 0.1)


class Stepper(BoxLayout):
    """Minus, a number, plus. ``value`` between ``least`` and ``most``.

    stacked: the number over the two, where there is no width for all three.
    """

    value, least, most = NumericProperty(0), NumericProperty(0), NumericProperty(50)

    def __init__(self, *, stacked: bool = False, **facts: Any) -> None:
        theme = look.theme
        number_px = round(theme.size("display") * 1.2) if stacked else 0
        facts.setdefault("size_hint_y", None)
        facts.setdefault("height", theme.target_size("stepper")[1] + number_px)
        super().__init__(**facts)
        self._minus, self._plus = self._step("minus", -1), self._step("plus", 1)
        self._number = Text(role="display", weight=700, halign="center")
        if stacked:
            self.orientation = "vertical"
            acts = BoxLayout(spacing=theme.space("gap"), size_hint_y=None)
            acts.height = self._minus.height
            for act in (self._minus, self._plus):
                act.size_hint_x = 1
                acts.add_widget(act)
            parts = [self._number, acts]
        else:
            parts = [self._minus, self._number, self._plus]
            self.fbind("height", self._as_high)
        for part in parts:
            self.add_widget(part)
        for name in ("value", "least", "most"):
            self.fbind(name, self._show)
        self._show()

    def _as_high(self, *_: object) -> None:
        self._minus.height = self._plus.height = self.height

    def _step(self, icon: str, by: int) -> Press:
        wide, tall = look.theme.target_size("stepper")
        step = Press(kind="step", icon=icon, icon_slot="beside_title")
        step.size_hint, step.size = (None, None), (wide, tall)
        step.bind(on_release=lambda *_: setattr(self, "value", self.value + by))
        return step

    def _show(self, *_: object) -> None:
        self.value = min(max(self.value, self.least), self.most)
        self._number.text = str(int(self.value))
        self._minus.disabled = self.value <= self.least
        self._plus.disabled = self.value >= self.most


class Undo(Press):
    """*Undo · 8*: ``seconds`` left; gone at 0."""

    seconds = NumericProperty(0)

    def __init__(self, **facts: Any) -> None:
        facts = {"icon": "undo-variant", "size_hint_y": None, **facts}
        super().__init__(**facts)
        self.height = look.theme.target("secondary")
        self.fbind("seconds", self._tick)
        self._tick()

    def follow(self, offer: Any) -> None:
        """Count down with an ``UndoOffer``, for as long as this button lives."""
        offer.bind(seconds=self._follow)  # a method: Kivy would hold a setter for good
        self.seconds = offer.seconds

    def _follow(self, _offer: Any, seconds: float) -> None:
        self.seconds = seconds

    def _tick(self, *_: object) -> None:
        self.text = said("act.undo_left", {"seconds": int(self.seconds)})
        self.opacity, self.disabled = (1, False) if self.seconds > 0 else (0, True)
