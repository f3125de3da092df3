"""One stay at the hub, from sign-in to leaving or *assumed left*."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from sync.records.base import (
    ANY,
    BY_KIOSK,
    HIGHEST,
    LATEST,
    ONCE,
    PERSONAL,
    VOL,
    VOLUNTEERS,
    Heads,
    Instant,
    Kept,
    Record,
)

Gone = Annotated[int, msgspec.Meta(ge=0, le=120)]
"""How many of a visit have left: grown-ups and children together."""
How = Literal["card", "tile", "visitor", "group", "count"]


class Visit(Record, frozen=True, kw_only=True):
    """Who came in, how, and when; heads are ``grown_ups`` + ``children``."""

    KIND: ClassVar[str] = "visit"
    KEPT: ClassVar[Kept] = Kept(days=730, since="came_at")
    NAMES_SINCE: ClassVar[str] = "came_at"

    how: Annotated[How, ONCE, VOLUNTEERS, ANY] = "count"
    person: Annotated[str, ONCE, VOLUNTEERS, ANY, PERSONAL] = ""
    name: Annotated[str, ONCE, VOLUNTEERS, ANY, PERSONAL] = ""
    grown_ups: Annotated[Heads, LATEST, VOLUNTEERS, ANY] = 1
    children: Annotated[Heads, LATEST, VOLUNTEERS, ANY] = 0
    gone: Annotated[Gone, HIGHEST, VOLUNTEERS, ANY] = 0
    reason: Annotated[str, ONCE, VOLUNTEERS, ANY] = ""
    first_time: Annotated[bool, ONCE, VOLUNTEERS, ANY] = False
    tag: Annotated[str, ONCE, VOLUNTEERS, ANY] = ""
    came_at: Annotated[Instant | None, ONCE, VOLUNTEERS, ANY] = None
    wall_ok: Annotated[bool | None, LATEST, VOLUNTEERS, ANY, PERSONAL] = None
    open_to: Annotated[tuple[str, ...], LATEST, VOLUNTEERS, ANY, PERSONAL] = ()
    left_at: Annotated[Instant | None, LATEST, VOLUNTEERS, ANY] = None
    assumed_at: Annotated[Instant | None, LATEST, VOLUNTEERS, BY_KIOSK] = None
    mistake: Annotated[int, HIGHEST, VOLUNTEERS, VOL] = 0
    same_as: Annotated[str, LATEST, VOLUNTEERS, BY_KIOSK] = ""
    welcomed_at: Annotated[Instant | None, LATEST, VOLUNTEERS, ANY] = None
    """When somebody said "I'm coming" to who waited at the door."""
    called_at: Annotated[Instant | None, LATEST, VOLUNTEERS, ANY] = None
    """When they asked for a welcomer; a first-timer asks by coming."""
    agreed: Annotated[str, ONCE, VOLUNTEERS, ANY] = ""
    """The agreement that a grown-up accepted for a group; kept with the visit only."""
    card: Annotated[str, ONCE, VOLUNTEERS, ANY, PERSONAL] = ""
    """The card they came with: it may turn out to have been reported lost elsewhere."""
