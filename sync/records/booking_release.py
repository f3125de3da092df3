"""No-shows: a room that nobody came to is free again, once everybody has been asked.

A holder signed in at any kiosk is never released; so one silent kiosk holds everything up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sync.records.booking import Booking
from sync.records.booking_diary import Diary, all_days, is_confirmed, kept_days
from sync.records.booking_time import Span, day_start
from sync.records.hub import settings_of

COMES_EARLY = timedelta(minutes=30)
"""Whoever is in the house this long before the start has come for it."""


def release_at(diary: Diary, whole: Span) -> datetime:
    """Return when an occurrence is free again if nobody comes: after the hub's delay, or half."""
    delay_min = max(settings_of(diary.hub).no_show_min, 0)
    return whole.start + min(timedelta(minutes=delay_min), (whole.end - whole.start) / 2)


def came(whole: Span) -> Span:
    """Return the time in which a holder who is in the house uses the room."""
    return Span(whole.start - COMES_EARLY, whole.end)


def decide_release(
    booking: Booking,
    day: date,
    others: Diary,
    *,
    seen: Collection[str],
    reported: Mapping[str, datetime],
    now: datetime,
) -> dict[str, Any]:
    """Return ``{"released": 1}`` for the ``booking_day`` that nobody came to, or nothing.

    seen: ids of the people who were in the house during ``came(span)``, through merges. reported:
    node -> when that kiosk last told the server everything; all kiosks of the hub must have, since
    the delay ended.
    """
    whole = next((whole for d, _span, whole in kept_days(others, booking) if d == day), None)
    if whole is None or booking.outside or not is_confirmed(others, booking, day):
        return {}
    due = release_at(others, whole)
    if not due <= now < whole.end or booking.person in seen or is_used(booking, day, others):
        return {}
    silent = [node for node in others.hub.kiosks if reported.get(node, whole.start) < due]
    return {} if silent else {"released": 1}


def ask_again_at(booking: Booking, others: Diary, now: datetime) -> datetime | None:
    """Return when the next day of a booking may have to be released, or None: never again."""
    if booking.outside:
        return None  # whoever comes to it signs in elsewhere
    due = (
        release_at(others, whole)
        for day, _span, whole in kept_days(others, booking)
        if is_confirmed(others, booking, day) and not is_used(booking, day, others)
    )
    return min((at for at in due if at > now), default=None)


def is_used(booking: Booking, day: date, others: Diary) -> bool:
    """Whether somebody came for a day of a booking, or for what it was extended from or by.

    Who is in the room for the first hour is there for the hour it was extended by.
    """
    family = others.family(booking)
    chain = [one for one in others.by_room.get(booking.room, ()) if others.family(one) == family]
    if any(others.day(one, day).used for one in chain):
        return True
    if not booking.extends:
        return False
    begins = day_start(day, others.zone)  # what it goes on from may belong to the evening before
    return any(
        others.day(one, before).used
        for one in chain
        for before, whole in all_days(others, one)
        if before < day and begins <= whole.end
    )
