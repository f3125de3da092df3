"""The row at the top of a page: Back, Start again, title, language, text size; never higher.

What a page needs comes first and what does not fit is left out: the text size and the clock are
also on the rest screen, and a title that has no room here stands below (``title_fits`` says so).
"""

from typing import Any

from kivy.factory import Factory
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.ui.acts import Acts, across, wide, wrapped
from kiosk.ui.look import look
from kiosk.ui.widgets_flow import _fitted, next_language
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text

Row = tuple[list[Widget], list[Widget]]
"""What stands left and what stands right."""


class TopRow(Widget):
    """One row; two only where *Back* and what must stand beside it do not fit.

    screen: the HubScreen it steers. again: with Start again. first: with language, text size and
    clock ("10:42").
    """

    screen = ObjectProperty(None, allownone=True)
    title, clock = StringProperty(), StringProperty()
    first, again, back = BooleanProperty(False), BooleanProperty(False), BooleanProperty(True)
    title_fits = BooleanProperty(True)

    def __init__(self, **facts: Any) -> None:
        self._shown: list[Widget] = []
        facts.setdefault("size_hint_y", None)
        super().__init__(**facts)
        for name in ("title", "clock", "first", "again", "back", "screen"):
            self.fbind(name, self._build)
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        self._build()

    @property
    def ways(self) -> list[Any]:
        """What stands left: *Back*, *Start again*."""
        return list(self._left)

    def _build(self, *_: object) -> None:
        self._left = [back_act(self.screen)] if self.back else []
        if self.again:
            self._left.append(again_act(self.screen))
        self._title = Text(text=self.title, role="title", weight=700, fit="width")
        self._clock = Text(text=self.clock, weight=600, fit="width")
        self._title.settle()
        self._clock.settle()
        self._language, self._bigger = language_tool(self.screen), size_tool(self.screen)
        self._place()

    def _place(self, *_: object) -> None:
        gap = look.theme.space("gap")
        rows = self._rows(max(1, self.width), gap)
        row_px, between = look.theme.space("head"), look.theme.space("row_gap")
        self.height = len(rows) * row_px + (len(rows) - 1) * between
        self._show([widget for left, right in rows for widget in (*left, *right)])
        top = self.top
        for left, right in rows:
            across(left, self.x, top - row_px / 2, row_px, gap)
            across(right, self.x + self.width - wide(right, gap), top - row_px / 2, row_px, gap)
            top -= row_px + between

    def _rows(self, room: float, gap: int) -> list[Row]:
        must = [*self._left, *([self._language] if self.first else [])]
        if not tightened(must, room, gap):
            self.title_fits = not self.title
            return [(row, []) for row in wrapped(must, room, gap)]
        left, right = list(self._left), must[len(self._left) :]
        self.title_fits = wide([*must, self._title], gap) <= room or not self.title
        if self.title_fits and self.title:
            (left if self.first else right).append(self._title)
        if self.first and wide([*left, *right, self._bigger], gap) <= room:
            right.append(self._bigger)
        timed = self.first and self.clock and look.theme.roomy
        if timed and wide([*left, self._clock, *right], gap) <= room:
            right.insert(0, self._clock)
        return [(left, right)]

    def _show(self, wanted: list[Widget]) -> None:
        if wanted != self._shown:
            self.clear_widgets()
            self._shown = wanted
            for widget in wanted:
                self.add_widget(widget)


def tightened(acts: list[Any], room: float, gap: int) -> bool:
    """Give acts tighter pads where they need it; whether they stand in one row then."""
    return len(_fitted(acts, room, gap)) <= 1


def back_act(screen: Any) -> Press:
    """*Back*."""
    return _act(screen, "act.back", "arrow-left", "back")


def again_act(screen: Any) -> Press:
    """*Start again*."""
    return _act(screen, "act.start_again", "restart", "start_again")


def language_tool(screen: Any) -> Press:
    """The next of the hub's languages, in its own words."""
    icon = "" if look.theme.large else _sign("translate")
    return _tool(screen, "switch_language", text=next_language(screen), icon=icon)


def size_tool(screen: Any) -> Press:
    """*Bigger*, or *Smaller*."""
    large = look.theme.large
    key = "act.smaller" if large else "act.bigger"
    return _tool(screen, "toggle_large", say=key, mark="Aa", chosen=large)


def _sign(icon: str) -> str:
    """Words before signs where every way stands in the lower half of a small screen."""
    return "" if look.theme.low and not look.theme.roomy else icon


def _act(screen: Any, key: str, icon: str, does: str) -> Press:
    act = Press(say=key, icon=_sign(icon), hug=True, size_hint=(None, None))
    act.height = look.theme.target("secondary")
    act.bind(on_release=lambda *_: getattr(screen, does)())
    return act


def _tool(screen: Any, does: str, **facts: Any) -> Press:
    theme = look.theme
    stacked = theme.form == "door_7_landscape" and not theme.large
    tool = Press(kind="tool", hug=True, stacked=stacked, size_hint=(None, None), **facts)
    tool.height = theme.target("tool")
    tool.bind(on_release=lambda *_: getattr(screen, does)())
    return tool


for _class in (TopRow, Acts):
    Factory.register(_class.__name__, cls=_class)
