"""A room for a time, once or in a series, and whether the server has said yes to it."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (the field is called "date")
from datetime import datetime
from typing import Annotated, ClassVar

import msgspec

from sync.records.base import (
    BOARD,
    BY_SERVER,
    HIGHEST,
    LATEST,
    ONCE,
    OWNER,
    PERSONAL,
    SELF,
    SERVER_HIGHEST,
    SERVER_LATEST,
    SERVER_ONCE,
    VOLUNTEERS,
    Kept,
    Record,
    Texts,
)


class Clash(msgspec.Struct, frozen=True):
    """A day that a booking did not get, and with what: a booking's id, "closed" or "retired"."""

    date: Day
    with_: str = msgspec.field(name="with")


class Booking(Record, frozen=True, kw_only=True):
    """``starts`` is local, without a zone; ``rule`` is RFC 5545 RRULE text or empty."""

    KIND: ClassVar[str] = "booking"
    KEPT: ClassVar[Kept] = Kept(days=730, since="last_day")
    NAMES_SINCE: ClassVar[str] = "last_day"
    NAMES: ClassVar[tuple[str, ...]] = ("for_name",)

    room: Annotated[str, ONCE, BOARD, SELF] = ""
    starts: Annotated[datetime | None, ONCE, BOARD, SELF] = None
    minutes: Annotated[int, ONCE, BOARD, SELF] = 0
    rule: Annotated[str, ONCE, BOARD, SELF] = ""
    title: Annotated[Texts, LATEST, BOARD, OWNER] = {}
    note: Annotated[str, LATEST, VOLUNTEERS, OWNER] = ""
    heads: Annotated[int, LATEST, VOLUNTEERS, OWNER] = 0
    private: Annotated[bool, LATEST, BOARD, OWNER] = False
    person: Annotated[str, ONCE, BOARD, SELF, PERSONAL] = ""
    for_name: Annotated[str, ONCE, VOLUNTEERS, SELF, PERSONAL] = ""
    moves: Annotated[str, ONCE, BOARD, SELF] = ""
    extends: Annotated[str, ONCE, BOARD, SELF] = ""
    cancelled: Annotated[int, HIGHEST, BOARD, OWNER] = 0
    cancelled_on: Annotated[Day | None, ONCE, BOARD, OWNER] = None
    """From this day on it is cancelled; earlier days of a series stay as they were.

    Said once: a later word must not take days back that are somebody else's by then.
    """
    outside: Annotated[str, SERVER_ONCE, BOARD, BY_SERVER] = ""
    """Which calendar of others says so: the room is taken, nobody here asked for it.

    Such a time is confirmed as it comes, whatever it meets: it is what happens, not a wish. Nobody
    gives it up here, and nobody has to come to it.
    """
    confirmed: Annotated[int, SERVER_HIGHEST, BOARD, BY_SERVER] = 0
    asked: Annotated[int, HIGHEST, VOLUNTEERS, OWNER] = 0
    arrived: Annotated[int, SERVER_ONCE, VOLUNTEERS, BY_SERVER] = 0
    clash: Annotated[tuple[Clash, ...], SERVER_ONCE, BOARD, BY_SERVER] = ()
    clash_now: Annotated[tuple[Clash, ...], SERVER_LATEST, BOARD, BY_SERVER] = ()
