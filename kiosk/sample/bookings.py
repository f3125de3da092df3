"""The bookings of a sample, and what is particular to single days of them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.sample.house import Here
from kiosk.sample.rows import BookingRow, Offset
from kiosk.sample.wire import Made
from sync.records.booking import Booking, Clash
from sync.records.booking_day import BookingDay

PLANNED_DAYS = 7
"""A booking was made this many days before its first day."""


def booking_of(row: BookingRow, here: Here, n: int) -> Iterator[Made]:
    """Make one booking and its days; n: in which order it reached the server."""
    made_at = here.days.before(row.day, PLANNED_DAYS)
    yield here.made(_booking(row, here, n), made_at)
    for day in _days(row, here):
        yield here.made(day, max(made_at, here.days.made(0 if day.cancelled else row.day)))


def _booking(row: BookingRow, here: Here, n: int) -> Booking:
    day = here.days.day(row.day)
    clash = (Clash(date=day, with_=here.id(row.clash_with)),) if row.state == "clash" else ()
    return Booking(
        id=here.id(row.id),
        room=here.id(row.room),
        starts=here.days.local(row.day, row.at),
        minutes=row.minutes,
        rule=row.rule,
        title=row.title,
        heads=row.heads,
        private=row.private,
        person=here.id(row.person),
        for_name=row.for_name,
        entered_by=here.id(row.entered_by),
        moves=here.id(row.moves),
        extends=here.id(row.extends),
        cancelled=int(row.cancelled),
        confirmed=int(row.state == "confirmed"),
        arrived=0 if row.state == "pencilled" else n,
        clash_now=clash,
    )


def _days(row: BookingRow, here: Here) -> Iterator[BookingDay]:
    for skipped in row.skip:
        yield replace(_day(row, here, skipped), cancelled=1)
    if row.given_back_min:
        yield replace(_day(row, here, row.day), given_back_min=row.given_back_min)
    if row.released:
        yield replace(_day(row, here, row.day), released=1)


def _day(row: BookingRow, here: Here, offset: Offset) -> BookingDay:
    booking, day = here.id(row.id), here.days.day(offset)
    record_id = here.pair("booking_day", booking, day.isoformat())
    return BookingDay(id=record_id, booking=booking, date=day)
