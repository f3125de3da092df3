"""What is pressed: an area with a sign and words, pressed at touch-down, acting on release inside.

``Press`` has every state of the look; ``kit_press.kv`` names its sorts (Primary, Secondary, ...)
and shows how to write them.
"""

from math import inf
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, Line, RoundedRectangle
from kivy.properties import (
    BooleanProperty,
    DictProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget

from kiosk.ui.look import look
from kiosk.ui.placing import Content, place
from kiosk.ui.shapes import Shape
from kiosk.ui.styles import Style, style_of
from kiosk.ui.widgets_text import Icon, Text, said

PADS_MM = (4.0, 2.4, 1.0, 0.6)
TIGHTEST = len(PADS_MM) - 1
GAPS_MM = {"body": 2.4, "title": 3.0, "display": 4.8}
BUSY = {"saving": ("dots-horizontal", "press.saving"), "done": ("check", "press.saved")}


class Press(ButtonBehavior, Widget):
    """An area that is pressed. ``on_release``: let go inside."""

    kind = StringProperty("secondary")
    say, text, sub = StringProperty(), StringProperty(), StringProperty()
    facts, n = DictProperty(), NumericProperty(-1)
    sub_first = BooleanProperty(False)
    icon, icon_end, icon_ink = StringProperty(), StringProperty(), StringProperty()
    icon_slot = StringProperty("beside_body")
    mark, shape = StringProperty(), StringProperty()
    role, sub_role = StringProperty("body"), StringProperty("body")
    weight = NumericProperty(0)
    align = OptionProperty("centre", options=["centre", "left"])
    stacked, may_shorten = BooleanProperty(False), BooleanProperty(False)
    mode = StringProperty("normal")
    chosen, by_keypad = BooleanProperty(False), BooleanProperty(False)
    check_leads = BooleanProperty(False)  # the check of a chosen chip stands where its sign stood
    corner, lines = StringProperty("door"), NumericProperty(2)
    touch_pad_mm = NumericProperty(0)
    hug = BooleanProperty(False)  # as wide as what is on it, with the usual pad

    def __init__(self, **facts: Any) -> None:
        self._lead: Widget | None = None
        self._tail: Icon | None = None
        self._label, self._sub = Text(), Text()
        self._tighter, self._room_px, self._flat_px = 0, inf, 0.0
        self.laid_out = Clock.create_trigger(self._lay_out, -1)
        self._rebuild = Clock.create_trigger(self._build, -1)
        super().__init__(**facts)
        self.min_state_time = 0  # a touch lasts as long as the finger says
        for name in ("pos", "size"):
            self.fbind(name, self.laid_out)
        for name in _BUILT_OF:
            self.fbind(name, self._rebuild)
        self._build()

    # Touch ---------------------------------------------------------------------------------

    @property
    def touch_box(self) -> tuple[float, float, float, float]:
        """What a finger may touch: x, y, width, height in px."""
        pad = look.theme.mm(self.touch_pad_mm)
        return self.x - pad, self.y - pad, self.width + 2 * pad, self.height + 2 * pad

    def collide_point(self, x: float, y: float) -> bool:
        """Whether a touch there is this area's."""
        left, bottom, width, height = self.touch_box
        return left <= x < left + width and bottom <= y < bottom + height

    def on_touch_down(self, touch: Any) -> bool:
        """Press, unless it is just being saved.

        Words that were not needed yet lie at the window's corner, and disabled they take touches there.
        """
        is_ours = self.mode not in BUSY and self.collide_point(*touch.pos)
        return is_ours and bool(super().on_touch_down(touch))

    def on_touch_move(self, touch: Any) -> bool:
        """Show that letting go outside does nothing."""
        if touch.grab_current is self:
            self.state = "down" if self.collide_point(*touch.pos) else "normal"
        return bool(super().on_touch_move(touch))

    # What it shows -------------------------------------------------------------------------

    @property
    def reads(self) -> str:
        """The words on it, in the order of reading."""
        said_now = [self._words()[1], *([self.sub] if self.sub else [])]
        return " ".join(reversed(said_now) if self.sub_first else said_now)

    @property
    def is_clipped(self) -> bool:
        """Whether a word on it cannot be read whole."""
        self._build()
        texts = [child for child in self.children if isinstance(child, Text) and child.text]
        inside = all(
            child.x >= self.x - 1
            and child.x + child.lines_width() <= self.right + 1
            and child.y >= self.y - 1
            and child.top <= self.top + 1
            for child in texts
        )
        return not inside or any(child.is_clipped for child in texts)

    @property
    def style(self) -> Style:
        """Its colours now."""
        return style_of(
            self.kind,
            pressed=self.state == "down",
            disabled=self.disabled,
            mode=self.mode,
            chosen=self.chosen,
        )

    def _words(self) -> tuple[str, str]:
        if self.mode in BUSY:
            icon, key = BUSY[self.mode]
            return icon, look.words.say(key)
        return self.icon, said(self.say, self.facts, int(self.n)) if self.say else self.text

    def _build(self, *_: object) -> None:
        style, (icon, words) = self.style, self._words()
        busy = self.mode in BUSY
        self._label = self._text(words, self.role, self.weight or style.weight, style.ink)
        self._sub = self._text("" if busy else self.sub, self.sub_role, 400, style.ink)
        checked = self.chosen and self.kind == "chip"
        if checked and self.check_leads and not busy:
            icon = "check"
        self._lead = self._lead_widget(style, icon, busy=busy)
        end = "check" if checked and not self.check_leads else self.icon_end
        self._tail = (
            Icon(icon=end, ink=style.ink, slot=self.icon_slot) if end and not busy else None
        )
        self.clear_widgets()
        for child in (self._lead, self._label, self._sub, self._tail):
            if child is not None:
                self.add_widget(child)
        if self.hug:
            self.size_hint_x, self.width = None, self._hugging_px()
        self._lay_out()

    def tighten(self, tighter: int) -> None:
        """Hug with a tighter pad from now on, whatever else changes; 0: the usual one."""
        self._tighter = tighter
        self.hug_in(inf)
        self.width = self.hugged_width(tighter)

    def hug_in(self, room_px: float) -> None:
        """Take its own width as it is now; in a room too narrow for that, the room's and two lines."""
        self._room_px = room_px
        busy = self.mode in BUSY  # then it stays as high and as wide: nothing moves under a finger
        wraps = self.hugged_width(TIGHTEST) > room_px or (busy and bool(self._flat_px))
        if wraps and not self._flat_px:
            self._flat_px = self.size[1]
            self.height = max(self._flat_px, self.two_lines_px)
        elif self._flat_px and not wraps:
            self.height, self._flat_px = self._flat_px, 0.0
        self.width = self._hugging_px()

    def _hugging_px(self) -> float:
        """Its usual pads, the tightest ones where the room is too narrow, or all of the room."""
        needed = self.hugged_width(self._tighter)
        if needed > self._room_px:
            needed = self.hugged_width(TIGHTEST)
        if self.mode in BUSY:
            needed = max(needed, self.size[0])
        return min(needed, self._room_px)

    @property
    def two_lines_px(self) -> int:
        """The height that shows each of its texts in two lines, pressed as well."""
        return round(self._each_in_two_px()) + 2 * look.theme.mm(PADS_MM[TIGHTEST])

    def _each_in_two_px(self) -> float:
        texts = [self.role, *([self.sub_role] if self.sub else [])]
        return 2 * sum(look.theme.size(one) * look.theme.line_em(one) for one in texts)

    def hugged_width(self, tighter: int = 0) -> int:
        """Pixels it needs to show everything in one line, with the usual pad or a tighter one."""
        theme, stacked = look.theme, self.stacked and self.mode not in BUSY
        if self._rebuild.is_triggered:
            self._rebuild.cancel()
            self._build()
        words = max(self._label.natural_width(), self._sub.natural_width())
        signs = [part.width for part in (self._lead, self._tail) if part is not None]
        pad_mm = PADS_MM[min(tighter + stacked, TIGHTEST)]
        if stacked:
            return int(max(words, *signs, 0)) + 2 * theme.mm(pad_mm)
        gap = theme.mm(GAPS_MM.get(self.role, GAPS_MM["body"])) if words else 0
        return int(words + sum(signs) + gap * len(signs)) + 2 * theme.mm(pad_mm)

    def _text(self, words: str, role: str, weight: float, ink: str) -> Text:
        text = Text(text=words, role=role, weight=weight, ink=ink, size_hint=(None, None))
        text.max_lines, text.may_shorten = int(self.lines), self.may_shorten
        return text

    def _lead_widget(self, style: Style, icon: str, *, busy: bool) -> Widget | None:
        plain = self.icon_ink and self.state != "down" and not self.chosen and not self.disabled
        ink = self.icon_ink if plain and not busy else style.ink
        if self.mark and not busy:
            mark = self._text(self.mark, self.role, 700, ink)
            mark.fit = "width"
            mark.settle()
            mark.height = mark.text_height
            return mark
        if self.shape and not busy:
            return Shape(shape=self.shape, ink=ink)
        return (
            Icon(icon=icon, ink=ink, slot="beside_body" if busy else self.icon_slot)
            if icon
            else None
        )

    # Where it stands -----------------------------------------------------------------------

    def _lay_out(self, *_: object) -> None:
        self._draw()
        theme = look.theme
        pressed = self.state == "down" and self.kind == "primary"
        place(
            self,
            Content(self._lead, self._label, self._sub, self._tail, sub_first=self.sub_first),
            pads_px=[theme.mm(pad) for pad in self._pads_mm()],
            gap_px=theme.mm(GAPS_MM.get(self.role, GAPS_MM["body"])),
            left=self.align == "left",
            stacked=self.stacked and self.mode not in BUSY,
            down_px=theme.mm(0.5) if pressed else 0,
        )

    def _pads_mm(self) -> tuple[float, ...]:
        """The narrowest pad only where words cannot take two lines instead."""
        roomy = self.align == "left" and self.lines > 1
        return PADS_MM[:2] if roomy and self.height >= self._each_in_two_px() else PADS_MM

    def _draw(self) -> None:
        style, theme = self.style, look.theme
        line, radius = theme.line(style.line), theme.radius(self.corner)
        if self.by_keypad and self.kind.startswith("key"):
            style, line = Style(style.fill, "meet", style.ink), theme.line("focus_ring")
        self.canvas.before.clear()
        with self.canvas.before:
            _area(theme.colour(style.fill), theme.colour(style.edge), self, line, radius)
            if self.by_keypad and not self.kind.startswith("key"):
                Color(*theme.colour("meet"))
                Line(rounded_rectangle=self._ring(), width=theme.line("focus_ring") / 2)

    def _ring(self) -> tuple[float, float, float, float, float]:
        """Where the middle of the ring runs: outside, but inside where rows touch each other."""
        theme = look.theme
        away = theme.line("focus_gap") + theme.line("focus_ring") / 2
        if self.kind == "row":
            away = -theme.line("focus_ring") / 2
        radius = theme.radius("focus_ring") if away > 0 else theme.radius("key")
        wide, tall = self.width + 2 * away, self.height + 2 * away
        return self.x - away, self.y - away, wide, tall, radius


def _area(fill: Any, edge: Any, box: Any, line: int, radius: float) -> None:
    """Fill a box; its edge lies inside it, whole pixels wide."""
    if edge[3]:
        Color(*edge)
        RoundedRectangle(pos=box.pos, size=box.size, radius=[radius])
    else:
        line = 0
    if fill[3]:
        Color(*fill)
        size = (max(0, box.width - 2 * line), max(0, box.height - 2 * line))
        inner = [max(0.1, radius - line)]
        RoundedRectangle(pos=(box.x + line, box.y + line), size=size, radius=inner)


_BUILT_OF = (
    "kind", "say", "text", "sub", "facts", "n", "sub_first", "icon", "icon_end", "icon_ink",
    "icon_slot", "mark", "shape", "role", "sub_role", "weight", "align", "stacked", "may_shorten",
    "mode", "chosen", "check_leads", "by_keypad", "corner", "lines", "state", "disabled", "hug",
)  # fmt: skip
