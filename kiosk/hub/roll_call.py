"""Roll call: everybody here, how sure the hub is of each, and who has been seen safe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.errors import TooLow
from kiosk.hub.may import needs
from kiosk.hub.moment import Moment
from kiosk.hub.presence import (
    Here,
    is_present,
    maybe_present,
    present,
    shown_names,
    visits_of,
)
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.who_is_here import the_visit
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes
from sync.ids import pair_id
from sync.records.booking_diary import CLASHING, Taken, taken
from sync.records.booking_release import came
from sync.records.booking_time import Span
from sync.records.masked import masked
from sync.records.roll import Roll
from sync.records.roll_tick import RollTick

OPEN_FOR = timedelta(minutes=30)
CARD, SAID, IN_ROOM, MAYBE = "card", "said", "room", "maybe"
"""How sure: by card, said so, in a booked room, maybe (taken for gone a while ago)."""


@dataclass(frozen=True, slots=True)
class RollRow:
    """Somebody, or a group, in the roll call.

    visit: what a tick is for; "" for the holder of a room who never signed in. name: masked, "" of
    who gave none. sure: card, said, room, maybe. room: where a booking of theirs is running.
    from_another_kiosk: known "as of" the last exchange.
    """

    visit: str
    name: str
    heads: int
    sure: str
    room: str = ""
    tag: str = ""
    came: datetime | None = None
    is_safe: bool = False
    from_another_kiosk: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many are here, without a name. by_room: heads in booked rooms; maybe is not in total."""

    total: int
    maybe: int = 0
    grown_ups: int = 0
    children: int = 0
    by_sure: Mapping[str, int] = field(default_factory=dict)
    by_room: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EverybodyOut:
    """Names are opened: a volunteer asks, or anybody who held *Everybody out* for 3 s."""

    drill: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody was seen safe. A volunteer's first tick begins a roll call."""

    visit: str
    by: Actor = ANYBODY


def roll_rows(hub: Snapshot, now: datetime) -> tuple[RollRow, ...]:
    """Return everybody here, surest first, then in order of coming."""
    entries, alone = present(hub, now), _unsigned(hub, now)
    # Who may have gone and holds a room that is in use is in it, and stands there once.
    maybe = [
        m for m in maybe_present(hub, now) if not m.person or hub.who(m.person.id) not in alone
    ]
    names = shown_names((*entries, *maybe))
    rooms = _rooms_by_person(hub, now)
    safe = safe_visits(hub, now)
    rows = [
        _row(hub, one, name, rooms, safe, sure=_sure(one) if n < len(entries) else MAYBE)
        for n, (one, name) in enumerate(zip((*entries, *maybe), names, strict=True))
    ]
    order = (CARD, SAID, IN_ROOM, MAYBE)
    return tuple(sorted((*rows, *alone.values()), key=lambda row: order.index(row.sure)))


def numbers(hub: Snapshot, now: datetime) -> Numbers:
    """Return how many are here: what one tap shows to anybody."""
    rows = roll_rows(hub, now)
    here = [row for row in rows if row.sure != MAYBE]
    children = sum(_children_here(one) for one in present(hub, now))
    total = sum(row.heads for row in here)
    return Numbers(
        total=total,
        maybe=sum(row.heads for row in rows if row.sure == MAYBE),
        grown_ups=total - children,
        children=children,
        by_sure=_heads_by((row.sure, row.heads) for row in rows),
        by_room=_heads_by((row.room, row.heads) for row in here if row.room),
    )


def everybody_out(hub: Snapshot, ask: EverybodyOut, at: Moment) -> Changes:
    """Open the names on this kiosk for 30 minutes; that it was done is kept. Signs nobody out."""
    roll = Roll(id=at.new_id(), at=at.now.replace(microsecond=0), drill=ask.drill)
    return Changes.of(new(hub, roll, at), result=roll.id)


def names_open_until(hub: Snapshot, now: datetime) -> datetime | None:
    """Return until when names may be shown on this kiosk to anybody; None = they may not.

    A roll call that a volunteer began by ticking opens them to nobody else.
    """
    rolls = [roll for roll in _running(hub, now) if not roll.entered_by]
    ours = [roll.at for roll in rolls if roll.made_on == hub.device.node and roll.at]
    until = max(ours, default=None)
    return until + OPEN_FOR if until and until + OPEN_FOR > now else None


def must_see_names(hub: Snapshot, by: Actor, now: datetime) -> None:
    """Pass a volunteer, or anybody while names are open. Raises TooLow."""
    if by.level < VOLUNTEER and names_open_until(hub, now) is None:
        raise TooLow(needed=VOLUNTEER)


def tick(hub: Snapshot, ask: Tick, at: Moment) -> Changes:
    """Tick somebody off as safe; the ticks of two devices add up. Raises NotKnown, TooLow."""
    visit = the_visit(hub, ask.visit)
    running = _running(hub, at.now)
    if not running:
        needs(ask.by, VOLUNTEER)
    roll = running[0] if running else Roll(id=at.new_id(), at=at.now.replace(microsecond=0))
    begun = [] if running else [new(hub, roll, at, ask.by)]
    record_id = pair_id(hub.hub.id, "roll_tick", roll.id, visit.id)
    if known := hub.get(RollTick, record_id):
        return Changes.of(edit(known, safe=1))
    fresh = RollTick(id=record_id, roll=roll.id, visit=visit.id, safe=1)
    return Changes.of(*begun, new(hub, fresh, at, ask.by), undo_s=10)


def safe_visits(hub: Snapshot, now: datetime) -> frozenset[str]:
    """Return the visits ticked off in the roll call that is going on, on whichever device."""
    ticks = (tick for roll in _running(hub, now) for tick in hub.roll_ticks(roll.id))
    return frozenset(one.visit for one in ticks if one.safe)


def _running(hub: Snapshot, now: datetime) -> tuple[Roll, ...]:
    """Return the rolls of the call that is going on, newest first.

    Two devices that open names at about the same time, or one that opens them again, are in one
    call: each roll begins while the next older one is open.
    """
    found: list[Roll] = []
    since = now + timedelta(minutes=1)
    for roll in sorted(hub.rolls, key=_begun, reverse=True):
        if roll.at is None or roll.at > now + timedelta(minutes=1):
            continue
        if min(since, now) - roll.at >= OPEN_FOR:
            break
        found.append(roll)
        since = roll.at
    return tuple(found)


def _begun(roll: Roll) -> tuple[float, str]:
    return roll.at.timestamp() if roll.at else 0.0, roll.id


def _sure(one: Here) -> str:
    return CARD if any(visit.how == "card" for visit in one.visits) else SAID


def _row(
    hub: Snapshot,
    one: Here,
    name: str,
    rooms: Mapping[str, str],
    safe: frozenset[str],
    *,
    sure: str,
) -> RollRow:
    return RollRow(
        visit=one.visit.id,
        name=name,
        heads=one.heads,
        sure=sure,
        room=rooms.get(one.person.id, "") if one.person else "",
        tag=one.visit.tag,
        came=one.visit.came_at,
        is_safe=any(visit.id in safe for visit in one.visits),
        from_another_kiosk=one.visit.made_on != hub.device.node,
    )


def _running_bookings(hub: Snapshot, now: datetime) -> Iterable[Taken]:
    window = Span(now, now + timedelta(seconds=1))
    for room in hub.rooms:
        for one in taken(hub.diary, room.id, window):
            if one.state != CLASHING and one.span.start <= now < one.span.end:
                yield one


def _rooms_by_person(hub: Snapshot, now: datetime) -> dict[str, str]:
    running = _running_bookings(hub, now)
    return {hub.who(one.booking.person): one.booking.room for one in running if one.booking.person}


def _unsigned(hub: Snapshot, now: datetime) -> Mapping[str, RollRow]:
    """Return the holders of rooms where somebody said "we are here" and nobody signed in, by who.

    Who came for it and said goodbye is not looked for in a fire.
    """
    found: dict[str, RollRow] = {}
    for one in _running_bookings(hub, now):
        holder = hub.person(one.booking.person) if one.booking.person else None
        if holder is None or not one.used or _said_goodbye(hub, holder.id, one):
            continue
        if not is_present(hub, holder.id, now):
            name = masked(holder.name, holder.known_as)
            row = RollRow("", name, 1, IN_ROOM, room=one.booking.room)
            found.setdefault(hub.who(holder.id), row)
    return found


def _said_goodbye(hub: Snapshot, person_id: str, one: Taken) -> bool:
    since = came(one.whole).start
    return any(v.left_at and v.left_at >= since for v in visits_of(hub, person_id) if not v.mistake)


def _children_here(one: Here) -> int:
    # Who of a group has gone is not said: the grown-ups are taken to go first, so that no child
    # is missed.
    return min(one.visit.children, one.heads)


def _heads_by(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key, heads in pairs:
        found[key] += heads
    return dict(found)
