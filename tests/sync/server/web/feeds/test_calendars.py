"""Calendars read by others: the days that a second parser finds are those of our own rules."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from sync.records.booking import Clash
from sync.records.booking_day import BookingDay
from sync.records.booking_diary import CLASHING, taken
from sync.records.event import Event
from sync.records.event_days import event_days
from sync.server.web.feeds.calendars import Cover, calendar
from sync.server.web.feeds.colours import nearest_name
from sync.server.web.feeds.items import event_items, room_items
from sync.server.web.feeds.zones import clock_changes, zone_component
from tests.sync.server.web.feeds.series import (
    CHANGED_MS,
    HUB,
    MADRID,
    READER,
    SERIES,
    WILLOW,
    ZONES,
    booking,
    day,
    diary,
)


def written(items, zone=MADRID):
    cover = Cover(HUB.id, "Willow Room", "https://hub.example/room.ics", zone)
    return calendar(cover, items, READER)


def of_room(found):
    changed = dict.fromkeys(found.bookings, CHANGED_MS)
    return written(room_items(found, WILLOW, changed, READER, date.min), found.zone)


def standing(data):
    """When somebody else's calendar shows something that is not cancelled."""
    read = recurring_ical_events.of(Calendar.from_ical(data))
    found = read.between(datetime(2020, 1, 1, tzinfo=UTC), datetime(2032, 1, 1, tzinfo=UTC))
    return sorted(
        (one["DTSTART"].dt.astimezone(UTC), one["DTEND"].dt.astimezone(UTC))
        for one in found
        if one.get("STATUS") != "CANCELLED"
    )


def ours(found):
    spans = (one.span for one in taken(found, "willow") if one.state != CLASHING)
    return sorted((one.start, one.end) for one in spans)


@pytest.mark.acceptance(29, 30)
@pytest.mark.parametrize("found", SERIES.values(), ids=SERIES)
def test_a_second_parser_finds_the_days_that_we_find(found):
    assert ours(found)
    assert standing(of_room(found)) == ours(found)


RULES = st.builds(
    "FREQ={};INTERVAL={}{};{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 3),
    st.sampled_from(["", ";BYDAY=SU", ";BYDAY=MO,SA,SU", ";BYMONTHDAY=-1,25,28"]),
    st.sampled_from(["COUNT=2", "COUNT=30", "UNTIL=20261231", "UNTIL=20270601T020000Z"]),
)


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    starts=st.datetimes(datetime(2026, 9, 20), datetime(2026, 11, 10)),
    minutes=st.integers(15, 600),
    rule=RULES,
    off=st.sets(st.integers(0, 29)),
    short=st.sets(st.integers(0, 29)),
)
def test_whatever_the_rule_the_zone_and_the_days_off_both_find_the_same(
    zone, starts, minutes, rule, off, short
):
    starts = starts.replace(minute=starts.minute // 15 * 15, second=0, microsecond=0)
    one = booking(starts.isoformat(), minutes, rule)
    there = [of.day for of in taken(diary(one, zone=zone), "willow")]
    days = [
        BookingDay(
            booking="bikes", date=on, cancelled=int(n in off), given_back_min=5 * (n in short)
        )
        for n, on in enumerate(there)
    ]
    found = diary(one, days=days, zone=zone)
    assert standing(of_room(found)) == ours(found)


def events_of(data):
    return Calendar.from_ical(data).walk("VEVENT")


def test_a_day_given_up_is_an_exception_and_a_shorter_one_a_change():
    found = diary(
        booking("2026-10-20T18:00", rule="FREQ=DAILY;COUNT=9"),
        days=[day("2026-10-21", cancelled=1), day("2026-10-25", given_back_min=25)],
    )
    master, change = events_of(of_room(found))
    assert master.to_ical().decode().count("EXDATE;TZID=Europe/Madrid:20261021T180000") == 1
    assert master["RRULE"].to_ical() == b"FREQ=DAILY;UNTIL=20261028T170000Z"
    assert change["RECURRENCE-ID"].dt == datetime(2026, 10, 25, 18, tzinfo=MADRID)
    assert change["DTEND"].dt.time().isoformat() == "18:35:00"
    assert change["UID"] == master["UID"]


def test_a_series_that_no_rule_of_theirs_can_say_lists_its_days():
    (one,) = events_of(of_room(SERIES["not by the book: FREQ=WEEKLY;BYDAY=2MO;COUNT=5"]))
    assert "RRULE" not in one
    assert len(one["RDATE"].dts) == 4


def test_a_booking_that_was_given_up_is_said_to_be_cancelled():
    (one,) = events_of(of_room(diary(booking("2026-10-20T18:00", cancelled=1))))
    assert (one["STATUS"], one["SUMMARY"], one["TRANSP"]) == (
        "CANCELLED",
        "Cancelled: Bikes",
        "TRANSPARENT",
    )


def test_a_booking_that_never_got_its_room_is_in_no_calendar():
    found = diary(booking("2026-10-20T18:00", confirmed=0, clash=(Clash(date(2026, 10, 20), "x"),)))
    assert events_of(of_room(found)) == []


def test_a_booking_that_is_not_confirmed_says_so():
    (one,) = events_of(of_room(diary(booking("2026-10-20T18:00", confirmed=0))))
    assert one["STATUS"] == "TENTATIVE"


def test_what_is_long_over_is_in_no_calendar():
    found = diary(booking("2026-10-20T18:00"), booking("2026-10-22T18:00", record_id="b"))
    items = room_items(found, WILLOW, {}, READER, date(2026, 10, 21))
    assert [one.days[0].start.day for one in items] == [22]


SOUP = Event(
    id="soup",
    title={"en": "Soup"},
    starts=datetime(2026, 10, 20, 18),
    minutes=60,
    rule="FREQ=WEEKLY;COUNT=4",
)


def events(event, days=()):
    found = diary(days=days)
    items = event_items(found, [event], {event.id: CHANGED_MS}, READER, date.min)
    return written(items), event_days(found, event)


@pytest.mark.acceptance("B4")
def test_an_event_cancelled_on_one_day_says_so_on_that_day_only():
    data, known = events(SOUP, [day("2026-10-27", booking="soup", cancelled=1)])
    master, change = events_of(data)
    assert (master["STATUS"], change["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert (master["SUMMARY"], change["SUMMARY"]) == ("Soup", "Cancelled: Soup")
    spans = (one.span for one in known if not one.cancelled)
    assert standing(data) == [(one.start, one.end) for one in spans]


def test_an_event_that_is_cancelled_as_a_whole_stays_and_says_so():
    data, _known = events(replace(SOUP, cancelled=1))
    assert [one["STATUS"] for one in events_of(data)] == ["CANCELLED"]
    assert standing(data) == []


def test_a_change_of_records_is_the_only_change_of_a_calendar():
    found = diary(booking("2026-10-20T18:00"))
    assert of_room(found) == of_room(found)
    (one,) = events_of(of_room(found))
    at = datetime.fromtimestamp(CHANGED_MS // 1000, UTC)
    assert (one["DTSTAMP"].dt, one["LAST-MODIFIED"].dt) == (at, at)


@pytest.mark.parametrize(
    "zone", [*ZONES, ZoneInfo("Europe/Dublin"), ZoneInfo("Africa/Casablanca")], ids=str
)
def test_a_zone_is_said_to_the_second(zone):
    first, last = date(2025, 12, 1), date(2028, 1, 31)
    for change in clock_changes(zone, first, last)[1:]:
        before, after = ((change.at + timedelta(seconds=n)).astimezone(zone) for n in (-1, 0))
        assert (before.utcoffset(), after.utcoffset()) == (change.before, change.after)
        assert change.before != change.after
    zone_s = zone_component(zone, first, last).to_tz(lookup_tzid=False)
    hours = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(0, 24 * 730, 7))
    for at in hours:
        assert at.astimezone(zone).utcoffset() == at.astimezone(zone_s).utcoffset()


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        (
            "Europe/Madrid",
            {"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"},
        ),
        (
            "America/New_York",
            {"FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"},
        ),
        ("Asia/Kolkata", set()),
        ("Africa/Casablanca", set()),
    ],
)
def test_a_zone_s_yearly_changes_are_rules_as_some_programs_read_nothing_else(zone, rules):
    made = zone_component(ZoneInfo(zone), date(2020, 1, 1), date(2037, 12, 31))
    said = (part.get("RRULE") for part in made.walk() if part.name in {"DAYLIGHT", "STANDARD"})
    assert {one.to_ical().decode() for one in said if one} == rules
    assert (b"RDATE" in made.to_ical()) == (zone == "Africa/Casablanca")


def test_every_calendar_of_a_hub_tells_its_zone_alike():
    told = {
        zone.to_ical()
        for name in ("once", "weekly over both changes")
        for zone in Calendar.from_ical(of_room(SERIES[name])).walk("VTIMEZONE")
    }
    assert len(told) == 1


@pytest.mark.parametrize(
    ("colour", "name"), [("#008080", "teal"), ("#2F6B4F", "darkslategray"), ("", ""), ("x", "")]
)
def test_a_colour_has_the_nearest_name_that_calendars_know(colour, name):
    assert nearest_name(colour) == name
