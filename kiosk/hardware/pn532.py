"""PN532 card reader (13.56 MHz) over its high speed UART, 115200 baud 8N1.

A frame is 00 00 FF LEN LCS TFI data DCS 00: LEN counts TFI and data, LEN + LCS and the sum of TFI,
data and DCS are 0 (mod 256); TFI is D4 from us, D5 from the chip. It speaks only when asked, and
says ACK (00 00 FF 00 FF 00) before it answers; the answer alone tells enough, so we wait for that.
Source: NXP UM0701-02, section 6.2.
"""

from kiosk.hardware.facts import Answered, CardRead, Fact, PhoneHeld
from kiosk.hardware.frames import Frames

ACK = bytes.fromhex("0000FF00FF00")
"""Sent to the chip it ends what it is doing."""
LONGEST_FRAME = 128  # one card with the longest answer to select (UM0701-02, 7.3.5) has 80
SAM_SET, FIRMWARE_IS, CONFIGURED, LISTED, RELEASED = 0x15, 0x03, 0x33, 0x4B, 0x53


def command(*data: int) -> bytes:
    """Return the frame of a command, such as 0x02 (which firmware)."""
    body = bytes((0xD4, *data))
    head = bytes((0x00, 0x00, 0xFF, len(body), -len(body) & 0xFF))
    return head + body + bytes((-sum(body) & 0xFF, 0x00))


WAKE_UP = b"\x55\x55" + bytes(14)
SET_SAM = command(0x14, 0x01, 0x14, 0x01)
"""Ordinary mode, time-out 1 s, no interrupt."""
WHICH_FIRMWARE = command(0x02)
FEW_RETRIES = command(0x32, 0x05, 0xFF, 0x01, 0x02)
"""Without it LIST waits for a card for ever."""
LIST = command(0x4A, 0x01, 0x00)
"""One card of ISO 14443 type A at 106 kbit/s."""
RELEASE = command(0x52, 0x00)


def read(tail: bytes) -> Fact | None:
    """Return the fact of the answer that ends ``tail``."""
    at = tail.rfind(b"\x00\xff")
    while at >= 0:
        body = tail[at + 4 : -2]
        if len(body) >= 2 and _sums_hold(tail[at + 2 :], body) and body[0] == 0xD5:
            return _fact(body[1], body[2:])
        at = tail.rfind(b"\x00\xff", 0, at)
    return None


def _sums_hold(frame: bytes, body: bytes) -> bool:
    length, check = frame[:2]
    whole = length == len(body) and not (length + check) & 0xFF
    return whole and not (sum(body) + frame[-2]) & 0xFF


def _fact(code: int, data: bytes) -> Fact | None:
    """Return what an answer says; ``data`` is what follows its code."""
    if code != LISTED:
        return Answered(code, data)
    if data[:1] == b"\x00":
        return Answered(LISTED)
    # One card: count, number, ATQA (2), SAK, length of the UID, the UID.
    if len(data) < 6 or data[0] != 1 or data[5] not in (4, 7, 10) or len(data) < 6 + data[5]:
        return None
    uid = data[6 : 6 + data[5]]
    if len(uid) == 4 and uid[0] == 0x08:  # made up anew each time: ISO 14443-3, table of UIDs
        return PhoneHeld()
    return CardRead(uid.hex().upper())


class Pn532(Frames):
    """The codec of a PN532's answers."""

    def __init__(self) -> None:
        super().__init__(b"\x00", LONGEST_FRAME, read)
