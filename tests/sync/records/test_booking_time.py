"""Local times and the series that rules give, whatever a rule says and whenever it is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync.records.booking_time import (
    MOST_DAYS,
    MOST_OCCURRENCES,
    Span,
    _expanded,
    _Step,
    day_start,
    instant,
    is_series,
    next_day,
    occurrences,
    rule_parts,
    span_at,
    spans,
    without_end,
)
from tests.sync.records.referee import at

MADRID = ZoneInfo("Europe/Madrid")
NEW_YORK = ZoneInfo("America/New_York")
WEDNESDAY = datetime(2026, 3, 25, 18)


def utc_hours(starts, rule):
    return [span.start.hour for _day, span in spans(starts, 60, rule, MADRID)]


def days(starts, rule, zone=MADRID):
    return [local.date().isoformat() for local in occurrences(starts, rule, zone)]


@pytest.mark.acceptance(29)
def test_a_weekly_six_o_clock_stays_six_o_clock_when_summer_comes():
    assert utc_hours(WEDNESDAY, "FREQ=WEEKLY;COUNT=2") == [17, 16]
    assert {t.hour for t in occurrences(WEDNESDAY, "FREQ=WEEKLY;COUNT=2")} == {18}


@pytest.mark.acceptance(29)
def test_a_weekly_six_o_clock_stays_six_o_clock_when_summer_goes():
    assert utc_hours(datetime(2026, 10, 21, 18), "FREQ=WEEKLY;COUNT=2") == [16, 17]


def test_a_time_that_the_clock_skips_takes_the_offset_before_the_gap():
    assert instant(datetime(2026, 3, 29, 2, 30), MADRID).astimezone(MADRID).hour == 3
    assert instant(datetime(2026, 3, 29, 2, 30), MADRID) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first():
    assert instant(datetime(2026, 10, 25, 2, 30), MADRID).hour == 0
    assert instant(datetime(2026, 10, 25, 2, 30, fold=1), MADRID).hour == 0


def test_an_hour_is_an_hour_through_the_night_of_a_clock_change():
    night = span_at(datetime(2026, 3, 29, 1, 30), 60, MADRID)
    assert night.minutes == 60
    assert night.end.astimezone(MADRID).hour == 3


def test_a_day_begins_at_its_own_midnight_on_either_side_of_a_clock_change():
    lengths = [
        Span(day_start(day, MADRID), day_start(next_day(day), MADRID)).minutes // 60
        for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25))
    ]
    assert lengths == [24, 23, 25]


def test_the_29th_of_february_comes_when_there_is_one():
    assert days(datetime(2028, 2, 29, 9), "FREQ=YEARLY;COUNT=2") == ["2028-02-29"]
    assert days(datetime(2028, 1, 29, 9), "FREQ=MONTHLY;COUNT=3")[1] == "2028-02-29"
    assert days(datetime(2027, 1, 29, 9), "FREQ=MONTHLY;COUNT=3")[1] == "2027-03-29"


def test_a_monthly_31st_skips_the_months_without_one():
    found = days(datetime(2026, 12, 31, 9), "FREQ=MONTHLY;COUNT=4")
    assert found == ["2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31"]


def test_the_last_friday_of_a_month_is_found():
    found = days(datetime(2026, 11, 27, 9), "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3")
    assert found == ["2026-11-27", "2026-12-25", "2027-01-29"]


@pytest.mark.parametrize(
    "until", ["20260408", "20260408T180000", "20260408T160000Z", "20260409T010000Z"]
)
def test_until_takes_in_the_day_it_names_in_either_way_of_writing_it(until):
    assert len(occurrences(WEDNESDAY, f"FREQ=WEEKLY;UNTIL={until}", MADRID)) == 3


def test_until_in_utc_ends_before_a_start_that_is_later_in_utc():
    assert len(occurrences(WEDNESDAY, "FREQ=WEEKLY;UNTIL=20260408T155959Z", MADRID)) == 2


def test_an_until_in_utc_without_a_zone_to_read_it_in_is_taken_as_it_stands():
    assert len(occurrences(WEDNESDAY, "FREQ=WEEKLY;UNTIL=20260408T180000Z")) == 3


def test_a_series_has_53_occurrences_and_400_days_at_most():
    assert len(occurrences(WEDNESDAY, "FREQ=DAILY;COUNT=999")) == MOST_OCCURRENCES
    last = occurrences(WEDNESDAY, "FREQ=MONTHLY;COUNT=30")[-1]
    assert last - WEDNESDAY <= timedelta(days=MOST_DAYS)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every Wednesday",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20270101",
        "FREQ=SECONDLY;COUNT=5",
        "FREQ=HOURLY;COUNT=5",
        "FREQ=WEEKLY;COUNT=two",
        "FREQ=WEEKLY;INTERVAL=0;COUNT=2",
        "FREQ=DAILY;INTERVAL=999999999;COUNT=2",
        "FREQ=WEEKLY;COUNT=2;BYHOUR=1,2,3",
        "FREQ=WEEKLY;COUNT=2;BYDAY=MO\nRDATE:20260101",
        "FREQ=WEEKLY;BYDAY=;COUNT=2",
        "FREQ=WEEKLY;UNTIL=99999999",
        "INTERVAL=2;COUNT=2",
        "FREQ=WEEKLY;COUNT=٣",
        "FREQ=WEEKLY;" + "COUNT=2;" * 100,
        "\0",
    ],
)
def test_a_rule_that_cannot_be_read_gives_the_one_time_of_the_booking(rule):
    assert occurrences(WEDNESDAY, rule, MADRID) == (WEDNESDAY,)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TH;COUNT=4",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=WEEKLY;BYMONTHDAY=31;BYMONTH=4;COUNT=3",
        "FREQ=WEEKLY;COUNT=-3",
    ],
)
def test_a_rule_that_never_matches_ends_soon_and_gives_nothing(rule):
    assert occurrences(WEDNESDAY, rule, MADRID) == ()


def test_a_rule_is_walked_along_for_so_many_steps_and_no_more(monkeypatch):
    monkeypatch.setattr(_Step, "left", 3)
    assert len(_expanded(WEDNESDAY, "FREQ=DAILY;COUNT=9", MADRID)) == 4
    assert len(_expanded(WEDNESDAY, "FREQ=WEEKLY;BYDAY=TH;COUNT=9", MADRID)) == 4


def test_a_rule_may_begin_with_its_name_as_calendars_write_it():
    assert len(occurrences(WEDNESDAY, "RRULE:FREQ=WEEKLY;COUNT=3")) == 3


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;COUNT=5", "FREQ=YEARLY;UNTIL=99991231", ""])
@pytest.mark.parametrize(
    "starts", [datetime(1970, 1, 1), datetime(9999, 12, 31, 23, 59), datetime(1, 1, 1)]
)
@pytest.mark.parametrize("zone", [MADRID, NEW_YORK, ZoneInfo("Pacific/Kiritimati")])
def test_the_ends_of_the_calendar_are_times_like_any_other(starts, rule, zone):
    found = spans(starts, 10**9, rule, zone)
    assert found
    assert all(span.start < span.end for _day, span in found)


def test_the_day_after_the_last_is_the_last():
    assert next_day(date.max) == date.max
    assert next_day(date.min, -1) == date.min


def test_a_booking_of_no_length_or_less_takes_no_time():
    assert span_at(WEDNESDAY, -60, MADRID).minutes == 0


@pytest.mark.parametrize(
    ("rule", "is_one"),
    [
        ("FREQ=WEEKLY;COUNT=8", True),
        ("FREQ=WEEKLY;UNTIL=20260501", True),
        ("FREQ=DAILY;COUNT=53", True),
        ("FREQ=DAILY;COUNT=54", False),
        ("FREQ=DAILY;UNTIL=20261231", False),
        ("FREQ=MONTHLY;COUNT=20", False),
        ("FREQ=WEEKLY;BYDAY=TH;COUNT=3", False),
        ("FREQ=WEEKLY", False),
        ("soon", False),
    ],
)
def test_a_series_ends_within_its_bounds_and_begins_when_the_booking_does(rule, is_one):
    assert is_series(WEDNESDAY, rule, MADRID) is is_one


PARTS = st.lists(
    st.sampled_from(
        [
            "COUNT=5",
            "UNTIL=20270101",
            "INTERVAL=7",
            "INTERVAL=400",
            "BYDAY=MO",
            "BYDAY=",
            "BYDAY=99MO",
            "BYDAY=-5FR,TU",
            "BYMONTH=2",
            "BYMONTH=99",
            "BYMONTHDAY=30",
            "BYMONTHDAY=-31",
            "BYSETPOS=-1",
            "BYSETPOS=400",
            "WKST=XX",
            "BYDAY=+",
            "BYMONTHDAY=0",
            "COUNT=-1",
            "UNTIL=99991231T235959Z",
            "UNTIL=00010101",
        ]
    )
)
RULES = st.one_of(
    st.text("FREQ=DAILYWKMONTHUBS;0123456789,+-ZT", max_size=60),
    st.builds(
        lambda freq, parts: f"FREQ={freq};{';'.join(parts)}",
        st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"]),
        PARTS,
    ),
)


@given(RULES, st.datetimes().map(lambda t: t.replace(microsecond=0)))
@example("FREQ=WEEKLY;BYDAY=;COUNT=1", WEDNESDAY)
def test_no_rule_at_any_time_does_more_than_it_may(rule, starts):
    found = occurrences(starts, rule, NEW_YORK)
    assert len(found) <= MOST_OCCURRENCES
    assert list(found) == sorted(set(found))
    assert all(t - starts <= timedelta(days=MOST_DAYS) for t in found)


def test_spans_that_touch_do_not_overlap_unless_a_gap_is_wanted():
    ten, eleven = (span_at(datetime(2026, 1, 1, hour), 60, MADRID) for hour in (10, 11))
    assert not ten.overlaps(eleven)
    assert ten.overlaps(eleven, timedelta(minutes=1))
    assert not ten.holds(eleven)


@pytest.mark.parametrize("end", ["COUNT=3", "UNTIL=20261201", "until=20261201T170000Z"])
def test_a_rule_without_its_end_is_the_rest_of_it(end):
    assert without_end(f"rrule:FREQ=WEEKLY;{end};BYDAY=MO,WE") == "FREQ=WEEKLY;BYDAY=MO,WE"
    assert rule_parts("FREQ=WEEKLY;COUNT=3") == {"FREQ": "WEEKLY", "COUNT": "3"}


@pytest.mark.parametrize("rule", ["", "every week", "FREQ", "BYHOUR=9"])
def test_what_is_no_rule_has_no_parts(rule):
    assert (rule_parts(rule), without_end(rule)) == ({}, "")


def test_an_end_in_utc_is_read_by_the_hub_s_own_clock():
    starts = datetime(2026, 11, 23, 0, 30)
    assert is_series(starts, "FREQ=WEEKLY;UNTIL=20261122T233000Z", MADRID)
    assert not is_series(starts, "FREQ=WEEKLY;UNTIL=20261122T232959Z", MADRID)


def test_a_span_holds_itself_and_what_is_in_it():
    day, noon = Span(at("09:00"), at("22:00")), Span(at("12:00"), at("13:00"))
    assert day.holds(day)
    assert day.holds(noon)
    assert not noon.holds(day)


def test_a_span_of_all_times_cannot_be_widened():
    always = Span(instant(datetime.min, MADRID), instant(datetime.max, MADRID))
    assert always.widened(timedelta(days=30)) == always


def test_a_step_is_as_long_as_a_series_may_be_and_no_longer():
    assert is_series(WEDNESDAY, f"FREQ=DAILY;INTERVAL={MOST_DAYS};COUNT=2", MADRID)
    assert not is_series(WEDNESDAY, f"FREQ=DAILY;INTERVAL={MOST_DAYS + 1};COUNT=2", MADRID)
