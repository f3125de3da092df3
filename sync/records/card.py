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
    Record,
)


class Card(Record, frozen=True, kw_only=True):
    """``pair(uid_hash, issue)``: who holds a card; the highest issue counts.

    Whose it was goes thirty days after it was lost; that it is lost stays. A card printed at home
    carries its own signature: with no record of it left, it would open the door again.
    """

    KIND: ClassVar[str] = "card"
    NAMES_SINCE: ClassVar[str] = "lost_at"
    NAMES_DAYS: ClassVar[int] = 30

    uid_hash: Annotated[str, ONCE, VOLUNTEERS, VOL] = ""
    issue: Annotated[int, ONCE, VOLUNTEERS, VOL] = 1
    person: Annotated[str, ONCE, VOLUNTEERS, VOL, PERSONAL] = ""
    lost: Annotated[int, HIGHEST, VOLUNTEERS, SELF] = 0
    lost_at: Annotated[Instant | None, LATEST, VOLUNTEERS, SELF] = None
