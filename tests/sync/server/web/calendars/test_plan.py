"""How busy times become bookings: cut by days, written once, given up when they are gone."""

import datetime as dt
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sync.records.booking import Booking
from sync.records.booking_time import Span, span_at
from sync.server.web.calendars.pace import (
    LEAST_MS,
    LONGEST_MS,
    USUAL_MS,
    WHOLE_MS,
    after_reading,
    after_trouble,
    at_wish,
    needs_whole,
)
from sync.server.web.calendars.plan import Time, plan, times
from tests.sync.server.village import HUB
from tests.sync.server.web.calendars.shapes import MADRID

NOW = dt.datetime(2026, 11, 23, 9, 41, tzinfo=dt.UTC)
EMPTY = Booking(hub=HUB, room="willow", title={"en": "The choir"})
SIX, SEVEN = (Time(dt.datetime(2026, 12, 1, hour), 60) for hour in (18, 19))


def span(begin, end):
    """ "12-01 18:00" in Madrid, of 2026."""
    return Span(*(dt.datetime.fromisoformat(f"2026-{at}").replace(tzinfo=MADRID).astimezone(dt.UTC)
                  for at in (begin, end)))  # fmt: skip


def taken(*spans, now=NOW):
    return [(f"{one.starts:%m-%d %H:%M}", one.minutes) for one in times(spans, MADRID, now)]


def planned(wanted, there=(), now=NOW):
    return plan("cal", EMPTY, wanted, there, MADRID, now)


def test_a_time_of_others_is_a_local_start_and_minutes():
    assert taken(span("12-01 18:00", "12-01 19:30")) == [("12-01 18:00", 90)]


def test_what_lasts_longer_than_a_day_is_cut_at_midnight():
    assert taken(span("12-01 18:00", "12-03 09:00")) == [
        ("12-01 18:00", 6 * 60), ("12-02 00:00", 24 * 60), ("12-03 00:00", 9 * 60),
    ]  # fmt: skip
    assert taken(span("12-01 22:00", "12-02 06:00")) == [("12-01 22:00", 8 * 60)]


def test_a_day_without_hours_is_one_time_whatever_the_clock_does():
    there = dt.datetime(2026, 10, 20, tzinfo=dt.UTC)
    days = [(f"{day} 00:00", f"{then} 00:00") for day, then in
            (("12-01", "12-02"), ("10-25", "10-26"))]  # fmt: skip
    assert [taken(span(*day), now=there) for day in days] == [
        [("12-01 00:00", 24 * 60)], [("10-25 00:00", 25 * 60)],
    ]  # fmt: skip


def test_seconds_are_rounded_so_that_nothing_is_left_out():
    begin = span("12-01 18:00", "12-01 19:00")
    odd = Span(begin.start + dt.timedelta(seconds=30), begin.end + dt.timedelta(seconds=1))
    assert taken(odd) == [("12-01 18:00", 61)]


def test_what_is_over_takes_no_room_and_what_runs_does():
    assert taken(span("11-23 09:00", "11-23 10:41")) == []
    assert taken(span("11-23 09:00", "11-23 10:42")) == [("11-23 09:00", 102)]


SPANS = st.builds(
    lambda begin, minutes: Span(begin, begin + dt.timedelta(minutes=minutes)),
    st.datetimes(dt.datetime(2026, 10, 20), dt.datetime(2027, 4, 5), timezones=st.just(dt.UTC)),
    st.integers(1, 10_000),
)


@settings(max_examples=200, deadline=None)
@given(SPANS)
def test_every_minute_of_a_time_is_taken_and_few_more(one):
    now = one.start - dt.timedelta(days=1)
    cut = [span_at(at.starts, at.minutes, MADRID) for at in times([one], MADRID, now)]
    assert cut[0].start <= one.start < one.end <= cut[-1].end
    assert all(before.end >= after.start for before, after in pairwise(cut))
    assert all(piece.minutes <= 26 * 60 for piece in cut)
    more = (one.start - cut[0].start) + (cut[-1].end - one.end)
    assert more < dt.timedelta(minutes=2) or more <= dt.timedelta(hours=1, minutes=2)


def test_a_new_time_is_a_confirmed_booking_of_nobody():
    (made,) = planned([SIX]).new
    assert (made.room, made.starts, made.minutes) == ("willow", SIX.starts, 60)
    assert (made.outside, made.confirmed, made.person, made.title) == (
        "cal", 1, "", {"en": "The choir"},
    )  # fmt: skip


def test_what_stays_is_not_written_again():
    there = planned([SIX, SEVEN]).new
    assert planned([SIX, SEVEN], there) == planned([], ())
    assert planned([SIX, SEVEN]).new == there


def test_what_is_gone_is_given_up_and_what_is_new_is_written():
    there = planned([SIX]).new
    found = planned([SEVEN], there)
    assert (found.gone, [one.starts for one in found.new]) == (there, [SEVEN.starts])


def test_what_comes_again_is_another_booking():
    """What was given up may be somebody else's by then: it is never taken back."""
    gone = tuple(replace(one, cancelled=1) for one in planned([SIX]).new)
    assert planned([], gone).gone == ()
    (again,) = planned([SIX], gone).new
    assert again.id != gone[0].id
    assert planned([SIX], (*gone, again)).new == ()


def test_what_is_over_and_what_is_not_of_this_calendar_stays_as_it_is():
    there = planned([SIX]).new
    later = dt.datetime(2026, 12, 1, 18, tzinfo=dt.UTC)  # 19:00 in Madrid
    assert planned([], there, now=later).gone == ()
    assert planned([], there, now=later - dt.timedelta(minutes=1)).gone == there
    others = (replace(there[0], outside="another"), replace(there[0], outside=""))
    assert planned([], others).gone == ()


def test_nobody_is_asked_more_often_than_every_quarter_of_an_hour():
    assert after_reading(0) == USUAL_MS >= LEAST_MS
    waits = [after_trouble(0, n) for n in range(1, 12)]
    assert waits[0] == LEAST_MS
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_MS == after_trouble(0, 10**6)
    assert at_wish(10, 0) == 10
    assert at_wish(10, 5) == 5 + LEAST_MS
    assert at_wish(LEAST_MS + 6, 5) == LEAST_MS + 6


def test_who_asks_us_to_wait_is_given_the_time_up_to_a_day():
    assert after_trouble(0, 1, retry_s=3600) == 3_600_000
    assert after_trouble(0, 1, retry_s=1) == LEAST_MS
    assert after_trouble(0, 1, retry_s=10**9) == LONGEST_MS


def test_once_a_day_the_whole_file_is_asked_for():
    assert needs_whole(WHOLE_MS, 0)
    assert not needs_whole(WHOLE_MS, 1)
