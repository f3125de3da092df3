"""Roll call with names: who is here, ticked off outside; shown for 30 minutes, and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.hub.roll_call import RollRow, Tick, names_open_until, roll_rows, tick
from kiosk.screens.rollcall.pieces import tick_row
from kiosk.screens.rollcall.view import NameRow, name_rows, other_kiosk, page_of, safe_line
from kiosk.screens.volunteer.view import who_lines
from kiosk.screens.who import actor_of
from kiosk.ui.idle import WARN_AFTER_S
from kiosk.ui.page import Box, Page
from kiosk.ui.top_row import back_act
from kiosk.ui.widgets_box import Banner, Card
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text

ROW_MM, LARGE_ROW_MM, BANNER_MM = 15.2, 18.0, 15.4


class RollcallNamesScreen(Page):
    """Rows to tick. While the names are open nobody is sent home for not touching."""

    again = False

    def make_body(self) -> None:
        """A banner, how many are safe, rows in columns, pages."""
        self._rows: tuple[RollRow, ...] = ()
        self._number, self._pages, self._missing_first = 1, 1, True
        self.banner = Banner(kind="urgent", icon="run-fast", lines=2)
        self.way_back = back_act(self)
        self.count = Text(role="display" if self.theme.roomy else "title", weight=700, fit="width")
        self.safe = Text(fit="width")
        self.order = self._act("roll.missing_first", self._turn_round, icon="sort-bool-ascending")
        self.before = self._act("act.before", lambda: self._turn(-1), icon="arrow-left")
        self.next = self._act("act.more", lambda: self._turn(1), icon_end="arrow-right")
        self.more = self._act("act.more", self._go_round)
        self.as_of, self.pages = Text(may_shorten=True, max_lines=1), Text(fit="width")
        lying = not self.theme.portrait and not self.theme.large
        beside = self.theme.roomy or (self.theme.low and lying)
        self.columns = [_Column() for _ in range(2 if beside else 1)]

    def _act(self, say: str, does: Any, **signs: str) -> Press:
        signs = signs if self.theme.roomy else {}
        act = Press(say=say, hug=True, size_hint=(None, None), **signs)
        act.height = self.theme.target("secondary")
        act.bind(on_release=lambda *_: does())
        return act

    def on_open(self, **_facts: Any) -> None:
        """Begin with the first page, the missing first."""
        self._number, self._missing_first = 1, True

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show who is here and who is safe; go when the half hour is over."""
        until = names_open_until(hub, now)
        if until is None and not self.shell.session.volunteer:
            self._rows = ()
            self.rest()
            return
        # A volunteer's page of names closes as every page does; an open roll call stays.
        self.warn_after_s = None if until else WARN_AFTER_S
        self._rows = roll_rows(hub, now)
        self.as_of.text = other_kiosk(hub, now, self.words)
        if until:
            self._tell(self.words.clock(hub.local(until)))
        else:
            self._tell_volunteer(hub)
        self._show()

    def on_close(self) -> None:
        """Names are nowhere but on this page."""
        self._rows = ()
        for column in self.columns:
            column.show([])

    def _tell_volunteer(self, hub: Any) -> None:
        mode = self.shell.volunteering
        lines = who_lines(hub, mode.person, mode.minutes, self.words)
        self.banner.kind, self.banner.icon, self.banner.parts = "wait", "timer-outline", []
        self.banner.text = lines[1 if self.theme.large or self.theme.portrait else 0]

    def _tell(self, until: str) -> None:
        say = self.words.say
        self.banner.kind, self.banner.icon = "urgent", "run-fast"
        if self.theme.large or self.theme.portrait:
            key = "roll.until" if self.theme.large and self.theme.portrait else "roll.open_until"
            self.banner.text = say(key, time=until)
        else:
            text = " " + say("roll.recorded", time=until)
            self.banner.parts = [(say("roll.out_now"), "strong"), (text, "text")]

    def _turn(self, by: int) -> None:
        self._number += by
        self._show()

    def _go_round(self) -> None:
        """In large text one act leads through all pages and to the first again."""
        at_end = self._number >= self._pages
        self._turn(1 - self._number if at_end else 1)

    def _turn_round(self) -> None:
        self._missing_first = not self._missing_first
        self._show()

    def _tick(self, row: NameRow) -> None:
        self.ask(tick, Tick(row.visit, actor_of(self.shell)))

    def _show(self) -> None:
        short = self.theme.large
        first = self._missing_first
        rows = name_rows(self._rows, self.words, missing_first=first, short=short)
        self.count.text, self.safe.text = safe_line(rows, self.words)
        self.order.say = "roll.missing_first" if not self._missing_first else "roll.as_they_came"
        self._shown_rows = rows
        self.arrange()

    # Where things stand --------------------------------------------------------------------

    def arrange(self, *_: Any) -> None:
        """The banner on top, what is safe, the rows, the pages."""
        if not hasattr(self, "_shown_rows"):
            return
        theme, gap = self.theme, self.theme.space("row_gap")
        margin = theme.space("margin")
        whole = Box(margin, margin, theme.width_px - 2 * margin, theme.height_px - 2 * margin)
        if theme.low:
            self._replace(self._low(whole))
            return
        banner_mm = BANNER_MM if not theme.large else 28 if theme.portrait else 18
        rest, banner = whole.upper_part(theme.mm(banner_mm), gap)
        banner.lay(self.banner)
        rest, head = rest.upper_part(theme.mm(15.4), gap)
        foot = None
        if theme.roomy or theme.portrait:
            rest, foot = rest.lower_part(theme.mm(15), gap)
        shown = [self.banner, *self._counted(head), *self._page_of_rows(rest)]
        turns = self._foot(foot, self._pages) if foot else self._turns(head, self._pages)[0]
        self._replace([*shown, *turns])

    def _low(self, whole: Box) -> list[Widget]:
        """How many are safe above the middle; names, *Back* and pages below it."""
        theme, gap = self.theme, self.theme.space("row_gap")
        half = theme.height_px / 2 - theme.space("margin")
        lower, upper = whole.upper_part(whole.height - half, 0)
        said, banner = upper.upper_part(theme.mm(18 if theme.large else BANNER_MM), gap)
        banner.lay(self.banner)
        _, line = said.lower_part(theme.mm(15.4), gap)
        self._count_at(line)
        rest, foot = lower.lower_part(theme.mm(15), gap)
        shown = [self.banner, self.count, *self._page_of_rows(rest)]
        self.way_back.pos = round(foot.x), round(foot.y)
        return [*shown, self.way_back, *self._turns(foot, self._pages)[0]]

    def _page_of_rows(self, box: Box) -> list[Widget]:
        each = self._each(box)
        rows, self._number, self._pages = page_of(self._shown_rows, self._number, each)
        return self._place_rows(box, rows, each)

    def _count_at(self, box: Box) -> None:
        self.count.settle()
        self.count.size_hint, self.count.height = (None, None), box.height
        self.count.pos = round(box.x), round(box.y)

    def _replace(self, shown: Sequence[Widget]) -> None:
        self.clear_widgets()
        for widget in shown:
            self.add_widget(widget)

    def _each(self, box: Box) -> int:
        row_px = self.theme.mm(LARGE_ROW_MM if self.theme.large else ROW_MM)
        return max(1, int(box.height // row_px)) * len(self.columns)

    def _counted(self, box: Box) -> list[Widget]:
        gap = self.theme.space("gap")
        middle = box.y + box.height / 2
        self.way_back.pos = round(box.x), round(middle - self.way_back.height / 2)
        self.order.pos = (
            round(box.x + box.width - self.order.width),
            round(middle - self.order.height / 2),
        )
        self.count.settle()
        self.count.height = self.safe.height = box.height
        self.count.size_hint = self.safe.size_hint = (None, None)
        x = box.x + self.way_back.width + gap * (3 if self.theme.roomy else 1)
        self.count.pos = round(x), round(box.y)
        if self.theme.portrait and self.theme.large:
            return [self.way_back]
        if not self.theme.roomy:
            return [self.way_back, self.count]
        self.safe.pos = round(x + self.count.width + gap), round(box.y - self.theme.mm(1))
        return [self.way_back, self.count, self.safe, self.order]

    def _place_rows(self, box: Box, rows: Sequence[NameRow], each: int) -> list[Widget]:
        half = -(-each // len(self.columns))
        gap = self.theme.space("gap_columns")
        wide = (box.width - gap * (len(self.columns) - 1)) / len(self.columns)
        shown: list[Widget] = []
        for nth, column in enumerate(self.columns):
            mine = rows[nth * half : (nth + 1) * half]
            column.show([tick_row(row, self._tick, first=not at) for at, row in enumerate(mine)])
            tall = box.height * len(mine) / half
            x = box.x + nth * (wide + gap)
            Box(x, box.y + box.height - tall, wide, tall).lay(column)
            if mine:
                shown.append(column)
        return shown

    def _turns(self, box: Box, pages: int) -> tuple[list[Widget], float]:
        """Put what turns pages at the right of a box; return it, and where it begins."""
        gap = self.theme.space("gap")
        one = self.theme.large or (self.theme.low and not self.theme.roomy)
        turns = [] if pages < 2 else [self.more] if one else [self.before, self.next]
        self.before.disabled, self.next.disabled = self._number <= 1, self._number >= pages
        x = box.x + box.width
        for act in reversed(turns):
            x -= act.width
            act.pos = round(x), round(box.y + (box.height - act.height) / 2)
            x -= gap
        return list(turns), x

    def _foot(self, box: Box, pages: int) -> list[Widget]:
        """Pages at the right; at the left as of when another kiosk is known."""
        shown, x = self._turns(box, pages)
        if self.theme.portrait and self.theme.large:
            self._count_at(box)
            return [*shown, self.count]
        if self.theme.roomy and shown:
            self.pages.text = self.words.say("page.of", page=self._number, pages=pages)
            self.pages.settle()
            self.pages.size_hint, self.pages.height = (None, None), box.height
            x -= self.pages.width
            self.pages.pos = round(x), round(box.y)
            shown.append(self.pages)
        if self.as_of.text and x - box.x > self.theme.mm(60):
            Box(box.x, box.y, x - box.x - self.theme.space("gap"), box.height).lay(self.as_of)
            shown.append(self.as_of)
        return shown


class _Column(Card):
    """Rows of one column."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(bare=True, **facts)

    def show(self, rows: Sequence[BoxLayout]) -> None:
        """Show these rows in equal heights."""
        self.clear_widgets()
        for row in rows:
            self.add_widget(row)
