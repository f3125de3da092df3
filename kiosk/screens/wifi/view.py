"""What the page of Wi-Fi shows: one of a few states, and the networks as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.ui.words import Words

LOOKING, NETWORKS, PASSWORD, JOINING = "looking", "networks", "password", "joining"
SHORTEST, LONGEST = 8, 63
"""Of a password, as WPA has it (IEEE 802.11, annex J)."""


class Network(Protocol):
    """A network that is near (kiosk.hardware.wifi)."""

    @property
    def name(self) -> str: ...
    @property
    def is_secured(self) -> bool: ...
    @property
    def is_joined(self) -> bool: ...


class Seen(Protocol):
    """How this device is connected."""

    @property
    def networks(self) -> Sequence[Network]: ...


def heading(state: str, name: str, seen: Seen | None, words: Words) -> str:
    """Return what the page says above everything."""
    if state == JOINING:
        return words.say("wifi.joining", name=name)
    if state == LOOKING or seen is None:
        return words.say("wifi.looking")
    return words.say("wifi.title" if seen.networks else "wifi.none")


def below(network: Network, words: Words) -> str:
    """Return what stands below a network's name; "" where it asks for a password, as most do."""
    if network.is_joined:
        return words.say("wifi.here")
    return "" if network.is_secured else words.say("wifi.open")


def may_be_password(text: str) -> bool:
    """Whether a text can be the password of a network at all."""
    return SHORTEST <= len(text) <= LONGEST
