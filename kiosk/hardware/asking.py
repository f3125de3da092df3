"""What a reader that must be asked is asked next: a conversation without a port or a clock.

A PN532 is woken, set up and then asked for a card again and again. What it does not answer in time
is ended and begun anew from waking: it may have lost its power in between.
"""

from typing import Protocol

from kiosk.hardware import pn532
from kiosk.hardware.facts import Answered, CardRead, Fact, PhoneHeld

PATIENCE_S = 0.5
BETWEEN_S = 0.1  # a card is noticed at most this much later; the bus is quiet in between
AFTER_CARD_S = 0.4


class Asker(Protocol):
    """One side of a conversation; times are monotonic seconds."""

    def say(self, now_s: float) -> bytes:
        """Return what to send now, nothing where it is not the time."""

    def hear(self, fact: Fact, now_s: float) -> None:
        """Take what the device said."""

    def due_s(self) -> float:
        """When to ask for ``say`` again."""


_STEPS = (
    (pn532.WAKE_UP + pn532.SET_SAM, pn532.SAM_SET),
    (pn532.WHICH_FIRMWARE, pn532.FIRMWARE_IS),
    (pn532.FEW_RETRIES, pn532.CONFIGURED),
    (pn532.LIST, pn532.LISTED),
    (pn532.RELEASE, pn532.RELEASED),
)
_WAKE, _LIST, _RELEASE = 0, 3, 4


class AskPn532:
    """The conversation with a PN532, from waking on."""

    def __init__(self, now_s: float) -> None:
        self._step, self._due_s, self._asked = _WAKE, now_s, False

    def due_s(self) -> float:
        """When to ask for ``say`` again: the next question, or the end of patience."""
        return self._due_s

    def say(self, now_s: float) -> bytes:
        """Return the next question, or the first again where the last found no answer."""
        if now_s < self._due_s:
            return b""
        given_up = pn532.ACK if self._asked else b""
        if self._asked:
            self._step = _WAKE
        self._asked, self._due_s = True, now_s + PATIENCE_S
        return given_up + _STEPS[self._step][0]

    def hear(self, fact: Fact, now_s: float) -> None:
        """Go on to the next question where this is the answer to the last one."""
        held = isinstance(fact, CardRead | PhoneHeld)
        code = fact.to if isinstance(fact, Answered) else pn532.LISTED if held else None
        if not self._asked or code != _STEPS[self._step][1]:
            return
        pause_s = 0.0
        if self._step == _LIST:
            self._step, pause_s = (_RELEASE, 0.0) if held else (_LIST, BETWEEN_S)
        elif self._step == _RELEASE:
            self._step, pause_s = _LIST, AFTER_CARD_S
        else:
            self._step += 1
        self._asked, self._due_s = False, now_s + pause_s
