"""A card that a reader knows: an HMAC of its number, never the number."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sync.records.base import (
    HIGHEST,
    LATEST,
    ONCE,
    PERSONAL,
    SELF,
    VOL,
    VOLUNTEERS,
    Instant,
    Kept,
    Record,
)


class Card(Record, frozen=True, kw_only=True):
    """``pair(uid_hash, issue)``: who holds a card; the highest issue counts."""

    KIND: ClassVar[str] = "card"
    KEPT: ClassVar[Kept] = Kept(days=30, since="lost_at")

    uid_hash: Annotated[str, ONCE, VOLUNTEERS, VOL] = ""
    issue: Annotated[int, ONCE, VOLUNTEERS, VOL] = 1
    person: Annotated[str, ONCE, VOLUNTEERS, VOL, PERSONAL] = ""
    lost: Annotated[int, HIGHEST, VOLUNTEERS, SELF] = 0
    lost_at: Annotated[Instant | None, LATEST, VOLUNTEERS, SELF] = None
