"""A room of the hub; never deleted, only retired."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from sync.records.base import BOARD, LATEST, VOL, Record, Texts
from sync.records.hub import Spans


class Room(Record, frozen=True, kw_only=True):
    """A room, its limits and its hours (``open`` empty = the hub's)."""

    KIND: ClassVar[str] = "room"

    name: Annotated[Texts, LATEST, BOARD, VOL] = {}
    short: Annotated[Texts, LATEST, BOARD, VOL] = {}
    capacity: Annotated[int, LATEST, BOARD, VOL] = 0
    features: Annotated[Texts, LATEST, BOARD, VOL] = {}
    open: Annotated[dict[str, Spans], LATEST, BOARD, VOL] = {}
    buffer_min: Annotated[int, LATEST, BOARD, VOL] = 0
    colour: Annotated[str, LATEST, BOARD, VOL] = ""
    order: Annotated[int, LATEST, BOARD, VOL] = 0
    bookable: Annotated[Literal["self", "vol", "nobody"], LATEST, BOARD, VOL] = "self"
    note: Annotated[Texts, LATEST, BOARD, VOL] = {}
    retired_from: Annotated[date | None, LATEST, BOARD, VOL] = None
