"""``VolunteerPage``: a page of volunteer mode: it says who is at work, and how long yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.actor import Actor
from kiosk.screens.volunteer.view import who_lines
from kiosk.screens.who import actor_of
from kiosk.ui.page import Box, Page
from kiosk.ui.widgets_text import Icon, Text


class VolunteerPage(Page):
    """*Back* left, who is at work right; the heading between them where there is room for it."""

    again = False

    def __init__(self, **facts: Any) -> None:
        self.who = Text(fit="width", size_hint=(None, None))
        self.timer = Icon(icon="timer-outline", ink="ink", slot="beside_body")
        self._who_lines: Sequence[str] = ("",)
        super().__init__(**facts)

    @property
    def by(self) -> Actor:
        """Who acts."""
        return actor_of(self.shell)

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Say how long volunteer mode lasts; without a volunteer there is nothing to see here."""
        mode = self.shell.volunteering
        if not mode.person:
            self.rest()
            return
        self.shell.session.person = ""  # whoever was helped on another page
        self._who_lines = who_lines(hub, mode.person, mode.minutes, self.words)
        self.show(hub, now)
        self.arrange()

    def show(self, hub: Any, now: datetime) -> None:
        """Show the records as they are now."""

    # Where things stand --------------------------------------------------------------------

    def arrange(self, *_: Any) -> None:
        """Nothing is placed before there is something to say."""
        if self._who_lines != ("",):
            super().arrange()

    def _usual(self, whole: Box) -> list[Widget]:
        theme, row_gap = self.theme, self.theme.space("row_gap")
        rest, row = whole.upper_part(theme.space("head"), row_gap)
        ways = self._ways_back
        x = row.x
        for way in ways:
            way.pos = round(x), round(row.y + (row.height - way.height) / 2)
            x += way.width + theme.space("gap")
        free = Box(x, row.y, row.x + row.width - x, row.height)
        shown: list[Widget] = [*ways]
        if self.heading and not theme.roomy and self._beside(free):
            shown += [self.title_text, *self._place_who(self._right_of_title(free))]
        else:
            shown += self._place_who(free)
            flat = theme.large and not theme.portrait  # there every row is wanted for what is asked
            if self.heading and not flat:
                rest = self._head(rest)
                shown.append(self.title_text)
        return [*shown, *self._with_foot(rest, *self.acts())]

    def _low(self, whole: Box) -> list[Widget]:
        shown = super()._low(whole)
        y, tall = self._who_above_middle
        return [*shown, *self._place_who(Box(whole.x, y, whole.width, tall))]

    @property
    def _who_above_middle(self) -> tuple[float, float]:
        """In low reach: the y of who is at work, and how tall that is, both in px."""
        theme = self.theme
        return theme.height_px / 2 + theme.mm(1), theme.size("body") * 1.4

    def _beside(self, free: Box) -> bool:
        """Whether the heading stands between *Back* and the shortest word of how long yet."""
        title = self.title_text
        title.text = self.heading
        title.size_hint, title.width = (None, None), round(free.width)
        shortest = Text(text=self._who_lines[-1])
        self._title_px = title.natural_width() + self.theme.mm(1)
        needed = self._title_px + self.theme.space("gap") + shortest.natural_width()
        return bool(needed + self._timer_px <= free.width)

    def _right_of_title(self, free: Box) -> Box:
        Box(free.x, free.y, self._title_px, free.height).lay(self.title_text)
        left = self._title_px + self.theme.space("gap")
        return Box(free.x + left, free.y, free.width - left, free.height)

    @property
    def _timer_px(self) -> float:
        return float(self.timer.width + self.theme.mm(2))

    def _place_who(self, box: Box) -> list[Widget]:
        """The fullest wording that fits, at the right; its sign before it, where there is room."""
        who = self.who
        for line, sign_px in ((one, px) for one in self._who_lines for px in (self._timer_px, 0)):
            who.text = line
            who.settle()
            wide = who.natural_width()
            if wide + sign_px <= box.width:
                break
        else:
            return []
        x = box.x + box.width - wide
        Box(x, box.y, wide, box.height).lay(who)
        if not sign_px:
            return [who]
        y = box.y + (box.height - self.timer.height) / 2
        self.timer.pos = round(x - sign_px), round(y)
        return [self.timer, who]


def fits(text: Text, wordings: Sequence[str]) -> bool:
    """Have a text of known size say the fullest wording that is read whole there; whether one is."""
    for words in wordings:
        text.text = words
        text.settle()
        if not text.is_clipped:
            return True
    return False
