"""The hybrid logical clock: readings that follow real time, never go back and never tie.

Kulkarni, Demirbas, Madappa, Avva, Leone: "Logical Physical Clocks and Consistent Snapshots in
Globally Distributed Databases" (2014). A reading is written as 12 hex digits of milliseconds since
1970, 4 of a counter and 8 of the node, so that its order as text is its order in time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from sync.errors import BadStamp

_SHAPE = re.compile(r"([0-9a-f]{12})-([0-9a-f]{4})-([0-9a-f]{8})")
_LAST_COUNT = 0xFFFF
_LAST_MS = (1 << 48) - 1


@dataclass(frozen=True, order=True, slots=True)
class Reading:
    """One reading: ``ms`` since 1970, ``counter`` within it, ``node`` (8 hex digits)."""

    ms: int
    counter: int
    node: str

    def __str__(self) -> str:
        return f"{self.ms:012x}-{self.counter:04x}-{self.node}"

    @classmethod
    def parse(cls, text: str) -> Reading:
        """Return the reading of ``0199c7a1b2c3-0000-9f3a61c2``. Raises BadStamp."""
        found = _SHAPE.fullmatch(text)
        if not found:
            raise BadStamp(text=text)
        return cls(int(found[1], 16), int(found[2], 16), found[3])


def is_reading(text: str) -> bool:
    """Say whether a text is a reading; of two that are, the later one is the greater text."""
    return _SHAPE.fullmatch(text) is not None


def first(node: str) -> Reading:
    """Return the reading of a node that has not written anything yet."""
    return Reading(0, 0, node)


def tick(last: Reading, now_ms: int) -> Reading:
    """Return the reading for a write at ``now_ms``; later than ``last`` whatever the time says."""
    if now_ms > last.ms:
        return Reading(min(now_ms, _LAST_MS), 0, last.node)
    if last.counter < _LAST_COUNT:
        return Reading(last.ms, last.counter + 1, last.node)
    return Reading(min(last.ms + 1, _LAST_MS), 0, last.node)


def hear(last: Reading, heard: Reading) -> Reading:
    """Return where this node's clock stands after meeting another node's reading."""
    return Reading(heard.ms, heard.counter, last.node) if heard > last else last


def new_node(dice: Random) -> str:
    """Return a node id: eight hex digits of chance."""
    return f"{dice.getrandbits(32):08x}"
