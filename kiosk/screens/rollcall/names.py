"""Roll call with names: who is here, ticked off outside; shown for 30 minutes, and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.roll_call import RollRow, Tick, names_open_until, roll_rows, tick
from kiosk.screens.printing import print_acts
from kiosk.screens.rollcall.pieces import Column, place_rows, say_whole
from kiosk.screens.rollcall.view import (
    NameRow,
    as_before,
    name_rows,
    other_kiosk,
    page_of,
    safe_line,
    safe_short,
)
from kiosk.screens.volunteer.view import who_lines
from kiosk.screens.who import actor_of
from kiosk.ui.acts import across, wide
from kiosk.ui.idle import WARN_AFTER_S
from kiosk.ui.page import Box, Page
from kiosk.ui.theme import DOOR_7_LANDSCAPE
from kiosk.ui.top_row import back_act, tightened
from kiosk.ui.widgets_box import Banner
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text

ROW_MM, LARGE_ROW_MM, BANNER_MM = 15.2, 18.0, 15.4


class RollcallNamesScreen(Page):
    """Rows to tick. While the names are open nobody is sent home for not touching."""

    again = False

    def make_body(self) -> None:
        """A banner, how many are safe, rows in columns, pages."""
        self._rows: tuple[RollRow, ...] = ()
        self._order: tuple[str, ...] = ()
        self._number, self._pages, self._missing_first = 1, 1, True
        self.banner = Banner(kind="urgent", icon="run-fast", lines=2)
        self.way_back = back_act(self)
        self.count = Text(role="display" if self.theme.roomy else "title", weight=700, fit="width")
        self.safe = Text(fit="width")
        self.order = self._act("roll.missing_first", self._turn_round, icon="sort-bool-ascending")
        self.before = self._act("act.before", lambda: self._turn(-1), icon="arrow-left")
        self.next = self._act("act.more", lambda: self._turn(1), icon_end="arrow-right")
        self.more = self._act("act.more", self._go_round)
        self.print: list[Press] = print_acts(self, lambda paper, then: paper.print_roll_call(then))
        self.as_of, self.pages = Text(may_shorten=True, max_lines=1), Text(fit="width")
        lying = not self.theme.portrait and not self.theme.large
        beside = self.theme.roomy or (self.theme.low and lying)
        self.columns = [Column() for _ in range(2 if beside else 1)]

    def _act(self, say: str, does: Any, **signs: str) -> Press:
        signs = signs if self.theme.roomy else {}
        act = Press(say=say, hug=True, size_hint=(None, None), **signs)
        act.height = self.theme.target("secondary")
        act.bind(on_release=lambda *_: does())
        return act

    def on_open(self, **_facts: Any) -> None:
        """Begin with the first page, the missing first."""
        self._number, self._missing_first, self._order = 1, True, ()

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
        self._said = lines[1 if self.theme.large or self.theme.portrait else 0 :]

    def _tell(self, until: str) -> None:
        say = self.words.say
        self.banner.kind, self.banner.icon, self._said = "urgent", "run-fast", ()
        if self.theme.large or self.theme.portrait:
            short = self.theme.large and (self.theme.portrait or self.print)
            key = "roll.until" if short else "roll.open_until"
            self._said = (say(key, time=until),)
        else:
            text = " " + say("roll.recorded", time=until)
            self.banner.parts = [(say("roll.out_now"), "strong"), (text, "text")]

    def _turn(self, by: int) -> None:
        self._number += by
        if self._number <= 1:
            self._order = ()
        self._show()

    def _go_round(self) -> None:
        """In large text one act leads through all pages and to the first again."""
        at_end = self._number >= self._pages
        self._turn(1 - self._number if at_end else 1)

    def _turn_round(self) -> None:
        self._missing_first, self._order = not self._missing_first, ()
        self._show()

    def _tick(self, row: NameRow) -> None:
        self.ask(tick, Tick(row.visit, actor_of(self.shell)))

    def _show(self) -> None:
        first, short = self._missing_first, self.theme.large
        rows = name_rows(self._rows, self.words, missing_first=first, short=short)
        if self._order:  # who moved up would be under the finger of a second tap
            rows = as_before(rows, self._order)
        self._order = tuple(row.visit for row in rows)
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
        printing: list[Press] = []
        if theme.large and not self._counts_above:
            rest, banner, printing = self._large_print(rest, banner)
        self._lay_banner(banner)
        rest, head = rest.upper_part(theme.mm(15.4), gap)
        foot = None
        if theme.roomy or theme.portrait:
            rest, foot = rest.lower_part(theme.mm(15), gap)
        rows = self._page_of_rows(rest)
        over = self._over_names(head)
        turns = self._foot(foot) if foot else self._turns(head, over)[0]
        self._replace([self.banner, *printing, *self._counted(head, over), *rows, *turns])

    def _lay_banner(self, box: Box) -> None:
        """Who is at work, or until when, as fully as is read whole; where it has to, how many."""
        box.lay(self.banner)
        above = f"{self.count.text} · " if self._counts_above else ""
        say_whole(self.banner, [above + said for said in self._said])

    @property
    def _counts_above(self) -> bool:
        """Whether the banner says how many are safe: on a 7" screen large *Print* takes the room."""
        theme = self.theme
        return bool(self.print and theme.large and theme.form == DOOR_7_LANDSCAPE)

    def _large_print(self, rest: Box, banner: Box) -> tuple[Box, Box, list[Press]]:
        """Large words leave *Print* no room among the others: beside the banner, or under all."""
        for act in self.print:
            if self.theme.portrait:
                rest, place = rest.lower_part(act.height, self.theme.space("row_gap"))
            else:
                banner, place = banner.right_part(act.width, self.theme.space("gap"))
            across([act], place.x, place.y + place.height / 2, place.height, 0)
        return rest, banner, self.print

    def _low(self, whole: Box) -> list[Widget]:
        """How many are safe above the middle; names, *Back* and pages below it."""
        theme, gap = self.theme, self.theme.space("row_gap")
        half = theme.height_px / 2 - theme.space("margin")
        lower, upper = whole.upper_part(whole.height - half, 0)
        said, banner = upper.upper_part(theme.mm(18 if theme.large else BANNER_MM), gap)
        self._lay_banner(banner)
        _, line = said.lower_part(theme.mm(15.4), gap)
        self._count_at(line)
        rest, foot = lower.lower_part(theme.mm(15), gap)
        shown = [self.banner, self.count, *self._page_of_rows(rest)]
        beside = [self.way_back, *self.print]
        turns = self._turns(foot, beside)[0]
        across(beside, foot.x, foot.y + foot.height / 2, foot.height, theme.space("gap"))
        return [*shown, *beside, *turns]

    def _page_of_rows(self, box: Box) -> list[Widget]:
        each = self._each(box)
        rows, self._number, self._pages = page_of(self._shown_rows, self._number, each)
        return place_rows(box, self.columns, rows, each, self._tick)

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

    def _over_names(self, box: Box) -> list[Widget]:
        """What stands at the left of the row over the names, as tall as that is."""
        theme = self.theme
        for text in (self.count, self.safe):
            text.settle()
            text.size_hint, text.height = (None, None), box.height
        left: list[Widget] = [self.way_back]
        if not (theme.portrait and theme.large) and not self._counts_above:
            left.append(self.count)
        if theme.form == DOOR_7_LANDSCAPE:
            left += self.print
        return left

    def _counted(self, box: Box, left: list[Widget]) -> list[Widget]:
        """Put them there, and on a large screen the rest of what is counted; return all of it."""
        theme, gap = self.theme, self.theme.space("gap")
        middle = box.y + box.height / 2
        across(left, box.x, middle, box.height, gap)
        if not theme.roomy:
            return left
        x = self.count.right + gap
        self.safe.pos = round(x), round(box.y - theme.mm(1))
        self.order.pos = (
            round(box.x + box.width - self.order.width),
            round(middle - self.order.height / 2),
        )
        has_room = self.safe.right + gap <= self.order.x
        return [*left, *([self.safe] if has_room else []), self.order]

    def _turns(self, box: Box, beside: Sequence[Any] = ()) -> tuple[list[Widget], float]:
        """Put what turns pages at the right of a row; return it, and where it begins.

        beside: what else is in the row. Where there is no room for two, one leads all round.
        """
        gap = self.theme.space("gap")
        one = self.theme.large or (self.theme.low and not self.theme.roomy)
        turns = [] if self._pages < 2 else [self.more] if one else [self.before, self.next]
        if not tightened([*beside, *turns], box.width, gap) and len(turns) > 1:
            turns = [self.more]
            tightened([*beside, *turns], box.width, gap)
        self.before.disabled, self.next.disabled = self._number <= 1, self._number >= self._pages
        x = box.x + box.width - wide(turns, gap)
        across(turns, x, box.y + box.height / 2, box.height, gap)
        return list(turns), x - gap if turns else x

    def _foot(self, box: Box) -> list[Widget]:
        """Pages at the right; at the left *Print*, and as of when another kiosk is known."""
        theme, gap = self.theme, self.theme.space("gap")
        if theme.portrait and theme.large:
            self._count_at(box)
            if self._pages > 1 and not tightened([self.count, self.more], box.width, gap):
                self.count.text = safe_short(self._shown_rows, self.words)
                self._count_at(box)
            return [*self._turns(box, [self.count])[0], self.count]
        shown, x = self._turns(box, self.print)
        across(self.print, box.x, box.y + box.height / 2, box.height, gap)
        left = box.x + wide(self.print, gap) + gap * len(self.print)
        if theme.roomy and shown:
            self.pages.text = self.words.say("page.of", page=self._number, pages=self._pages)
            self.pages.settle()
            self.pages.size_hint, self.pages.height = (None, None), box.height
            x -= self.pages.width
            self.pages.pos = round(x), round(box.y)
            shown.append(self.pages)
        if self.as_of.text and x - left > theme.mm(60):
            Box(left, box.y, x - left - gap, box.height).lay(self.as_of)
            shown.append(self.as_of)
        return [*self.print, *shown]
