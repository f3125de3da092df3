"""Why today? A reason, a name if one likes, whether it is the first time; then in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.hub.sign_in import (
    ComeTogether,
    ComeVisiting,
    Said,
    come_together,
    come_visiting,
)
from kiosk.screens.here import came
from kiosk.screens.here.naming import NameWriting
from kiosk.screens.here.view import Reason, agreement_words, reasons
from kiosk.ui.choices import page_of
from kiosk.ui.page import Box, Page, even_row
from kiosk.ui.widgets_press import Press

CHIP_MM, LARGE_CHIP_MM, TALLEST_CHIP_MM = 16, 26, 28


class VisitingScreen(Page):
    """``grown_ups`` and ``children`` are given where a family or group comes."""

    heading_role = "title"

    def make_body(self) -> None:
        """Chips, *Add my name*, *My first time*, *Done*; a field and letters for the name."""
        self.grown_ups = self.children_coming = self._page = 0
        self._reason, self._name, self._writes = "", "", False
        self._asks_agreement = False
        self._reasons: tuple[Reason, ...] = ()
        self._chips: list[Press] = []
        self.add_name = self._extra("here.add_name", "pencil-outline", self._write)
        self.first_time = self._extra("here.first_time", "human-greeting-variant", self._first)
        self.agree = self._extra("here.agreement", "account-heart-outline", self._agreement)
        self.done = Factory.Primary(say="act.done", icon_end="check", size_hint=(None, None))
        self.done.bind(on_release=lambda *_: self._done())
        self.more = Factory.Secondary(say="act.more", icon_end="arrow-right", hug=True)
        self.more.size_hint, self._more_pages = (None, None), False
        self.more.bind(on_release=lambda *_: self._turn())
        self.writing = NameWriting(self._kept)
        self._name_buttons()

    def _extra(self, say: str, icon: str, act: Any) -> Press:
        theme = self.theme
        extra = Press(
            kind="chip", say=say, icon=icon if theme.roomy else "", size_hint=(None, None)
        )
        extra.align = "left"
        extra.bind(on_release=lambda *_: act())
        return extra

    def on_open(self, **facts: Any) -> None:
        """Begin with nothing chosen, or as it was before the look changed."""
        self.grown_ups = facts.get("grown_ups", 0)
        self.children_coming = facts.get("children", 0)
        self._reason, self._name = facts.get("reason", ""), facts.get("name", "")
        self.first_time.chosen = facts.get("first_time", False)
        self.agree.chosen = facts.get("agreed", False)
        self._writes, self._page = False, 0
        self._name_buttons()

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """The hub's reasons."""
        self.writing.letters.languages = list(hub.hub.languages)
        self._reasons = reasons(hub, self.words)
        theme = self.theme
        tight = theme.large and not theme.portrait and not theme.roomy
        self.heading = "" if self._writes or tight else self.words.say("here.why")
        wide_enough = theme.roomy or (theme.portrait and not theme.large)
        self.top_row.again = wide_enough or not self._writes
        self.tall_body = self._writes
        self._asks_agreement = self.is_group and agreement_words(hub, now, self.words) is not None
        self.arrange()

    def on_close(self) -> None:
        """Wipe the name."""
        self._name = self.writing.name = ""

    @property
    def is_written_on(self) -> bool:
        """Whether a name is being typed, or was."""
        return self._writes or bool(self._name)

    def kept(self) -> dict[str, Any]:
        """Everything chosen so far."""
        return {
            "grown_ups": self.grown_ups,
            "children": self.children_coming,
            "reason": self._reason,
            "name": self._name,
            "first_time": bool(self.first_time.chosen),
            "agreed": bool(self.agree.chosen),
        }

    @property
    def is_group(self) -> bool:
        """Whether more than one come together."""
        return self.grown_ups + self.children_coming > 0

    # Acts ----------------------------------------------------------------------------------

    def _choose(self, reason: str) -> None:
        self._reason = "" if reason == self._reason else reason
        for chip in self._chips:
            chip.chosen = chip.reason == self._reason

    def _first(self) -> None:
        self.first_time.chosen = not self.first_time.chosen

    def _agreement(self) -> None:
        self.go("agreement", group=self.kept())

    def _done(self) -> None:
        said: Said = "yes" if self.agree.chosen else ""
        new_here = bool(self.first_time.chosen)
        if self.is_group:
            group = ComeTogether(self.grown_ups, self.children_coming, self._reason, new_here, said)
            self.ask(come_together, group, self._came, button=self.done)
        else:
            one = ComeVisiting(self._reason, self._name, new_here)
            self.ask(come_visiting, one, self._came, button=self.done)

    def _came(self, done: Any) -> None:
        came.show(self.shell, done.result)

    # A name --------------------------------------------------------------------------------

    def _write(self) -> None:
        self._writes = True
        self.writing.name = self._name
        self.on_snapshot(self.hub, self.now)

    def _kept(self) -> None:
        self._name, self._writes = self.writing.name, False
        self._name_buttons()
        self.on_snapshot(self.hub, self.now)

    def _name_buttons(self) -> None:
        """Who wrote a name reads it where it was asked for."""
        name = self._name.strip()
        self.add_name.say, self.add_name.text = "" if name else "here.add_name", name
        self.add_name.chosen = self.add_name.may_shorten = bool(name)
        self.add_name.lines = 1 if name else 2

    def back(self) -> None:
        """Go back from writing to the reasons, else to where this was opened."""
        if self._writes:
            self._kept()
        else:
            super().back()

    # Where things stand --------------------------------------------------------------------

    @property
    def _crowded(self) -> bool:
        """Whether *Add my name* and the others stand among the reasons."""
        theme = self.theme
        return theme.large or (theme.low and not theme.roomy)

    @property
    def _more_at_foot(self) -> bool:
        """Whether *More* stands beside *Done*: where few reasons have room on a page."""
        return bool(self.theme.large or (self.theme.low and not self.theme.roomy))

    def _pages_follow(self) -> bool:
        """Whether not all reasons can stand on one page: where few fit they never do."""
        return len(self._reasons) > 1

    def _extras(self) -> list[Press]:
        # In low reach there is no room for letters: who wants to write a name reaches higher.
        named = [] if self.is_group or self.theme.low else [self.add_name]
        return [*([self.agree] if self._asks_agreement else named), self.first_time]

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """*Done*, and beside it what may be said as well."""
        theme = self.theme
        if self._writes:
            return (), []
        across = theme.width_px - 2 * theme.space("margin")
        upright = theme.portrait and not theme.low and not theme.large
        done_mm = 39 if theme.portrait else 48 if theme.roomy else 43
        self.done.width = across if upright else theme.mm(done_mm)
        extras = self._extras() if not theme.portrait and not self._crowded else []
        if self._more_at_foot:
            self.more.height, self.done.icon_end = theme.mm(20), ""
            self.done.width = self.done.hugged_width(1)
            return [self.more] if self._pages_follow() else [], [self.done]
        for extra in extras:
            extra.size = theme.mm(62 if theme.roomy else 47), theme.mm(20)
        return extras, [self.done]

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Chips, or the letters of a name."""
        if self._writes:
            return self.writing.place(box, self._beside_back())
        theme = self.theme
        shown: list[Widget] = []
        if theme.portrait and not self._crowded:
            box, row = box.lower_part(theme.mm(CHIP_MM), theme.space("row_gap"))
            shown += self._extras()
            even_row(row, shown)
        columns = 1 if theme.portrait or theme.large else 3
        if theme.portrait and theme.low:
            columns = (
                2  # two rows of acts leave room for one of reasons: its words take three lines
            )
        return [*shown, *self._place_chips(box, columns)]

    def _beside_back(self) -> Box | None:
        theme, row = self.theme, self.top_row
        if theme.roomy or theme.portrait:
            return None
        x = max(way.right for way in row.children) + theme.space("gap")
        tall = theme.mm(15)
        return Box(x, row.y + (row.height - tall) / 2, row.right - x, tall)

    def _place_chips(self, box: Box, columns: int) -> list[Press]:
        theme = self.theme
        gap, between = theme.space("gap"), theme.space("row_gap")
        least = theme.mm(LARGE_CHIP_MM if theme.large and theme.portrait else CHIP_MM)
        rows = max(1, int((box.height + between) // (least + between)))
        extras = self._extras() if self._crowded else []
        cells = [self._chip(one) for one in self._reasons]
        self._chips = list(cells)
        cells, more = self._on_page([*cells, *extras], rows * columns)
        if more and not self._more_at_foot:
            cells.append(self.more)
        used = max(1, -(-len(cells) // columns))
        wide = (box.width - gap * (columns - 1)) / columns
        tall = min((box.height - between * (used - 1)) / used, theme.mm(TALLEST_CHIP_MM))
        for nth, cell in enumerate(cells):
            row, column = divmod(nth, columns)
            top = box.y + box.height - row * (tall + between)
            Box(box.x + column * (wide + gap), top - tall, wide, tall).lay(cell)
            _sign_and_check(cell)
        if columns > 2 and any(_clipped_when_chosen(cell) for cell in self._chips):
            return self._place_chips(box, columns - 1)
        return cells

    def _on_page(self, cells: list[Press], slots: int) -> tuple[list[Press], bool]:
        """The chips of this page; where *More* stands at the foot it takes no place."""
        self._more_pages = len(cells) > slots
        if not self._more_at_foot:
            return page_of(cells, slots, self._page)
        pages = -(-len(cells) // slots)
        start = self._page % pages * slots
        return cells[start : start + slots], self._more_pages

    def _chip(self, reason: Reason) -> Press:
        chip = Press(kind="chip", text=reason.words, icon=reason.icon, align="left")
        chip.lines = 3 if self.theme.low and not self.theme.roomy else 2
        chip.size_hint, chip.reason = (None, None), reason.key
        chip.chosen = reason.key == self._reason
        chip.bind(on_release=lambda *_: self._choose(reason.key))
        return chip

    def _turn(self) -> None:
        self._page += 1
        self.arrange()


def _sign_and_check(chip: Press) -> None:
    """A chip too narrow for both has one at a time; words go before signs where not even that fits."""
    if _clipped_when_chosen(chip):
        chip.check_leads = True
    if _clipped_when_chosen(chip) or chip.is_clipped:
        chip.icon, chip.check_leads = "", False


def _clipped_when_chosen(chip: Press) -> bool:
    was, chip.chosen = chip.chosen, chip.chosen or chip.kind == "chip"
    clipped = bool(chip.is_clipped)
    chip.chosen = was
    return clipped
