"""How many came on a day: numbers only, kept for good."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (the field is called "date")
from typing import Annotated, ClassVar

from sync.records.base import BOARD, BY_SERVER, SERVER_LATEST, SERVER_ONCE, Record


class DayCount(Record, frozen=True, kw_only=True):
    """``pair(date)``: written by the server the day after, and again if late visits arrive."""

    KIND: ClassVar[str] = "day_count"

    date: Annotated[Day | None, SERVER_ONCE, BOARD, BY_SERVER] = None
    stays: Annotated[int, SERVER_LATEST, BOARD, BY_SERVER] = 0
    grown_ups: Annotated[int, SERVER_LATEST, BOARD, BY_SERVER] = 0
    children: Annotated[int, SERVER_LATEST, BOARD, BY_SERVER] = 0
    first_times: Annotated[int, SERVER_LATEST, BOARD, BY_SERVER] = 0
    by_reason: Annotated[dict[str, int], SERVER_LATEST, BOARD, BY_SERVER] = {}
