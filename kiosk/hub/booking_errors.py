"""Why a room cannot be had as asked, each with the next possible choice.

Refused
  HubShut       outside the hours, or on a closed day: ``opens``, ``free``
  RoomTaken     a booking known here is in the way: ``clash``, ``days``, ``rooms``, ``times``
  TooLong       longer than the hub allows, or not in its steps: ``most_min``, ``step_min``
  TooFar        further ahead than the hub allows: ``last_day``
  BadSeries     a rule that does not end, or goes on for too long
  OverCapacity  more heads than the room holds: ``capacity``, ``rooms`` that fit
  NotBookable   the room is not booked at the door, or by volunteers alone
  RoomRetired   the room is off the boards from ``since``
  Past          it is over, or began before now
  TooEarly      it is not yet time for this: ``opens``
  NotYours      somebody else's booking
  AlreadyMoved  it was moved before
  StillBooked   the room has confirmed bookings after that day: ``last_day``, ``bookings``
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sync.errors import Refused
from sync.records.booking_free import Free
from sync.records.booking_time import Span


class HubShut(Refused):
    """The room is not open then; ``free`` is its next free span of that length, if there is one."""

    say = "booking.hub_shut"

    def __init__(self, *, opens: datetime | None, free: Span | None) -> None:
        super().__init__("outside opening hours")
        self.opens, self.free = opens, free


class RoomTaken(Refused):
    """Something known here is in the way; ``rooms`` and ``times`` are free instead.

    days: the days of a series that are taken; the others are free where ``some_free``.
    """

    say = "booking.room_taken"

    def __init__(
        self,
        *,
        clash: str,
        days: Sequence[date],
        rooms: Sequence[Free],
        times: Sequence[Free],
        some_free: bool = False,
    ) -> None:
        super().__init__(f"overlaps booking {clash}")
        self.clash, self.days, self.some_free = clash, tuple(days), some_free
        self.rooms, self.times = tuple(rooms), tuple(times)


class TooLong(Refused):
    """Longer than the hub allows, shorter than one step, or not in whole steps."""

    say = "booking.too_long"

    def __init__(self, *, most_min: int, step_min: int) -> None:
        super().__init__(f"at most {most_min} min, in steps of {step_min}")
        self.most_min, self.step_min = most_min, step_min


class TooFar(Refused):
    """The first day is further ahead than the hub allows."""

    say = "booking.too_far"

    def __init__(self, *, last_day: date) -> None:
        super().__init__(f"after {last_day}")
        self.last_day = last_day


class BadSeries(Refused):
    """A rule that cannot be read, does not end, or has too many days."""

    say = "booking.bad_series"

    def __init__(self, *, most: int) -> None:
        super().__init__(f"not a series of at most {most} days")
        self.most = most


class OverCapacity(Refused):
    """More heads than the room holds; ``rooms`` hold them and are free then."""

    say = "booking.over_capacity"

    def __init__(self, *, capacity: int, rooms: Sequence[Free]) -> None:
        super().__init__(f"holds {capacity}")
        self.capacity, self.rooms = capacity, tuple(rooms)


class NotBookable(Refused):
    """This room is booked with a volunteer, or not at all."""

    say = "booking.not_bookable"

    def __init__(self, *, by: str) -> None:
        super().__init__(f"bookable by {by}")
        self.by = by


class RoomRetired(Refused):
    """The room is off the boards by then."""

    say = "booking.room_retired"

    def __init__(self, *, since: date) -> None:
        super().__init__(f"retired from {since}")
        self.since = since


class Past(Refused):
    """It is over, or would begin before now."""

    say = "booking.past"


class TooEarly(Refused):
    """It is not yet time for this."""

    say = "booking.too_early"

    def __init__(self, *, opens: datetime) -> None:
        super().__init__(f"not before {opens}")
        self.opens = opens


class NotYours(Refused):
    """Only its holder or a volunteer may do this."""

    say = "booking.not_yours"


class AlreadyMoved(Refused):
    """A booking can be moved once; the new one can be moved again."""

    say = "booking.already_moved"


class StillBooked(Refused):
    """A room with confirmed bookings after that day is not retired; each is offered a move."""

    say = "booking.still_booked"

    def __init__(self, *, last_day: date, bookings: Sequence[str]) -> None:
        super().__init__(f"booked until {last_day}")
        self.last_day, self.bookings = last_day, tuple(bookings)
