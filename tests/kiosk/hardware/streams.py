"""Bytes as devices send them: the worked ones, and streams of them for every codec."""

from dataclasses import dataclass

from kiosk.hardware.facts import Answered, CardRead, CodeRead, PhoneHeld, Presence
from kiosk.hardware.id12 import Id12
from kiosk.hardware.ld2410 import Ld2410
from kiosk.hardware.pn532 import Pn532
from kiosk.hardware.rdm6300 import Rdm6300
from kiosk.hardware.scanner import Scanner
from kiosk.hardware.wiegand import Wiegand

RDM_CARD = bytes.fromhex("02 36 32 45 33 30 38 36 43 45 44 30 38 03")
RDM_OTHER = bytes.fromhex("02 30 34 30 30 43 31 41 32 42 33 44 34 03")
ID12_CARD = bytes.fromhex("02 36 32 45 33 30 38 36 43 45 44 30 38 0D 0A 03")
PN_ACK = bytes.fromhex("00 00 FF 00 FF 00")
PN_SAM = bytes.fromhex("00 00 FF 02 FE D5 15 16 00")
PN_FIRMWARE = bytes.fromhex("00 00 FF 06 FA D5 03 32 01 06 07 E8 00")
PN_CARD = bytes.fromhex("00 00 FF 0C F4 D5 4B 01 01 00 04 08 04 DE AD BE EF 96 00")
PN_NONE = bytes.fromhex("00 00 FF 03 FD D5 4B 00 E0 00")
LD_BOTH = bytes.fromhex("F4F3F2F1 0D00 02AA 03 7800 50 7300 40 6E00 5500 F8F7F6F5")
LD_NOBODY = bytes.fromhex("F4F3F2F1 0D00 02AA 00 0000 00 0000 00 0000 5500 F8F7F6F5")
LD_ENGINEER = bytes.fromhex(
    "F4F3F2F1 2300 01AA 03 1E00 3C 0000 39 0000 0808"
    "3C2205030304030605 0000391013060608 04 0305 5500 F8F7F6F5"
)


def pn_answer(*data):
    """An answer of the chip, with its checksums."""
    body = bytes((0xD5, *data))
    return bytes((0, 0, 0xFF, len(body), -len(body) & 255)) + body + bytes((-sum(body) & 255, 0))


PN_CONFIGURED, PN_RELEASED = pn_answer(0x33), pn_answer(0x53, 0x00)
PN_PHONE = pn_answer(0x4B, 1, 1, 0, 4, 0x20, 4, 0x08, 0x11, 0x22, 0x33)
BOTH = Presence(
    moving=True,
    still=True,
    moving_cm=120,
    moving_energy=80,
    still_cm=115,
    still_energy=64,
    distance_cm=110,
)


@dataclass(frozen=True)
class Tongue:
    """A codec, frames of it with what they say, and bytes that end any frame begun before."""

    codec: type
    frames: tuple[tuple[bytes, object], ...]
    ending: bytes = b""


TONGUES = {
    "rdm6300": Tongue(
        Rdm6300, ((RDM_CARD, CardRead("62E3086CED")), (RDM_OTHER, CardRead("0400C1A2B3")))
    ),
    "id12": Tongue(Id12, ((ID12_CARD, CardRead("62E3086CED")),)),
    "pn532": Tongue(
        Pn532,
        (
            (PN_SAM, Answered(0x15)),
            (PN_FIRMWARE, Answered(0x03, bytes.fromhex("32010607"))),
            (PN_CARD, CardRead("DEADBEEF")),
            (PN_NONE, Answered(0x4B)),
            (PN_PHONE, PhoneHeld()),
        ),
    ),
    "ld2410": Tongue(
        Ld2410,
        (
            (LD_BOTH, BOTH),
            (LD_NOBODY, Presence(False, False, 0, 0, 0, 0, 0)),
            (LD_ENGINEER, Presence(True, True, 30, 60, 0, 57, 0)),
        ),
    ),
    "scanner": Tongue(
        Scanner,
        (
            (b"9780140328721\r", CodeRead("9780140328721")),
            (b"https://door/x\n", CodeRead("https://door/x")),
            ("Café\r\n".encode(), CodeRead("Café")),
        ),
        ending=b"\r",
    ),
    "wiegand": Tongue(
        Wiegand,
        ((b"8,27885\r\n", CardRead("086CED")), (b"0x210D9DB\r", CardRead("086CED"))),
        ending=b"\n",
    ),
}
