"""Leaving by name: first letters, then one's own tile; only those who may be here are found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.hub.people import Found, Tile, find
from kiosk.hub.sign_out import LeaveByName, leave_by_name
from kiosk.screens.leaving.view import leading_letters
from kiosk.screens.saved.view import after_leaving
from kiosk.ui.choices import Choice, Choices
from kiosk.ui.keyboard import Keyboard
from kiosk.ui.page import Box, Page
from kiosk.ui.widgets_field import Field
from kiosk.ui.widgets_text import Say

FIELD_MM, LOW_TILES_MM = 34, 62


class LeavingNameScreen(Page):
    """``typed``: the letters so far; wiped with the page."""

    heading_role, typing, tall_body = "title", True, True

    def make_body(self) -> None:
        """A field, *Erase*, tiles, and the letters of a name."""
        self.tall_body = self.tall_body and not self._below_middle
        self.typed, self._found = "", Found()
        self.field = Field(typed=False)
        self.erase = Factory.Secondary(say="act.erase", size_hint=(None, None), hug=True)
        if self.theme.roomy:
            self.erase.icon = "backspace-outline"
        self.erase.bind(on_release=lambda *_: self._type(self.typed[:-1]))
        self.tiles = Choices()
        self.hint = Say(say="leaving.nobody", ink="ink2", valign="top")
        self.letters = Keyboard(kind="names")
        self.letters.bind(on_key=lambda _keys, letter: self._type(self.typed + letter))
        self.letters.bind(on_erase=lambda _keys: self._type(self.typed[:-1]))
        self.heading = self.words.say("leaving.first_letters") if self.theme.roomy else ""

    @property
    def _below_middle(self) -> bool:
        """Letters need more than the lower half of a small screen, or of one with large words."""
        return bool(self.theme.low and self.theme.roomy)

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """In low reach *Erase* stands beside *Back*."""
        return ([self.erase] if self._below_middle else []), []

    def on_open(self, typed: str = "", **_facts: Any) -> None:
        """Begin empty, or with what was typed before the look changed."""
        self.typed = typed

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Who is here may have changed."""
        self._type(self.typed)

    def on_close(self) -> None:
        """Wipe what was typed."""
        self.typed, self._found = "", Found()
        self.field.text = ""

    def kept(self) -> dict[str, Any]:
        """The letters stay when the text size changes."""
        return {"typed": self.typed}

    def _type(self, typed: str) -> None:
        self.typed = typed
        self.field.text = typed.capitalize()
        self.letters.allowed = leading_letters(self.hub, typed, self.now)
        self._found = find(self.hub, typed, self.now, only_here=True)
        self.arrange()

    def _leave(self, tile: Tile) -> None:
        self.ask(leave_by_name, LeaveByName(tile.person), self._left)

    def _left(self, done: Any) -> None:
        self.go("saved", **after_leaving(done.result, self.hub, self.now, self.words))

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Letters and tiles; where no letter leads to anybody, that."""
        shown = self._letters_and_tiles(box)
        self.hint.say = "leaving.nobody" if self.typed else "leaving.nobody_in"
        return shown if self._found.tiles or self.letters.allowed else self._hinted(shown)

    def _hinted(self, shown: Sequence[Widget]) -> Sequence[Widget]:
        """Put the sentence where there is no tile, if there is room for it."""
        Box(*self.tiles.pos, *self.tiles.size).lay(self.hint)
        self.hint.settle()
        without = [one for one in shown if one is not self.tiles]
        fits = self.hint.text_height <= self.tiles.height
        return [*without, self.hint] if fits else without

    def _letters_and_tiles(self, box: Box) -> Sequence[Widget]:
        """Letters below, tiles over them, what was typed on the line above."""
        if self._below_middle:
            return self._low_letters(box)
        theme, gap = self.theme, self.theme.space("row_gap")
        rest, keys = box.lower_part(self.letters.height, gap)
        self.letters.size_hint = (None, None)
        self.letters.width, self.letters.pos = round(keys.width), (round(keys.x), round(keys.y))
        typed = [self.field] if theme.portrait else [self.field, self.erase]
        tiles = self._place_typed(rest)
        one_wide = theme.large and theme.portrait
        two = theme.roomy or theme.portrait or theme.large
        self._show_tiles(tiles, columns=1 if one_wide else 2 if two else 3)
        return [self.letters, *typed, self.tiles]

    def _show_tiles(self, box: Box, *, columns: int) -> None:
        box.lay(self.tiles)
        found = [self._choice(tile) for tile in self._found.tiles]
        self.tiles.show(found, columns=columns, row_mm=15)

    def _low_letters(self, box: Box) -> Sequence[Widget]:
        """Letters and tiles beside each other below the middle, what was typed above it."""
        theme, gap = self.theme, self.theme.space("row_gap")
        rest, tiles = box.right_part(theme.mm(LOW_TILES_MM), theme.space("gap"))
        pad = theme.mm(1)  # keys are touched a little beyond their edge
        self.letters.room, self.letters.size_hint = round(box.height - pad), (None, None)
        self.letters.width = round(rest.width)
        self.letters.pos = round(rest.x), round(rest.y - pad)
        self._show_tiles(tiles, columns=1)
        line = Box(box.x, theme.height_px / 2 + gap, box.width, theme.mm(15))
        line.lay(self.field)
        return [self.letters, self.field, self.tiles]

    def _place_typed(self, rest: Box) -> Box:
        """Put the field on the line of the heading, or beside *Back*; return what is left."""
        theme, gap = self.theme, self.theme.space("gap")
        tall = theme.mm(15)
        if theme.roomy:
            top = self.title_text.y + self.title_text.height / 2
            line = Box(rest.x, top - tall / 2, rest.width, tall)
            rest = Box(rest.x, rest.y, rest.width, line.y - rest.y - theme.space("row_gap"))
        else:
            row, back = self.top_row, self._back_px()
            x = row.x + back + gap
            line = Box(x, row.y + (row.height - tall) / 2, row.width - back - gap, tall)
        if not theme.portrait:
            line, erase = line.right_part(self.erase.width, gap)
            self.erase.pos = round(erase.x), round(erase.y)
        if theme.roomy:
            _, line = line.right_part(theme.mm(FIELD_MM), gap)
        line.lay(self.field)
        return rest

    def _back_px(self) -> float:
        return float(self._ways_back[0].width)

    def _choice(self, tile: Tile) -> Choice:
        icon = "account-circle-outline" if self.theme.roomy else ""
        return Choice(tile.name, lambda: self._leave(tile), icon=icon, ink="ink2")
