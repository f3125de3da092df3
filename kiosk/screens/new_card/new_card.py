"""A card that is new here: by one's name, or as a visitor; nothing of the card is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.uix.widget import Widget

from kiosk.ui.answers import Step, large_answer
from kiosk.ui.page import Box, Page


class NewCardScreen(Page):
    """``go("new_card")``; no number of the card and no hash of it comes here."""

    first = True

    def make_body(self) -> None:
        """Two ways in."""
        self._ways = Step(
            (
                large_answer("card.find", "account-search-outline", lambda: self.go("here_name")),
                large_answer("card.visit", "human-greeting-variant", lambda: self.go("visiting")),
            )
        )
        self.heading = self.words.say("card.new_title")

    def on_open(self, **_facts: Any) -> None:
        """The same for every card."""
        self.arrange()

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Side by side, or one under the other."""
        return self._ways.place(box)
