"""What the pages of the wall are made of: head, foot, bands, cards, lines."""

from __future__ import annotations

from typing import Any

from kivy.factory import Factory
from kivy.graphics import Color, Rectangle, RoundedRectangle
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.fitting import fit_text, stack
from kiosk.screens.wall.view import EventLine, FaceCard, NoticeCard
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.widgets_box import Card, StatusBadge, sign
from kiosk.ui.widgets_picture import Picture
from kiosk.ui.widgets_text import Icon, Text

BAND_MM, BAND_LINES = 34, 2
TOP_BAR_MM = 5
PICTURE_MM = 64
"""The least height of a picture."""
TIME_MM, BADGE_MM = 158, 190
ROLES = (("display", "title"), ("title", "title"), ("title", "body"))
"""Of title and text of a notice: the largest with which all of it can be read."""


class WallHead(BoxLayout):
    """What this page shows, which part of how many, the day and the time."""

    title, part, date, clock = (StringProperty() for _ in range(4))


class PageName(Widget):
    """The name of a page; ``here``: it is the present one."""

    text, here = StringProperty(), BooleanProperty(False)
    fill = StringProperty("none")

    def __init__(self, text: str, *, here: bool, **facts: Any) -> None:
        super().__init__(text=text, here=here, fill="ink" if here else "none", **facts)


for _class in (WallHead, PageName):
    Factory.register(_class.__name__, cls=_class)


class Band(Widget):
    """One sentence across the top: an urgent notice, or who is called to the door."""

    def __init__(self, text: str, *, urgent: bool, **facts: Any) -> None:
        super().__init__(size_hint=(None, None), **facts)
        theme = look.theme
        plain = "stop_tint" if theme.night else "stop"
        self.fill = plain if urgent else "meet_tint"
        ink = "on_fill" if urgent and not theme.night else "ink"
        icon = "alert" if urgent else "bell-ring-outline"
        self._mark = Icon(icon=icon, ink=ink, px=theme.mm(24))
        self._lead = Text(
            text=look.words.say("rest.urgent") if urgent else "",
            ink=ink,
            weight=600,
            fit="width",
        )
        self._text = Text(text=text, ink=ink, weight=400 if urgent else 600)
        for widget in (self._mark, self._lead, self._text):
            self.add_widget(widget)

    def lay(self, box: Box) -> Box:
        """Stand at the top of a box, as tall as it needs; return what is left below."""
        theme = look.theme
        self._lead.settle()
        lead = self._lead.texture_size[0] + theme.mm(5) if self._lead.text else 0
        left = theme.mm(14) + self._mark.width + theme.mm(8)
        line = theme.size("body") * 1.12
        fit_text(self._text, box.width - left - lead - theme.mm(14), line * BAND_LINES * 1.02)
        tall = max(theme.mm(BAND_MM), self._text.text_height + theme.mm(15))
        rest, place = box.upper_part(round(tall), theme.mm(10))
        self.pos, self.size = (round(place.x), round(place.y)), (round(place.width), round(tall))
        middle = place.y + tall / 2
        self._mark.pos = round(place.x + theme.mm(14)), round(middle - self._mark.height / 2)
        top = middle + self._text.text_height / 2
        self._text.pos = round(place.x + left + lead), round(top - self._text.text_height)
        self._lead.height = round(line)
        self._lead.pos = round(place.x + left), round(top - line)
        self._draw()
        return rest

    def _draw(self) -> None:
        with self.canvas.before:
            Color(*look.theme.colour(self.fill))
            RoundedRectangle(pos=self.pos, size=self.size, radius=[look.theme.radius()])


class WallCard(Card):
    """A card read from four metres: what it holds is placed by ``fill_in(box)``."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(bare=True, **facts)
        self.body = Widget()
        self.add_widget(self.body)

    def lay(self, box: Box) -> None:
        """Stand in a box, and place what is inside."""
        box.lay(self)
        pad = look.theme.mm(14)
        top = look.theme.mm(TOP_BAR_MM) if self.top else 0
        inner = Box(box.x + pad, box.y + pad, box.width - 2 * pad, box.height - 2 * pad - top)
        self.fill_in(inner)

    def fill_in(self, box: Box) -> None:
        """Place what is inside."""

    def _bar(self, tall: int, radius: int) -> None:
        super()._bar(max(tall, look.theme.mm(TOP_BAR_MM)), radius)


class NoticeOnWall(WallCard):
    """A notice: its kind, its title, as much of its text as there is room for."""

    def __init__(self, card: NoticeCard, **facts: Any) -> None:
        super().__init__(top=card.mark.ink, **facts)
        self.card = card

    def fill_in(self, box: Box) -> None:
        """The kind first, then the words as large as they can be."""
        theme, card = look.theme, self.card
        mark = sign(card.mark.shape or card.mark.icon, card.mark.ink)
        mark.px = theme.mm(15 if card.mark.shape else 22)
        kind = Text(text=look.words.say(card.mark.say), weight=600, ink=card.mark.ink)
        kind.size_hint = (None, None)
        rest, line = box.upper_part(theme.mm(22), theme.mm(8))
        mark.pos = round(line.x), round(line.y + (line.height - mark.height) / 2)
        room = mark.width + theme.mm(6)
        Box(line.x + room, line.y, line.width - room, line.height).lay(kind)
        words = self._words(rest)
        for widget in (mark, kind, *words):
            self.body.add_widget(widget)
        lowest = min((text.y for text in words), default=rest.y + rest.height)
        self._left = Box(rest.x, rest.y, rest.width, lowest - theme.mm(10) - rest.y)

    @property
    def has_room(self) -> bool:
        """Whether a picture below the words would be large enough to be seen from afar."""
        return self._left.height >= look.theme.mm(PICTURE_MM)

    def show_picture(self, texture: Any) -> None:
        """Show its picture below the words."""
        picture = Picture(texture=texture)
        self._left.lay(picture)
        self.body.add_widget(picture)

    def _words(self, box: Box) -> list[Text]:
        card, gap = self.card, look.theme.mm(7)
        for title_role, body_role in ROLES:
            texts = [Text(text=card.title, role=title_role, weight=700)]
            texts += [Text(text=card.body, role=body_role)] if card.body else []
            texts += [Text(text=card.foreign, ink="ink2")] if card.foreign else []
            tall = [_tall(text, box.width) for text in texts]
            if None not in tall and sum(t or 0 for t in tall) + gap * len(tall) <= box.height:
                return stack(box, texts, gap)
        rest = box
        if card.foreign:  # it is said even where the text has to end early
            rest = Box(box.x, box.y + look.theme.mm(22), box.width, box.height - look.theme.mm(22))
        fit_text(texts[0], rest.width, rest.height * 0.6, ("title", "body"))
        shown = stack(rest, texts[:2] if card.body else texts[:1], gap)
        below = Box(box.x, box.y, box.width, look.theme.mm(20))
        return [*shown, *(stack(below, texts[-1:]) if card.foreign else [])]


def _tall(text: Text, wide_px: float) -> int | None:
    """Pixels of a text at a width; None where a word of it would have to be broken."""
    text.size_hint, text.width = (None, None), round(wide_px)
    text.settle()
    text.height = text.text_height
    return None if text.is_clipped else text.text_height


class FaceOnWall(WallCard):
    """Somebody who said yes to their name."""

    def __init__(self, face: FaceCard, **facts: Any) -> None:
        super().__init__(**facts)
        self.face = face

    def fill_in(self, box: Box) -> None:
        """A sign, the name, and one line under it."""
        theme, face = look.theme, self.face
        mark = sign(*(("disc", "meet") if face.is_welcomer else ("account-circle-outline", "ink2")))
        mark.px = theme.mm(19 if face.is_welcomer else 26)
        indent = theme.mm(26 + 12)
        name = Text(text=face.name, role="title", weight=700)
        line = Text(text=face.line, ink="ink" if face.is_welcomer else "ink2")
        words = Box(box.x + indent, box.y, box.width - indent, box.height)
        fit_text(name, words.width, words.height * 0.6, ("title", "body"))
        if face.line:
            fit_text(line, words.width, words.height - name.text_height)
        tall = name.text_height + (line.text_height if face.line else 0)
        top = words.y + (words.height + tall) / 2
        shown = stack(Box(words.x, words.y, words.width, top - words.y), (name, line))
        left = box.x + (theme.mm(26) - mark.width) / 2
        mark.pos = round(left), round(box.y + (box.height - mark.height) / 2)
        for widget in (mark, *shown):
            self.body.add_widget(widget)


class EventOnWall(Widget):
    """One line of what is on: when, what, where; a hairline above."""

    def __init__(self, line: EventLine, **facts: Any) -> None:
        super().__init__(size_hint=(None, None), **facts)
        self.line = line

    def lay(self, box: Box) -> None:
        """Stand in a box."""
        theme, line = look.theme, self.line
        self.pos, self.size = (round(box.x), round(box.y)), (round(box.width), round(box.height))
        with self.canvas.before:
            Color(*theme.colour("line"))
            hair = theme.line("wall_hair")
            Rectangle(pos=(box.x, box.y + box.height - hair), size=(box.width, hair))
        time = Text(text=line.time, role="title", weight=700, strikethrough=line.cancelled)
        self._pair(time, Text(text=line.day, ink="ink2"), box.x, theme.mm(TIME_MM), box)
        rest = box.width - theme.mm(TIME_MM)
        if line.soon or line.until or line.cancelled:
            rest -= theme.mm(BADGE_MM)
            self._badge(Box(box.x + box.width - theme.mm(BADGE_MM), box.y, 0, box.height))
        title = Text(text=line.title, role="title", weight=600, strikethrough=line.cancelled)
        where = Text(text=line.where, ink="ink2")
        self._pair(title, where, box.x + theme.mm(TIME_MM), rest - theme.mm(8), box)

    def _pair(self, upper: Text, lower: Text, x: float, wide: float, box: Box) -> None:
        """Put two lines over each other, in the middle of the box."""
        below = look.theme.size("body") * 1.12 if lower.text else 0
        fit_text(upper, wide, box.height - below, (upper.role, "body"))
        if lower.text:
            fit_text(lower, wide, below * 1.05)
        tall = upper.text_height + below
        top = box.y + (box.height + tall) / 2
        for text in stack(Box(x, box.y, wide, top - box.y), (upper, lower)):
            self.add_widget(text)

    def _badge(self, box: Box) -> None:
        theme, line = look.theme, self.line
        if line.until:
            until = Text(text=line.until, size_hint=(None, None))
            until.size = theme.mm(BADGE_MM - 21), round(box.height)
            until.pos = round(box.x + theme.mm(21)), round(box.y)
            self.add_widget(until)
            return
        word = look.words.say("event.cancelled") if line.cancelled else line.soon
        status = "clashing" if line.cancelled else "soon"
        badge = StatusBadge(status=status, text=word, size_hint=(None, None))
        badge.spacing = theme.mm(6)
        badge.children[-1].px = theme.mm(15)
        badge.size = theme.mm(BADGE_MM), round(box.height)
        badge.pos = round(box.x), round(box.y)
        self.add_widget(badge)
