"""What the page of two bookings for one room says: who was first, what is free instead. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from kiosk.hub.actor import Actor
from kiosk.hub.give_up import free_now
from kiosk.hub.shown import Shown, shown
from kiosk.hub.snapshot import Snapshot
from kiosk.screens.room.view import holder, times
from kiosk.screens.rooms.view import bar_title, first_language, one_line
from kiosk.ui.words import Words
from sync.records.booking import Booking
from sync.records.booking_decide import clashes
from sync.records.booking_diary import Taken, taken
from sync.records.booking_free import Free, known, other_rooms, other_times

MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class CardView:
    """One of two bookings: its title, "Willow, 18:00–19:00", whose it is."""

    title: str
    where: str
    who: str


@dataclass(frozen=True, slots=True)
class OfferView:
    """A free room and time, and how it is written."""

    free: Free
    name: str
    times: str


@dataclass(frozen=True, slots=True)
class ClashView:
    """first: the confirmed one, None where it is gone. free: it can be had now."""

    first: CardView | None
    other: CardView
    offers: tuple[OfferView, ...]
    free: bool


def clash_view(hub: Snapshot, bar: Shown, now: datetime, words: Words, viewer: Actor) -> ClashView:
    """Return the page of a clashing booking."""
    one = bar.parts[0]
    there = known(hub.diary, bar.room)
    found = clashes(one.booking, hub.diary, [(one.day, one.span)], there)
    first = shown(hub, found[0][1], viewer) if found else None
    return ClashView(
        first=_card(hub, first, words) if first else None,
        other=_card(hub, bar, words),
        offers=offers(hub, one_day(hub, one), now, words),
        free=bool(free_now(hub, [one])),
    )


def offers(hub: Snapshot, booking: Booking, now: datetime, words: Words) -> tuple[OfferView, ...]:
    """Return times in that room and other rooms at that time, truly free; three at most."""
    times_there = other_times(hub.diary, booking, now)
    rooms = other_rooms(hub.diary, booking, now, most=MOST_OFFERED - len(times_there))
    return offered(hub, (*times_there, *rooms), words)


def offered(hub: Snapshot, found: tuple[Free, ...], words: Words) -> tuple[OfferView, ...]:
    """Return free rooms and times as they are written."""
    return tuple(
        OfferView(free, room_name(hub, free.room, words), times(hub, free.span, words))
        for free in found[:MOST_OFFERED]
    )


def one_day(hub: Snapshot, one: Taken) -> Booking:
    """Return one day of a booking as a booking of its own."""
    starts = hub.local(one.whole.start).replace(tzinfo=None)
    return msgspec.structs.replace(one.booking, starts=starts, rule="")


def whole(hub: Snapshot, bar: Shown) -> Booking:
    """Return a bar as one booking: a day of it, with what that was extended by."""
    minutes = sum(part.whole.minutes for part in bar.parts)
    return msgspec.structs.replace(one_day(hub, bar.parts[0]), minutes=minutes)


def room_name(hub: Snapshot, room_id: str, words: Words) -> str:
    """Return the name of a room, "" where it is not here."""
    room = hub.room(room_id)
    return one_line(words.pick(room.name, first_language(hub))[0]) if room else ""


def _card(hub: Snapshot, bar: Shown, words: Words) -> CardView:
    where = f"{room_name(hub, bar.room, words)}, {times(hub, bar.span, words)}"
    return CardView(bar_title(hub, bar, words), where, holder(hub, bar))


def taken_on(hub: Snapshot, booking_id: str, day: date) -> Taken | None:
    """Return a day of a booking that is still there."""
    booking = hub.booking(booking_id)
    there = taken(hub.diary, booking.room) if booking else ()
    mine = (one for one in there if one.booking.id == booking_id)
    return next((one for one in mine if one.day == day), None)
