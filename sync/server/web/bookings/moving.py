"""Another room or time for a booking, or for one day of a series; the old one stands until then. Pure.

All days ahead move by a new booking that ``moves`` the old one: the server lets the old one go in the
moment in which it confirms the new one. One day of a series becomes a booking of its own, and is
given up in the old one, both in one commit or neither.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sync.records.base import CameFrom
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import Diary, all_days, is_being_moved, kept_days
from sync.server.web.bookings.deciding import booked, given_up
from sync.server.web.bookings.refusals import MovedAlready, Outside, Past, RunsNow, WasExtended
from sync.server.web.bookings.series import moved_rule
from sync.server.web.bookings.wish import When, Wish, when
from sync.server.web.doorkeeper import NotThere
from sync.server.web.notice_form import Form, NotADay, said
from sync.server.web.sessions import Who
from sync.server.web.writing import Write


@dataclass(frozen=True, slots=True)
class Move:
    """What a form asks for. day: which day of the booking it speaks of. is_all: all that are ahead."""

    day: dt.date
    is_all: bool
    room: str
    at: When


def move_of(form: Form) -> Move:
    """Return what a form asks for. Raises NotADay."""
    try:
        day = dt.date.fromisoformat(said(form, "of"))
    except ValueError:
        raise NotADay from None
    return Move(day, said(form, "scope") == "all", said(form, "room"), when(form))


def movable(diary: Diary, booking: str, day: dt.date, now: dt.datetime) -> Booking:
    """Return the booking of which a day is ahead.

    Raises NotThere, Past, Outside, MovedAlready, WasExtended.
    """
    old = diary.bookings.get(booking)
    if old is None or day not in {on for on, _span in all_days(diary, old)}:
        raise NotThere
    if old.outside:
        raise Outside
    if is_being_moved(diary, old, now):
        raise MovedAlready
    more = (one for one in diary.bookings.values() if one.extends == old.id)
    if any(kept_days(diary, one) for one in more):
        raise WasExtended
    if not any(on == day and whole.start > now for on, _span, whole in kept_days(diary, old)):
        raise Past
    return old


def wish_of(diary: Diary, old: Booking, move: Move, booking: str, now: dt.datetime) -> Wish:
    """Return the booking, under an id, that shall stand in the place of the old one.

    Raises RunsNow, NotAsOne.
    """
    if old.rule and not move.is_all:
        came = (CameFrom(old.hub, Booking.KIND, old.id),)
        return Wish(_like(old, move, move.at.starts, id=booking, came_from=came))
    kept = {day: whole for day, _span, whole in kept_days(diary, old) if whole.end > now}
    if any(whole.start <= now for whole in kept.values()):
        raise RunsNow
    by, first = move.at.starts.date() - move.day, min(kept)
    starts = dt.datetime.combine(first + by, move.at.starts.time())
    rule = moved_rule(old, diary.zone, first, starts) if old.rule else ""
    days = {day for day, _span in all_days(diary, old) if day >= first}
    whole = _like(old, move, starts, id=booking, moves=old.id, rule=rule)
    return Wish(whole, frozenset(day + by for day in days - kept.keys()))


def _like(old: Booking, move: Move, starts: dt.datetime, **more: Any) -> Booking:
    # Any: each field has a type of its own.
    return Booking(
        room=move.room,
        starts=starts,
        minutes=move.at.minutes,
        title=old.title,
        note=old.note,
        heads=old.heads,
        private=old.private,
        person=old.person,
        for_name=old.for_name,
        **more,
    )


def moved(diary: Diary, old: Booking, move: Move, wish: Wish, who: Who, now_ms: int) -> list[Write]:
    """Write the move. diary: with what is around both. Raises what ``booked`` raises."""
    if wish.booking.moves:
        return booked(diary, wish, who, now_ms)
    free = _without(diary, old, move.day)
    return [*booked(free, wish, who, now_ms), given_up(old, move.day, who, now_ms)]


def _without(diary: Diary, one: Booking, day: dt.date) -> Diary:
    gone = BookingDay(booking=one.id, date=day, cancelled=1)
    days = {**diary.days.get(one.id, {}), day: gone}
    return replace(diary, days={**diary.days, one.id: days})
