"""What is on, today and in the next two weeks, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.notices.rows import (
    LEAST_EM,
    LINE_EM,
    SHORTENS_PX,
    NoticeWords,
    SheetRow,
    cramped,
    inner_px,
)
from kiosk.screens.notices.view import NoticeRow, page
from kiosk.screens.whats_on.view import EventRow, coming_up
from kiosk.ui import kit  # noqa: F401  # Card, Secondary
from kiosk.ui.look import look
from kiosk.ui.page import Box, Page
from kiosk.ui.tiles import READ_MM, ReadRows, Tiles, slots, tile
from kiosk.ui.widgets_box import Card
from kiosk.ui.widgets_text import Icon, Say, Text

ROW_MM = {"door_10": 17.0, "door_7_landscape": 15.4, "door_7_portrait": 17.0}
ROW_LARGE_MM = 26.0


class EventLine(SheetRow):
    """One thing that is on: when, what, where."""

    def __init__(
        self, row: EventRow, when_px: float, ends: tuple[bool, bool], **facts: Any
    ) -> None:
        super().__init__(ends, **facts)
        struck = look.words.say("event.cancelled") if row.cancelled else ""
        self.reads = " ".join(part for part in (row.when, row.title, struck or row.room) if part)
        when = Text(text=row.when, weight=600, ink="ink2" if struck else "meet", fit="width")
        title = NoticeRow(row.id, "news", row.title, row.room, struck)
        if when_px:
            when.fit, when.size_hint_x, when.width = "box", None, when_px
            for part in (when, NoticeWords(title), _arrow()):
                self.add_widget(part)
        else:
            self.add_widget(_stacked(when, title))


def _arrow() -> Icon:
    return Icon(icon="arrow-right", pos_hint={"center_y": 0.5})


def _stacked(when: Text, title: NoticeRow) -> BoxLayout:
    """The time above, and what it is below; where, or that it is off, beside what leaves it room."""
    theme = look.theme
    pad = 0 if theme.large else theme.mm(1)
    column = BoxLayout(orientation="vertical", padding=[0, pad, 0, pad])
    above = BoxLayout(size_hint_y=None, height=round(theme.size("body") * LINE_EM))
    above.spacing = theme.mm(3)
    end = [] if cramped() else [_arrow()]
    room = inner_px() - sum(sign.width + above.spacing for sign in end)
    if when.natural_width() > room:
        when.fit, when.may_shorten = "box", True
    over = room - when.natural_width() - above.spacing
    where = Text(text=title.foreign or title.more, may_shorten=True)
    least = where.natural_width() + SHORTENS_PX if title.foreign else theme.size("body") * LEAST_EM
    beside = [where] if over >= least else []
    # That it is off is never cut: without room for all of it there, it stands at the title.
    foreign = "" if beside else title.foreign
    for part in (when, *(beside or [Widget()]), *end):
        above.add_widget(part)
    for part in (above, NoticeWords(replace(title, more="", foreign=foreign))):
        column.add_widget(part)
    return column


def _read(row: EventRow, when_px: float) -> BoxLayout:
    """Return a row that is only read: when and what, and where while it has room."""
    struck = look.words.say("event.cancelled") if row.cancelled else ""
    line = BoxLayout(spacing=look.theme.mm(3))
    when = Text(text=row.when, weight=600, ink="ink2" if struck else "meet")
    when.size_hint_x, when.width = None, when_px
    line.add_widget(when)
    line.add_widget(NoticeWords(NoticeRow(row.id, "news", row.title, row.room, struck)))
    return line


class WhatsOnScreen(Page):
    """The list. ``page`` counts from 1."""

    first, again = True, False

    def make_body(self) -> None:
        """A sheet of rows, or a sentence where nothing is planned."""
        self._rows: tuple[EventRow, ...] = ()
        self._page, self._pages, self._each = 1, 1, 1
        self.heading = self.words.say("event.title")
        self.sheet = Card(bare=True)
        self.none = BoxLayout(orientation="vertical", spacing=self.theme.mm(3))
        for key, role, weight in (("event.none", "title", 700), ("event.none_why", "body", 400)):
            self.none.add_widget(Say(say=key, role=role, weight=weight, fit="height"))
        self.none.add_widget(Widget())
        self._before, self._more = self._turn("act.before", -1), self._turn("act.more", 1)

    def on_open(self, page: int = 1, **_facts: Any) -> None:
        """Open at a page."""
        self._page = page

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show what is not over."""
        self.clock = self.words.clock(hub.local(now))
        self._rows = coming_up(hub, now, self.words)
        self.arrange()

    def place_body(self, box: Box) -> Sequence[Widget]:
        """As many rows as fit, one page of them."""
        if not self._rows:
            box.lay(self.none)
            return [self.none]
        if self.theme.low:
            return self._place_low(box)
        least = ROW_LARGE_MM if self.theme.large else ROW_MM.get(self.theme.form, 17.0)
        self._each = max(1, int(box.height / self.theme.mm(least)))
        shown = self._turned_to()
        self._fill(shown.rows)
        tall = box.height / self._each * len(shown.rows)
        Box(box.x, box.y + box.height - tall, box.width, tall).lay(self.sheet)
        return [self.sheet]

    def _place_low(self, box: Box) -> Sequence[Widget]:
        """What is on is read above the middle line; a tile for each stands below it."""
        self._each = slots(box.height)
        rows = self._turned_to().rows
        when_px = max(Text(text=row.when, weight=600).natural_width() for row in rows) + 2
        read = ReadRows([_read(row, when_px) for row in rows], READ_MM[self.theme.portrait])
        foot = box.y + box.height + self.theme.space("row_gap")
        Box(box.x, foot, box.width, self.under_heading - foot).lay(read)
        tiles = Tiles([self._tile(row) for row in rows], box.height)
        Box(box.x, box.y + box.height - tiles.height, box.width, tiles.height).lay(tiles)
        return [read, tiles]

    def _tile(self, row: EventRow) -> Any:
        made = tile(row.title)
        made.bind(on_release=lambda *_: self._open(row))
        return made

    def _turned_to(self) -> Any:
        """The page that is shown; where their number changes *Before* and *More* come or go."""
        shown = page(self._rows, self._page, self._each)
        self._page = shown.number
        if shown.pages != self._pages:
            self._pages = shown.pages
            self.arrange_soon()
        return shown

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """Before and More where there is more than one page."""
        if self._pages < 2:
            return (), ()
        self._before.disabled = self._page <= 1
        self._more.disabled = self._page >= self._pages
        return (), (self._before, self._more)

    def _fill(self, rows: Sequence[EventRow]) -> None:
        self.sheet.clear_widgets()
        stacked = self.theme.portrait or self.theme.large
        widest = max(Text(text=row.when, weight=600).natural_width() for row in rows)
        when_px = 0 if stacked else widest + self.theme.mm(2)
        for at, row in enumerate(rows):
            line = EventLine(row, when_px, (at == 0, at + 1 == len(rows)))
            line.bind(on_release=lambda _line, row=row: self._open(row))
            self.sheet.add_widget(line)

    def _open(self, row: EventRow) -> None:
        self.go("event", event=row.event, day=row.day.isoformat())

    def _turn(self, key: str, by: int) -> Any:
        sign = {"icon": "arrow-left"} if by < 0 else {"icon_end": "arrow-right"}
        act = Factory.Secondary(say=key, hug=True, size_hint_x=None, **sign)
        act.bind(on_release=lambda *_: self._step(by))
        return act

    def _step(self, by: int) -> None:
        self._page += by
        self.arrange()
