"""Every way that a card comes to a door."""

from collections.abc import Mapping
from pathlib import Path

from kiosk.hardware.cards import CardSource
from kiosk.hardware.serial_cards import SerialCards
from kiosk.hardware.simulated import SimulatedSource


def card_sources(typed: CardSource, data: Path, ports: Mapping[str, str]) -> list[CardSource]:
    """Return the sources of a device: typed keys, the command ``tap-card``, its serial ports.

    data: the device's folder. ports: name -> path, as in its settings; none is well, too.
    """
    return [typed, SimulatedSource(data), SerialCards(ports)]
