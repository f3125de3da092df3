"""RDM6300 badge reader (EM4100, 125 kHz), 9600 baud 8N1.

A frame is 14 bytes: 0x02, ten hex digits, two hex digits (XOR of the five bytes before), 0x03. It
repeats while the card stays. Source: RDM6300 data sheet.
"""

import re
from functools import partial, reduce
from operator import xor

from kiosk.hardware.facts import CardRead
from kiosk.hardware.frames import Frames

FRAME_BYTES = 14
_HEX = re.compile(rb"[0-9A-Fa-f]{12}")


def badge_number(digits: bytes) -> str | None:
    """Return the ten digits of a badge, None where the twelve given are not they and their check."""
    if not _HEX.fullmatch(digits):
        return None  # asked first: fromhex would skip spaces
    *number, check = bytes.fromhex(digits.decode())
    return digits[:10].decode().upper() if reduce(xor, number) == check else None


def badge(tail: bytes, frame_bytes: int) -> CardRead | None:
    """Return the badge whose frame, of that many bytes, ends ``tail``."""
    frame = tail[-frame_bytes:]
    if len(frame) < frame_bytes or frame[:1] != b"\x02":
        return None
    number = badge_number(frame[1:13])
    return CardRead(number) if number else None


class Rdm6300(Frames):
    """The codec of an RDM6300."""

    def __init__(self) -> None:
        super().__init__(b"\x03", FRAME_BYTES, partial(badge, frame_bytes=FRAME_BYTES))
