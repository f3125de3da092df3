"""What a codec makes of bytes: facts about the door, each a frozen value.

Whatever may be a card's number is in no ``repr``: a fact can be logged, printed or end in a
traceback without telling whose card it was.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class CardRead:
    """A card lies on the reader; ``uid`` is upper-case hex or decimal digits, as the reader has it."""

    uid: str = field(repr=False)


@dataclass(frozen=True)
class CodeRead:
    """A scanner read a bar code or QR code; ``text`` is 1 to 255 printable characters."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class PhoneHeld:
    """Something was held to the reader that says another number each time, as phones do."""


@dataclass(frozen=True)
class Presence:
    """One report of a presence sensor: distances in centimetres, energies 0 to 100."""

    moving: bool
    still: bool
    moving_cm: int
    moving_energy: int
    still_cm: int
    still_energy: int
    distance_cm: int

    @property
    def somebody(self) -> bool:
        """Say whether anybody is there."""
        return self.moving or self.still


@dataclass(frozen=True)
class Answered:
    """A device answered a command; ``to`` is the answer's code, ``detail`` what came with it."""

    to: int
    detail: bytes = b""


Fact = CardRead | CodeRead | PhoneHeld | Presence | Answered


class Codec(Protocol):
    """One device's language. Holds at most 256 bytes, and never raises, whatever it is fed."""

    def feed(self, data: bytes) -> list[Fact]:
        """Take what came and return the facts that it completes, in order."""

    @property
    def held_bytes(self) -> int:
        """How many bytes wait for what may follow them."""


MakeCodec = Callable[[], Codec]
