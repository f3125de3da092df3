"""I'm leaving: everybody's tag on one page, and the ways for those who have none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.hub.sign_out import LeaveByTag, LeaveCounted, leave_by_tag, leave_counted
from kiosk.screens.leaving.pieces import CardHint, Hint, way
from kiosk.screens.leaving.view import TagRow, animals, needs_animals, tag_rows
from kiosk.screens.saved.view import after_leaving
from kiosk.screens.tags import whole
from kiosk.ui.choices import Choice, Choices
from kiosk.ui.page import Box, Page, even_column, even_row

SIDE_MM, WAY_MM, HINT_MM, COMPACT_MM = 58, 24, 22, 16


class LeavingScreen(Page):
    """Choose a tag and you have left. With many tags here the animal is chosen first."""

    first = True

    def make_body(self) -> None:
        """Tags, ways, and what to do without either."""
        self._rows: tuple[TagRow, ...] = ()
        self._animal, self._by_animal = "", False
        self.grid = Choices()
        self._more = Factory.Secondary(say="act.more", icon_end="arrow-right", hug=True)
        self._more.size_hint_x = None
        self._more.bind(on_release=self.grid.turn)
        by_name = way("leaving.by_name", "alphabetical-variant", lambda: self.go("leaving_name"))
        some = way(
            "leaving.some", "account-multiple-minus-outline", lambda: self.go("leaving_some")
        )
        counted = way("leaving.only_counted", "minus-circle-outline", self._counted)
        self._ways = [by_name, some, counted]
        self._card, self._no_tag = CardHint(), Hint(say="leaving.no_tag")
        self.heading = self._title()

    def on_open(self, **_facts: Any) -> None:
        """Begin with all tags."""
        self._animal = ""
        self.grid.begin()

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show the tags of those here now."""
        self.clock = self.words.clock(hub.local(now))
        self._rows = tag_rows(hub, now, self.words)
        self.heading = self._title()
        self.arrange()
        self._fill()

    def back(self) -> None:
        """Go back from one animal to all, else to where this was opened."""
        if self._animal:
            self._choose_animal("")
        else:
            super().back()

    # Acts ----------------------------------------------------------------------------------

    def _leave(self, tag: str) -> None:
        self.ask(leave_by_tag, LeaveByTag(tag), self._left)

    def _counted(self) -> None:
        self.ask(leave_counted, LeaveCounted(1), self._left)

    def _left(self, done: Any) -> None:
        self.go("saved", **after_leaving(done.result, self.hub, self.now, self.words))

    def _choose_animal(self, animal: str) -> None:
        self._animal = animal
        self.grid.begin()
        self._fill()

    def _title(self) -> str:
        if not self._rows:
            return self.words.say("leaving.title")
        return self.words.say("leaving.your_tag" if self.theme.roomy else "leaving.tag")

    # Where things stand --------------------------------------------------------------------

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """In the low half of a small screen *More* stands at the foot: every tile is a tag."""
        low = self._mixed and not self.theme.large
        self.grid.more_elsewhere = low
        return (), [self._more] if low and self.grid.pages > 1 else []

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Two columns on a wide screen; else tags over the ways."""
        theme = self.theme
        if self._mixed:
            pages = self.grid.pages
            box.lay(self.grid)
            self._fill()
            if self.grid.pages != pages:
                self.arrange_soon()
            return [self.grid]
        beside = theme.roomy and not theme.low  # half a screen is too low for a column of ways
        shown = self._in_columns(box) if beside else self._in_rows(box)
        self._fill()
        return [*self._ways, *shown, self.grid]

    def _in_columns(self, box: Box) -> list[Widget]:
        theme = self.theme
        left, side = box.right_part(theme.mm(SIDE_MM), theme.mm(8))
        raised = Box(side.x, side.y, side.width, side.height + theme.size("display") * 1.2)
        ways, hint = raised.lower_part(theme.mm(HINT_MM), theme.space("row_gap"))
        even_column(ways, self._ways, theme.mm(WAY_MM))
        hint.lay(self._card)
        tags, foot = left.lower_part(theme.mm(9), theme.space("row_gap"))
        tags.lay(self.grid)
        foot.lay(self._no_tag)
        return [self._card, self._no_tag]

    def _in_rows(self, box: Box) -> list[Widget]:
        theme = self.theme
        lines = 2 if theme.portrait else 1
        gap = theme.space("row_gap")
        tall = theme.mm(15 if theme.portrait else 18)
        tags, ways = box.lower_part(lines * tall + (lines - 1) * gap, gap)
        tags.lay(self.grid)
        hints = [] if self._rows else self._hinted(tags)
        if lines == 1:
            even_row(ways, self._ways)
            return hints
        upper, lower = ways.lower_part(tall, gap)
        even_row(upper, self._ways[:2])
        even_row(lower, self._ways[2:])
        return hints

    def _hinted(self, box: Box) -> list[Widget]:
        """Where nobody has a tag: that one may just go."""
        place = box.upper_part(min(box.height, self.theme.mm(HINT_MM)), 0)[1]
        place.lay(self._no_tag)
        return [self._no_tag]

    def _fill(self) -> None:
        """Tags, or with many of them their animals; in large text the ways stand among them."""
        theme = self.theme
        columns, row_mm = self._cells()
        slots = self.grid.room_for(columns=columns, row_mm=row_mm)
        few = [row for row in self._rows if not self._animal or row.animal == self._animal]
        many = len(few) > slots or self._mixed
        compact = many and not theme.roomy and not theme.large
        if compact:
            columns, row_mm = 2 if theme.portrait else 4 if theme.low else 3, COMPACT_MM
            slots = self.grid.room_for(columns=columns, row_mm=row_mm)
        by_animal = not self._animal and needs_animals(few, slots) and not self._mixed
        if by_animal:
            choices = [self._animal_choice(one) for one in animals(few, self.words)]
        else:
            choices = [self._tag_choice(row, compact=compact) for row in few]
        if self._mixed:
            choices += [Choice(self._way_words(w, compact=compact), w.act) for w in self._ways]
        stays, self._by_animal = by_animal == self._by_animal, by_animal
        self.grid.show(choices, columns=columns, row_mm=row_mm, stays=stays)

    def _way_words(self, one: Any, *, compact: bool) -> str:
        """What a way says in a cell: the longest in fewer words where cells are narrow."""
        if compact and one is self._ways[-1]:
            return self.words.say("leaving.only_counted_few")
        return str(one.reads)

    def _cells(self) -> tuple[int, float]:
        """Columns and least height of a row in mm."""
        if not self.theme.large:
            return (1 if self.theme.portrait else 3 if self._is_low_band else 2), 19
        if self.theme.portrait:
            return 1, 17
        return 2, 15 if self.theme.low else 21

    @property
    def _mixed(self) -> bool:
        """Whether the ways stand among the tags: where there is no room for both."""
        theme = self.theme
        return bool(theme.large or (theme.low and not theme.roomy))

    @property
    def _is_low_band(self) -> bool:
        """Whether tags are a row across a wide screen."""
        return bool(self.theme.low and self.theme.roomy)

    def _tag_choice(self, row: TagRow, *, compact: bool = False) -> Choice:
        theme = self.theme
        two_lines = not compact and not (theme.large and not theme.roomy)
        alike = [one for one in self._rows if one.words.short == row.words.short]
        words = row.words.short if len(alike) < 2 else whole(row.words, self.words)
        return Choice(
            words,
            lambda: self._leave(row.tag),
            above=row.above(self.words) if two_lines else "",
            icon="" if compact or theme.large else row.words.icon,
            ink=row.words.ink,
            tag=not compact,
        )

    def _animal_choice(self, one: Any) -> Choice:
        if len(one.rows) == 1:
            return self._tag_choice(one.rows[0], compact=not self.theme.roomy)
        icon = "" if self.theme.portrait else one.rows[0].words.icon
        return Choice(one.word, lambda: self._choose_animal(one.animal), icon=icon)
