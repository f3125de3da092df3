"""What a card reader is to the rest of the kiosk: something that calls with a card's number.

The number (UID) identifies somebody. It is handed on once and kept nowhere: not in a log, a
message, an exception or a ``repr``.
"""

from collections.abc import Callable
from typing import Protocol

OnCard = Callable[[str], None]
LONGEST_UID = 32
REPEAT_S = 2.5  # a reader repeats while the card lies on it


class CardSource(Protocol):
    """A reader. ``on_card(uid)`` is called from the source's own thread, never from Kivy's."""

    def start(self, on_card: OnCard) -> None:
        """Begin reading; returns at once, and does not raise where the reader is away."""

    def stop(self) -> None:
        """End reading and give back the port or socket; may be called twice."""


def tidy_uid(text: str) -> str | None:
    """Return a UID as upper-case letters and digits without separators, None if it is none.

    4 to 32 characters: 10 digits of EM4100, 8, 14 or 20 hex digits of ISO 14443, decimal codes of
    keyboard wedges.
    """
    uid = "".join(c for c in text.strip() if c not in " :-").upper()
    whole = 4 <= len(uid) <= LONGEST_UID and uid.isascii() and uid.isalnum()
    return uid if whole else None


class Once:
    """Lets a card through once while it lies on the reader."""

    def __init__(self, repeat_s: float = REPEAT_S) -> None:
        self._repeat_s = repeat_s
        self._last, self._seen_s = "", float("-inf")

    def new(self, uid: str, now_s: float) -> bool:
        """Say whether ``uid`` was presented anew at ``now_s`` (monotonic seconds)."""
        again = uid == self._last and now_s - self._seen_s < self._repeat_s
        self._last, self._seen_s = uid, now_s
        return not again
