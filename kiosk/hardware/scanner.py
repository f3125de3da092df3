"""Bar code and QR scanners that send a line for each code: GM65, GM805, GM812 and their like.

9600 baud 8N1, on a wire or as a virtual port on USB. The line's end is CR, LF or CRLF as set in the
scanner (zone 0x0060 on a GM65). Commands to it are frames 7E 00 type length address data crc, their
check CRC-16/XMODEM over type to data. Source: GM65 user manual.
"""

from binascii import crc_hqx

from kiosk.hardware.facts import CodeRead
from kiosk.hardware.lines import Lines, printable


def read(line: bytes) -> CodeRead | None:
    """Return the code that a line holds."""
    text = printable(line)
    return CodeRead(text) if text else None


def command(kind: int, address: int, data: bytes) -> bytes:
    """Return a GM65 command. kind: 7 read, 8 write, 9 save. data: 1 to 255 bytes."""
    body = bytes((kind, len(data))) + address.to_bytes(2, "big") + data
    return b"\x7e\x00" + body + crc_hqx(body, 0).to_bytes(2, "big")


class Scanner(Lines):
    """The codec of a scanner."""

    def __init__(self) -> None:
        super().__init__(read)
