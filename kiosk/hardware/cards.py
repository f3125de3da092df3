"""What a card reader is to the rest of the kiosk: something that calls with a card's number.

The number (UID) identifies somebody. It is handed on once and kept nowhere: not in a log, a
message, an exception or a ``repr``.
"""

from collections.abc import Callable
from typing import Protocol

from sync.qr_codes import LONGEST, is_code

OnCard = Callable[[str], None]
LONGEST_UID = 32
LONGEST_CODE = LONGEST
REPEAT_S = 2.5  # a reader repeats while the card lies on it


class CardSource(Protocol):
    """A reader. ``on_card(read)`` is called from the source's own thread, never from Kivy's.

    What was read is a card's number, or the text of a code of ours (``sync.qr_codes``).
    """

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


def tidy_read(text: str) -> str | None:
    """Return what was read as a card's number, or one of our own codes as it is; else None."""
    if len(text) <= LONGEST_CODE and is_code(text):
        return text.strip().upper()
    return tidy_uid(text)


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
