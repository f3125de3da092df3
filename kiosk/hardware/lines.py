"""Lines of text ended by CR, LF or CRLF, whichever a device was set to; no empty ones.

A line that is too long or holds what cannot be printed says nothing until its end has passed: half
of a code is another code.
"""

import re

from kiosk.hardware.facts import Fact
from kiosk.hardware.frames import Read

LONGEST_LINE = 255
_ENDS = re.compile(rb"[\r\n]")


class Lines:
    """A ``Codec`` of lines; ``read`` makes a fact of one, without its end."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._held = b""
        self._too_long = False

    @property
    def held_bytes(self) -> int:
        """How many bytes of a line that has not ended are kept."""
        return len(self._held)

    def feed(self, data: bytes) -> list[Fact]:
        """Take what came and return the facts of the lines that end in it."""
        *whole, rest = _ENDS.split(data)
        facts = []
        for piece in whole:
            self._keep(piece)
            fact = None if self._too_long or not self._held else self._read(self._held)
            if fact is not None:
                facts.append(fact)
            self._held, self._too_long = b"", False
        self._keep(rest)
        return facts

    def _keep(self, piece: bytes) -> None:
        self._too_long = self._too_long or len(self._held) + len(piece) > LONGEST_LINE
        self._held = b"" if self._too_long else self._held + piece


def printable(line: bytes) -> str | None:
    """Return a line's text without blanks around it; None where it is not text, or empty."""
    try:
        text = line.decode("utf-8").strip(" \t")
    except UnicodeDecodeError:
        return None
    return text if text and text.isprintable() else None
