"""The hub's doors and walls as volunteers see them: heard from, behind, silent, shut out. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sync.server.devices import DeviceLine

HEARD_WITHIN_MS = 3 * 60 * 1000
"""A door waits for news without end: one that has not been heard for so long is away."""
WALL_WITHIN_MS = 24 * 3600 * 1000
"""A wall says nothing while nothing happens; a day without a word is long."""
State = Literal["here", "behind", "away", "never", "out"]


@dataclass(frozen=True, slots=True)
class Screen:
    """One device. state: here, behind (it has records to send), away, never seen, shut out."""

    line: DeviceLine
    state: State


@dataclass(frozen=True, slots=True)
class Screens:
    """How many there are, and how many of them are up to date."""

    count: int
    here: int

    @property
    def all_here(self) -> bool:
        """Whether there is a screen, and every one is up to date."""
        return 0 < self.count == self.here


def state_of(line: DeviceLine, now_ms: int) -> State:
    """Return how a device is doing."""
    if line.revoked_ms:
        return "out"
    if not line.seen_ms:
        return "never"
    within = WALL_WITHIN_MS if line.role == "wall" else HEARD_WITHIN_MS
    if now_ms - line.seen_ms > within:
        return "away"
    return "behind" if line.waiting else "here"


def screens_of(lines: Iterable[DeviceLine], now_ms: int) -> list[Screen]:
    """Return the devices of a hub: those in use first, those shut out last."""
    found = [Screen(line, state_of(line, now_ms)) for line in lines]
    return sorted(found, key=lambda one: (one.state == "out", one.line.name, one.line.device))


def counted(screens: Iterable[Screen]) -> Screens:
    """Return how many screens are in use, and how many of them are up to date."""
    in_use = [one for one in screens if one.state != "out"]
    return Screens(len(in_use), sum(one.state == "here" for one in in_use))
