"""A day on which the hub, or one room, is shut or keeps other hours."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (the field is called "date")
from typing import Annotated, ClassVar

from sync.records.base import BOARD, LATEST, ONCE, VOL, Kept, Record, Texts
from sync.records.hub import Spans

WHOLE_HUB = "hub"


class ClosedDay(Record, frozen=True, kw_only=True):
    """``pair(date, room or "hub")``: other hours on that day; none at all = shut."""

    KIND: ClassVar[str] = "closed_day"
    KEPT: ClassVar[Kept] = Kept(days=730, since="date")

    date: Annotated[Day | None, ONCE, BOARD, VOL] = None
    room: Annotated[str, ONCE, BOARD, VOL] = WHOLE_HUB
    why: Annotated[Texts, LATEST, BOARD, VOL] = {}
    open: Annotated[Spans, LATEST, BOARD, VOL] = ()
