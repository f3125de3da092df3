"""LD2410 presence sensor (24 GHz), 256000 baud 8N1; 115200 where it was set so.

A report is F4 F3 F2 F1, a length (LE16), the payload, F8 F7 F6 F5, every 50 to 100 ms; all numbers
little-endian. It has no checksum and cheap adapters lose bits, so header, length, type, marks and
every range are looked at before a report is believed. Source: LD2410 serial protocol, V1.02.
"""

from struct import unpack_from

from kiosk.hardware.facts import Presence
from kiosk.hardware.frames import Frames

HEADER, END = b"\xf4\xf3\xf2\xf1", b"\xf8\xf7\xf6\xf5"
COMMAND, COMMAND_END = b"\xfd\xfc\xfb\xfa", b"\x04\x03\x02\x01"
LONGEST_FRAME = 64
FARTHEST_CM = 1000  # it sees 6 m
_ENGINEERING, _NORMAL = 1, 2
_GATES_MOST = 8


def command(word: int, value: bytes = b"") -> bytes:
    """Return the frame of a command, such as 0xFF (begin to set, value 01 00) or 0xFE (end)."""
    body = word.to_bytes(2, "little") + value
    return COMMAND + len(body).to_bytes(2, "little") + body + COMMAND_END


BEGIN_SETTING = command(0xFF, b"\x01\x00")
END_SETTING = command(0xFE)
SET_115200 = command(0xA1, b"\x07\x00")
"""Between begin and end; it holds after a restart of the sensor."""


def read(tail: bytes) -> Presence | None:
    """Return the report that ends ``tail``, of either type."""
    at = tail.rfind(HEADER)
    while at >= 0:
        payload = tail[at + 6 : -4]
        if tail[at + 4 : at + 6] == len(payload).to_bytes(2, "little") and _marked(payload):
            return _presence(payload)
        at = tail.rfind(HEADER, 0, at)
    return None


def _marked(payload: bytes) -> bool:
    """Say whether type, marks and length of a payload agree."""
    if len(payload) < 13 or payload[1] != 0xAA or payload[-2:] != b"\x55\x00":
        return False
    if payload[0] == _NORMAL:
        return len(payload) == 13
    if payload[0] != _ENGINEERING or len(payload) < 17 or max(payload[11:13]) > _GATES_MOST:
        return False
    gates = payload[11] + payload[12] + 2
    # Behind the gates some firmware sends light and pin, some one of them, some neither.
    return 0 <= len(payload) - 15 - gates <= 2


def _presence(payload: bytes) -> Presence | None:
    state, moving_cm, moving, still_cm, still, distance_cm = unpack_from("<BHBHBH", payload, 2)
    if state > 3 or max(moving, still) > 100 or max(moving_cm, still_cm, distance_cm) > FARTHEST_CM:
        return None
    return Presence(
        bool(state & 1), bool(state & 2), moving_cm, moving, still_cm, still, distance_cm
    )


class Ld2410(Frames):
    """The codec of an LD2410's reports."""

    def __init__(self) -> None:
        super().__init__(END, LONGEST_FRAME, read)
