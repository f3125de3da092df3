"""Every way that a card comes to a door."""

from collections.abc import Mapping
from pathlib import Path

from kiosk.hardware.cards import CardSource
from kiosk.hardware.serial_cards import OnNear, SerialCards
from kiosk.hardware.simulated import SimulatedSource


def card_sources(
    typed: CardSource, data: Path, ports: Mapping[str, str], on_near: OnNear = lambda _there: None
) -> list[CardSource]:
    """Return the sources of a device: typed keys, the command ``tap-card``, its serial ports.

    data: the device's folder. ports: name -> path, as in its settings; none is well, too.
    on_near: hears of the presence sensors on those ports.
    """
    return [typed, SimulatedSource(data), SerialCards(ports, on_near=on_near)]
