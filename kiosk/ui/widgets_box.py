"""What holds other things: cards, lines, banners, badges, fields, dialogs."""

from typing import Any

from kivy.graphics import Color, Line, Rectangle, RoundedRectangle
from kivy.graphics.stencil_instructions import StencilPop, StencilPush, StencilUnUse, StencilUse
from kivy.properties import (
    BooleanProperty,
    DictProperty,
    ListProperty,
    NumericProperty,
    StringProperty,
)
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.ui.look import look
from kiosk.ui.shapes import Shape, dashes
from kiosk.ui.styles import STYLES
from kiosk.ui.widgets_press import _area
from kiosk.ui.widgets_text import Icon, Rich, Text, said

# status -> (shape or icon, colour, key of its word)
STATUS: dict[str, tuple[str, str, str]] = {
    "in_use": ("disc", "stop", "status.in_use"),
    "free": ("ring", "go", "status.free"),
    "soon": ("half", "soon", "status.soon"),
    "shut": ("cross", "ink2", "status.shut"),
    "pencilled": ("dashed_ring", "soon", "status.pencilled"),
    "clashing": ("cross", "stop", "status.clashing"),
    "confirmed": ("check-circle", "go", "status.confirmed"),
    "all_sent": ("check-circle", "go", "light.all_sent"),
    "waiting": ("cloud-clock-outline", "soon", "light.waiting"),
    "refused": ("alert-octagon", "stop", "light.refused"),
}
DOORS = {"meet": "disc", "talk": "triangle", "make": "hexagon", "share": "diamond"}


def sign(shape: str, ink: str, slot: str = "") -> Widget:
    """A shape, or the icon of that name, in a colour."""
    if shape in ("", "disc", "ring", "half", "cross", "dashed_ring", *DOORS.values()):
        return Shape(shape=shape, ink=ink, slot=slot or "status_shape")
    return Icon(icon=shape, ink=ink, slot=slot or "beside_body")


class Card(BoxLayout):
    """A sheet of paper: fill, hair edge, round corners; its children from the top down.

    fill, edge: names of colours ("none": not drawn). dashed: pencilled in. top: a door's colour
    as a bar of 2 mm. bare: no inner margin (for rows that run from edge to edge).
    """

    fill, edge = StringProperty("sheet"), StringProperty("line")
    edge_line, top = StringProperty("hair"), StringProperty()
    dashed, bare = BooleanProperty(False), BooleanProperty(False)

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("orientation", "vertical")
        super().__init__(**facts)
        for name in ("pos", "size", "fill", "edge", "edge_line", "dashed", "top"):
            self.fbind(name, self._draw)
        self.fbind("bare", self._padded)
        self._padded()

    def _padded(self, *_: object) -> None:
        self.padding = 0 if self.bare else look.theme.space("pad_card")
        self._draw()

    def _draw(self, *_: object) -> None:
        theme = look.theme
        line, radius = theme.line(self.edge_line), theme.radius()
        edge = "none" if self.dashed else self.edge
        self.canvas.before.clear()
        with self.canvas.before:
            _area(theme.colour(self.fill), theme.colour(edge), self, line, radius)
            if self.dashed:
                self._dash()
            if self.top:
                self._bar(theme.line("card_top"), radius)

    def _dash(self) -> None:
        theme = look.theme
        half = theme.mm(0.5) / 2
        box = (self.x + half, self.y + half, self.width - 2 * half, self.height - 2 * half)
        Color(*theme.colour(self.edge))
        for dash in dashes(box, theme.radius(), theme.mm(2), theme.mm(1.4)):
            Line(points=dash, width=max(1.0, half), cap="none")

    def _bar(self, tall: int, radius: int) -> None:
        """The bar of a door: the upper end of the card, cut off straight below."""
        cut = {"pos": (self.x, self.top_px - tall), "size": (self.width, tall)}
        StencilPush()
        Rectangle(**cut)
        StencilUse()
        Color(*look.theme.colour(self.top))
        RoundedRectangle(pos=self.pos, size=self.size, radius=[radius])
        StencilUnUse()
        Rectangle(**cut)
        StencilPop()

    def collide_point(self, x: float, y: float) -> bool:
        """Whether a point is on the card (Kivy's own asks ``top``, which is a colour here)."""
        return bool(self.x <= x <= self.right and self.y <= y <= self.top_px)

    @property
    def top_px(self) -> float:
        """The y of its upper edge (``top`` is the colour of its bar)."""
        return float(self.y + self.height)


class Rule(Widget):
    """A hairline across its box, at its lower edge."""

    ink = StringProperty("line")

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        for name in ("pos", "size", "ink"):
            self.fbind(name, self._draw)
        self.size_hint_y, self.height = None, look.theme.line("hair")

    def _draw(self, *_: object) -> None:
        self.canvas.clear()
        with self.canvas:
            Color(*look.theme.colour(self.ink))
            Rectangle(pos=self.pos, size=(self.width, look.theme.line("hair")))


class StatusBadge(BoxLayout):
    """A status: its shape and its word in its colour. ``status``: a name of STATUS.

    text: another word than its own; quiet: the word in ink; n: where the status counts.
    """

    status, text = StringProperty("free"), StringProperty()
    quiet, n = BooleanProperty(False), NumericProperty(-1)
    role, ink = StringProperty("body"), StringProperty()
    hug = BooleanProperty(False)  # as wide as it needs

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        for name in ("status", "text", "quiet", "n", "role", "ink", "hug"):
            self.fbind(name, self._build)
        self._build()

    def _build(self, *_: object) -> None:
        shape, ink, key = STATUS[self.status]
        word_ink = "ink" if self.quiet or self.status == "shut" else ink
        word = self.text or said(key, {}, int(self.n))
        self._fill(sign(shape, self.ink or ink), word, self.ink or word_ink)

    def _fill(self, mark: Widget, word: str, ink: str) -> None:
        self.clear_widgets()
        self.spacing = look.theme.mm(2)
        mark.pos_hint = {"center_y": 0.5}
        self.add_widget(mark)
        self.add_widget(Text(text=word, weight=600, ink=ink, role=self.role))
        if self.hug:
            self.size_hint_x, self.width = None, self.natural_width()

    def natural_width(self) -> int:
        """Pixels it needs."""
        text, mark = self.children
        return int(mark.width + self.spacing + text.natural_width()) + 1


class DoorMark(StatusBadge):
    """The shape and a word in the colour of a door: ``door: "meet"``; its own name if no text."""

    door = StringProperty("meet")

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.fbind("door", self._build)

    def _build(self, *_: object) -> None:
        word = self.text or look.words.say(f"door.{self.door}")
        self._fill(sign(DOORS[self.door], self.door), word, self.door)


class Banner(BoxLayout):
    """A sentence with a sign on a colour. kind: "urgent", "wait" or "saved".

    parts: as of Rich; or say/facts, or text. lines: at most; 0 makes it as tall as it must be.
    """

    kind, icon, shape = StringProperty("wait"), StringProperty(), StringProperty()
    say, text, facts = StringProperty(), StringProperty(), DictProperty()
    parts = ListProperty()
    lines, may_shorten = NumericProperty(2), BooleanProperty(False)
    ICONS = {"urgent": "alert", "wait": "clock-outline", "saved": "check-circle"}

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("size_hint_y", None)
        facts.setdefault("height", look.theme.target("banner"))
        super().__init__(**facts)
        for name in ("kind", "icon", "say", "text", "facts", "parts", "lines", "may_shorten"):
            self.fbind(name, self._build)
        for name in ("pos", "size"):
            self.fbind(name, self._draw)
        self._build()

    @property
    def style(self) -> Any:
        """Its colours."""
        return STYLES["banner"][self.kind]

    def _build(self, *_: object) -> None:
        theme = look.theme
        self.padding = [theme.mm(4), 0, theme.mm(4), 0]
        self.spacing = theme.mm(2.4)
        self.clear_widgets()
        ink = self.style.edge if self.shape else self.style.ink
        mark = sign(self.shape or self.icon or self.ICONS[self.kind], ink)
        mark.pos_hint = {"center_y": 0.5}
        self.add_widget(mark)
        words = self._sentence()
        if not self.lines:
            words.fit, words.pos_hint = "height", {"center_y": 0.5}
            words.bind(height=self._grow)
        self.add_widget(words)
        self._draw()

    def _grow(self, words: Text, _tall: float) -> None:
        """Be as tall as the words are, and no flatter than any other."""
        self.height = max(look.theme.target("banner"), words.height + 2 * look.theme.mm(2))

    def _sentence(self) -> Text:
        how = {"ink": self.style.ink, "max_lines": int(self.lines), "may_shorten": self.may_shorten}
        if self.parts:
            return Rich(parts=self.parts, **how)
        words = said(self.say, self.facts) if self.say else self.text
        return Text(text=words, **how)

    def _draw(self, *_: object) -> None:
        theme, style = look.theme, self.style
        self.canvas.before.clear()
        with self.canvas.before:
            edge = theme.colour(style.edge)
            _area(theme.colour(style.fill), edge, self, theme.line("hair"), theme.radius())


class Scrim(FloatLayout):
    """Covers what is behind a dialog; touches outside the dialog end here."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        for name in ("pos", "size"):
            self.fbind(name, self._draw)

    def _draw(self, *_: object) -> None:
        self.canvas.before.clear()
        with self.canvas.before:
            Color(*look.theme.colour("scrim"))
            Rectangle(pos=self.pos, size=self.size)

    def on_touch_down(self, touch: Any) -> bool:
        """Keep every touch from what is behind."""
        super().on_touch_down(touch)
        return True


class DialogSheet(Card):
    """The paper of a dialog: ink edge, at most 176 mm wide; the act stands at its lower right."""

    WIDEST_MM = 176

    def __init__(self, **facts: Any) -> None:
        facts = {"fill": "paper", "edge": "ink", "edge_line": "field", **facts}
        super().__init__(**facts)
        self.size_hint = (None, None)
        theme = look.theme
        least = 2 * theme.space("margin")
        self.width = min(theme.mm(self.WIDEST_MM), theme.width_px - least)
        self.spacing = theme.space("gap")
