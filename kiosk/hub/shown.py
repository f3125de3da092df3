"""What a screen may show of a booking: to its holder and volunteers all, to others the board's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.bookings import is_holder
from kiosk.hub.snapshot import Snapshot
from sync.records.base import Texts
from sync.records.booking_diary import CLASHING, CONFIRMED, PENCILLED, Taken
from sync.records.booking_time import Span


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
    found: list[Shown] = []
    for one in there:
        before = next((bar for bar in found if _goes_on(bar.parts[-1], one)), None)
        if before is None:
            found.append(shown(hub, one, viewer))
        else:
            found[found.index(before)] = _longer(before, one)
    return tuple(found)


def _goes_on(last: Taken, one: Taken) -> bool:
    if CLASHING in {last.state, one.state}:
        return False
    return one.booking.extends == last.booking.id and one.span.start == last.span.end


def _longer(bar: Shown, one: Taken) -> Shown:
    parts = (*bar.parts, one)
    sure = all(part.state == CONFIRMED for part in parts)
    return Shown(
        booking=bar.booking,
        room=bar.room,
        day=bar.day,
        span=Span(bar.span.start, one.span.end),
        state=CONFIRMED if sure else PENCILLED,
        title=bar.title,
        person=bar.person,
        for_name=bar.for_name,
        private=bar.private,
        mine=bar.mine,
        used=bar.used or one.used,
        heads=bar.heads,
        note=bar.note,
        parts=parts,
    )
