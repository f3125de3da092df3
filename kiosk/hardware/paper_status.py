"""Whether a receipt printer has paper, by what it answers itself (ESC/POS, DLE EOT).

We read the bytes ourselves: python-escpos 3.1 says "adequate" of a printer that says nothing at
all. An answer has four bits that never change (0xx1xx10), so line noise is not taken for one.
Source: Epson ESC/POS reference, DLE EOT n.
"""

from typing import Literal

ASK_PRINTER, ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x04"
_FIXED, _FIXED_IS = 0b1001_0011, 0b0001_0010
_OFFLINE, _LOW, _OUT = 0b0000_1000, 0b0000_1100, 0b0110_0000

Paper = Literal["enough", "low", "out", "offline", "silent", "away"]
"""silent: it does not answer, so nobody knows. offline: its cover is open, or a button was pressed.
away: it cannot be reached at all."""


def status_byte(answer: bytes) -> int | None:
    """Return the first byte of an answer that is a status, None where none is."""
    return next((byte for byte in answer if byte & _FIXED == _FIXED_IS), None)


def paper(printer: bytes, roll: bytes) -> Paper:
    """Return how it stands, from the answers to ASK_PRINTER and to ASK_PAPER."""
    state, sensor = status_byte(printer), status_byte(roll)
    if sensor is not None and sensor & _OUT:
        return "out"
    if state is None or sensor is None:
        return "silent"
    if state & _OFFLINE:
        return "offline"
    return "low" if sensor & _LOW else "enough"
