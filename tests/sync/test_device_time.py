"""A device's time: told, guessed, jumped; and how undated writes are dated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.device_time import (
    JUMP_MS,
    PLAUSIBLE_MS,
    Dated,
    Undated,
    confirm,
    date_writes,
    go_on,
    hear_server,
    hear_system,
    start,
)

DAY = 24 * 3600 * 1000
NOV_23 = 1_795_430_000_000
THREE_YEARS = 3 * 365 * DAY
BOOT = 7_000
"""What the monotonic clock read at the start."""


def test_at_the_start_the_wall_clock_is_a_guess():
    time = start(NOV_23, BOOT, last_known_ms=NOV_23 - DAY)
    assert time.now_ms(BOOT + 500) == NOV_23 + 500
    assert time.certainty(BOOT) == "probable"


def test_a_device_without_a_battery_goes_on_from_the_last_known_time():
    time = start(0, BOOT, last_known_ms=NOV_23)
    assert time.now_ms(BOOT) == NOV_23
    assert time.date_ok(BOOT)


@pytest.mark.acceptance(15)
@pytest.mark.parametrize(("ahead", "ok"), [(JUMP_MS, True), (JUMP_MS + 1, False)])
def test_a_date_more_than_two_days_on_is_not_believed(ahead, ok):
    time = start(NOV_23 + ahead, BOOT, last_known_ms=NOV_23)
    assert time.date_ok(BOOT) is ok
    assert time.certainty(BOOT) == ("probable" if ok else "unsure")


@pytest.mark.acceptance(15)
def test_three_years_ahead_are_believed_once_a_volunteer_says_so():
    time = start(NOV_23 + THREE_YEARS, BOOT, last_known_ms=NOV_23)
    assert not time.date_ok(BOOT)
    assert confirm(time).date_ok(BOOT)
    assert confirm(time).certainty(BOOT) == "probable"


@pytest.mark.acceptance(15)
def test_the_systems_word_alone_does_not_confirm_a_date_that_jumped():
    time = hear_system(start(NOV_23, BOOT, NOV_23), NOV_23 + THREE_YEARS, BOOT)
    assert time.certainty(BOOT) == "known"
    assert not time.date_ok(BOOT)


def test_the_server_puts_three_years_right():
    time = hear_server(start(NOV_23 + THREE_YEARS, BOOT, NOV_23), NOV_23, BOOT + 100, BOOT + 300)
    assert time.now_ms(BOOT + 200) == NOV_23
    assert time.certainty(BOOT) == "known"
    assert time.date_ok(BOOT)


@pytest.mark.acceptance(15)
def test_three_years_ahead_are_believed_once_a_server_says_so():
    time = hear_server(start(NOV_23, BOOT, NOV_23), NOV_23 + THREE_YEARS, BOOT, BOOT)
    assert time.date_ok(BOOT)


def test_an_answer_that_came_at_an_odd_moment_still_gives_whole_milliseconds():
    time = hear_server(start(NOV_23, BOOT), NOV_23, BOOT, BOOT + 1)
    assert isinstance(time.now_ms(BOOT), int)


def test_the_servers_word_outranks_the_systems():
    told = hear_server(start(NOV_23, BOOT), NOV_23, BOOT, BOOT)
    assert hear_system(told, NOV_23 + THREE_YEARS, BOOT) == told


def test_the_system_is_believed_where_no_server_spoke():
    time = hear_system(start(NOV_23, BOOT), NOV_23 + 5_000, BOOT)
    assert time.now_ms(BOOT) == NOV_23 + 5_000
    assert time.source == "system"


def test_a_year_before_any_kiosk_ran_is_not_believed_even_of_the_system():
    guess = start(NOV_23, BOOT)
    assert hear_system(guess, PLAUSIBLE_MS - 1, BOOT) == guess
    assert hear_system(guess, PLAUSIBLE_MS, BOOT).certainty(BOOT) == "known"


def test_a_later_answer_corrects_the_drift():
    time = hear_server(start(NOV_23, BOOT), NOV_23, BOOT, BOOT)
    assert hear_server(time, NOV_23 + DAY + 40, BOOT + DAY, BOOT + DAY).now_ms(BOOT + DAY) == (
        NOV_23 + DAY + 40
    )


@given(st.integers(0, THREE_YEARS), st.integers(0, THREE_YEARS))
def test_within_a_boot_time_only_goes_on(first, more):
    time = start(NOV_23, BOOT)
    assert time.now_ms(BOOT + first) <= time.now_ms(BOOT + first + more)


def test_a_long_boot_is_no_jump():
    time = start(NOV_23, BOOT, NOV_23)
    for day in range(30):
        time = go_on(time, BOOT + day * DAY)
    assert time.date_ok(BOOT + 30 * DAY)
    assert time.last_known_ms == NOV_23 + 29 * DAY


def test_a_date_that_jumped_does_not_become_the_last_known_one():
    time = start(NOV_23 + THREE_YEARS, BOOT, NOV_23)
    assert go_on(time, BOOT) == time


def test_a_correction_back_keeps_the_last_known_time():
    time = go_on(start(NOV_23 + DAY, BOOT, NOV_23), BOOT)
    assert go_on(hear_server(time, NOV_23, BOOT, BOOT), BOOT).last_known_ms == NOV_23 + DAY


def test_a_first_boot_believes_a_date_that_can_be():
    assert start(NOV_23, BOOT).date_ok(BOOT)
    assert start(PLAUSIBLE_MS, BOOT).date_ok(BOOT)
    assert not start(PLAUSIBLE_MS - 1, BOOT).date_ok(BOOT)


def test_a_first_boot_in_1970_is_put_right_by_the_system():
    time = go_on(start(0, BOOT), BOOT)
    assert time.last_known_ms == 0
    assert go_on(hear_system(time, NOV_23, BOOT), BOOT).date_ok(BOOT)


def test_writes_of_this_boot_are_dated_by_their_uptime():
    writes = [Undated("b", 1_000), Undated("b", 61_000)]
    assert date_writes(writes, "b", NOV_23, {}) == (
        Dated(NOV_23 + 1_000, sure=True),
        Dated(NOV_23 + 61_000, sure=True),
    )


def test_writes_of_an_earlier_boot_lie_as_late_as_their_order_allows_and_are_not_sure():
    writes = [Undated("a", 1_000), Undated("a", 4_000), Undated("b", 500)]
    assert date_writes(writes, "b", NOV_23, {"a": NOV_23 - DAY}) == (
        Dated(NOV_23 - 3_000, sure=False),
        Dated(NOV_23, sure=False),
        Dated(NOV_23 + 500, sure=True),
    )


def test_no_write_lies_before_the_last_time_that_was_known_before_it():
    writes = [Undated("a", 0), Undated("a", 5 * DAY)]
    found = date_writes(writes, "b", NOV_23, {"a": NOV_23 - DAY})
    assert [one.at_ms for one in found] == [NOV_23 - DAY, NOV_23]


def test_how_long_a_boot_ran_says_nothing_of_another_one():
    writes = [Undated("a", 0), Undated("b", 5_000)]
    found = date_writes(writes, "c", NOV_23, {})
    assert [one.at_ms for one in found] == [NOV_23, NOV_23]


def test_where_no_time_was_known_before_a_write_lies_after_1970():
    found = date_writes([Undated("a", 0), Undated("a", 5_000)], "b", 1_000, {})
    assert [one.at_ms for one in found] == [0, 1_000]


boots = st.lists(
    st.builds(Undated, st.sampled_from(["a", "b", "c"]), st.integers(0, DAY)), max_size=8
)


@given(boots)
def test_dating_keeps_the_old_order(writes):
    ordered = sorted(writes, key=lambda write: (write.boot, write.uptime_ms))
    known = {"a": NOV_23 - 9 * DAY, "b": NOV_23 - 5 * DAY}
    found = [one.at_ms for one in date_writes(ordered, "c", NOV_23, known)]
    assert found == sorted(found)
    assert all(at_ms >= NOV_23 - 9 * DAY for at_ms in found)
