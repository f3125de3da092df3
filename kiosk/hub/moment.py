"""Time, chance and identity, as a use case is given them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from sync.ids import new_id


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment at which somebody asks.

    now: with a zone (UTC). new_id: gives a fresh record id at each call. sure: whether a server or
    the system has told this device its time since it started. date_ok: whether the date may be
    believed enough to remove what it says is over; a date that jumped only hides. notes: the small
    facts that this device keeps for itself, by key.
    """

    now: datetime
    new_id: Callable[[], str]
    dice: Random
    sure: bool = True
    date_ok: bool = True
    notes: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def at(cls, now: datetime, dice: Random, *, sure: bool = True, **more: Any) -> Moment:
        """Return the moment at ``now`` with ids and chance drawn from ``dice``."""
        utc = now.astimezone(UTC)
        now_ms = int(utc.timestamp() * 1000)
        return cls(utc, lambda: new_id(now_ms, dice), dice, sure=sure, **more)
