"""What may be booked by whom, and whether it is free: the rules before a booking is written."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.booking_errors import (
    BadSeries,
    HubShut,
    NotBookable,
    OverCapacity,
    Past,
    RoomRetired,
    RoomTaken,
    TooFar,
    TooLong,
)
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from sync.records.booking import Booking
from sync.records.booking_diary import all_days
from sync.records.booking_free import (
    fits,
    in_the_way,
    is_open,
    next_open,
    other_rooms,
    other_times,
)
from sync.records.booking_time import MOST_OCCURRENCES, instant, is_series, next_day
from sync.records.opening import is_closed_day, room_hours
from sync.records.room import Room

_LOOK_AHEAD_DAYS = 14
_DAY_MIN = 24 * 60


def local_time(hub: Snapshot, when: datetime) -> datetime:
    """Return an instant as the hub's own clock shows it, without a zone."""
    return hub.local(when).replace(tzinfo=None, fold=0)


def must_be_allowed(
    hub: Snapshot, wanted: Booking, by: Actor, at: Moment, *, longest_min: int = 0
) -> None:
    """Pass what this person may ask for; whether it is free is another question.

    longest_min: allowed even if the hub's longest is less. Raises what ``book`` raises, but
    RoomTaken.
    """
    room = hub.room(wanted.room)
    if room is None:
        raise NotKnown(kind="room")
    if by.level < KNOWN:
        raise TooLow(needed=KNOWN)
    if room.bookable == "nobody" or (room.bookable == "vol" and by.level < VOLUNTEER):
        raise NotBookable(by=room.bookable)
    _must_have_length(hub, wanted, by, longest_min)
    _must_be_ahead(hub, wanted, by, at)
    _must_be_in_service(hub, wanted, room)
    if not fits(room, wanted.heads):
        rooms = other_rooms(hub.diary, wanted, at.now)
        raise OverCapacity(capacity=room.capacity, rooms=rooms)


def _must_have_length(hub: Snapshot, wanted: Booking, by: Actor, longest_min: int) -> None:
    step_min = max(hub.settings.book_step_min, 1)
    most_min = max(hub.settings.book_max_min, longest_min)
    if by.level >= VOLUNTEER:
        most_min = _DAY_MIN
    if not step_min <= wanted.minutes <= most_min or wanted.minutes % step_min:
        raise TooLong(most_min=most_min, step_min=step_min)


def _must_be_ahead(hub: Snapshot, wanted: Booking, by: Actor, at: Moment) -> None:
    starts = wanted.starts
    assert starts is not None  # noqa: S101 (a use case has set it)
    if wanted.rule and not is_series(starts, wanted.rule, hub.zone):
        raise BadSeries(most=MOST_OCCURRENCES)
    if instant(starts, hub.zone) < at.now.replace(second=0, microsecond=0):
        raise Past
    last_day = hub.today(at.now) + timedelta(days=max(hub.settings.book_ahead_days, 0))
    if starts.date() > last_day and by.level < VOLUNTEER:
        raise TooFar(last_day=last_day)


def _must_be_in_service(hub: Snapshot, wanted: Booking, room: Room) -> None:
    for day, _span in all_days(hub.diary, wanted):
        if room.retired_from and day >= room.retired_from:
            raise RoomRetired(since=room.retired_from)


def must_be_free(
    hub: Snapshot, wanted: Booking, by: Actor, at: Moment, *, skip_taken: bool = False
) -> None:
    """Pass what lies inside the hours and in nobody's way, as far as this kiosk knows.

    A volunteer may exceed the hours, but no closed day. skip_taken: of a series, some days may be
    shut or taken, not all. Raises HubShut, RoomTaken.
    """
    days = {day for day, _span in all_days(hub.diary, wanted)}
    shut = _shut_days(hub, wanted, by)
    taken = in_the_way(hub.diary, wanted)
    refused = {*shut, *(day for day, _one in taken)}
    if not refused or (skip_taken and refused < days):
        return
    if shut:
        raise hub_shut(hub, wanted, at)
    rooms = other_rooms(hub.diary, wanted, at.now)
    times = other_times(hub.diary, wanted, at.now)
    raise RoomTaken(
        clash=taken[0][1].booking.id,
        days=[day for day, _one in taken],
        rooms=rooms,
        times=times,
        some_free=refused < days,
    )


def _shut_days(hub: Snapshot, wanted: Booking, by: Actor) -> list[date]:
    room = hub.diary.rooms[wanted.room]
    return [
        day
        for day, span in all_days(hub.diary, wanted)
        if not is_open(hub.diary, room, day, span)
        and (by.level < VOLUNTEER or is_closed_day(room, day, hub.diary.closed))
    ]


def hub_shut(hub: Snapshot, wanted: Booking, at: Moment) -> HubShut:
    """Return the refusal of a time outside the hours, with the next possible choice."""
    room = hub.diary.rooms[wanted.room]
    first = all_days(hub.diary, wanted)[0][1].start
    free = next_open(hub.diary, room, max(at.now, first), wanted.minutes)
    return HubShut(opens=next_opening(hub, room, at.now), free=free)


def next_opening(hub: Snapshot, room: Room, now: datetime) -> datetime | None:
    """Return when a room opens next, within 14 days, or None."""
    for days in range(_LOOK_AHEAD_DAYS):
        day = next_day(hub.today(now), days)
        for span in room_hours(hub.hub, room, day, hub.diary.closed, hub.zone):
            if span.start > now:
                return span.start
    return None
