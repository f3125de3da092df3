"""The diary: who has which room when, as far as the records at hand say.

Every rule about rooms reads this one value; a server makes it of what it holds, a kiosk of its
snapshot, a test of a few lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_time import Span, spans
from sync.records.hub import Hub
from sync.records.opening import ClosedDays
from sync.records.room import Room

CONFIRMED, PENCILLED, CLASHING = "confirmed", "pencilled", "clashing"
_NO_DAY = BookingDay()
LONGEST_CHAIN = 50
"""So many extensions in a row are looked through."""
_EVER = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """One day of a booking, as long as it takes its room. ``whole`` includes what was given back.

    state: confirmed, pencilled (the server has not said), clashing (the server said no, or a
    confirmed booking known here is in its way).
    """

    span: Span
    day: date
    state: str
    booking: Booking = field(compare=False)
    whole: Span = field(compare=False)
    used: bool = field(compare=False)


@dataclass(frozen=True)
class Diary:
    """Bookings, their days, rooms, hours; ``recovering``: a restored server promises nothing yet.

    days: booking id -> date -> what is particular to that day.
    """

    zone: ZoneInfo
    hub: Hub
    rooms: Mapping[str, Room]
    bookings: Mapping[str, Booking]
    days: Mapping[str, Mapping[date, BookingDay]]
    closed: ClosedDays
    recovering: bool = False

    @classmethod
    def of(
        cls,
        zone: ZoneInfo,
        hub: Hub,
        rooms: Iterable[Room],
        bookings: Iterable[Booking],
        days: Iterable[BookingDay] = (),
        closed: ClosedDays | None = None,
        *,
        recovering: bool = False,
    ) -> Diary:
        """Return the diary of these records."""
        by_booking: dict[str, dict[date, BookingDay]] = {}
        for one in days:
            if one.date:
                by_booking.setdefault(one.booking, {})[one.date] = one
        by_room = {room.id: room for room in rooms}
        by_id = {one.id: one for one in bookings}
        return cls(zone, hub, by_room, by_id, by_booking, closed or {}, recovering)

    @cached_property
    def by_room(self) -> Mapping[str, tuple[Booking, ...]]:
        """The bookings of each room, in order of id."""
        found: dict[str, list[Booking]] = {}
        for one in sorted(self.bookings.values(), key=lambda booking: booking.id):
            found.setdefault(one.room, []).append(one)
        return {room: tuple(some) for room, some in found.items()}

    @cached_property
    def movers(self) -> Mapping[str, Booking]:
        """For each booking that a confirmed one moves, that one: the lowest ``arrived``, then id.

        A time of others is nobody's to move.
        """
        found: dict[str, Booking] = {}
        for one in self.bookings.values():
            moved = self.bookings.get(one.moves)
            if one.moves and one.confirmed and not (moved and moved.outside):
                there = found.get(one.moves, one)
                found[one.moves] = min(there, one, key=lambda b: (b.arrived, b.id))
        return found

    def buffer(self, room_id: str) -> timedelta:
        """Return the time that lies between two bookings of a room."""
        room = self.rooms.get(room_id)
        return timedelta(minutes=min(max(room.buffer_min, 0), 24 * 60) if room else 0)

    def day(self, booking: Booking, day: date) -> BookingDay:
        """Return what is particular to a day of a booking; an empty one where nothing is."""
        return self.days.get(booking.id, {}).get(day, _NO_DAY)

    def family(self, booking: Booking) -> str:
        """Return the id of the first booking of a chain of extensions: its own, mostly."""
        seen = [booking.id]
        while booking.extends and booking.extends not in seen and len(seen) < LONGEST_CHAIN:
            seen.append(booking.extends)
            before = self.bookings.get(booking.extends)
            if before is None:
                return seen[-1]
            booking = before
        return min(seen) if booking.extends else seen[-1]  # a ring has no first: the lowest id


def all_days(diary: Diary, booking: Booking) -> tuple[tuple[date, Span], ...]:
    """Return day and span of every occurrence, whatever became of it."""
    if booking.starts is None or booking.minutes <= 0:
        return ()
    return spans(booking.starts, booking.minutes, booking.rule, diary.zone)


def kept_days(
    diary: Diary, booking: Booking, near: Span | None = None
) -> Iterator[tuple[date, Span, Span]]:
    """Yield day, span still taken and whole span of the occurrences that nobody gave up.

    near: only of those that overlap it, as a series has up to 53.

    Not taken: cancelled, released, given-back minutes, and what a confirmed booking moved away;
    what was over before it was cancelled or moved stays as it was. ``withdrawn`` plays no part: it
    can be restored, and what was given up may be somebody else's by then.
    """
    moved_at = _moved_at(diary, booking)
    days = all_days(diary, booking)
    for day, whole in _near(days, near) if near else days:
        one = diary.day(booking, day)
        if one.cancelled or one.released or _is_cancelled(booking, day):
            continue
        if moved_at and whole.end > moved_at:
            continue
        back = timedelta(minutes=min(max(one.given_back_min, 0), whole.minutes))
        if whole.start < whole.end - back:
            yield day, Span(whole.start, whole.end - back), whole


def _near(days: tuple[tuple[date, Span], ...], near: Span) -> tuple[tuple[date, Span], ...]:
    # In order of time and all of one length, so that their ends are in order as well.
    first = bisect_right(days, near.start, key=lambda one: one[1].end)
    return days[first : bisect_left(days, near.end, key=lambda one: one[1].start)]


def _is_cancelled(booking: Booking, day: date) -> bool:
    if not booking.cancelled:
        return False
    return booking.cancelled_on is None or day >= booking.cancelled_on


def _moved_at(diary: Diary, booking: Booking) -> datetime | None:
    # Whatever the clock said when the move was asked for, the two never stand at one time.
    mover = diary.movers.get(booking.id)
    if mover is None:
        return None
    begins = [span.start for _day, span in all_days(diary, mover)[:1]]
    return min([*begins, mover.made_at or _EVER])


def is_being_moved(diary: Diary, booking: Booking, now: datetime) -> bool:
    """Whether a move of a booking still stands: not one that was given up, or whose time is over."""
    moves = (one for one in diary.bookings.values() if one.moves == booking.id)
    return any(span.end > now for one in moves for _day, span, _whole in kept_days(diary, one))


def is_confirmed(diary: Diary, booking: Booking, day: date) -> bool:
    """Whether the server said yes to this day of a booking."""
    if diary.day(booking, day).confirmed:
        return True
    return bool(booking.confirmed) and all(one.date != day for one in booking.clash)


def confirmed(diary: Diary, room_id: str) -> Iterator[Taken]:
    """Yield every confirmed day of a room: what a server looks at before it says yes."""
    for booking in diary.by_room.get(room_id, ()):
        for day, span, whole in kept_days(diary, booking):
            if is_confirmed(diary, booking, day):
                yield _taken(diary, booking, day, span, whole, CONFIRMED)


def taken(diary: Diary, room_id: str, window: Span | None = None) -> tuple[Taken, ...]:
    """Return what is known of a room, pencilled, confirmed and clashing, in order of time.

    window: only what overlaps it.
    """
    gap = diary.buffer(room_id)
    near = Span(window.start - gap, window.end + gap) if window else None
    kept = [
        (booking, day, span, whole)
        for booking in diary.by_room.get(room_id, ())
        for day, span, whole in kept_days(diary, booking, near)
    ]
    sure = [(b, span) for b, day, span, _ in kept if is_confirmed(diary, b, day)]
    found = [
        _taken(diary, b, day, span, whole, _state(diary, b, day, span, sure))
        for b, day, span, whole in kept
    ]
    inside = (one for one in found if window is None or window.overlaps(one.span))
    return tuple(sorted(inside))  # of alike ones the lower id first, as in by_room


def _state(
    diary: Diary, booking: Booking, day: date, span: Span, sure: Iterable[tuple[Booking, Span]]
) -> str:
    if is_confirmed(diary, booking, day):
        return CONFIRMED
    if any(one.date == day for one in (*booking.clash, *booking.clash_now)):
        return CLASHING
    in_the_way = any(meets(diary, booking, span, other, theirs) for other, theirs in sure)
    return CLASHING if in_the_way else PENCILLED


def meets(diary: Diary, one: Booking, span: Span, other: Booking, theirs: Span) -> bool:
    """Whether two spans of one room cannot both be: too close, and not one booking extended."""
    if other.id == one.id or (other.id == one.moves and not other.outside):
        return False
    gap = diary.buffer(other.room)
    if gap and diary.family(one) == diary.family(other):
        gap = timedelta()
    return span.overlaps(theirs, gap)


def _taken(diary: Diary, booking: Booking, day: date, span: Span, whole: Span, state: str) -> Taken:
    return Taken(span, day, state, booking, whole, bool(diary.day(booking, day).used))
