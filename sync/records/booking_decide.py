"""What the server answers to a booking, in the order in which bookings reach it.

A yes is never taken back: what is confirmed is not decided again, and what comes later has to
leave it alone. A no is kept, with what it clashes with, until its holder asks again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sync.records.booking import Booking, Clash
from sync.records.booking_diary import Diary, Taken, confirmed, is_confirmed, kept_days, meets
from sync.records.booking_time import Span
from sync.records.opening import is_closed_day, open_around

CLOSED, RETIRED = "closed", "retired"
Fields = dict[str, Any]
"""Flat fields as they are stored (JSON values)."""


def needs_deciding(before: Booking | None, after: Booking) -> bool:
    """Whether a booking that reached the server asks for an answer: it is new, or asks again."""
    return not after.outside and (before is None or after.asked > before.asked)


def decide(record: Booking, others: Diary, now: datetime) -> Fields:
    """Return what a server writes into a booking: ``confirmed`` and ``clash``, or ``clash_now``.

    others: the diary with everything that reached the server before. now: with a zone; a booking
    whose days ahead are all taken is not promised its past. Nothing is returned for what was
    confirmed before, given up, or cannot be judged yet (its room has not arrived; a restored
    server still waits for its kiosks), nor for a move to what is over: what it moves would be lost.
    """
    days = [(day, span) for day, span, _whole in kept_days(others, record)]
    if record.confirmed or others.recovering or record.room not in others.rooms or not days:
        return {}
    if record.moves and not any(span.end > now for _day, span in days):
        return {}
    clash = _clashes(record, others, days)
    refused = {one.date for one in clash}
    ahead = [day for day, span in days if span.end > now] or [day for day, _span in days]
    if refused.issuperset(ahead):
        return {"clash_now": _stored(clash)}
    return {"confirmed": 1, "clash": _stored(clash), "clash_now": []}


def decide_days(record: Booking, others: Diary, now: datetime) -> dict[date, Fields]:
    """Return the days that a confirmed series did not get and can have now, with their fields.

    Asked for by the holder ("Take it"); each is a ``booking_day`` of its own.
    """
    if not record.confirmed or others.recovering or record.room not in others.rooms:
        return {}
    missing = [
        (day, span)
        for day, span, _whole in kept_days(others, record)
        if span.end > now and not is_confirmed(others, record, day)
    ]
    refused = {one.date for one in _clashes(record, others, missing)}
    return {day: {"confirmed": 1} for day, _span in missing if day not in refused}


def clashes(
    record: Booking, others: Diary, days: list[tuple[date, Span]], taken: tuple[Taken, ...]
) -> list[tuple[date, Taken]]:
    """Return the days on which one of ``taken`` is in the way of a booking, with the first such."""
    found = []
    for day, span in days:
        first = next(
            (one for one in taken if meets(others, record, span, one.booking, one.span)), None
        )
        if first:
            found.append((day, first))
    return found


def _clashes(record: Booking, others: Diary, days: list[tuple[date, Span]]) -> list[Clash]:
    gone = moved_elsewhere(record, others)
    if gone:
        return [Clash(date=day, with_=gone.id) for day, _span in days]
    there = tuple(confirmed(others, record.room))
    by_booking = {day: one.booking.id for day, one in clashes(record, others, days, there)}
    found = []
    for day, span in days:
        why = shut(record, others, day, span) or by_booking.get(day)
        if why:
            found.append(Clash(date=day, with_=why))
    return found


def moved_elsewhere(record: Booking, others: Diary) -> Booking | None:
    """Return the confirmed booking because of which this one is never confirmed, or None.

    What a confirmed booking moves is not confirmed later, and nothing is moved twice.
    """
    mover = others.movers.get(record.id) or others.movers.get(record.moves)
    return mover if mover and mover.id != record.id else None


def shut(record: Booking, others: Diary, day: date, span: Span) -> str:
    """Return RETIRED or CLOSED where a booking's room is so that day, "" where it is not known."""
    room = others.rooms.get(record.room)
    if room is None:
        return ""
    if room.retired_from and day >= room.retired_from:
        return RETIRED
    if not is_closed_day(room, day, others.closed):
        return ""
    hours = open_around(others.hub, room, day, others.closed, others.zone)
    return "" if any(one.holds(span) for one in hours) else CLOSED


def _stored(clash: list[Clash]) -> list[dict[str, str]]:
    return [{"date": one.date.isoformat(), "with": one.with_} for one in clash]
