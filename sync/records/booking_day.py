"""What is particular to one day of a booking."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (the field is called "date")
from typing import Annotated, ClassVar

from sync.records.base import (
    ANY,
    BOARD,
    BY_SERVER,
    HIGHEST,
    ONCE,
    OWNER,
    SERVER_HIGHEST,
    Kept,
    Record,
)


class BookingDay(Record, frozen=True, kw_only=True):
    """``pair(booking, date)``: cancelled, given back, used, released or confirmed later."""

    KIND: ClassVar[str] = "booking_day"
    KEPT: ClassVar[Kept] = Kept(days=730, since="date")

    booking: Annotated[str, ONCE, BOARD, OWNER] = ""
    date: Annotated[Day | None, ONCE, BOARD, OWNER] = None
    cancelled: Annotated[int, HIGHEST, BOARD, OWNER] = 0
    given_back_min: Annotated[int, HIGHEST, BOARD, OWNER] = 0
    used: Annotated[int, HIGHEST, BOARD, ANY] = 0
    released: Annotated[int, SERVER_HIGHEST, BOARD, BY_SERVER] = 0
    confirmed: Annotated[int, SERVER_HIGHEST, BOARD, BY_SERVER] = 0
