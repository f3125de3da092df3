"""I'm here, by name: first letters, then one's own tile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.names import letter_count
from kiosk.hub.people import FEWEST_LETTERS, Tile, find
from kiosk.hub.sign_in import ComeByTile, come_by_tile
from kiosk.screens.here import came
from kiosk.screens.here.view import leading_letters
from kiosk.screens.leaving.by_name import LeavingNameScreen
from kiosk.ui.page import Box


class HereNameScreen(LeavingNameScreen):
    """Everybody the hub knows is found, from two letters on."""

    def _type(self, typed: str) -> None:
        self.typed = typed
        self.field.text = typed.capitalize()
        self.letters.allowed = leading_letters(self.hub, typed)
        self._found = find(self.hub, typed, self.now)
        enough = letter_count(typed) >= FEWEST_LETTERS
        self.hint.say = "here.nobody" if enough else "here.two_letters"
        self.arrange()

    def _leave(self, tile: Tile) -> None:
        ask = ComeByTile(tile.person)
        self.ask(come_by_tile, ask, lambda done: came.show(self.shell, done.result))

    def place_body(self, box: Box) -> Sequence[Widget]:
        """The same letters and tiles; a sentence stands where no tile does."""
        shown = self._letters_and_tiles(box)
        return shown if self._found.tiles else self._hinted(shown)

    def on_refused(self, why: Any) -> bool:
        """The usual dialog says it."""
        return False
