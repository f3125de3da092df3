"""How a notice will look, beside when it shows and in which languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.fitting import fit_text, fits_whole
from kiosk.screens.notices.view import MARKS
from kiosk.screens.volunteer.page import fits
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.widgets_box import Card, sign
from kiosk.ui.widgets_text import Text

FACTS_MM, PORTRAIT_FACTS_MM = 85, 24


class NoticeCard(Card):
    """The notice as the board shows it: kind, title, text, who put it up."""

    def __init__(self, kind: str, title: str, body: str, by: str) -> None:
        theme = look.theme
        super().__init__(orientation="vertical")
        self.spacing = theme.mm(1.6 if theme.roomy else 0.6)
        if not theme.roomy:
            self.padding = [theme.mm(3), theme.mm(2), theme.mm(3), theme.mm(2)]
        if theme.roomy and not theme.low:
            self.add_widget(_kind(kind))
        self._whole_title = title
        self._title = Text(text=title, role="title", weight=700, fit="height")
        self.add_widget(self._title)
        self.body = Text(text=body, valign="top", may_shorten=True)
        self.add_widget(self.body)
        if theme.roomy and not theme.low:
            self.add_widget(Text(text=by, ink="ink2", fit="height", may_shorten=True, max_lines=1))

    def holds_title(self, box: Box) -> bool:
        """Whether its title is read whole in a box of that size."""
        probe = Text(text=self._whole_title, role="title", weight=700, size_hint=(None, None))
        probe.width, room_px = self._title_room(box)
        return fits_whole(probe, room_px)

    def _title_room(self, box: Any) -> tuple[float, float]:
        pads: Any = self.padding  # Kivy makes four of one
        others = [part.height for part in self.children if part not in (self._title, self.body)]
        taken = sum(others) + self.spacing * (len(self.children) - 1)
        return box.width - pads[0] - pads[2], box.height - pads[1] - pads[3] - taken

    def settle(self) -> None:
        """Leave the text out where there is no room for a line of it; the title is cut at last."""
        self._title.text = self._whole_title
        fit_text(self._title, *self._title_room(self))
        for _ in range(2):  # heights follow widths, and what is left follows heights
            self.do_layout()
            for child in self.children:
                if isinstance(child, Text):
                    child.settle()
        line_px = look.theme.size("body") * look.theme.line_em("body")
        self.body.max_lines = max(1, int(self.body.height // line_px))
        fits(self.body, (self.body.text, ""))


def _kind(kind: str) -> Widget:
    mark = MARKS[kind]
    line = BoxLayout(size_hint_y=None, spacing=look.theme.mm(2))
    line.height = look.theme.size("body") * 1.5
    shape = sign(mark.icon or mark.shape, mark.ink)
    shape.pos_hint = {"center_y": 0.5}
    for part in (shape, Text(text=look.words.say(mark.say), weight=600, ink=mark.ink)):
        line.add_widget(part)
    return line


class Preview:
    """An answer to "so it will look": nothing of it is pressed."""

    def __init__(self, card: NoticeCard, facts: Sequence[str]) -> None:
        self.card = card
        self.facts = Text(valign="top", size_hint=(None, None), reading=True)
        self._wordings = ["\n".join(facts[:many]) for many in range(len(facts), 0, -1)]

    def place(self, box: Box) -> Sequence[Widget]:
        """Facts left of the card; under it upright; where words are large the card alone."""
        theme, gap = look.theme, look.theme.space("gap")
        if theme.portrait:
            card, facts = box.lower_part(theme.mm(PORTRAIT_FACTS_MM), gap)
            if not self.card.holds_title(card):
                card, facts = box, None
        elif theme.large:
            card, facts = box, None
        else:
            facts, card = box.right_part(
                box.width - theme.mm(FACTS_MM if theme.roomy else 60) - gap, gap
            )
        card.lay(self.card)
        self.card.settle()
        if facts is None:
            return [self.card]
        facts.lay(self.facts)
        return [self.card, *([self.facts] if fits(self.facts, self._wordings) else [])]
