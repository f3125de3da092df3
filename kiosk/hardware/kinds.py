"""Every kind of thing that may hang on a serial port, in one table.

A kind is named in ``kiosk.toml`` with its port; ``rdm6300-exit`` is a second one of its kind, and
``auto`` finds out by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.hardware.asking import Asker, AskPn532
from kiosk.hardware.facts import MakeCodec
from kiosk.hardware.id12 import Id12
from kiosk.hardware.ld2410 import Ld2410
from kiosk.hardware.pn532 import Pn532
from kiosk.hardware.rdm6300 import Rdm6300
from kiosk.hardware.scanner import Scanner
from kiosk.hardware.wiegand import Wiegand

AUTO = "auto"


@dataclass(frozen=True)
class Kind:
    """How to speak with one kind of device."""

    name: str
    bauds: tuple[int, ...]  # the usual one first; the next is tried when it stays silent
    codec: MakeCodec
    asker: Callable[[float], Asker] | None = None  # made with the time now
    speaks_each_s: float | None = None  # silent for longer: something is wrong


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("rdm6300", (9600,), Rdm6300),
        Kind("id12", (9600,), Id12),
        Kind("pn532", (115200,), Pn532, asker=AskPn532, speaks_each_s=5.0),
        Kind("ld2410", (256000, 115200), Ld2410, speaks_each_s=5.0),
        Kind("scanner", (9600,), Scanner),
        Kind("wiegand", (9600,), Wiegand),
    )
}


PORT_NAME = rf"^({'|'.join((*KINDS, AUTO))})(-[A-Za-z0-9-]+)?$"
"""What a port may be called in the settings: its kind, and anything that tells two apart."""


def kind_named(name: str) -> str:
    """Return the kind that a port's name in the settings tells of."""
    return name.partition("-")[0]
