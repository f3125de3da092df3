"""Identities: random ones in order of time, and computed ones that two devices share."""

from __future__ import annotations

from random import Random
from uuid import UUID, uuid5


def new_id(now_ms: int, dice: Random) -> str:
    """Return a UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, then chance."""
    bits = (max(0, now_ms) & ((1 << 48) - 1)) << 80 | dice.getrandbits(80)
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0b11 << 62) | 0b10 << 62
    return str(UUID(int=bits))


def pair_id(hub: str, kind: str, *parts: str) -> str:
    """Return the one id of what two devices do alike: ``uuid5(hub, "kind:a:b")``.

    hub: the hub's id, a UUID as text. parts: what makes the record the same, in a fixed order.
    """
    return str(uuid5(UUID(hub), ":".join((kind, *parts))))
