"""What people type, made fit to keep and to show: one line, or several."""

from __future__ import annotations

import unicodedata

from sync.errors import Refused

LONGEST_NAME = 80
LONGEST_LINE = 120
LONGEST_TEXT = 2000

_JOINERS = "\u200c\u200d"
"""Persian and Indic words, and families of emoji, fall apart without these two."""
_NO_LETTER = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


class TextTooLong(Refused):
    """More was typed than is kept; ``longest`` is how many signs fit."""

    say = "sorry.text_too_long"

    def __init__(self, *, longest: int) -> None:
        super().__init__(f"more than {longest} signs")
        self.longest = longest


class TextMissing(Refused):
    """Something has to be written here."""

    say = "sorry.text_missing"


def line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return one line of typed text without control signs, half letters and needless spaces.

    Signs that turn the direction of reading go as well: a screen sets it by the letters.
    Raises TextTooLong.
    """
    return _measured(" ".join(_letters(text, " ").split()), longest)


def lines(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return several lines, cleaned as ``line`` does; at most one empty line in a row."""
    rows = [" ".join(_letters(row, " ").split()) for row in text.splitlines()]
    kept = [row for n, row in enumerate(rows) if row or (n and rows[n - 1])]
    return _measured("\n".join(kept).strip("\n"), longest)


def name(text: str) -> str:
    """Return a typed name; "" where nothing is left of it. Raises TextTooLong."""
    return line(text, LONGEST_NAME)


def _letters(text: str, instead: str) -> str:
    return unicodedata.normalize(
        "NFC",
        "".join(
            sign
            if sign in _JOINERS or unicodedata.category(sign) not in _NO_LETTER
            else (instead if sign.isspace() else "")
            for sign in text
        ),
    )


def _measured(text: str, longest: int) -> str:
    if len(text) > longest:
        raise TextTooLong(longest=longest)
    return text
