"""The widgets of the list of notices: a sheet of rows, one row, and what stands where none is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kivy.factory import Factory
from kivy.graphics import Color, Line, Rectangle, RoundedRectangle
from kivy.properties import ListProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.notices.view import Mark, NoticeRow
from kiosk.ui.look import look
from kiosk.ui.styles import style_of
from kiosk.ui.widgets_box import Card, sign
from kiosk.ui.widgets_flow import ListRow
from kiosk.ui.widgets_text import Icon, Say, Text

SHORTENS_PX = 4.0
LINE_EM, TIGHT_EM = 1.16, 1.03
"""Height of a line of body text that stands alone, and the least of two lines of a title."""
CRAMPED_SIDE_MM = 2.4
LEAST_EM = 1.5
"""Of a text that is cut: with less room it says nothing."""


class KindBadge(BoxLayout):
    """The sign and the word of a kind of notice, in its colour."""

    def __init__(self, mark: Mark, **facts: Any) -> None:
        super().__init__(**facts)
        self.spacing = look.theme.mm(2)
        self._sign = sign(mark.shape or mark.icon, mark.ink)
        self._sign.pos_hint = {"center_y": 0.5}
        self._word = Say(say=mark.say, weight=600, ink=mark.ink, fit="width")
        for part in (self._sign, self._word, Widget()):
            self.add_widget(part)

    @property
    def natural_width(self) -> float:
        """Pixels of the sign and the word."""
        return float(self._sign.width + self.spacing + self._word.natural_width())

    def limit(self, room_px: float) -> None:
        """Be as wide as it needs; the word is shortened where that is more than there is."""
        self.size_hint_x, self.width = None, min(self.natural_width + look.theme.mm(2), room_px)
        if self.natural_width > room_px:
            self._word.fit, self._word.may_shorten = "box", True
            self._word.width = room_px - self._sign.width - self.spacing


def cramped() -> bool:
    """Whether a row has room for hardly more than a kind or a time: upright, in large words."""
    return look.theme.large and look.theme.portrait


def inner_px() -> float:
    """Pixels of a row between its pads, where it goes across the screen."""
    theme = look.theme
    return float(theme.width_px - 2 * theme.space("margin") - 2 * side_px())


def side_px() -> int:
    """The pad at either side of a row."""
    theme = look.theme
    return theme.mm(CRAMPED_SIDE_MM) if cramped() else theme.space("pad_card")


def kind_column(rows: Iterable[NoticeRow]) -> float:
    """Return the width in px that holds the sign and the word of every kind on a page."""
    return max(KindBadge(row.mark).natural_width for row in rows) + look.theme.mm(2)


class SheetRow(ListRow):
    """A row of a sheet of paper with round corners. ends: whether it is the first, the last."""

    def __init__(self, ends: tuple[bool, bool], **facts: Any) -> None:
        self._ends = ends
        super().__init__(first=ends[0], **facts)
        side = side_px()
        self.padding = [side, 0, side, 0]
        self.spacing = look.theme.mm(4)

    def _draw(self, *_: object) -> None:
        """As any row, but inside the round edge of the sheet."""
        theme, hair = look.theme, look.theme.line("hair")
        down = self.state == "down"
        style = style_of("row", pressed=down, disabled=self.disabled, mode=self.mode, chosen=False)
        top, bottom = (max(1, theme.radius() - hair) if end else 0.1 for end in self._ends)
        inner = (self.x + hair, self.y + (hair if self._ends[1] else 0))
        tall = self.height - hair * sum(self._ends)
        self.canvas.before.clear()
        with self.canvas.before:
            Color(*theme.colour(style.fill))
            size = (max(1, self.width - 2 * hair), max(1, tall))
            RoundedRectangle(pos=inner, size=size, radius=[top, top, bottom, bottom])
            if not self._ends[0]:
                Color(*theme.colour("line"))
                Rectangle(pos=(self.x, self.top - hair), size=(self.width, hair))
            if self.by_keypad:
                Color(*theme.colour("meet"))
                ring = theme.line("focus_ring")
                Line(rectangle=(*inner, *size), width=ring / 2)


class NoticeLine(SheetRow):
    """One notice of the list: its kind, its title, and what follows where there is room."""

    def __init__(
        self, row: NoticeRow, kind_px: float, ends: tuple[bool, bool], **facts: Any
    ) -> None:
        super().__init__(ends, **facts)
        self.mode = "urgent" if row.urgent else "normal"
        badge = KindBadge(row.mark)
        arrow = Icon(icon="arrow-right", pos_hint={"center_y": 0.5})
        self.reads = " ".join(part for part in (row.title, row.foreign or row.more) if part)
        if kind_px:
            badge.size_hint_x, badge.width = None, kind_px
            for part in (badge, NoticeWords(row), arrow):
                self.add_widget(part)
        else:
            for part in (_stacked(row, badge), *([] if cramped() else [arrow])):
                self.add_widget(part)


def _stacked(row: NoticeRow, badge: KindBadge) -> Widget:
    """The kind and the language above, the title below."""
    em, large = look.theme.size("body"), look.theme.large
    pad = 0 if large else look.theme.mm(1)
    column = BoxLayout(orientation="vertical", padding=[0, pad, 0, pad])
    above = BoxLayout(size_hint_y=None, height=round(em * (1.05 if large else LINE_EM)))
    badge.limit(inner_px())
    over_px = inner_px() - badge.width
    foreign = row.foreign if over_px > em * LEAST_EM else ""
    for part in (badge, Text(text=foreign, may_shorten=True)):
        above.add_widget(part)
    for part in (above, NoticeWords(replace(row, foreign="", more=""))):
        column.add_widget(part)
    return column


class NoticeWords(Widget):
    """Title in strong; the language where it is another; the first sentence where there is room.

    Kivy shortens one line only, so two lines of a title are two texts.
    """

    def __init__(self, row: NoticeRow, **facts: Any) -> None:
        super().__init__(**facts)
        self._row = row
        self._title = Text(weight=600, may_shorten=True)
        self._second = Text(weight=600, may_shorten=True)
        self._after = Text(text=row.foreign or row.more, may_shorten=True)
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    def _place(self, *_: object) -> None:
        gap, row, width = look.theme.mm(1.8), self._row, self.width
        title_px = self._wide(self._title, row.title)
        after_px = self._wide(self._after, row.foreign or row.more)
        lines = (
            1 if look.theme.roomy else int(self.height / look.theme.size("body") / TIGHT_EM + 0.05)
        )
        shown = [self._title]
        if title_px + gap + after_px <= width or (lines < 2 and row.foreign):
            self._beside(title_px, after_px, gap)
            shown.append(self._after)
        elif lines < 2 or (title_px <= width and max(after_px, 1) > width):
            self._title.pos, self._title.size = self.pos, (width, self.height)
        else:
            shown += self._two_lines(title_px)
        for text in (self._title, self._second, self._after):
            if (text in shown and bool(text.text)) != (text.parent is not None):
                (self.remove_widget if text.parent else self.add_widget)(text)

    def _wide(self, text: Text, words: str) -> float:
        text.text = words
        text.may_shorten = False
        text.size = self.size
        text.settle()
        wide = text.natural_width()
        # Kivy shortens what just fits as well.
        text.may_shorten = wide > self.width - SHORTENS_PX
        return float(wide) + SHORTENS_PX if words else 0.0

    def _beside(self, title_px: float, after_px: float, gap: float) -> None:
        wide = min(title_px, self.width - after_px - gap) if after_px else title_px
        self._title.may_shorten = wide < title_px
        self._title.pos, self._title.size = self.pos, (wide, self.height)
        self._after.pos, self._after.size = (self.x + wide + gap, self.y), (after_px, self.height)

    def _two_lines(self, title_px: float) -> list[Text]:
        """A long title over two lines, else the title and below it what follows."""
        line = min(self.height / 2, look.theme.size("body") * LINE_EM)
        below = self._after
        if title_px > self.width:
            words = self._row.title.split(" ")
            taken = 1
            while (
                taken < len(words)
                and self._wide(self._title, " ".join(words[: taken + 1])) <= self.width
            ):
                taken += 1
            self._title.text = " ".join(words[:taken])
            self._second.text = " ".join([*words[taken:], self._row.foreign]).strip()
            below = self._second
        for text, y in ((self._title, self.center_y), (below, self.center_y - line)):
            text.pos, text.size = (self.x, y), (self.width, line)
        return [below]


class NoticeSheet(Card):
    """A page of rows; ``on_open(id)``."""

    rows = ListProperty()

    def __init__(self, **facts: Any) -> None:
        self.register_event_type("on_open")
        super().__init__(bare=True, **facts)
        self.fbind("rows", self._fill)

    def on_open(self, notice: str) -> None:
        """A row was tapped."""

    def _fill(self, *_: object) -> None:
        self.clear_widgets()
        if not self.rows:
            return
        kind_px = 0 if look.theme.portrait else kind_column(self.rows)
        for at, row in enumerate(self.rows):
            line = NoticeLine(row, kind_px, (at == 0, at + 1 == len(self.rows)))
            line.bind(on_release=lambda _line, notice=row.id: self.dispatch("on_open", notice))
            self.add_widget(line)


class NoNotices(BoxLayout):
    """No notice runs: the four doors, and whom to speak to."""

    sentence = StringProperty()


for _class in (NoticeSheet, NoNotices):
    Factory.register(_class.__name__, cls=_class)
