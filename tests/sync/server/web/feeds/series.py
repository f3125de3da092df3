"""Bookings of every shape, as one room's diary each."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sync.records.booking import Booking, Clash
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import Diary
from sync.records.hub import Hub
from sync.records.room import Room
from sync.server.web.feeds.reader import Reader

HUB = Hub(id="0199b1aa-0000-7000-8000-000000000001", name={"en": "La Ronda"})
WILLOW = Room(id="willow", name={"en": "Willow Room"})
MADRID = ZoneInfo("Europe/Madrid")
ZONES = [MADRID, *map(ZoneInfo, ("UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"))]
READER = Reader("en", "en")
CHANGED_MS = 1_795_430_000_000


def diary(*bookings, days=(), zone=MADRID):
    return Diary.of(zone, HUB, [WILLOW], bookings, days)


def booking(starts, minutes=60, rule="", record_id="bikes", **more):
    more = {"confirmed": 1, "title": {"en": "Bikes"}} | more
    starts = datetime.fromisoformat(starts)
    return Booking(id=record_id, room="willow", starts=starts, minutes=minutes, rule=rule, **more)


def day(on, booking="bikes", **what):
    return BookingDay(booking=booking, date=date.fromisoformat(on), **what)


CHOIR = booking("2026-11-26T10:00", rule="FREQ=WEEKLY;COUNT=9", record_id="choir")
SERIES = {
    "once": diary(booking("2026-10-24T18:00")),
    "once, in the hour that is not": diary(booking("2027-03-28T02:30")),
    "once, in the hour that is twice": diary(booking("2026-10-25T02:30", 15)),
    "once, through the hour that is twice": diary(booking("2026-10-25T01:30", 90)),
    "weekly over both changes": diary(booking("2026-10-01T18:00", rule="FREQ=WEEKLY;COUNT=40")),
    "nights": diary(booking("2026-10-20T22:00", 480, "FREQ=DAILY;COUNT=10")),
    "the first of the nights is long": diary(
        booking("2026-10-24T22:00", 480, "FREQ=DAILY;COUNT=3")
    ),
    "in the hour that is not": diary(booking("2027-03-25T02:30", rule="FREQ=DAILY;COUNT=6")),
    "in the hour that is twice": diary(booking("2026-10-20T02:30", rule="FREQ=DAILY;COUNT=9")),
    "until a day": diary(booking("2026-10-01T18:00", rule="FREQ=DAILY;UNTIL=20261105")),
    "until a local time": diary(
        booking("2026-10-01T18:00", rule="FREQ=DAILY;UNTIL=20261105T180000")
    ),
    "until a time in UTC": diary(
        booking("2026-10-01T18:00", rule="FREQ=DAILY;UNTIL=20261105T170000Z")
    ),
    "more often than we let it": diary(booking("2026-10-01T18:00", rule="FREQ=DAILY;COUNT=500")),
    "longer than we let it": diary(booking("2026-10-01T18:00", rule="FREQ=MONTHLY;COUNT=50")),
    "not on the day its rule names": diary(
        booking("2026-10-01T18:00", rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,WE;COUNT=12")
    ),
    "last Friday": diary(booking("2026-10-01T18:00", rule="FREQ=MONTHLY;BYDAY=-1FR;COUNT=9")),
    "second to last workday": diary(
        booking("2026-10-01T18:00", rule="FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=9")
    ),
    "the 31st": diary(booking("2026-08-31T18:00", rule="FREQ=MONTHLY;COUNT=5")),
    "a rule nobody can read": diary(booking("2026-10-01T18:00", rule="every now and then")),
    "first and last day given up": diary(
        booking("2026-10-20T18:00", rule="FREQ=DAILY;COUNT=9"),
        days=[day("2026-10-20", cancelled=1), day("2026-10-28", cancelled=1)],
    ),
    "released, and given back in part": diary(
        booking("2026-10-20T18:00", rule="FREQ=DAILY;COUNT=9"),
        days=[day("2026-10-21", released=1), day("2026-10-25", given_back_min=25)],
    ),
    "given up from a day on": diary(
        booking(
            "2026-10-20T18:00",
            rule="FREQ=DAILY;COUNT=9",
            cancelled=1,
            cancelled_on=date(2026, 10, 25),
        )
    ),
    "one day is somebody else's": diary(
        CHOIR,
        booking(
            "2026-11-24T10:00",
            rule="FREQ=DAILY;COUNT=9",
            clash=(Clash(date(2026, 11, 26), "choir"), Clash(date(2026, 12, 3), "choir")),
        ),
    ),
    "moved to another hour": diary(
        booking("2026-10-20T18:00", rule="FREQ=DAILY;COUNT=9"),
        booking(
            "2026-10-24T20:00",
            rule="FREQ=DAILY;COUNT=5",
            record_id="later",
            moves="bikes",
            made_at=datetime(2026, 10, 23, 22, tzinfo=UTC),
        ),
    ),
    **{
        f"not by the book: {rule}": diary(booking("2026-10-01T18:00", rule=rule))
        for rule in (
            "FREQ=WEEKLY;BYDAY=2MO;COUNT=5",
            "FREQ=DAILY;BYDAY=1SU;COUNT=5",
            "FREQ=WEEKLY;BYMONTHDAY=1,8,15;COUNT=3",
            "FREQ=MONTHLY;BYDAY=100MO,1TU;COUNT=4",
            "FREQ=DAILY;BYSETPOS=1;COUNT=4",
            "FREQ=DAILY;BYMONTH=+10;COUNT=4",
        )
    },
    "not confirmed yet": diary(booking("2026-10-20T18:00", rule="FREQ=DAILY;COUNT=9", confirmed=0)),
}
