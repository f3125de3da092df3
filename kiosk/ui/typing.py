"""A page on which something is typed: what it is, the field, the keyboard, and the way on.

    typing = Typing(screen=self, heading="What is the house called?", label="House")
    typing.bind(on_done=lambda *_: ...)          # typing.text is what was typed

Where a screen is small the field stands between *Back* and *Go on* and the heading gives way.
"""

from collections.abc import Sequence
from typing import Any

from kivy.factory import Factory
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.ui.keyboard import Keyboard
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.top_row import back_act, tightened
from kiosk.ui.widgets_field import Field
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text

LOW_WAYS_MM = 44


class Typing(FloatLayout):
    """kind: "writing", "names" or "password". lang: whose keys, "" of the reader. go_on: key of the way on. hints: things to tap instead of more
    typing, as (words, act). may_go_on: whether what was typed is enough.
    """

    text, heading, label, note = (
        StringProperty(),
        StringProperty(),
        StringProperty(),
        StringProperty(),
    )
    may_go_on = BooleanProperty(True)
    hints = ListProperty()
    longest = NumericProperty(80)

    def __init__(
        self,
        *,
        screen: Any,
        kind: str = "writing",
        go_on: str = "act.go_on",
        lang: str = "",
        **facts: Any,
    ) -> None:
        self.register_event_type("on_done")
        super().__init__(**facts)
        self._back = back_act(screen)
        self._go = Factory.Primary(say=go_on, role="body", hug=True) if go_on else None
        self._title = Text(role="title", weight=700, size_hint=(None, None))
        self._note = Text(size_hint=(None, None))
        self._field = Field(typed=True)
        self._keys = Keyboard(
            kind=kind,
            lang=lang,
            languages=list(screen.shell.around.languages()),
            size_hint=(None, None),
            width=self._keys_box().width,
            room=self._keys_px(),
        )
        self._keys.longest = self.longest
        self._keys.bind(on_key=self._typed, on_erase=self._erased)
        if self._go is not None:
            self._go.bind(on_release=lambda *_: self.dispatch("on_done"))
        self._tiles: list[Press] = []
        self._roomy = look.theme.roomy
        for name in ("text", "heading", "label", "note", "may_go_on", "hints", "size"):
            self.fbind(name, self.arrange)
        self._keys.fbind("height", self.arrange)  # another page of keys may have more rows
        self.arrange()

    def on_done(self) -> None:
        """*Go on* was pressed."""

    def _typed(self, _keys: Any, written: str) -> None:
        if len(self.text) < self.longest:
            self.text += written

    def _erased(self, *_: Any) -> None:
        self.text = self.text[:-1]

    def arrange(self, *_: Any) -> None:
        """Place everything anew."""
        theme = look.theme
        margin, gap = self._edges()
        whole = Box(margin, margin, theme.width_px - 2 * margin, theme.height_px - 2 * margin)
        keys = self._keys_box()
        self._keys.size = round(keys.width), self._keys.height
        self._keys.pos = round(keys.x), round(keys.y)
        if self._go is not None and self._beside_keys():
            self._show([self._keys, *self._low(whole, gap, self._go)])
            return
        rest, _ = whole.lower_part(self._keys.top - whole.y, gap)
        row_px = theme.target("field")
        rest, row = rest.lower_part(row_px, gap) if theme.low else rest.upper_part(row_px, gap)
        shown = [self._keys, *self._row(row)]
        if not self._beside():
            rest, field = (
                rest.lower_part(row_px, gap) if theme.low else rest.upper_part(row_px, gap)
            )
            field.lay(self._field)
        self._show([*shown, self._field, *self._above(rest)])

    def _show(self, shown: Sequence[Any]) -> None:
        for gone in [child for child in self.children if child not in shown]:
            self.remove_widget(gone)
        for widget in shown:
            if widget.parent is None:
                self.add_widget(widget)

    def _beside_keys(self) -> bool:
        """In low reach a wide screen has room for the ways beside the keys."""
        return bool(look.theme.low and look.theme.roomy and self._go is not None)

    def _low(self, whole: Box, gap: float, go: Any) -> list[Any]:
        """*Go on* over *Back* beside the keys; above the middle it is only read."""
        theme = look.theme
        _, column = whole.right_part(theme.mm(LOW_WAYS_MM), gap)
        self._back.pos = round(column.x), round(column.y)
        y = column.y + theme.target("field") + gap
        go.hug, go.disabled = False, not self.may_go_on
        Box(column.x, y, column.width, theme.target("primary")).lay(go)
        upper, _ = whole.lower_part(theme.height_px / 2 - whole.y, gap)
        rest, field = upper.lower_part(theme.target("field"), gap)
        field.lay(self._field)
        return [self._back, go, self._field, *self._above(rest)]

    def _keys_box(self) -> Box:
        """Where keys begin: on a small screen they need all of its width."""
        theme = look.theme
        side = theme.space("margin") if theme.roomy or theme.form == "door_10" else theme.mm(1)
        below = theme.mm(1.2) if theme.portrait else theme.space("margin")
        ways = theme.mm(LOW_WAYS_MM) + theme.space("gap") if self._beside_keys() else 0
        return Box(side, below, theme.width_px - 2 * side - ways, 0)

    def _keys_px(self) -> float:
        """Pixels that keys may take: all but the row of *Back*, and the field's where it has one."""
        margin, gap = self._edges()
        if self._beside_keys():
            return float(look.theme.height_px / 2 - margin - look.theme.mm(1))
        row_px = look.theme.target("field") + gap
        return float(look.theme.height_px - 2 * margin - row_px * (1 if self._beside() else 2))

    @staticmethod
    def _edges() -> tuple[int, int]:
        theme = look.theme
        if theme.portrait:  # eight rows of keys and two more: every millimetre counts
            return theme.mm(1.2), theme.mm(1.4)
        return theme.space("margin"), theme.space("row_gap")

    def _beside(self) -> bool:
        """Whether the field has room between Back and Go on."""
        return not look.theme.portrait

    def _row(self, box: Box) -> list[Any]:
        gap, go = look.theme.space("gap"), self._go
        if look.theme.large and self._beside():
            self._back.icon = ""  # what is typed needs the room
        if go is not None and not tightened([self._back, go], box.width, gap):
            self._back.icon = ""  # words before signs
            tightened([self._back, go], box.width, gap)
        self._back.pos = round(box.x), round(box.y)
        left = self._back.width + gap
        right = 0.0
        if go is None and self.hints and not self._roomy:
            place = Box(box.x + left, box.y, box.width - left, box.height)
            tile = self._hint_tiles(place)[0]
            tile.width = round(min(tile.width, place.width * (1 if look.theme.portrait else 0.6)))
            tile.x = round(box.x + box.width - tile.width)
            right = tile.width + gap
            go = tile
        elif go is not None:
            go.height, go.disabled = look.theme.target("field"), not self.may_go_on
            go.pos = round(box.x + box.width - go.width), round(box.y)
            right = go.width + gap
        if self._beside():
            Box(box.x + left, box.y, box.width - left - right, box.height).lay(self._field)
        return [self._back, *([go] if go is not None else [])]

    def _above(self, box: Box) -> list[Any]:
        """Heading, note and tiles, as far as there is room for them."""
        theme = look.theme
        self._field.text = self.text
        shown: list[Any] = []
        tiles_px = theme.target("tile") if self.hints else 0
        title = self._measured(self._title, self.heading, box.width)
        fits = title + tiles_px + (theme.mm(3) if tiles_px else 0) <= box.height
        narrow = (theme.portrait or theme.large) and bool(self.text)
        self._field.label = "" if fits or narrow else self.label
        top = box.y + box.height
        if fits and self.heading:
            Box(box.x, top - title, box.width, title).lay(self._title)
            shown.append(self._title)
            top -= title + theme.mm(2)
        if self.hints and self._roomy:
            shown += self._hint_tiles(Box(box.x, box.y, box.width, tiles_px))
            return shown
        note = self._measured(self._note, self.note, box.width)
        if self.note and top - box.y >= note:
            Box(box.x, top - note, box.width, note).lay(self._note)
            shown.append(self._note)
        return shown

    def _measured(self, text: Text, words: str, width: float) -> float:
        text.text, text.width = words, round(width)
        text.settle()
        return float(text.text_height) if words else 0.0

    def _hint_tiles(self, box: Box) -> Sequence[Press]:
        self._tiles = []
        gap, x = look.theme.space("gap"), box.x
        for words, act in self.hints:
            tile = Press(kind="tile", text=words, hug=True, size_hint=(None, None))
            tile.height = round(box.height)
            tile.bind(on_release=lambda *_, act=act: act())
            if x + tile.width > box.x + box.width and self._tiles:
                break
            tile.pos = round(x), round(box.y)
            x += tile.width + gap
            self._tiles.append(tile)
        return self._tiles
