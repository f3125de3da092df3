"""ID-12LA and ID-20LA badge readers (EM4100, 125 kHz), 9600 baud 8N1.

A frame is 16 bytes: 0x02, ten hex digits, two hex digits (XOR of the five bytes before), CR, LF,
0x03; once for each time a card is presented. Source: ID-12LA data sheet.
"""

from functools import partial

from kiosk.hardware.frames import Frames
from kiosk.hardware.rdm6300 import badge

FRAME_BYTES = 16
END = b"\r\n\x03"


class Id12(Frames):
    """The codec of an ID-12LA or ID-20LA."""

    def __init__(self) -> None:
        super().__init__(END, FRAME_BYTES, partial(badge, frame_bytes=FRAME_BYTES))
