"""When others are busy: as another library says, as hands wrote it down, and never without end."""

import datetime as dt
from time import process_time
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from sync.records.booking_time import Span, instant
from sync.server.web.calendars.busy import MOST_STARTS, busy, united
from sync.server.web.calendars.events import LARGEST_BYTES
from sync.server.web.calendars.trouble import NotACalendar, TooMuch
from tests.sync.server.web.calendars.shapes import (
    AN_HOUR,
    EXPECTED,
    LONGER,
    MADRID,
    SHAPES,
    WEEKLY,
    WINDOW,
    event,
    ics,
)


def by_the_other(data, zone=MADRID):
    """The same by recurring-ical-events: its occurrences, without those that take no time."""
    found = []
    for calendar in Calendar.from_ical(data, multiple=True):
        read = recurring_ical_events.of(calendar)
        for one in read.between(WINDOW.start, WINDOW.end):
            free = one.get("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
            if one.get("STATUS") == "CANCELLED" or one.get("TRANSP") == "TRANSPARENT" or free:
                continue
            found.append(Span(*(_utc(one[edge].dt, zone) for edge in ("DTSTART", "DTEND"))))
    return united(
        Span(max(one.start, WINDOW.start), min(one.end, WINDOW.end))
        for one in found
        if one.overlaps(WINDOW)
    )


def _utc(said, zone):
    if not isinstance(said, dt.datetime):
        said = dt.datetime.combine(said, dt.time())
    return said.astimezone(dt.UTC) if said.tzinfo else instant(said, zone)


def by_hand(text):
    """ "1 Dec 18:00-19:30" and "1 Dec 22:00-2 Dec 02:00" of a span, in Madrid."""

    def day(at):
        return f"{at.day} {at:%b}"

    return [
        f"{day(begin)} {begin:%H:%M}-{'' if end.date() == begin.date() else day(end) + ' '}{end:%H:%M}"
        for begin, end in (
            (one.start.astimezone(MADRID), one.end.astimezone(MADRID)) for one in text
        )
    ]


@pytest.mark.parametrize("name", SHAPES)
def test_busy_times_are_those_of_another_library(name):
    assert busy(SHAPES[name], MADRID, WINDOW) == by_the_other(SHAPES[name])


@pytest.mark.parametrize("name", EXPECTED)
def test_busy_times_are_those_that_a_hand_wrote_down(name):
    assert by_hand(busy(SHAPES[name], MADRID, WINDOW)) == EXPECTED[name]


@pytest.mark.parametrize("name", LONGER)
def test_where_libraries_differ_a_room_is_rather_busy(name):
    data, expected = LONGER[name]
    found = busy(data, MADRID, WINDOW)
    assert by_hand(found) == expected
    assert len(by_the_other(data)) < len(found)


def test_a_calendar_that_tells_no_events_may_say_when_it_is_busy():
    """The other library reads none of it."""
    data = ics(
        "BEGIN:VFREEBUSY",
        "UID:fb@example",
        "DTSTART:20261201T000000Z",
        "DTEND:20261231T000000Z",
        "FREEBUSY;FBTYPE=BUSY:20261201T170000Z/PT1H,20261202T170000Z/20261202T190000Z",
        "FREEBUSY;FBTYPE=FREE:20261203T170000Z/PT1H",
        "FREEBUSY:20261204T170000Z/PT1H",
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261204T173000Z/PT1H",
        "END:VFREEBUSY",
    )
    found = by_hand(busy(data, MADRID, WINDOW))
    assert found == ["1 Dec 18:00-19:00", "2 Dec 18:00-20:00", "4 Dec 18:00-19:30"]


def test_there_are_as_many_shapes_as_were_asked_for():
    assert len(SHAPES) >= 40


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/New_York", "Asia/Kathmandu"])
def test_days_without_hours_are_the_hub_s_own_days(zone):
    zone = ZoneInfo(zone)
    (found,) = busy(SHAPES["all day"], zone, WINDOW)
    assert found.start.astimezone(zone) == dt.datetime(2026, 12, 1, tzinfo=zone)
    assert found.end.astimezone(zone) == dt.datetime(2026, 12, 2, tzinfo=zone)


RULES = st.builds(
    "RRULE:FREQ={};INTERVAL={}{}{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 3),
    st.sampled_from(["", ";BYDAY=SU", ";BYDAY=MO,SA,SU", ";BYMONTHDAY=-1,25,28", ";BYMONTH=3,10"]),
    st.sampled_from(["", ";COUNT=7", ";UNTIL=20270401T100000Z"]),
)


@settings(max_examples=60, deadline=None)
@given(
    start=st.datetimes(dt.datetime(2025, 6, 1), dt.datetime(2027, 6, 1)),
    minutes=st.integers(61, 40 * 60),  # longer than the hour that is not there (LONGER)
    rule=RULES,
    zone=st.sampled_from(["Europe/Madrid", "America/New_York", "Australia/Lord_Howe"]),
    left_out=st.lists(st.integers(0, 5), max_size=2),
)
def test_any_series_is_busy_when_another_library_says_so(start, minutes, rule, zone, left_out):
    start = start.replace(second=0, microsecond=0)
    out = [f"EXDATE;TZID={zone}:{start + dt.timedelta(7 * n):%Y%m%dT%H%M%S}" for n in left_out]
    data = ics(
        event(f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", f"DURATION:PT{minutes}M", rule, *out)
    )
    assert busy(data, MADRID, WINDOW) == by_the_other(data)


HOSTILE = {
    "every second, for ever": (event(*AN_HOUR, "RRULE:FREQ=SECONDLY"), TooMuch),
    "every second of a thousand years": (
        event("DTSTART:10000101T000000Z", "RRULE:FREQ=MINUTELY;INTERVAL=7"),
        TooMuch,
    ),
    "every second of some days": (
        event(*AN_HOUR, "RRULE:FREQ=YEARLY;BYHOUR=0,1,2;BYMINUTE=" + ",".join(map(str, range(60)))
              + ";BYSECOND=" + ",".join(map(str, range(60))) + ";BYDAY=MO,TU,WE,TH,FR,SA,SU"),
        TooMuch,
    ),
    "a thousand daily series of a hundred years": (
        "\n".join(event("DTSTART:19270101T000000Z", "RRULE:FREQ=DAILY", uid=f"{n}@x")
                  for n in range(1000)),
        TooMuch,
    ),
    "larger than a calendar may be": (event(*AN_HOUR, "X-A:" + "a" * LARGEST_BYTES), TooMuch),
    "nested deeply": ("BEGIN:VEVENT\n" * 50_000, TooMuch),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_never_end_is_refused_soon(name):
    lines, trouble = HOSTILE[name]
    began = process_time()
    with pytest.raises(trouble):
        busy(ics(lines), MADRID, WINDOW)
    assert process_time() - began < 20


def test_an_event_of_ten_thousand_years_is_as_long_as_the_window():
    data = ics(event("DTSTART;VALUE=DATE:00010102", "DTEND;VALUE=DATE:99991230"))
    assert busy(data, MADRID, WINDOW) == [WINDOW]


def test_sixty_thousand_dates_are_work_and_no_danger():
    first = dt.datetime(2026, 12, 1, 10)
    dates = ",".join(f"{first + dt.timedelta(minutes=n):%Y%m%dT%H%M%S}" for n in range(60_000))
    data = ics(event("DTSTART:20261201T100000", "DURATION:PT1M", f"RDATE:{dates}"))
    assert len(data) < LARGEST_BYTES < MOST_STARTS * 16
    assert len(busy(data, MADRID, WINDOW)) == 60_000


JUNK = {
    "nothing": b"",
    "a page": b"<!doctype html><title>Sign in</title>",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "zeros": b"\0" * 10_000,
    "cut short": SHAPES["one day moved"][:150],
    "ends what never began": b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "another thing": b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n",
}


@pytest.mark.parametrize("name", JUNK)
def test_what_is_no_calendar_is_said_to_be_none(name):
    with pytest.raises(NotACalendar):
        busy(JUNK[name], MADRID, WINDOW)


BROKEN = [
    "DTSTART:soon",
    "DTSTART:99991231T235959Z\nDURATION:P9999W",
    "DTSTART:00010101T000000Z\nRRULE:FREQ=YEARLY;COUNT=3",
    "DTSTART:20261201T100000Z\nDTEND:20261101T100000Z",
    "DTSTART:20261201T100000Z\nRRULE:FREQ=OFTEN",
    "DTSTART:20261201T100000Z\nRRULE:FREQ=DAILY;COUNT=-1;BYDAY=99XX",
    "DTSTART:20261201T100000Z\nRRULE:FREQ=DAILY;INTERVAL=0",
    "DTSTART;TZID=Nowhere/Here:20261201T100000\nDURATION:PT1H",
    "DTSTART:20261201T100000Z\nEXDATE:never\nRDATE:x\nRECURRENCE-ID:y\nSEQUENCE:z",
    "SUMMARY:no start",
]


@pytest.mark.parametrize("lines", BROKEN)
def test_one_broken_event_leaves_the_others_as_they_are(lines):
    data = ics(event(*lines.split("\n"), uid="broken@x"), event(*WEEKLY))
    weekly = busy(ics(event(*WEEKLY)), MADRID, WINDOW)
    assert [one for one in busy(data, MADRID, WINDOW) if one in weekly] == weekly


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(SHAPES)), st.data())
def test_bytes_that_went_astray_are_read_or_refused(name, data):
    told = bytearray(SHAPES[name])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(told) - 1))
        told[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        found = busy(bytes(told), MADRID, WINDOW)
    except (NotACalendar, TooMuch):
        return
    assert found == united(found)
