"""The diary of everything that a hub holds: what answers read of it must come to the same."""

from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import Diary
from sync.records.closed_day import ClosedDay
from sync.records.opening import closed_by_day
from sync.records.room import Room
from sync.server.web.reading import every
from tests.sync.server.village import HUB


def whole_diary(connection, home):
    rooms, bookings, days, closed = (
        every(connection, HUB, kind) for kind in (Room, Booking, BookingDay, ClosedDay)
    )
    return Diary.of(home.zone, home.hub, rooms, bookings, days, closed_by_day(closed))
