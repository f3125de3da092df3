"""Somebody's *I'll come* to an event."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (the field is called "date")
from typing import Annotated, ClassVar

from sync.records.base import (
    ANY,
    BOARD,
    BY_SERVER,
    HIGHEST,
    MEMBERS,
    ONCE,
    PERSONAL,
    SELF,
    SERVER_HIGHEST,
    SERVER_ONCE,
    VOLUNTEERS,
    Heads,
    Kept,
    Record,
)


class Join(Record, frozen=True, kw_only=True):
    """``pair(event, date, person, n)``, or a v7 id at level 0-1."""

    KIND: ClassVar[str] = "join"
    KEPT: ClassVar[Kept] = Kept(days=730, since="date")
    NAMES_SINCE: ClassVar[str] = "date"
    NAMES: ClassVar[tuple[str, ...]] = ("name",)

    event: Annotated[str, ONCE, BOARD, ANY] = ""
    date: Annotated[Day | None, ONCE, BOARD, ANY] = None
    person: Annotated[str, ONCE, MEMBERS, ANY, PERSONAL] = ""
    name: Annotated[str, ONCE, MEMBERS, ANY, PERSONAL] = ""
    heads: Annotated[Heads, ONCE, BOARD, ANY] = 1
    gave_up: Annotated[int, HIGHEST, BOARD, SELF] = 0
    placed: Annotated[int, SERVER_HIGHEST, BOARD, BY_SERVER] = 0
    """The server gave it a place: a later, lower limit does not take that away."""
    arrived: Annotated[int, SERVER_ONCE, VOLUNTEERS, BY_SERVER] = 0
    came: Annotated[int, HIGHEST, VOLUNTEERS, ANY] = 0
