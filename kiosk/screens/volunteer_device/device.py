"""*This screen*: how the device fares, a page of lines at a time, and restarting it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.light.now import light_now
from kiosk.screens.volunteer.questions import VolunteerQuestions
from kiosk.screens.volunteer_device.view import (
    DeviceLine,
    fact_lines,
    network_lines,
    printer_lines,
    refusal_lines,
    sending_lines,
)
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.widgets_text import Text


class VolunteerDeviceScreen(VolunteerQuestions):
    """What takes the disk to know is asked for when the page opens, and shown once it is known."""

    def make_body(self) -> None:
        """Lines, *More*, *Restart* with a second question."""
        self._facts: Any = None
        self._lines: Sequence[DeviceLine] = ()
        self._page, self._is_sure = 0, False
        self.heading = self.words.say("device.title")
        self._rows = BoxLayout(orientation="vertical")
        self._more = self.act("act.more", self._turn, icon="arrow-right")
        self._restart = self.act("device.restart", self._again, icon="restart")
        self._wifi = self.act("device.wifi", lambda: self.go("wifi"), icon="wifi")

    def on_open(self, page: int = 0, **_facts: Any) -> None:
        """Begin with the first page, and look."""
        self._page, self._is_sure, self._restart.say = page, False, "device.restart"
        around = self.shell.around
        around.desk.aside(around.device).add_done_callback(
            lambda told: around.call(lambda: self._found(told))
        )
        if around.wifi is not None:
            around.wifi.look(self._looked)

    def kept(self) -> dict[str, Any]:
        """Which page it is."""
        return {"page": self._page}

    def _found(self, told: Any) -> None:
        if told.exception() is None:
            self._facts = told.result()
            if self.shell.screen is self:
                self.on_snapshot(self.hub, self.now)

    def _looked(self) -> None:
        if self.shell.screen is self:
            self.on_snapshot(self.hub, self.now)

    def show(self, hub: Any, now: datetime) -> None:
        """How it stands now."""
        words, local = self.words, hub.local
        refusals, paper = self.shell.around.sync.refusals(), self.shell.around.paper
        facts = fact_lines(self._facts, now, words, local) if self._facts else ()
        wifi = self.shell.around.wifi
        self._lines = (
            *sending_lines(light_now(self.shell, now), words, local),
            *network_lines(wifi.seen if wifi else None, words),
            *refusal_lines(refusals, words, local, now),
            *printer_lines(paper.stands if paper else None, words),
            *facts,
        )

    def _turn(self) -> None:
        self._page += 1
        self.arrange()

    def _again(self) -> None:
        """Restart once it was said twice."""
        if self._is_sure:
            self.shell.around.restart()
        self._is_sure, self._restart.say = True, "device.restart_sure"
        self.arrange()

    # Where things stand --------------------------------------------------------------------

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """Restarting and Wi-Fi left, more lines right."""
        wifi = self.shell.around.wifi
        has_wifi = wifi is not None and wifi.seen is not None and wifi.seen.has_wifi
        return [self._restart, self._wifi] if has_wifi else [self._restart], [self._more]

    def place_body(self, box: Box) -> Sequence[Widget]:
        """As many lines as can be read; *More* goes round."""
        theme = self.theme
        if theme.low:
            y = theme.height_px / 2 + theme.mm(12)
            box = Box(box.x, y, box.width, max(theme.mm(10), self.under_heading - y))
        pages = _paged([_row(line, box.width) for line in self._lines], box.height)
        self._more.disabled = len(pages) < 2
        shown = pages[self._page % len(pages)] if pages else []
        self._rows.clear_widgets()
        for row in shown:
            self._rows.add_widget(row)
        tall = sum(row.height for row in shown)
        Box(box.x, box.y + box.height - tall, box.width, tall).lay(self._rows)
        return [self._rows]


def _row(line: DeviceLine, wide: float) -> BoxLayout:
    """What it is over how it is, or beside it where there is room."""
    theme = look.theme
    beside = not theme.portrait and not theme.large
    row = BoxLayout(orientation="horizontal" if beside else "vertical", size_hint_y=None)
    what = Text(text=line.what, ink="ink2", size_hint=(None, None), fit="height")
    how = Text(text=line.how, ink=line.ink, weight=600, size_hint=(None, None), fit="height")
    what.width = round(wide * 0.34 if beside else wide)
    how.width = round(wide * 0.66 if beside else wide)
    for text in (what, how):
        text.settle()
        row.add_widget(text)
    tall = max(what.height, how.height) if beside else what.height + how.height
    row.height = round(tall + theme.mm(2))
    what.pos_hint = how.pos_hint = {"top": 1} if beside else {}
    return row


def _paged(rows: Sequence[Any], tall: float) -> list[list[Any]]:
    """Return rows in pages that are no higher than ``tall``; one row a page at least."""
    pages: list[list[Any]] = []
    left = 0.0
    for row in rows:
        if not pages or row.height > left:
            pages.append([])
            left = tall
        pages[-1].append(row)
        left -= row.height
    return pages
