"""A family or group: how many grown-ups, how many children."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.hub.sign_in import MOST_HEADS
from kiosk.ui.look import look
from kiosk.ui.page import Box, Page
from kiosk.ui.widgets_box import Card
from kiosk.ui.widgets_flow import Stepper
from kiosk.ui.widgets_text import Icon, Say

LOW_STEPPER_MM = 16  # where large acts, or a low screen, leave no more under the middle


class HowMany(Card):
    """A word, its sign, and a stepper."""

    def __init__(self, say: str, icon: str, value: int, least: int) -> None:
        theme = look.theme
        super().__init__(spacing=theme.mm(1.5))
        small = theme.large or theme.low
        self.padding = theme.mm(1.5 if small else 4)
        stacked = theme.low and theme.portrait  # the number is only read: it may stand higher
        line = BoxLayout(spacing=theme.mm(2.4), size_hint_y=None)
        line.height = round(theme.size("body") * (2.3 if stacked else 1.2))
        if not (theme.large or stacked):
            line.add_widget(Icon(icon=icon, pos_hint={"center_y": 0.5}))
        line.add_widget(Say(say=f"{say}_short" if theme.large or stacked else say, weight=600))
        self.stepper = Stepper(value=value, least=least, most=MOST_HEADS, stacked=stacked)
        if theme.low and not theme.roomy and not stacked:
            self.stepper.height = theme.mm(LOW_STEPPER_MM)
        for part in (line, self.stepper):
            self.add_widget(part)
        pads = 2 * theme.mm(1.5 if small else 4) + theme.mm(1.5)
        self.size_hint = (None, None)
        self.tall = pads + line.height + self.stepper.height


class GroupScreen(Page):
    """Two cards and the way on, which says how many they are."""

    def make_body(self) -> None:
        """Begin with two grown-ups: one alone is a visitor."""
        self.grown_ups = HowMany("here.grown_ups", "human-male-female", 2, 0)
        self.children_coming = HowMany("here.children", "human-child", 0, 0)
        theme = self.theme
        self.way_on = Factory.Primary(icon_end="arrow-right", size_hint=(None, None))
        across = theme.width_px - 2 * theme.space("margin")
        self.way_on.width = across if theme.portrait else theme.mm(120 if theme.large else 92)
        if theme.low and not theme.portrait:
            self.way_on.width = theme.mm(92 if theme.form == "door_10" else 48)
        self.way_on.bind(on_release=lambda *_: self._go_on())
        for card in (self.grown_ups, self.children_coming):
            card.stepper.bind(value=lambda *_: self._count())
        self._count()

    def on_open(self, **facts: Any) -> None:
        """Begin anew, or as it was before the look changed."""
        self.grown_ups.stepper.value = facts.get("grown_ups", 2)
        self.children_coming.stepper.value = facts.get("children", 0)

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Nothing here comes from the hub."""
        tight = self.theme.large and self.theme.form != "door_10"
        self.heading = "" if tight else self.words.say(self._question())

    def _question(self) -> str:
        small = not self.theme.roomy and not self.theme.portrait and not self.theme.large
        return "here.how_many_short" if small and not self.theme.low else "here.how_many"

    def kept(self) -> dict[str, Any]:
        """How many, as counted so far."""
        return {
            "grown_ups": int(self.grown_ups.stepper.value),
            "children": int(self.children_coming.stepper.value),
        }

    def _count(self) -> None:
        heads = sum(self.kept().values())
        self.way_on.text = self.words.count("here.we_are", heads)
        if self.theme.large or (self.theme.low and not self.theme.roomy):
            self.way_on.text = self.words.say("here.go_on", n=heads)
        self.way_on.disabled = heads == 0

    def _go_on(self) -> None:
        self.go("visiting", **self.kept())

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """The way on."""
        return (), [self.way_on]

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Under each other on an upright screen, else side by side."""
        theme, cards = self.theme, [self.grown_ups, self.children_coming]
        gap, between = theme.space("gap"), theme.space("row_gap")
        columns = 1 if theme.portrait and not theme.low else 2
        wide = (box.width - gap * (columns - 1)) / columns
        tall = self.grown_ups.tall
        for nth, card in enumerate(cards):
            row, column = divmod(nth, columns)
            # Where the lower half is short, words stand above the middle: they are only read.
            whole = tall if columns == 2 else 2 * tall + between
            top = max(box.y + box.height, box.y + whole) - row * (tall + between)
            Box(box.x + column * (wide + gap), top - tall, wide, tall).lay(card)
        return cards
