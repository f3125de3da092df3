"""Small parts of the leaving screens: a way to leave, and lines that are only read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.uix.boxlayout import BoxLayout

from kiosk.ui.look import look
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Icon, Text


class Way(Press):
    """A way to leave; ``act`` is what it does."""

    act: Callable[[], Any]


def way(say: str, icon: str, act: Callable[[], Any]) -> Way:
    """Return a way with its sign, where there is room for one."""
    theme = look.theme
    sign = icon if theme.roomy else ""
    made = Way(say=say, icon=sign, align="left", size_hint=(None, None))
    if not sign:
        made.align = "centre"
    made.act = act
    made.bind(on_release=lambda *_: act())
    return made


class Hint(BoxLayout):
    """A sign and a sentence."""

    icon, ink = "information-outline", "ink"

    def __init__(self, say: str, **facts: Any) -> None:
        super().__init__(spacing=look.theme.mm(3.5), **facts)
        sign = Icon(icon=self.icon, ink=self.ink, slot="beside_body")
        sign.pos_hint = {"center_y": 0.5}
        self.sentence = Text(text=look.words.say(say))
        self.add_widget(sign)
        self.add_widget(self.sentence)

    @property
    def say(self) -> str:
        """What it says."""
        return str(self.sentence.text)

    @say.setter
    def say(self, text: str) -> None:
        self.sentence.text = text

    def natural_width(self) -> int:
        """Pixels it needs in one line."""
        sign = self.children[-1]
        return int(sign.width + self.spacing + self.sentence.natural_width()) + 2


class CardHint(Hint):
    """Who has a card needs no page."""

    icon, ink = "card-account-details-outline", "go"

    def __init__(self, **facts: Any) -> None:
        super().__init__("here.card_hint", **facts)
