"""Calendars as programs write them, each a few lines: what stands between BEGIN and END:VCALENDAR.

The hub is in Madrid. Where ``EXPECTED`` names one, its times are written by hand, in the hub's own
time: "1 Dec 18:00-19:30".
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sync.records.booking_time import Span

MADRID = ZoneInfo("Europe/Madrid")
WINDOW = Span(
    dt.datetime(2026, 9, 22, tzinfo=dt.UTC),
    dt.datetime(2027, 12, 28, tzinfo=dt.UTC),
)


def ics(*lines: str, head: str = "") -> bytes:
    """A whole file, its lines ended as RFC 5545 wants them."""
    body = "\n".join((*head.split("\n"), *lines)).strip()
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\n{body}\nEND:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(*lines: str, uid: str = "one@example") -> str:
    return "\n".join(
        ("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T090000Z", *lines, "END:VEVENT")
    )


OUTLOOK_ZONE = """\
BEGIN:VTIMEZONE
TZID:(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome\\, Stockholm\\, Vienna
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""
ISLAND_ZONE = """\
BEGIN:VTIMEZONE
TZID:Our island
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0130
TZOFFSETTO:+0130
TZNAME:IST
END:STANDARD
END:VTIMEZONE"""
ISLAND = "TZID=Our island"
M, NY, W = "TZID=Europe/Madrid", "TZID=America/New_York", "TZID=W. Europe Standard Time"
AN_HOUR = "DTSTART;TZID=Europe/Madrid:20261201T180000", "DTEND;TZID=Europe/Madrid:20261201T190000"
WEEKLY = (*AN_HOUR, "RRULE:FREQ=WEEKLY;COUNT=4")

SHAPES: dict[str, bytes] = {
    "utc": ics(event("DTSTART:20261201T170000Z", "DTEND:20261201T183000Z")),
    "zoned": ics(event(*AN_HOUR)),
    "another zone": ics(event(f"DTSTART;{NY}:20261201T120000", f"DTEND;{NY}:20261201T130000")),
    "two zones": ics(event(f"DTSTART;{M}:20261201T090000", f"DTEND;{NY}:20261201T090000")),
    "floating": ics(event("DTSTART:20261201T180000", "DTEND:20261201T193000")),
    "duration": ics(event(f"DTSTART;{M}:20261201T180000", "DURATION:PT1H15M")),
    "duration of days": ics(event(f"DTSTART;{M}:20261201T180000", "DURATION:P1DT2H")),
    "no end": ics(event(f"DTSTART;{M}:20261201T180000")),
    "all day": ics(event("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261202")),
    "all day without an end": ics(event("DTSTART;VALUE=DATE:20261201")),
    "a week of days": ics(event("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261208")),
    "all day when the clock changes": ics(
        event("DTSTART;VALUE=DATE:20270328", "DTEND;VALUE=DATE:20270329")
    ),
    "yearly all day": ics(
        event("DTSTART;VALUE=DATE:20101206", "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6")
    ),
    "Windows zone": ics(event(f"DTSTART;{W}:20261201T100000", f"DTEND;{W}:20261201T110000")),
    "Windows zone in quotes": ics(
        event(
            'DTSTART;TZID="Eastern Standard Time":20261201T100000',
            'DTEND;TZID="Eastern Standard Time":20261201T110000',
        )
    ),
    "Outlook's own zone": ics(
        OUTLOOK_ZONE,
        event(
            'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"'
            ":20270322T090000",
            'DTEND;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"'
            ":20270322T100000",
            "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO",
        ),
    ),
    "a zone that only the file knows": ics(
        ISLAND_ZONE,
        event(f"DTSTART;{ISLAND}:20261201T100000", f"DTEND;{ISLAND}:20261201T110000",
              "RRULE:FREQ=DAILY;COUNT=2"),
    ),
    "Google's own zone": ics(
        event("DTSTART:20270322T170000Z", "DTEND:20270322T180000Z", "RRULE:FREQ=WEEKLY;COUNT=3"),
        head="X-WR-CALNAME:Choir\nX-WR-TIMEZONE:Europe/Madrid",
    ),
    "floating in a calendar that says its zone": ics(
        event("DTSTART:20261201T180000", "DTEND:20261201T190000"),
        head="X-WR-TIMEZONE:America/New_York",
    ),
    "weekly by count": ics(event(*WEEKLY)),
    "weekly until, in UTC": ics(event(*AN_HOUR, "RRULE:FREQ=WEEKLY;UNTIL=20261222T170000Z")),
    "weekly until, a second early": ics(event(*AN_HOUR, "RRULE:FREQ=WEEKLY;UNTIL=20261222T165959Z")),
    "floating until, local": ics(
        event("DTSTART:20261201T180000", "DTEND:20261201T190000",
              "RRULE:FREQ=WEEKLY;UNTIL=20261215T180000"),
    ),
    "all day until a day": ics(
        event("DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=WEEKLY;UNTIL=20261215")
    ),
    "over both clock changes": ics(
        event(f"DTSTART;{M}:20261018T100000", f"DTEND;{M}:20261018T110000",
              "RRULE:FREQ=WEEKLY;BYDAY=SU"),
    ),
    "nightly through a clock change": ics(
        event(f"DTSTART;{M}:20270326T220000", f"DTEND;{M}:20270327T060000",
              "RRULE:FREQ=DAILY;COUNT=4"),
    ),
    "at an hour that is there twice": ics(
        event(f"DTSTART;{M}:20261024T023000", f"DTEND;{M}:20261024T034500",
              "RRULE:FREQ=DAILY;COUNT=3"),
    ),
    "every other week on two days": ics(
        event(*AN_HOUR, "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO;COUNT=6")
    ),
    "last Friday of the month": ics(
        event(f"DTSTART;{M}:20261127T190000", f"DTEND;{M}:20261127T210000",
              "RRULE:FREQ=MONTHLY;BYDAY=-1FR"),
    ),
    "first working day": ics(
        event(f"DTSTART;{M}:20261201T080000", f"DTEND;{M}:20261201T083000",
              "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=5"),
    ),
    "a day that not every month has": ics(
        event(f"DTSTART;{M}:20261031T080000", f"DTEND;{M}:20261031T083000",
              "RRULE:FREQ=MONTHLY;BYMONTHDAY=31"),
    ),
    "a start that its rule does not give": ics(
        event(f"DTSTART;{M}:20261202T080000", f"DTEND;{M}:20261202T083000",
              "RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20261220T000000Z"),
    ),
    "daily for thirty years": ics(
        event(f"DTSTART;{M}:19960101T130000", f"DTEND;{M}:19960101T140000", "RRULE:FREQ=DAILY")
    ),
    "EXDATE with a zone": ics(event(*WEEKLY, f"EXDATE;{M}:20261208T180000,20261215T180000")),
    "EXDATE in UTC and in lines of its own": ics(
        event(*WEEKLY, "EXDATE:20261208T170000Z", "EXDATE:20261222T170000Z")
    ),
    "EXDATE in another zone": ics(event(*WEEKLY, f"EXDATE;{NY}:20261208T120000")),
    "EXDATE of whole days": ics(event(*WEEKLY, "EXDATE;VALUE=DATE:20261208")),
    "EXDATE of a day in a series of days": ics(
        event("DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=DAILY;COUNT=4",
              "EXDATE;VALUE=DATE:20261202"),
    ),
    "RDATE": ics(event(*AN_HOUR, f"RDATE;{M}:20261203T100000,20261204T100000")),
    "RDATE and RRULE": ics(event(*WEEKLY, "RDATE:20261203T090000Z")),
    "RDATE of periods": ics(
        event(*AN_HOUR, "RDATE;VALUE=PERIOD:20261203T090000Z/PT30M,20261204T090000Z/20261204T120000Z")
    ),
    "one day moved": ics(
        event(*WEEKLY),
        event(f"RECURRENCE-ID;{M}:20261208T180000", f"DTSTART;{M}:20261209T200000",
              f"DTEND;{M}:20261209T220000"),
    ),
    "one day moved, said in UTC and written first": ics(
        event("RECURRENCE-ID:20261208T170000Z", f"DTSTART;{M}:20261209T200000",
              f"DTEND;{M}:20261209T220000", "SEQUENCE:2"),
        event(*WEEKLY, "SEQUENCE:2"),
    ),
    "one day moved twice": ics(
        event(*WEEKLY),
        event(f"RECURRENCE-ID;{M}:20261208T180000", f"DTSTART;{M}:20261210T200000",
              f"DTEND;{M}:20261210T220000", "SEQUENCE:2"),
        event(f"RECURRENCE-ID;{M}:20261208T180000", f"DTSTART;{M}:20261209T200000",
              f"DTEND;{M}:20261209T220000", "SEQUENCE:1"),
    ),
    "one day of days moved": ics(
        event("DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=WEEKLY;COUNT=3"),
        event("RECURRENCE-ID;VALUE=DATE:20261208", "DTSTART;VALUE=DATE:20261210"),
    ),
    "one day cancelled": ics(
        event(*WEEKLY),
        event(f"RECURRENCE-ID;{M}:20261208T180000", f"DTSTART;{M}:20261208T180000",
              f"DTEND;{M}:20261208T190000", "STATUS:CANCELLED"),
    ),
    "one day of which the series is not told": ics(
        event(f"RECURRENCE-ID;{M}:20261208T180000", f"DTSTART;{M}:20261208T200000",
              f"DTEND;{M}:20261208T210000"),
    ),
    "from one day on an hour later": ics(
        event(*WEEKLY),
        event(f"RECURRENCE-ID;RANGE=THISANDFUTURE;{M}:20261215T180000",
              f"DTSTART;{M}:20261215T190000", f"DTEND;{M}:20261215T210000"),
    ),
    "cancelled": ics(event(*AN_HOUR, "STATUS:CANCELLED"), event(*WEEKLY, uid="other@example")),
    "free": ics(event(*AN_HOUR, "TRANSP:TRANSPARENT")),
    "free in Outlook": ics(event(*AN_HOUR, "X-MICROSOFT-CDO-BUSYSTATUS:FREE")),
    "tentative": ics(event(*AN_HOUR, "STATUS:TENTATIVE")),
    "overlapping and touching": ics(
        event(*AN_HOUR),
        event(f"DTSTART;{M}:20261201T183000", f"DTEND;{M}:20261201T200000", uid="two@example"),
        event(f"DTSTART;{M}:20261201T200000", f"DTEND;{M}:20261201T210000", uid="three@example"),
    ),
    "over midnight": ics(event(f"DTSTART;{M}:20261201T220000", f"DTEND;{M}:20261202T020000")),
    "alarms and tasks": ics(
        event(*AN_HOUR, "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "END:VALARM"),
        "BEGIN:VTODO\nUID:t\nDUE:20261201T100000Z\nEND:VTODO",
        "BEGIN:VJOURNAL\nUID:j\nDTSTART:20261201T100000Z\nEND:VJOURNAL",
    ),
    "long lines, folded": ics(
        event(*AN_HOUR, "DESCRIPTION:" + "\n ".join(["every word " * 6] * 40), "X-LIC-ERROR:a;b=c"),
    ),
    "two calendars in a file": ics(event(*AN_HOUR)) + ics(
        event(f"DTSTART;{M}:20261202T180000", f"DTEND;{M}:20261202T190000", uid="two@example")
    ),
    "nothing": ics(),
}  # fmt: skip

EXPECTED: dict[str, list[str]] = {
    "utc": ["1 Dec 18:00-19:30"],
    "another zone": ["1 Dec 18:00-19:00"],
    "two zones": ["1 Dec 09:00-15:00"],
    "floating": ["1 Dec 18:00-19:30"],
    "no end": [],
    "all day": ["1 Dec 00:00-2 Dec 00:00"],
    "all day when the clock changes": ["28 Mar 00:00-29 Mar 00:00"],
    "yearly all day": ["6 Dec 00:00-7 Dec 00:00"] * 2,
    "Windows zone": ["1 Dec 10:00-11:00"],
    "Windows zone in quotes": ["1 Dec 16:00-17:00"],
    "Outlook's own zone": ["22 Mar 09:00-10:00", "29 Mar 09:00-10:00", "5 Apr 09:00-10:00"],
    "a zone that only the file knows": ["1 Dec 09:30-10:30", "2 Dec 09:30-10:30"],
    "Google's own zone": ["22 Mar 18:00-19:00", "29 Mar 18:00-19:00", "5 Apr 18:00-19:00"],
    "floating in a calendar that says its zone": ["2 Dec 00:00-01:00"],
    "weekly until, in UTC": [f"{day} Dec 18:00-19:00" for day in (1, 8, 15, 22)],
    "weekly until, a second early": [f"{day} Dec 18:00-19:00" for day in (1, 8, 15)],
    "nightly through a clock change": [
        "26 Mar 22:00-27 Mar 06:00", "27 Mar 22:00-28 Mar 06:00",
        "28 Mar 22:00-29 Mar 06:00", "29 Mar 22:00-30 Mar 06:00",
    ],
    "a start that its rule does not give": [
        "2 Dec 08:00-08:30", "4 Dec 08:00-08:30", "11 Dec 08:00-08:30", "18 Dec 08:00-08:30",
    ],
    "EXDATE with a zone": ["1 Dec 18:00-19:00", "22 Dec 18:00-19:00"],
    "EXDATE in another zone": [f"{day} Dec 18:00-19:00" for day in (1, 15, 22)],
    "RDATE of periods": ["1 Dec 18:00-19:00", "3 Dec 10:00-10:30", "4 Dec 10:00-13:00"],
    "one day moved": [
        "1 Dec 18:00-19:00", "9 Dec 20:00-22:00", "15 Dec 18:00-19:00", "22 Dec 18:00-19:00",
    ],
    "one day moved twice": [
        "1 Dec 18:00-19:00", "10 Dec 20:00-22:00", "15 Dec 18:00-19:00", "22 Dec 18:00-19:00",
    ],
    "from one day on an hour later": [
        "1 Dec 18:00-19:00", "8 Dec 18:00-19:00", "15 Dec 19:00-21:00", "22 Dec 19:00-21:00",
    ],
    "one day cancelled": [f"{day} Dec 18:00-19:00" for day in (1, 15, 22)],
    "free": [],
    "free in Outlook": [],
    "tentative": ["1 Dec 18:00-19:00"],
    "overlapping and touching": ["1 Dec 18:00-20:00", "1 Dec 20:00-21:00"],
    "over midnight": ["1 Dec 22:00-2 Dec 02:00"],
    "two calendars in a file": ["1 Dec 18:00-19:00", "2 Dec 18:00-19:00"],
    "nothing": [],
}  # fmt: skip

LONGER: dict[str, tuple[bytes, list[str]]] = {
    # Begun at 3:30, as RFC 5545 has it (section 3.3.5); the other one lets it end before, at 3:15.
    "at an hour that is not there": (
        ics(
            event(f"DTSTART;{M}:20270327T023000", f"DTEND;{M}:20270327T031500",
                  "RRULE:FREQ=DAILY;COUNT=3"),
        ),
        ["27 Mar 02:30-03:15", "28 Mar 03:30-04:15", "29 Mar 02:30-03:15"],
    ),
    # What has hours should end at an hour; who writes a day means that day too.
    "until a day": (
        ics(event(*AN_HOUR, "RRULE:FREQ=WEEKLY;UNTIL=20261215")),
        ["1 Dec 18:00-19:00", "8 Dec 18:00-19:00", "15 Dec 18:00-19:00"],
    ),
}  # fmt: skip
"""Where a room is busy for longer than another library says, and what a hand wrote down."""
