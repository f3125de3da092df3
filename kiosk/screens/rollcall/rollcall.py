"""Roll call, the first page: numbers. Names open for a volunteer, or by holding *Everybody out*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.hub.roll_call import EverybodyOut, everybody_out, names_open_until, numbers
from kiosk.screens.leaving.pieces import Hint
from kiosk.screens.rollcall.pieces import CountCard, NumberCard
from kiosk.screens.rollcall.view import (
    CountRow,
    booked_rows,
    other_kiosk,
    people_line,
    people_rows,
    sure_rows,
)
from kiosk.ui.page import Box, Page
from kiosk.ui.top_row import tightened
from kiosk.ui.widgets_hold import HoldPress
from kiosk.ui.widgets_press import Press


class AsOf(Hint):
    """As of when another kiosk is known."""

    icon, ink = "clock-outline", "soon"


class RollcallScreen(Page):
    """``page``: which card stands beside the number where there is no room for all."""

    again = False

    def make_body(self) -> None:
        """Three cards and two acts."""
        say, large = self.words.say, self.theme.large
        self._page = 0
        self._lists: list[tuple[str, Sequence[CountRow]]] = []
        self.number, self.sure, self.booked = NumberCard(), CountCard(), CountCard()
        self.as_of = AsOf("")
        sub = "" if large else say("roll.hold")
        self.out = HoldPress(
            kind="stop", say="roll.everybody_out", sub=sub, icon="" if large else "run-fast",
            role="title", align="left", icon_slot="beside_title", size_hint=(None, None),
        )  # fmt: skip
        self.out.bind(on_held=lambda *_: self._everybody_out())
        self.people = CountCard()
        roomy = self.theme.roomy
        self.names = Factory.Secondary(
            say="roll.names" if roomy else "roll.names_short",
            sub="" if roomy or large else say("roll.for_a_volunteer"),
            icon="badge-account-outline" if roomy else "",
            size_hint=(None, None),
        )
        self.names.bind(on_release=lambda *_: self._names())
        arrow = "" if large and self.theme.portrait else "arrow-right"
        self.more = Press(say="act.more", icon_end=arrow, hug=True, size_hint=(None, None))
        self.more.height = self.theme.target("secondary")
        self.more.bind(on_release=lambda *_: self._turn())

    def on_open(self, **_facts: Any) -> None:
        """Begin with the number."""
        self._page = 0

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Count anew."""
        words, counted = self.words, numbers(hub, now)
        self.number.show(counted.total, people_line(counted, words))
        title = self.theme.roomy
        sure = sure_rows(counted, words, short=not title or self.theme.low)
        self.sure.show(words.say("roll.how_sure") if title else "", sure)
        self.people.show("", people_rows(counted, words))
        rows, booked = booked_rows(hub, now, words), words.say("roll.booked_now")
        self.booked.show(booked, rows[: 3 if title else 2])
        self._lists = [("", sure), (booked, rows)]
        self.as_of.say = other_kiosk(hub, now, words)
        self.arrange()

    def _everybody_out(self) -> None:
        self.ask(everybody_out, EverybodyOut(), lambda _done: self.go("rollcall_names"))

    def _names(self) -> None:
        """Names for a volunteer, or for anybody while they are open; else who is the volunteer?"""
        if self.shell.session.volunteer or names_open_until(self.hub, self.now):
            self.go("rollcall_names")
        else:
            self.go("volunteer_enter", then="rollcall_names")

    def _turn(self) -> None:
        self._page += 1
        self.arrange()

    # Where things stand --------------------------------------------------------------------

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Three cards side by side; on a small screen the number and one more at a time."""
        theme, gap = self.theme, self.theme.space("row_gap")
        acts_px = theme.mm(28 if theme.large else 20)
        rows = 2 if theme.portrait else 1
        cards, acts = box.lower_part(rows * acts_px + (rows - 1) * gap, gap)
        self._place_acts(acts, acts_px)
        shown: list[Widget] = [self.out, self.names]
        as_of = self._place_as_of(cards if theme.low else None) if theme.roomy else []
        if theme.low:  # cards are only read: they stand above the middle
            _, cards = self._whole().upper_part(theme.height_px / 2 - theme.space("margin"), 0)
        if theme.roomy:
            return [*shown, *as_of, *self._three(cards)]
        return [*shown, *self._one_by_one(cards)]

    def _whole(self) -> Box:
        theme, margin = self.theme, self.theme.space("margin")
        return Box(margin, margin, theme.width_px - 2 * margin, theme.height_px - 2 * margin)

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """In low reach *More* stands beside *Back*."""
        theme = self.theme
        if not theme.low or theme.roomy:
            return (), ()
        return (), [self.more]

    def _place_acts(self, box: Box, acts_px: float) -> None:
        theme, gap = self.theme, self.theme.space("gap")
        if theme.portrait:
            lower, upper = box.upper_part(acts_px, theme.space("row_gap"))
            upper.lay(self.out)
            lower.lay(self.names)
        else:
            left, right = box.right_part(box.width * (0.42 if theme.roomy else 0.36), gap)
            left.lay(self.out)
            right.lay(self.names)

    def _three(self, box: Box) -> list[Widget]:
        theme = self.theme
        gap = theme.space("gap_columns")
        rest, number = self._cut_left(box, theme.mm(56), gap)
        half = (rest.width - gap) / 2
        sure, booked = rest.right_part(half, gap)
        number.lay(self.number)
        sure.lay(self.sure)
        booked.lay(self.booked)
        return [self.number, self.sure, self.booked]

    def _place_as_of(self, between: Box | None) -> list[Widget]:
        """Beside *Back*; where that stands low, between the acts and the middle."""
        if not self.as_of.say:
            return []
        row, theme = self.top_row, self.theme
        if between is not None:
            between.lay(self.as_of)
            return [self.as_of]
        wide = min(self.as_of.natural_width(), row.width - theme.mm(60))
        Box(row.right - wide, row.y, wide, row.height).lay(self.as_of)
        return [self.as_of]

    def _one_by_one(self, box: Box) -> list[Widget]:
        theme, gap = self.theme, self.theme.space("gap")
        if not theme.low:
            row = self.top_row
            tightened([*row.ways, self.more], row.width, gap)
            self.more.pos = round(row.right - self.more.width), round(row.y)
        if theme.large:
            card = self._large_card(box)
            box.lay(card)
            return [card, self.more]
        card = (self.sure, self.booked)[self._page % 2]
        if theme.portrait:
            rest, number = box.upper_part(theme.mm(38), gap)
        else:
            rest, number = self._cut_left(box, theme.mm(84), gap)
        number.lay(self.number)
        rest.lay(card)
        return [self.number, card, self.more]

    def _large_card(self, box: Box) -> Widget:
        """The number, then the lists, as many rows a page as can be read."""
        cards: list[Any] = [self.number, *([self.people] if self.number.alone else [])]
        pages = [
            (title, rows[start : start + each])
            for title, rows in self._lists
            if (each := self.sure.fitting(title, rows, box.width, box.height))
            for start in range(0, len(rows), each)
        ]
        at = self._page % (len(cards) + len(pages))
        if at < len(cards):
            return cards[at]
        self.sure.width = box.width
        self.sure.show(*pages[at - len(cards)])
        return self.sure

    @staticmethod
    def _cut_left(box: Box, wide: float, gap: float) -> tuple[Box, Box]:
        left = Box(box.x, box.y, wide, box.height)
        return Box(box.x + wide + gap, box.y, box.width - wide - gap, box.height), left
