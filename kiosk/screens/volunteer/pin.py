"""The PIN of a volunteer: six digits; the sixth asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.actor import VOLUNTEER
from kiosk.hub.codes import PIN_DIGITS, CheckCode, CodeAnswer, check_code
from kiosk.hub.errors import TooLow
from kiosk.hub.names import name_of
from kiosk.screens.volunteer.page import fits
from kiosk.screens.volunteer.view import dots
from kiosk.ui.page import Box, Page
from kiosk.ui.pin_pad import PinPad
from kiosk.ui.volunteering import HOME
from kiosk.ui.widgets_field import Field
from kiosk.ui.widgets_text import Text

PAD_MM = 84


class VolunteerPinScreen(Page):
    """What is typed is wiped with the page, and after each try."""

    again = False

    def make_body(self) -> None:
        """A field of dots, a sentence, the digits."""
        self.tall_body = self.theme.form == "door_7_landscape"  # four rows of digits, or two
        self._person, self._then, self._typed = "", HOME, ""
        self._wordings: Sequence[str] = ("",)
        self.field = Field(typed=True, label="PIN")
        self.said = Text(valign="top", size_hint=(None, None))
        self.pad = PinPad()
        self.pad.bind(on_digit=lambda _pad, digit: self._type(self._typed + digit))
        self.pad.bind(on_erase=lambda _pad: self._type(self._typed[:-1]))

    def on_open(self, person: str = "", then: str = HOME, **_facts: Any) -> None:
        """Begin empty; nothing that was typed is kept, not even for another text size."""
        self._person, self._then = person, then
        self._say("volunteer.pin_how")
        self._wipe()

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Whose PIN it is."""
        self.heading = self.words.say("volunteer.pin_of", name=name_of(hub, self._person))

    def on_close(self) -> None:
        """Forget the digits and whose they were."""
        self._wipe()

    def on_refused(self, why: Any) -> bool:
        """The usual dialog says it; the next try begins empty."""
        self._wipe()
        return False

    def _say(self, key: str, n: int = -1) -> None:
        short = f"{key}_short"
        said = self.words.count(key, n) if n >= 0 else self.words.say(key)
        self._wordings = (said, self.words.say(short)) if self.words.has(short) else (said,)
        self.said.weight = 600 if n >= 0 else 400
        self.arrange_soon()

    def _wipe(self) -> None:
        self.pad.resting = False
        self._typed = self.field.text = ""

    def _type(self, typed: str) -> None:
        self._typed = typed
        self.field.text = dots(typed)
        if len(typed) == PIN_DIGITS:
            self.pad.resting = True
            self._say("volunteer.looking")
            self.ask(check_code, CheckCode(self._person, typed), self._answered)

    def _answered(self, done: Any) -> None:
        answer: CodeAnswer = done.result
        self._wipe()
        if not answer.right:
            self._say("volunteer.pin_wrong", answer.tries_left)
        elif answer.by.level < VOLUNTEER:
            self.shell.asking.explain(TooLow(needed=VOLUNTEER))
        else:
            self.shell.volunteering.begin(self._person, self._then)

    # Where things stand --------------------------------------------------------------------

    def place_body(self, box: Box) -> Sequence[Widget]:
        """What is said beside the digits, or above them where the screen stands upright."""
        theme, gap = self.theme, self.theme.space("gap")
        if theme.low and not self.tall_body:
            keys = Box(box.x, box.y, box.width, box.height - theme.mm(1))  # touched a little beyond
            keys.lay(self.pad)
            half = theme.height_px / 2
            said = Box(box.x, half + gap, box.width, self.under_heading - half - gap)
        elif theme.portrait:
            rest, keys = box.lower_part(min(theme.mm(88), box.height * 0.64), gap)
            keys.lay(self.pad)
            said = rest
        else:
            said, keys = box.right_part(theme.mm(PAD_MM), gap)
            keys.lay(self.pad)
        return [self.pad, *self._place_said(said)]

    def _place_said(self, box: Box) -> list[Widget]:
        gap = self.theme.space("row_gap")
        rest, line = box.upper_part(self.theme.target("field"), gap)
        line.lay(self.field)
        rest.lay(self.said)
        return [self.field, *([self.said] if fits(self.said, self._wordings) else [])]
