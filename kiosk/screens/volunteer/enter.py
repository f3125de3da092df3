"""Who is the volunteer? By their card, or by letters of their name; the PIN comes after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.names import letter_count
from kiosk.hub.people import FEWEST_LETTERS, Tile, find, volunteers_of
from kiosk.screens.here.by_name import HereNameScreen
from kiosk.screens.volunteer.page import fits
from kiosk.screens.volunteer.view import leading_letters
from kiosk.screens.who import holder_of
from kiosk.ui.page import Box
from kiosk.ui.volunteering import HOME
from kiosk.ui.widgets_text import Text
from sync.errors import Refused


class VolunteerEnterScreen(HereNameScreen):
    """``then``: the screen that was wanted; it opens once the PIN was right."""

    def make_body(self) -> None:
        """Letters and tiles; the heading asks for the card first."""
        super().make_body()
        self._then = HOME
        self._hints: Sequence[str] = ("",)
        self.hint = Text(ink="ink2", valign="top")
        self.heading = self.words.say("volunteer.who") if self.theme.roomy else ""

    def on_open(self, typed: str = "", then: str = HOME, **_facts: Any) -> None:
        """Begin, or go on after the look has changed."""
        self._then = then
        super().on_open(typed=typed)

    def _type(self, typed: str) -> None:
        self.typed = typed
        self.field.text = typed.capitalize()
        self.letters.allowed = leading_letters(self.hub, typed)
        self._found = find(self.hub, typed, self.now, volunteers=True)
        enough = letter_count(typed) >= FEWEST_LETTERS
        keys = ["here.nobody"] if enough else ["volunteer.enter_how", "volunteer.enter_short"]
        self._hints = [self.words.say(key) for key in keys]
        self.arrange()

    def place_body(self, box: Box) -> Sequence[Widget]:
        """The sentence in as many words as there is room for."""
        shown = [one for one in super().place_body(box) if one is not self.hint]
        if self.tiles in shown:
            return shown
        tiles = self.tiles
        Box(tiles.x, tiles.y, tiles.width, tiles.height).lay(self.hint)
        return [*shown, *([self.hint] if fits(self.hint, self._hints) else [])]

    def _leave(self, tile: Tile) -> None:
        self.go("volunteer_pin", person=tile.person, then=self._then)

    def on_card(self, uid: str) -> bool:
        """A volunteer's card says who they are; it signs nobody in or out here."""
        try:
            person = holder_of(self.shell, uid)
        except Refused as why:
            self.shell.asking.explain(why)
            return True
        if person in volunteers_of(self.hub):
            self.go("volunteer_pin", person=person.id, then=self._then)
        else:
            self.shell.sentence("volunteer.not_one")
        return True
