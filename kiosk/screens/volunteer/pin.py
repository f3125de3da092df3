"""The PIN of a volunteer: six digits; the sixth asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.actor import VOLUNTEER
from kiosk.hub.codes import CheckCode, CodeAnswer, check_code
from kiosk.hub.errors import TooLow
from kiosk.hub.names import name_of
from kiosk.screens.volunteer.pin_box import PinBox
from kiosk.ui.page import Box, Page
from kiosk.ui.volunteering import HOME


class VolunteerPinScreen(Page):
    """What is typed is wiped with the page, and after each try."""

    again = False

    def make_body(self) -> None:
        """The digits."""
        self.pin = PinBox(self._try)
        self.tall_body = self.pin.is_tall()
        self._person, self._then = "", HOME

    def on_open(self, person: str = "", then: str = HOME, **_facts: Any) -> None:
        """Begin empty; nothing that was typed is kept, not even for another text size."""
        self._person, self._then = person, then
        self._say("volunteer.pin_how")
        self.pin.wipe()

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Whose PIN it is."""
        self.heading = self.words.say("volunteer.pin_of", name=name_of(hub, self._person))

    def on_close(self) -> None:
        """Forget the digits."""
        self.pin.wipe()

    def on_refused(self, why: Any) -> bool:
        """The usual dialog says it; the next try begins empty."""
        self.pin.wipe()
        return False

    def _say(self, key: str, n: int = -1) -> None:
        self.pin.say(key, n)
        self.arrange_soon()

    def _try(self, typed: str) -> None:
        self._say("volunteer.looking")
        self.ask(check_code, CheckCode(self._person, typed), self._answered)

    def _answered(self, done: Any) -> None:
        answer: CodeAnswer = done.result
        self.pin.wipe()
        if not answer.right:
            self._say("volunteer.pin_wrong", answer.tries_left)
        elif answer.by.level < VOLUNTEER:
            self.shell.asking.explain(TooLow(needed=VOLUNTEER))
        else:
            self.shell.volunteering.begin(self._person, self._then)

    def place_body(self, box: Box) -> Sequence[Widget]:
        """The digits and what is said of them."""
        return self.pin.place(box, self.under_heading)
