"""Something that people can come to."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sync.records.base import (
    BOARD,
    HIGHEST,
    LATEST,
    MEMBERS,
    OWNER,
    PERSONAL,
    Kept,
    Local,
    Record,
    Texts,
)


class Event(Record, frozen=True, kw_only=True):
    """``starts`` is local, without a zone; ``places`` 0 = no limit."""

    KIND: ClassVar[str] = "event"
    KEPT: ClassVar[Kept] = Kept(days=730, since="starts")

    title: Annotated[Texts, LATEST, BOARD, OWNER] = {}
    about: Annotated[Texts, LATEST, BOARD, OWNER] = {}
    host: Annotated[str, LATEST, BOARD, OWNER, PERSONAL] = ""
    room: Annotated[str, LATEST, BOARD, OWNER] = ""
    starts: Annotated[Local | None, LATEST, BOARD, OWNER] = None
    minutes: Annotated[int, LATEST, BOARD, OWNER] = 0
    rule: Annotated[str, LATEST, BOARD, OWNER] = ""
    places: Annotated[int, LATEST, BOARD, OWNER] = 0
    booking: Annotated[str, LATEST, BOARD, OWNER] = ""
    turnout: Annotated[dict[str, int], LATEST, MEMBERS, OWNER] = {}
    """How many came, by day, as its host counted."""
    cancelled: Annotated[int, HIGHEST, BOARD, OWNER] = 0
