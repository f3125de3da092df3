"""How a booking repeats: what the form's choices come to, how it is said, what moving makes of it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sync.records.booking import Booking
from sync.records.booking_time import is_series, occurrences
from sync.records.hub import WEEKDAYS
from sync.server.web.bookings.refusals import BadSeries, NoEnd, NotAsOne
from sync.server.web.bookings.series import Ends, moved_rule, series_from
from sync.server.web.bookings.series_words import series_words
from sync.server.web.notice_form import EndsBeforeItBegins
from sync.server.web.words import Words

MADRID = ZoneInfo("Europe/Madrid")
TUESDAY = dt.datetime(2026, 12, 1, 18, 0)
UNTIL = Ends(dt.date(2027, 6, 30))
A_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("repeat", "on", "ends", "first", "rule"),
    [
        ("once", ["wed"], UNTIL, 1, ""),
        ("nonsense", [], Ends(), 1, ""),
        ("daily", ["wed"], Ends(times=5), 1, "FREQ=DAILY;COUNT=5"),
        ("weekly", [], UNTIL, 1, "FREQ=WEEKLY;UNTIL=20270630T235959"),
        ("weekly", ["thu"], Ends(times=9), 3, "FREQ=WEEKLY;COUNT=9"),
        ("weekly", ["thu", "mon", "x"], Ends(times=9), 3, "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=9"),
        ("fortnightly", [], Ends(times=9), 1, "FREQ=WEEKLY;INTERVAL=2;COUNT=9"),
        (
            "fortnightly",
            ["tue", "sun"],
            Ends(times=9),
            1,
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=9",
        ),
        ("monthly", [], Ends(times=9), 1, "FREQ=MONTHLY;BYDAY=1TU;COUNT=9"),
        ("weekly", [], Ends(dt.date(2027, 1, 31), 3), 1, "FREQ=WEEKLY;COUNT=3"),
        ("weekly", [], Ends(dt.date(2026, 12, 9), 30), 1, "FREQ=WEEKLY;UNTIL=20261209T235959"),
    ],
)
def test_each_choice_of_the_form_is_a_rule(repeat, on, ends, first, rule):
    starts, found = series_from(repeat, TUESDAY, on, ends)
    assert (starts.day, starts.time(), found) == (first, TUESDAY.time(), rule)
    assert not rule or is_series(starts, rule, MADRID)


@pytest.mark.parametrize(
    ("day", "code"), [(1, "1TU"), (7, "1MO"), (8, "2TU"), (22, "4TU"), (29, "-1TU"), (31, "-1TH")]
)
def test_the_same_weekday_of_a_month_is_its_first_to_fourth_or_its_last(day, code):
    _starts, rule = series_from("monthly", dt.datetime(2026, 12, day, 9), [], Ends(times=3))
    assert rule == f"FREQ=MONTHLY;BYDAY={code};COUNT=3"


@pytest.mark.parametrize(
    ("repeat", "ends", "why"),
    [
        ("weekly", Ends(), NoEnd),
        ("daily", Ends(times=-1), NoEnd),
        ("weekly", Ends(dt.date(2026, 11, 30)), EndsBeforeItBegins),
        ("weekly", Ends(dt.date(2028, 2, 1)), BadSeries),
        ("daily", Ends(times=54), BadSeries),
    ],
)
def test_a_series_without_an_end_or_a_too_long_one_is_none(repeat, ends, why):
    with pytest.raises(why):
        series_from(repeat, TUESDAY, [], ends)


def booking(rule, starts=TUESDAY, **more):
    return Booking(id="b", room="willow", starts=starts, minutes=60, rule=rule, **more)


SAID = [
    (
        "FREQ=WEEKLY;UNTIL=20270630T235959",
        "every Tuesday until 30 June 2027",
        "cada martes hasta el 30 de junio de 2027",
    ),
    (
        "FREQ=WEEKLY;BYDAY=TH,TU;COUNT=4",
        "every Tuesday and Thursday, 4 times, until 10 December 2026",
        "cada martes y jueves, 4 veces, hasta el 10 de diciembre de 2026",
    ),
    (
        "FREQ=DAILY;COUNT=3",
        "every day, 3 times, until 3 December 2026",
        "cada día, 3 veces, hasta el 3 de diciembre de 2026",
    ),
    (
        "FREQ=DAILY;INTERVAL=3;COUNT=2",
        "every 3 days, 2 times, until 4 December 2026",
        "cada 3 días, 2 veces, hasta el 4 de diciembre de 2026",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231T235959",
        "every second week on Tuesday until 31 December 2026",
        "cada dos semanas, martes hasta el 31 de diciembre de 2026",
    ),
    (
        "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270630T235959",
        "every month on the first Tuesday until 30 June 2027",
        "cada mes, el primer martes hasta el 30 de junio de 2027",
    ),
    (
        "FREQ=MONTHLY;COUNT=2",
        "every month on day 1, 2 times, until 1 January 2027",
        "cada mes, el día 1, 2 veces, hasta el 1 de enero de 2027",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=3",
        "on 3 days, 3 times, until 1 January 2027",
        "3 días, 3 veces, hasta el 1 de enero de 2027",
    ),
]


@pytest.mark.parametrize(("rule", "english", "spanish"), SAID, ids=[one[0] for one in SAID])
def test_a_series_is_said_in_words(rule, english, spanish):
    for lang, meant in (("en", english), ("es", spanish)):
        said = series_words(Words(lang), booking(rule), MADRID)
        assert said.replace("\xa0", " ") == meant


def test_days_that_were_left_out_are_said_and_many_of_them_counted():
    one = booking("FREQ=WEEKLY;UNTIL=20270630T235959")
    off = [dt.date(2026, 12, 29), dt.date(2026, 12, 22), dt.date(2025, 1, 1)]
    said = series_words(Words("en"), one, MADRID, off).replace("\xa0", " ")
    assert said == "every Tuesday until 30 June 2027, not on 22 December and 29 December"
    many = [TUESDAY.date() + 7 * n * A_DAY for n in range(1, 9)]
    assert series_words(Words("en"), one, MADRID, many).endswith(", not on 8 other days")


def test_a_series_that_was_given_up_from_a_day_on_ends_before_it():
    one = booking("FREQ=WEEKLY;COUNT=9", cancelled=1, cancelled_on=dt.date(2026, 12, 20))
    said = series_words(Words("en"), one, MADRID).replace("\xa0", " ")
    assert said == "every Tuesday until 15 December 2026"


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "nonsense",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;COUNT=x",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=2",
        "FREQ=WEEKLY;INTERVAL=0;COUNT=2",
        "FREQ=WEEKLY;INTERVAL=x;COUNT=2",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=WEEKLY;UNTIL=20261232T000000Z",
        "FREQ=WEEKLY;UNTIL=20261210T170000Z",
        "FREQ=MONTHLY;BYDAY=+2TU;COUNT=3",
        "FREQ=YEARLY;COUNT=2",
        "FREQ=SECONDLY;COUNT=9",
    ],
)
def test_whatever_a_device_wrote_is_said_somehow(rule):
    said = series_words(Words("en"), booking(rule), MADRID)
    assert (said == "") == (not rule)
    assert "series." not in said


@st.composite
def repeating(draw):
    starts = dt.datetime(2026, 12, 1, 18) + draw(st.integers(0, 40)) * A_DAY
    repeat = draw(st.sampled_from(("daily", "weekly", "fortnightly", "monthly")))
    on = draw(st.lists(st.sampled_from(WEEKDAYS), max_size=3))
    ends = draw(
        st.one_of(
            st.integers(2, 12).map(lambda n: Ends(times=n)),
            st.integers(50, 200).map(lambda n: Ends(dt.date(2026, 12, 1) + n * A_DAY)),
        )
    )
    try:
        return series_from(repeat, starts, on, ends)
    except EndsBeforeItBegins:
        return starts, "FREQ=DAILY;COUNT=2"


@given(repeating(), st.integers(0, 11), st.integers(-20, 20), st.integers(0, 23))
def test_days_that_move_together_all_move_by_as_much_or_not_at_all(series, nth, by, hour):
    starts, rule = series
    days = occurrences(starts, rule, MADRID)[nth:]
    assume(days and is_series(starts, rule, MADRID))  # every day until May is more than 53 times
    first = days[0].date()
    there = dt.datetime.combine(first + by * A_DAY, dt.time(hour))
    try:
        moved = moved_rule(booking(rule, starts), MADRID, first, there)
    except NotAsOne:
        assert by, "at another hour the days are the same"
        return
    found = [one.date() for one in occurrences(there, moved, MADRID)]
    assert found == [one.date() + by * A_DAY for one in days]
    assert not moved or is_series(there, moved, MADRID)


@given(st.integers(0, 6), st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4))
def test_whole_weeks_can_always_be_moved_within_the_week(by, on):
    starts, rule = series_from("weekly", TUESDAY, on, Ends(times=8))
    there = starts + by * A_DAY
    assert moved_rule(booking(rule, starts), MADRID, starts.date(), there)
