"""The two bookings of one room as cards or lines, and what is free instead as tiles."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, RoundedRectangle
from kivy.uix.boxlayout import BoxLayout

from kiosk.screens.room.clash import CardView, OfferView
from kiosk.screens.room.pieces import measure
from kiosk.ui.look import look
from kiosk.ui.widgets_box import STATUS, Card, sign
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Rich, Text

OFFER_PAD_MM = 1.6


class BookingCard(Card):
    """One of two bookings for one room: a bar of its colour at the left."""

    def __init__(self, status: str, said: str, view: CardView, **facts: Any) -> None:
        super().__init__(size_hint_y=None, **facts)
        ink = STATUS[status][1]
        self._ink = ink
        theme = look.theme
        self.padding: Any = [theme.mm(6), theme.mm(3.6), theme.mm(3), theme.mm(3.6)]
        self.spacing = theme.mm(1)
        shape = STATUS[status][0]
        head = BoxLayout(size_hint_y=None, spacing=theme.mm(2))
        mark = sign(shape, ink)
        mark.pos_hint = {"center_y": 0.5}
        word = Text(text=said, weight=600, ink=ink, max_lines=1, may_shorten=True)
        head.height = max(mark.height, round(theme.size("body") * 1.15))
        head.add_widget(mark)
        head.add_widget(word)
        heading = Text(text=view.title, role="title", weight=700, max_lines=1, may_shorten=True)
        self._texts = [heading, Text(text=view.where)]
        if view.who:
            self._texts.append(Text(text=view.who))
        for part in (head, *self._texts):
            self.add_widget(part)
        self._head = head
        for name in ("pos", "size"):
            self.fbind(name, self._bar_left)

    def measured(self, wide_px: float) -> None:
        """Take the height that the words need at this width."""
        left, top, right, bottom = self.padding
        for text in self._texts:
            measure(text, wide_px - left - right)
        tall = self._head.height + sum(text.height for text in self._texts)
        self.height = tall + top + bottom + self.spacing * len(self._texts)

    def _bar_left(self, *_: object) -> None:
        theme = look.theme
        radius = theme.radius()
        with self.canvas.before:
            Color(*theme.colour(self._ink))
            RoundedRectangle(
                pos=self.pos, size=(theme.mm(2), self.height), radius=[radius, 0.1, 0.1, radius]
            )


def clash_line(status: str, said: str, view: CardView) -> Rich:
    """Return one of two bookings in a line, where there is no room for a card."""
    ink = STATUS[status][1]
    return Rich(parts=[(f"{said}: ", "strong", ink), (view.title, "text")])


class OfferTile(Press):
    """A free room and time; as high as its words need."""

    def measured(self, wide_px: float) -> None:
        """Take the height that the words need at this width."""
        self.width = wide_px
        self._build()
        words = [text for text in (self._label, self._sub) if text.text]
        tall = sum(text.text_height for text in words) + 2 * look.theme.mm(OFFER_PAD_MM)
        self.height = max(look.theme.target("least"), tall)


def offer_tile(screen: Any, offer: OfferView) -> Press:
    """Return a free room and time to take instead."""
    theme = look.theme
    text = f"{offer.name} · {offer.times}"
    made = OfferTile(text=text, shape="ring", icon_ink="go", icon_end="arrow-right", align="left",
                     size_hint_y=None, kind="tile")  # fmt: skip
    made.lines = 2
    if not theme.roomy and not theme.large:
        made.text, made.sub = offer.name, offer.times
    if theme.large:
        starts = offer.times.partition("–")[0]
        made.text = f"{offer.name} · {starts}"
        if theme.portrait:  # words before signs: both lines need all of the width
            made.text, made.sub, made.shape, made.icon_end = offer.name, starts, "", ""
    made.bind(on_release=lambda *_: screen.take_offer(offer))
    return made
