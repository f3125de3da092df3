"""What the supervisor is told, what it wants done, and what it has to tell; all frozen values.

Bytes from a port may be a card's number: they are in no ``repr``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kiosk.hardware.facts import Fact

Why = Literal["busy", "denied", "away"]


@dataclass(frozen=True)
class Listed:
    """These ports are there now: lasting name -> device file."""

    ports: Mapping[str, str]


@dataclass(frozen=True)
class Opened:
    """The port was opened as asked."""

    path: str


@dataclass(frozen=True)
class NotOpened:
    """The port could not be opened: somebody else has it, it is not ours to open, or it is away."""

    path: str
    why: Why


@dataclass(frozen=True)
class Heard:
    """Bytes came."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Gone:
    """Reading or writing ended in an error; the port is closed."""

    path: str


@dataclass(frozen=True)
class Tick:
    """Time has passed."""


Event = Listed | Opened | NotOpened | Heard | Gone | Tick


@dataclass(frozen=True)
class Open:
    """Open the port at this speed, for ourselves alone, with DTR and RTS off."""

    path: str
    baud: int


@dataclass(frozen=True)
class Close:
    """Close the port."""

    path: str


@dataclass(frozen=True)
class Send:
    """Write these bytes, without waiting."""

    path: str
    data: bytes = field(repr=False)


What = Literal["found", "open", "gone", "busy", "denied", "away", "silent", "noise", "recognised"]


@dataclass(frozen=True)
class PortNews:
    """Something about the port itself; ``kind`` is what is on it, or ``auto``."""

    what: What
    kind: str


@dataclass(frozen=True)
class Tell:
    """Whoever listens should know."""

    path: str
    news: PortNews | Fact


Effect = Open | Close | Send | Tell
