"""The parts of the rest screen: a notice in one line, bands across the top, tools."""

from __future__ import annotations

from typing import Any

from kivy.factory import Factory
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.calling import CallLine
from kiosk.screens.rest.rooms_now import (
    RoomsNow,
    RoomsRead,
)
from kiosk.screens.rest.view import NoticeLine
from kiosk.ui.look import look
from kiosk.ui.styles import style_of
from kiosk.ui.widgets_box import Banner, Card, sign
from kiosk.ui.widgets_flow import next_language
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Icon, Rich, Text

NARROW_MM = 50
"""A narrower tile of a notice says how many there are: a title would only be cut."""


class RestPage(BoxLayout):
    """A layout of the rest screen. view: a RestView, never None."""

    screen = ObjectProperty()
    # Without rebind a kv rule never hears that what stands behind ``root.view`` is another one.
    view = ObjectProperty(rebind=True)


class NoticeTile(ButtonBehavior, Card):
    """A notice in one line: shape, title, what it says; ``arrow`` where it leads to all."""

    line = ObjectProperty(None, allownone=True)
    count = NumericProperty(0)
    arrow, framed = BooleanProperty(False), BooleanProperty(False)

    def __init__(self, **facts: Any) -> None:
        super().__init__(orientation="horizontal", **facts)
        for name in ("line", "count", "arrow", "framed", "width"):
            self.fbind(name, self._fill)
        self.fbind("state", self._fill)
        self._fill()

    @property
    def touch_box(self) -> tuple[float, float, float, float]:
        """What a finger may touch."""
        return self.x, self.y, self.width, self.height

    @property
    def reads(self) -> str:
        """What stands on it."""
        said = self._said()
        return " ".join(part for part in said if part)

    def _said(self) -> tuple[str, str]:
        if self.arrow and self.width < look.theme.mm(NARROW_MM):
            return look.words.say("rest.notices"), str(int(self.count))
        if self.line is None and self.count:
            return look.words.count("notices.count", int(self.count)), ""
        if self.line is None:
            return look.words.say("rest.no_notices"), ""
        if self.arrow:
            return self.line.title.rstrip("."), look.words.count("notices.count", int(self.count))
        return self.line.title, self.line.foreign or self.line.more

    def _fill(self, *_: object) -> None:
        theme, down = look.theme, self.state == "down"
        style = style_of("secondary", pressed=down, disabled=False, mode="normal", chosen=False)
        self.fill, self.edge = style.fill, style.edge if self.framed or down else "line"
        self.edge_line = "button" if self.framed else "hair"
        self.clear_widgets()
        is_narrow = self.width <= theme.mm(NARROW_MM)
        self.padding = [theme.mm(1.6 if is_narrow else 4), 0, theme.mm(1.6 if is_narrow else 3), 0]
        self.spacing = theme.mm(2.8)
        if self.line is not None and not is_narrow:
            mark = sign(self.line.mark.shape or self.line.mark.icon, self._ink(style.ink))
            mark.pos_hint = {"center_y": 0.5}
            self.add_widget(mark)
        self.add_widget(self._words(style.ink))
        if self.arrow and not is_narrow:
            self.add_widget(Icon(icon="arrow-right", ink=style.ink, pos_hint={"center_y": 0.5}))

    def _ink(self, ink: str) -> str:
        return self.line.mark.ink if ink == "ink" else ink

    def _words(self, ink: str) -> Widget:
        title, more = self._said()
        if not self.arrow:
            return Rich(
                parts=[(title, "strong"), (f" {more}" if more else "", "text")],
                ink=ink,
                may_shorten=True,
            )
        both = BoxLayout(orientation="vertical")
        halign = "center" if self.width <= look.theme.mm(NARROW_MM) else "left"
        both.add_widget(Widget())
        for text, weight in ((title, 600), (more, 400)):
            line = Text(text=text, weight=weight, ink=ink, may_shorten=True, halign=halign)
            line.size_hint_y, line.height = None, round(theme_line())
            both.add_widget(line)
        both.add_widget(Widget())
        return both


def theme_line() -> float:
    """Pixels of a line of body text."""
    return look.theme.size("body") * look.theme.line_em("body")


class NextEvent(ButtonBehavior, BoxLayout):
    """What begins next, in one line that leads to all that is on; without one, it says that."""

    event = ObjectProperty(None, allownone=True)

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.spacing = look.theme.mm(2)
        for name in ("event", "state"):
            self.fbind(name, self._fill)
        self._fill()

    @property
    def touch_box(self) -> tuple[float, float, float, float]:
        """What a finger may touch: into the greeting above and half of the gap below."""
        least, below = look.theme.target("secondary"), look.theme.mm(2)
        return self.x, self.y - below, self.width, max(least, self.height + below)

    def collide_point(self, x: float, y: float) -> bool:
        """Whether a touch there is this line's."""
        left, bottom, width, height = self.touch_box
        return left <= x < left + width and bottom <= y < bottom + height

    @property
    def reads(self) -> str:
        """What stands on it."""
        if self.event is None:
            return str(look.words.say("event.title"))
        return f"{self.event.time} {self.event.title}"

    def _fill(self, *_: object) -> None:
        ink = "ink2" if self.state == "down" else "ink"
        words = Rich(may_shorten=True, ink=ink)
        words.parts = [(look.words.say("event.title"), "strong")]
        if self.event is not None:
            words.parts = [(self.event.time, "strong"), (f" {self.event.title}", "text")]
        self.clear_widgets()
        self.add_widget(sign("disc", "meet"))
        self.add_widget(words)
        self.add_widget(Icon(icon="arrow-right", ink=ink))
        for part in self.children:
            part.pos_hint = {"center_y": 0.5}


class Band(ButtonBehavior, Banner):
    """One line across the top that can be touched over its whole width."""

    @property
    def touch_box(self) -> tuple[float, float, float, float]:
        """What a finger may touch."""
        return self.x, self.y, self.width, self.height


def urgent_band(line: NoticeLine) -> Band:
    """Return an urgent notice across the top; a tap reads it in full."""
    more = f" {line.foreign or line.more}" if line.more else ""
    more = f" ({line.as_of}){more}" if line.as_of else more
    parts = [(look.words.say("rest.urgent"), "strong"), (f" {line.title}{more}", "text")]
    if look.theme.portrait:  # a line has room for three words: those that say what it is
        parts = [(line.title, "strong"), (more, "text")]
    return Band(kind="urgent", lines=1, may_shorten=True, parts=parts)


def call_band(line: CallLine) -> Band:
    """Return who is called to the door; a tap says that they are coming."""
    parts = [(look.words.say("rest.im_coming"), "strong"), (f" {line.text}", "text")]
    if look.theme.portrait and look.theme.large:  # who it is says more than half a sentence
        parts = [(line.names, "strong"), (line.text.removeprefix(line.names), "text")]
    return Band(kind="wait", icon="bell-ring-outline", lines=1, may_shorten=True, parts=parts)


class Bands(BoxLayout):
    """No, one or two bands across the top. ``on_take(line)``."""

    lines = ListProperty()

    def __init__(self, **facts: Any) -> None:
        self.register_event_type("on_take")
        super().__init__(orientation="vertical", size_hint_y=None, **facts)
        self.spacing = look.theme.space("gap")
        self.fbind("lines", self._fill)
        self._fill()

    def on_take(self, line: Any) -> None:
        """A band was tapped."""

    def _fill(self, *_: object) -> None:
        self.clear_widgets()
        for line in self.lines:
            band = call_band(line) if isinstance(line, CallLine) else urgent_band(line)
            band.bind(on_release=lambda _, line=line: self.dispatch("on_take", line))
            self.add_widget(band)
        each = look.theme.target("banner") + self.spacing
        self.height = max(0, len(self.lines) * each - self.spacing)


class LanguageTool(Press):
    """The next of the hub's languages, in its own words; more than two: opens a list."""

    screen = ObjectProperty(None, allownone=True)

    def __init__(self, **facts: Any) -> None:
        super().__init__(kind="tool", **facts)
        self.fbind("screen", self._named)
        self._named()

    def _named(self, *_: object) -> None:
        self.text = next_language(self.screen)


class LightTool(Press):
    """The honest light: shape and word, and since when where there is room for it."""

    line = ObjectProperty(None, allownone=True)
    long = BooleanProperty(False)

    def __init__(self, **facts: Any) -> None:
        super().__init__(kind="tool", **facts)
        for name in ("line", "long"):
            self.fbind(name, self._tell)
        self._tell()

    def _tell(self, *_: object) -> None:
        if self.line is None:
            return
        self.icon, self.icon_ink, self.mode = self.line.icon, self.line.ink, self.line.mode
        self.text = self.line.word
        self.sub = self.line.since if self.long else ""
        if self.sub:
            self.stacked = False

    def give_way(self) -> None:
        """Say it in fewer words: there is no room for that many."""
        if self.sub:
            self.sub = ""
        elif self.line and self.line.few:
            self.text = self.line.few


class NoticeRead(BoxLayout):
    """What a band or a notice says, in one line to read; ``lines`` holds none or one."""

    lines = ListProperty()

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.spacing = look.theme.mm(3)
        self.fbind("lines", self._fill)

    def _fill(self, *_: object) -> None:
        self.clear_widgets()
        for line in self.lines:
            mark, parts = _read(line)
            mark.pos_hint = {"center_y": 0.5}
            self.add_widget(mark)
            self.add_widget(Rich(parts=parts, may_shorten=True))


def _read(line: CallLine | NoticeLine) -> tuple[Widget, list[tuple[str, str]]]:
    """Return the sign of a line and its words: who is called, or what a notice says."""
    if isinstance(line, CallLine):
        return sign("bell-ring-outline", "ink"), [(line.text, "strong")]
    more = line.foreign or line.more
    words = [(line.title, "strong"), (f" {more}" if more else "", "text")]
    return sign(line.mark.shape or line.mark.icon, line.mark.ink), words


for _class in (
    RestPage,
    RoomsRead,
    NoticeRead,
    RoomsNow,
    NextEvent,
    NoticeTile,
    Bands,
    LanguageTool,
    LightTool,
):
    Factory.register(_class.__name__, cls=_class)
