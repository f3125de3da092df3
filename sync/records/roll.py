"""One roll call: that names were opened, when, and whether it was a drill."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sync.records.base import ANY, ONCE, VOLUNTEERS, Instant, Kept, Record


class Roll(Record, frozen=True, kw_only=True):
    """Kept as long as names are."""

    KIND: ClassVar[str] = "roll"
    KEPT: ClassVar[Kept] = Kept(since="at", as_names=True)

    at: Annotated[Instant | None, ONCE, VOLUNTEERS, ANY] = None
    drill: Annotated[bool, ONCE, VOLUNTEERS, ANY] = False
