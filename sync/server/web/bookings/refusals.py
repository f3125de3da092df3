"""Why a room is not booked, or a booking not moved; nothing was changed.

Refused
  Past, Outside, BadSeries, NoEnd, NotBookable, MovedAlready, WasExtended, RunsNow, NotAsOne, NotNow
  CannotBe    some days cannot be had, with what is wanted: NotInService, RoomTaken, OverCapacity
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sync.errors import Refused

if TYPE_CHECKING:
    from sync.records.booking_diary import Diary
    from sync.server.web.bookings.wish import Wish


class Past(Refused):
    """What has begun cannot be booked any more."""

    say = "book.past"


class Outside(Refused):
    """A time that a calendar of others says is not given up here, nor moved."""

    say = "book.outside"


class BadSeries(Refused):
    """A series ends, after 53 times or 400 days at the latest."""

    say = "book.bad_series"


class NoEnd(Refused):
    """A series without a last day and without a number of times."""

    say = "book.no_end"


class NotBookable(Refused):
    """A room that nobody books."""

    say = "book.not_bookable"


class MovedAlready(Refused):
    """Another move of the same booking is there."""

    say = "move.already"


class WasExtended(Refused):
    """A booking moves with what it was extended by, and only a door does that."""

    say = "move.was_extended"


class RunsNow(Refused):
    """A series of which one day has begun is moved once that is over."""

    say = "move.runs_now"


class NotAsOne(Refused):
    """The days ahead do not follow a rule any more once they are moved so."""

    say = "move.not_as_one"


class NotNow(Refused):
    """The server cannot promise the new time just now, so the old one stays."""

    say = "move.not_now"


class CannotBe(Refused):
    """Some days of what is wanted cannot be had. days: which; empty: it is not about days."""

    def __init__(self, diary: Diary, wish: Wish, days: Sequence[dt.date] = ()) -> None:
        super().__init__(f"{len(days)} days")
        self._diary, self._wish, self._days = diary, wish, tuple(days)

    @property
    def diary(self) -> Diary:
        """The diary around it, by which it was decided."""
        return self._diary

    @property
    def wish(self) -> Wish:
        """What is wanted."""
        return self._wish

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days that cannot be had, in order."""
        return self._days

    @property
    def some_can(self) -> bool:
        """Whether the other days of a new series can be had; of a move, one left out lost its old time."""
        is_move = bool(self._wish.booking.moves)
        return not is_move and 0 < len(self._days) < len(self._wish.days(self._diary))


class NotInService(CannotBe):
    """The room is shut on some of the days."""

    say = "book.not_in_service"


class RoomTaken(CannotBe):
    """Somebody has the room on some of the days."""

    say = "book.taken"


class OverCapacity(CannotBe):
    """More people than the room holds."""

    say = "book.over_capacity"

    def __init__(self, diary: Diary, wish: Wish, *, capacity: int) -> None:
        super().__init__(diary, wish)
        self.capacity = capacity
