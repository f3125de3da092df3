"""Where things stand on the page after coming in: all at once, as rows, or a page a thing."""

from __future__ import annotations

from typing import Any

from kivy.uix.widget import Widget

from kiosk.screens.welcome.form import Form
from kiosk.screens.welcome.paged import TAG_MM, YOU, Paged
from kiosk.screens.welcome.pieces import (
    ThingCard,
    ThingRow,
)
from kiosk.ui.look import look
from kiosk.ui.page import Box, even_row

ROW_MM = 16.4


def build(screen: Any) -> list[Widget]:
    """Return the widgets of the page as it fits this screen, placed."""
    theme = look.theme
    margin = theme.space("margin")
    whole = Box(margin, margin, theme.width_px - 2 * margin, theme.height_px - 2 * margin)
    if theme.roomy:
        return Spread(screen).place(whole)
    rows = Rows(screen).place(whole) if _may_be_rows(theme) else []
    if rows and screen.page in ("", YOU):
        return rows
    return Paged(screen, from_rows=bool(rows)).place(whole)


def _may_be_rows(theme: Any) -> bool:
    return bool(theme.portrait and not theme.large and not theme.low)


class Spread(Form):
    """Everything at once: since when and the tag, three cards, and below them the acts."""

    def place(self, whole: Box) -> list[Widget]:
        """Return the widgets, placed."""
        theme = look.theme
        gap = theme.space("gap")
        rest, foot = whole.lower_part(theme.target("primary"), gap)
        head, tag, cards = self._head(rest)
        made = [ThingCard(thing, self.screen.do) for thing in self.view.things]
        even_row(cards, made)
        return [*head, *tag, *made, *self._foot(foot)]

    def _head(self, box: Box) -> tuple[list[Widget], list[Widget], Box]:
        theme = look.theme
        tag = self.tag()
        tall = theme.mm(TAG_MM)
        left = box
        if tag:
            tag_px = tag.hugged_px
            left, place = box.right_part(tag_px, theme.space("gap_columns"))
            Box(place.x, place.y + place.height - tall, tag_px, tall).lay(tag)
        title, below = self.title(left, ("display", "title"))
        since, below = self.since(below)
        lowest = min(since.y, box.y + box.height - tall if tag else since.y)
        cards = Box(box.x, box.y, box.width, lowest - theme.space("gap") - box.y)
        return [title, since], [tag] if tag else [], cards

    def _foot(self, box: Box) -> list[Widget]:
        gap = look.theme.space("gap")
        done, back = self.done(40), self.take_back()
        shown: list[Widget] = [done, *back]
        middle, end = box.right_part(done.width, gap)
        end.lay(done)
        for act in back:
            act.pos = round(box.x), round(box.y)
            middle = Box(box.x + act.width + gap, box.y, middle.width - act.width - gap, box.height)
        if self.question:
            self.question.across(middle)
            shown.append(self.question)
        return shown


class Rows(Form):
    """Standing upright: the tag, the question, and a row for each thing to do."""

    def place(self, whole: Box) -> list[Widget]:
        """Return the widgets, placed; none where there is no room for all of them."""
        theme, gap = look.theme, look.theme.space("row_gap")
        rest, foot = whole.lower_part(theme.target("primary"), gap)
        title, rest = self.title(rest, ("display", "title", "body"))
        since, rest = self.since(rest)
        shown: list[Widget] = [title, since, *self._foot(foot)]
        if tag := self.tag():
            rest, place = rest.upper_part(theme.mm(TAG_MM - 1.6), gap)
            place.lay(tag)
            shown.append(tag)
        if self.question:
            rest, place = rest.upper_part(self.question.height_px(rest.width), gap)
            self.question.down(place)
            shown.append(self.question)
        return [*shown, *self._rows(rest)] if self._room(rest) else []

    def _room(self, box: Box) -> bool:
        return box.height >= len(self.view.things) * look.theme.mm(15.2)

    def _rows(self, box: Box) -> list[Widget]:
        made = []
        tall = min(look.theme.mm(ROW_MM * 1.35), box.height / len(self.view.things))
        for nth, thing in enumerate(self.view.things):
            row = ThingRow(thing)
            Box(box.x, box.y + box.height - (nth + 1) * tall, box.width, tall).lay(row)
            row.bind(on_release=lambda _row, at=nth: self.screen.open(str(at)))
            made.append(row)
        return made

    def _foot(self, box: Box) -> list[Widget]:
        back, done = self.take_back(), self.done()
        left = box.x
        for act in back:
            act.pos = round(left), round(box.y)
            left += act.width + look.theme.space("gap")
        Box(left, box.y, box.x + box.width - left, box.height).lay(done)
        return [*back, done]
