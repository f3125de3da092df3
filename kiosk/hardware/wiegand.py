"""Bridges of Wiegand readers that print a line for each card; there is no standard for the line.

Understood: ``facility,number``; the bits themselves (26 or 34 of them); the bits as hex (7 or 9
digits with a letter among them, or after 0x); any other 4 to 20 decimal or hex digits as they
stand. Where the parity bits are sent they must be right: the first is even over the first half, the
last odd over the second. A card of 26 bits is then its facility and number, as six hex digits.
"""

import re

from kiosk.hardware.cards import tidy_uid
from kiosk.hardware.facts import CardRead
from kiosk.hardware.lines import Lines, printable

_PAIR = re.compile(r"(\d{1,3})[,:;/ ] ?(\d{1,5})")
_BITS = re.compile(r"[01]{26}|[01]{34}")
_HEX_BITS = re.compile(r"0[xX]([0-9A-Fa-f]{7}|[0-9A-Fa-f]{9})|((?=\d*[A-Fa-f])(?:\w{7}|\w{9}))")
_DIGITS = re.compile(r"(?:0[xX])?([0-9A-Fa-f]{4,20})")


def read(line: bytes) -> CardRead | None:
    """Return the card that a line tells of; None where it is none or its parity is wrong."""
    text = printable(line)
    if text is None or not text.isascii():
        return None
    digits = _DIGITS.fullmatch(text)
    if pair := _PAIR.fullmatch(text):
        uid = _facility_and_number(int(pair[1]), int(pair[2]))
    elif _BITS.fullmatch(text):
        uid = _checked(int(text, 2), len(text))
    elif digits and (found := _HEX_BITS.fullmatch(text)):
        whole = found[1] or found[2]
        uid = _checked(int(whole, 16), 26 if len(whole) == 7 else 34)
    else:
        uid = tidy_uid(digits[1]) if digits else None
    return CardRead(uid) if uid else None


def _facility_and_number(facility: int, number: int) -> str | None:
    return f"{facility:02X}{number:04X}" if facility < 256 and number < 65536 else None


def _checked(value: int, bits: int) -> str | None:
    """Return the digits between the parity bits, None where these are wrong."""
    half = bits // 2
    first, second = value >> half, value & ((1 << half) - 1)
    if value >> bits or first.bit_count() % 2 or not second.bit_count() % 2:
        return None
    number = (value >> 1) & ((1 << (bits - 2)) - 1)
    return f"{number:0{(bits - 2) // 4}X}"


class Wiegand(Lines):
    """The codec of a bridge that prints lines."""

    def __init__(self) -> None:
        super().__init__(read)
