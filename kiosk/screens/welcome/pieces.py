"""What the page after coming in is made of: the tag, a thing to do, the question of the wall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.factory import Factory
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.fitting import fit_text, fits_whole, stack
from kiosk.screens.tags import TagWords, whole
from kiosk.screens.welcome.things import Thing
from kiosk.screens.welcome.view import Wall
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.shapes import Shape
from kiosk.ui.widgets_box import DOORS, Card
from kiosk.ui.widgets_flow import ListRow
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Icon, Text

PAD_MM, ICON_MM = 4.2, 12
TITLES = ("title", "body")


class Since(BoxLayout):
    """Since when somebody is in."""

    text = StringProperty()


class TagCard(Card):
    """The tag to leave with."""

    hint, text, icon = StringProperty(), StringProperty(), StringProperty()
    icon_px, role = NumericProperty(1), StringProperty("title")
    hint_px, text_px, weight = NumericProperty(1), NumericProperty(1), NumericProperty(700)

    def __init__(self, **facts: Any) -> None:
        super().__init__(bare=True, edge="none", **facts)
        self.icon_px = look.theme.mm(ICON_MM)
        for name in ("width", "text"):
            self.fbind(name, lambda *_: self.tall_px(self.width))

    def tall_px(self, wide_px: float) -> float:
        """How tall it has to be at a width, with all its words; from then on it looks like that."""
        theme = look.theme
        self.role = "title" if self.hugged_px <= wide_px else "body"
        texts = [Text(text=self.hint), Text(text=self.text, role=self.role)]
        for self.icon_px, self.weight in ((theme.mm(ICON_MM), 700), (0, 700), (0, 400)):
            texts[1].weight = self.weight
            pads_mm = 3 + 4 + 3 if self.icon_px else 2 + 3
            room = max(1, wide_px - (self.icon_px or 1) - theme.mm(pads_mm))
            for text in texts:
                text.size_hint, text.width = (None, None), round(room)
            fit = [fits_whole(text) for text in texts]
            if all(fit):
                break
        self.hint_px, self.text_px = (text.text_height for text in texts)
        return float(max(self.icon_px, self.hint_px + self.text_px) + 2 * theme.mm(1.4))

    @property
    def hugged_px(self) -> float:
        """How wide it is with its words in one line each."""
        texts = [Text(text=self.hint), Text(text=self.text, role="title", weight=700)]
        for text in texts:
            text.settle()
        words = max(text.natural_width() for text in texts)
        return float(words + look.theme.mm(ICON_MM + 3 + 4 + 3 + 1))

    def show(self, tag: TagWords) -> TagCard:
        """Show a tag in the colour of its kiosk."""
        self.fill, self.icon = tag.ink, tag.icon
        key = "welcome.tag_short" if look.theme.large else "welcome.tag"
        self.hint, self.text = look.words.say(key), whole(tag, look.words)
        return self


for _class in (Since, TagCard):
    Factory.register(_class.__name__, cls=_class)


def act_button(thing: Thing, act: Callable[[Thing, Any], Any]) -> Press | None:
    """Return the button of a thing to do, or None where there is nothing to press."""
    if not thing.act:
        return None
    button = Factory.Secondary(text=thing.act, icon=thing.icon)
    button.mode = "normal"
    button.disabled = thing.done
    button.bind(on_release=lambda pressed: act(thing, pressed))
    return button


class Mark(Widget):
    """The heading of a thing: the shape of its door, and why it is here."""

    def __init__(self, thing: Thing, **facts: Any) -> None:
        super().__init__(size_hint=(None, None), **facts)
        self.sign = Shape(shape=DOORS[thing.door], ink=thing.door)
        self.word = Text(text=thing.mark, weight=600, ink=thing.door, max_lines=2)
        for widget in (self.sign, self.word):
            self.add_widget(widget)

    def lay(self, box: Box) -> Box:
        """Stand at the top of a box; return what is left of it."""
        theme = look.theme
        indent = self.sign.width + theme.mm(2.4)
        fit_text(self.word, box.width - indent, box.height)
        top, line = box.y + box.height, theme.size("body") * 1.12
        self.word.pos = round(box.x + indent), round(top - self.word.text_height)
        self.sign.pos = round(box.x), round(top - line / 2 - self.sign.height / 2)
        return Box(box.x, box.y, box.width, box.height - self.word.text_height - theme.mm(1.6))


class ThingCard(Card):
    """A thing to do on a sheet: what, where, and its button at the foot."""

    def __init__(self, thing: Thing, act: Any, **facts: Any) -> None:
        super().__init__(top=thing.door, **facts)
        self.padding = 0
        self.button = act_button(thing, act)
        self.inside = ThingText(thing)
        self.body = Widget()
        self.add_widget(self.body)
        for widget in (self.inside, *([self.button] if self.button else [])):
            self.body.add_widget(widget)
        for name in ("pos", "size"):
            self.body.fbind(name, self._place)

    def _place(self, *_: Any) -> None:
        theme = look.theme
        pad = theme.mm(PAD_MM)
        box = Box(self.x + pad, self.y + pad, self.width - 2 * pad, self.height - 2 * pad)
        box = Box(box.x, box.y, box.width, box.height - theme.line("card_top"))
        if self.button:
            box, foot = box.lower_part(theme.target("secondary"), theme.mm(3))
            foot.lay(self.button)
        self.inside.lay(box)


class ThingText(Widget):
    """The words of a thing: heading, title, and as many lines as there is room for."""

    def __init__(self, thing: Thing, **facts: Any) -> None:
        super().__init__(**facts)
        self.mark = Mark(thing)
        self.title = Text(text=thing.title, role="title", weight=700)
        self.lines = [Text(text=line) for line in thing.lines if line]
        self._whole = thing.title
        self.add_widget(self.mark)

    def lay(self, box: Box) -> None:
        """Stand in a box, from its top down."""
        theme = look.theme
        for text in (self.title, *self.lines):
            self.remove_widget(text)
        rest = self.mark.lay(box)
        self.title.text = self._whole
        one_line = theme.size("body") * 1.2 if self.lines else 0
        fit_text(self.title, rest.width, rest.height - one_line, TITLES)
        if self.title.text != self._whole:  # a whole title is worth more than a line below it
            self.title.text = self._whole
            fit_text(self.title, rest.width, rest.height, TITLES)
        for text in stack(rest, (self.title, *self.lines), theme.mm(1.2)):
            self.add_widget(text)


class ThingRow(ListRow):
    """A thing to do as a row that opens its page."""

    def __init__(self, thing: Thing, **facts: Any) -> None:
        super().__init__(**facts)
        theme = look.theme
        self.padding, self.spacing = [0, theme.mm(0.8)], theme.mm(2.4)
        words = BoxLayout(orientation="vertical")
        words.add_widget(Text(text=thing.mark, weight=600, ink=thing.door, valign="bottom"))
        words.add_widget(Text(text=thing.title, may_shorten=True, valign="top"))
        sign = Shape(shape=DOORS[thing.door], ink=thing.door, pos_hint={"center_y": 0.5})
        arrow = Icon(icon="arrow-right", pos_hint={"center_y": 0.5})
        for widget in (sign, words, arrow):
            self.add_widget(widget)


class WallQuestion(Widget):
    """May the name be on the wall? Two equal buttons, nothing chosen before somebody does.

    beside: the question left of its buttons, else above them.
    """

    def __init__(self, wall: Wall, answer: Callable[[bool], Any], **facts: Any) -> None:
        super().__init__(**facts)
        words = look.words
        self.label = Text(text=words.say(wall.sentence))
        yes, no = "act.yes", "welcome.not_today" if wall.standing else "act.no"
        shown = [(yes, True), (no, False)] if not wall.standing else [(no, False)]
        self.buttons = [self._button(key, value, wall, answer) for key, value in shown]
        for widget in (self.label, *self.buttons):
            self.add_widget(widget)

    @staticmethod
    def _button(key: str, value: bool, wall: Wall, answer: Callable[..., Any]) -> Press:
        chosen = wall.said is value
        button = Press(say=key, icon="check" if chosen else "", chosen=chosen)
        button.bind(on_release=lambda pressed: answer(value, pressed))
        return button

    def across(self, box: Box) -> None:
        """Stand in a row: the question at its right end's left."""
        theme = look.theme
        wide = max(theme.mm(24), *(b.hugged_width(1) for b in self.buttons))
        gap = theme.space("gap")
        room, row = box.right_part(len(self.buttons) * (wide + gap) - gap, gap)
        self._buttons(row)
        self.label.halign = "right"
        room.lay(self.label)

    def down(self, box: Box) -> None:
        """Stand at the foot of a box: the question over its buttons."""
        theme = look.theme
        rest, row = box.lower_part(theme.target("primary"), theme.mm(1))
        self._buttons(row)
        fit_text(self.label, rest.width, rest.height)
        self.label.pos = round(rest.x), round(rest.y)

    def height_px(self, wide_px: float) -> float:
        """How tall it is where the question stands over its buttons."""
        self.label.halign = "left"
        fit_text(self.label, wide_px, 10_000)
        theme = look.theme
        return float(self.label.text_height + theme.mm(1) + theme.target("primary"))

    def _buttons(self, row: Box) -> None:
        gap = look.theme.space("gap")
        wide = (row.width - gap * (len(self.buttons) - 1)) / len(self.buttons)
        for nth, button in enumerate(self.buttons):
            Box(row.x + nth * (wide + gap), row.y, wide, row.height).lay(button)


class Dots(BoxLayout):
    """Which page this is: a dot and a word for each, the present one full.

    brief: only this page's word. words: "" where there is no room for one.
    """

    def __init__(self, words: list[str], here: int, *, brief: bool = False, **facts: Any) -> None:
        super().__init__(size_hint=(None, None), **facts)
        theme = look.theme
        self.spacing, wide = theme.mm(1.6), 0.0
        for nth, word in enumerate(words):
            is_here = nth == here
            ink = "ink" if is_here else "ink2"
            dot = Shape(shape="disc" if is_here else "ring", ink=ink, slot="status_shape_small")
            dot.pos_hint = {"center_y": 0.5}
            self.add_widget(dot)
            wide += dot.width + self.spacing
            if word and (is_here or not brief):
                text = Text(text=word, ink=ink, weight=600 if is_here else 400, fit="width")
                text.settle()
                text.width = text.texture_size[0]
                self.add_widget(text)
                self.add_widget(Widget(size_hint_x=None, width=theme.mm(2)))
                wide += text.width + 2 * self.spacing + theme.mm(2)
        self.width = wide
