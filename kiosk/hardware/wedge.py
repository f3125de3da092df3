"""Keyboard-wedge readers: they type a card's number and Enter, faster than any person.

A pure decoder: keys and their times in, card numbers out. Typing slower than ``GAP_S`` a key is a
person's and is never taken for a card. What it holds is dropped as soon as it cannot be a card.
"""

from dataclasses import dataclass, replace

from kiosk.hardware.cards import LONGEST_CODE, LONGEST_UID, OnCard, tidy_read
from sync.qr_codes import CARD, LEAVE

GAP_S = 0.05  # readers type a key each 2 to 20 ms; the quickest typists need 60 ms on average
LEAST_KEYS = 4
_UID_KEYS = frozenset("0123456789ABCDEFabcdef:-")


@dataclass(frozen=True)
class Burst:
    """Keys typed fast one after another, and when the last one came (monotonic seconds)."""

    keys: str = ""
    last_s: float = float("-inf")
    spoiled: bool = False  # something else was among them: no card until there is a pause

    def __repr__(self) -> str:
        return f"Burst({len(self.keys)} keys)"  # what was typed may be a card's number


def feed(burst: Burst, key: str, now_s: float) -> tuple[Burst, str | None]:
    """Take one key (a carriage return for Enter) and return what is pending, and a UID once it is whole."""
    if now_s - burst.last_s > GAP_S:
        burst = Burst()
    if key in ("\r", "\n"):
        return Burst(), tidy_read(burst.keys) if len(burst.keys) >= LEAST_KEYS else None
    if burst.spoiled or not _may_be(burst.keys + key):
        return Burst("", now_s, spoiled=True), None
    return replace(burst, keys=burst.keys + key, last_s=now_s), None


def _may_be(keys: str) -> bool:
    """Say whether keys may be the beginning of a card's number, or of a code of ours."""
    if len(keys) <= LONGEST_UID and _UID_KEYS.issuperset(keys):
        return True
    said = keys.upper()
    begun = any(said.startswith(code) or code.startswith(said) for code in (LEAVE, CARD))
    return begun and said.isascii() and said.isalnum() and len(said) <= LONGEST_CODE


def pending(burst: Burst) -> bool:
    """Say whether keys have come so fast that a reader must be typing them."""
    return len(burst.keys) >= 2


class WedgeSource:
    """A ``CardSource`` fed with the keys that the window receives; no thread of its own."""

    def __init__(self) -> None:
        self._burst = Burst()
        self._on_card: OnCard | None = None

    def start(self, on_card: OnCard) -> None:
        """Hand cards to ``on_card``, in the thread that types the keys."""
        self._on_card = on_card

    def stop(self) -> None:
        """Drop what was typed."""
        self._burst, self._on_card = Burst(), None

    def key(self, key: str, now_s: float) -> bool:
        """Take a key of the window; True where it is a reader's and nobody else may have it."""
        was = pending(self._burst)
        self._burst, uid = feed(self._burst, key, now_s)
        if uid is not None and self._on_card is not None:
            self._on_card(uid)
        return uid is not None or was or pending(self._burst)
