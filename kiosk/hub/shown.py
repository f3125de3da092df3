"""What a screen may show of a booking: to its holder and volunteers all, to others the board's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.bookings import is_holder
from kiosk.hub.snapshot import Snapshot
from sync.records.base import Texts
from sync.records.booking_diary import CONFIRMED, PENCILLED, Taken
from sync.records.booking_time import Span
from sync.records.room_state import stretches


@dataclass(frozen=True, slots=True)
class Shown:
    """One bar of a room: a booking with what it was extended by.

    state: confirmed, pencilled or clashing. title: by language, empty where ``private`` hides it.
    person: whose it is, "" where hidden; shown masked. mine: the viewer holds it.
    heads, note: only for the holder and volunteers. used: somebody came.
    """

    booking: str
    room: str
    day: date
    span: Span
    state: str
    title: Texts = field(default_factory=dict)
    person: str = ""
    for_name: str = ""
    private: bool = False
    mine: bool = False
    used: bool = False
    heads: int = 0
    note: str = ""
    parts: tuple[Taken, ...] = ()


def shown(hub: Snapshot, one: Taken, viewer: Actor = ANYBODY) -> Shown:
    """Return what a viewer may see of one day of a booking."""
    booking = one.booking
    mine = is_holder(hub, booking, viewer.person)
    may_all = mine or viewer.level >= VOLUNTEER
    hidden = booking.private and not may_all
    return Shown(
        booking=booking.id,
        room=booking.room,
        day=one.day,
        span=one.span,
        state=one.state,
        title={} if hidden else dict(booking.title),
        person="" if hidden else booking.person,
        for_name=booking.for_name if may_all else "",
        private=booking.private,
        mine=mine,
        used=one.used,
        heads=booking.heads if may_all else 0,
        note=booking.note if may_all else "",
        parts=(one,),
    )


def bars(hub: Snapshot, there: Iterable[Taken], viewer: Actor = ANYBODY) -> tuple[Shown, ...]:
    """Return bookings as bars in order of time: what was extended is drawn as one."""
    return tuple(_bar(hub, some, viewer) for some in stretches(there))


def _bar(hub: Snapshot, parts: Sequence[Taken], viewer: Actor) -> Shown:
    bar = shown(hub, parts[0], viewer)
    if len(parts) == 1:
        return bar
    sure = all(part.state == CONFIRMED for part in parts)
    return replace(
        bar,
        span=Span(bar.span.start, parts[-1].span.end),
        state=CONFIRMED if sure else PENCILLED,
        used=any(part.used for part in parts),
        parts=tuple(parts),
    )
