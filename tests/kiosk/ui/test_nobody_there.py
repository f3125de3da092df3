"""What the screen does by itself: when it warns, dims and drifts, where it goes back to."""

import datetime as dt

import pytest

from kiosk.ui.night import drift_px, is_night


def at(clock):
    return dt.datetime.combine(dt.date(2026, 11, 23), dt.time.fromisoformat(clock))


@pytest.mark.parametrize("clock", ["09:00", "12:30", "21:59", "22:00", "23:30", "00:10"])
def test_a_hub_that_is_open_is_not_dim(clock):
    assert not is_night(at(clock), is_open=True)


@pytest.mark.parametrize("clock", ["22:00", "23:30", "00:00", "06:59"])
def test_after_closing_the_night_is_dim(clock):
    assert is_night(at(clock), is_open=False)


def test_a_shut_hub_in_the_morning_is_lit():
    assert not is_night(at("08:00"), is_open=False)


def test_the_picture_never_moves_more_than_three_pixels_a_minute():
    for minute in range(200):
        (ax, ay), (bx, by) = drift_px(minute), drift_px(minute + 1)
        assert abs(ax - bx) + abs(ay - by) == 3


def test_the_picture_never_leaves_its_place_by_more_than_three_pixels():
    assert max(max(drift_px(minute)) for minute in range(200)) <= 3
