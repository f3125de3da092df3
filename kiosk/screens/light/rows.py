"""The rows of the light's page: a state and what it means, or what was refused and why."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.uix.boxlayout import BoxLayout

from kiosk.screens.light.refused import RefusedLine
from kiosk.screens.light.view import ICONS, REFUSED
from kiosk.ui.look import look
from kiosk.ui.widgets_box import Card, sign
from kiosk.ui.widgets_text import Say, Text

ROW_MM, WORD_MM, WHAT_MM = 10.4, 36, 66


class Row(Card):
    """A sign and two texts, side by side or, upright, under each other. first_mm: of the first."""

    def __init__(self, icon: tuple[str, str], texts: Sequence[Text], first_mm: float) -> None:
        theme = look.theme
        super().__init__(orientation="horizontal", spacing=theme.mm(3))
        self.padding = [theme.mm(4), 0, theme.mm(3), 0]
        mark = sign(*icon)
        mark.pos_hint = {"center_y": 0.5}
        if not theme.large and not theme.portrait:
            texts[0].size_hint_x, texts[0].width = None, theme.mm(first_mm)
        words = BoxLayout(orientation="vertical" if theme.portrait else "horizontal")
        for part in texts:
            words.add_widget(part)
        for part in (mark, words):
            self.add_widget(part)


class StateRow(Row):
    """A state of the light: its sign, its word, what it means; the present one stands out."""

    def __init__(self, state: str, *, present: bool) -> None:
        texts = [Say(say=f"light.is_{state}", weight=600)]
        if not look.theme.large:
            texts.append(Say(say=f"light.means_{state}"))
        super().__init__(ICONS[state], texts, WORD_MM)
        self.fill = f"{ICONS[state][1]}_tint" if present else "paper"
        self.edge = ICONS[state][1] if present else "none"


class RefusedRow(Row):
    """One record that was refused: what it is, and why."""

    def __init__(self, line: RefusedLine) -> None:
        texts = [Text(text=line.what, weight=600, may_shorten=True)]
        if not look.theme.large:
            texts.append(Text(text=line.why, may_shorten=True))
        super().__init__(ICONS[REFUSED], texts, WHAT_MM)
        self.fill, self.edge = "stop_tint", "stop"


def row_px() -> int:
    """The height of a row: upright it holds two lines."""
    return look.theme.mm(ROW_MM * (1.7 if look.theme.portrait else 1))
