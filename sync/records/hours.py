"""An hour of somebody's help to somebody else, said by both and settled by the server."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (the field is called "date")
from typing import Annotated, ClassVar

from sync.records.base import (
    BY_SERVER,
    HIGHEST,
    MEMBERS,
    ONCE,
    PERSONAL,
    SELF,
    SERVER_ONCE,
    VOL,
    VOLUNTEERS,
    Record,
)


class Hours(Record, frozen=True, kw_only=True):
    """``pair(giver, receiver, date, n)``. Minutes that a side says are keys: ``giver_ok.60`` = 1.

    giver, receiver: a person's id, or the fund's. n: of so many of the two on that day. The ids
    stay when a person is forgotten: what others gave and took is what it was.
    """

    KIND: ClassVar[str] = "hours"
    NAMES_SINCE: ClassVar[str] = "date"
    NAMES_DAYS: ClassVar[int] = 730
    PARTIES: ClassVar[tuple[str, ...]] = ("giver", "receiver")

    giver: Annotated[str, ONCE, MEMBERS, SELF] = ""
    receiver: Annotated[str, ONCE, MEMBERS, SELF] = ""
    date: Annotated[Day | None, ONCE, MEMBERS, SELF] = None
    n: Annotated[int, ONCE, MEMBERS, SELF] = 1
    what: Annotated[str, ONCE, MEMBERS, SELF, PERSONAL] = ""
    giver_ok: Annotated[dict[str, int], HIGHEST, MEMBERS, SELF] = {}
    receiver_ok: Annotated[dict[str, int], HIGHEST, MEMBERS, SELF] = {}
    giver_hand: Annotated[dict[str, int], HIGHEST, VOLUNTEERS, SELF] = {}
    receiver_hand: Annotated[dict[str, int], HIGHEST, VOLUNTEERS, SELF] = {}
    """Whose hands spoke for each side, by their ids: nobody's may speak for both."""
    fund_ok: Annotated[dict[str, int], HIGHEST, VOLUNTEERS, VOL] = {}
    """Volunteers who say yes for the fund, by their ids."""
    refused: Annotated[int, HIGHEST, MEMBERS, SELF] = 0
    corrects: Annotated[str, ONCE, MEMBERS, SELF] = ""
    arrived: Annotated[int, SERVER_ONCE, VOLUNTEERS, BY_SERVER] = 0
    settled: Annotated[int, SERVER_ONCE, MEMBERS, BY_SERVER] = 0
    """Minutes that count in both balances, said once."""
