"""Somebody's yes to welcome people at the door for part of a day."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (the field is called "date")
from typing import Annotated, ClassVar

from sync.records.base import BOARD, LATEST, ONCE, PERSONAL, SELF, Kept, Record


class Welcomer(Record, frozen=True, kw_only=True):
    """``pair(date, slot, person)``; seen as a masked name. ``here`` follows from visits."""

    KIND: ClassVar[str] = "welcomer"
    KEPT: ClassVar[Kept] = Kept(days=60, since="date")

    date: Annotated[Day | None, ONCE, BOARD, SELF] = None
    slot: Annotated[tuple[str, str], ONCE, BOARD, SELF] = ("00:00", "24:00")
    person: Annotated[str, ONCE, BOARD, SELF, PERSONAL] = ""
    yes: Annotated[bool, LATEST, BOARD, SELF] = False
