"""No-shows: who comes keeps the room, and nobody is judged while a kiosk is silent."""

from datetime import timedelta

import pytest

from sync.records.booking import Clash
from sync.records.booking_day import BookingDay
from sync.records.booking_release import ask_again_at, came, decide_release
from sync.records.booking_time import Span
from sync.records.hub import Hub
from tests.sync.records.referee import HUB, TODAY, a_booking, a_diary, at

ANA = a_booking("ana", confirmed=1)
ALL_SILENT: dict = {}


def released(now, *, booking=ANA, seen=(), reported=None, days=(), others=(), hub=HUB):
    diary = a_diary(booking, *others, days=days, hub=hub)
    heard = {"k1": at(now), "k2": at(now)} if reported is None else reported
    fields = decide_release(booking, TODAY, diary, seen=seen, reported=heard, now=at(now))
    return fields == {"released": 1}


def test_a_room_is_free_again_a_quarter_of_an_hour_after_nobody_came():
    assert not released("18:14")
    assert released("18:15")


def test_a_short_booking_is_free_again_after_half_of_it():
    assert released("18:08", booking=a_booking("ana", minutes=15, confirmed=1))
    assert not released("18:07", booking=a_booking("ana", minutes=15, confirmed=1))


def test_a_delay_below_nothing_is_none():
    assert released("18:00", hub=Hub(settings={"no_show_min": -5}, kiosks=HUB.kiosks))


@pytest.mark.parametrize("delay", [2**53 - 1, -(2**53) + 1, 1_000_001])
def test_a_delay_beyond_all_reason_is_the_usual_one(delay):
    hub = Hub(settings={"no_show_min": delay}, kiosks=HUB.kiosks)
    assert not released("18:14", hub=hub)
    assert released("18:15", hub=hub)


@pytest.mark.acceptance(39)
def test_a_holder_signed_in_at_any_kiosk_is_never_released():
    assert not released("18:30", seen={"ana"})


@pytest.mark.acceptance(39)
def test_a_day_that_somebody_said_they_use_is_never_released():
    assert not released("18:30", days=[BookingDay(id="d", booking="ana", date=TODAY, used=1)])


@pytest.mark.acceptance(40)
@pytest.mark.parametrize(
    "reported",
    [ALL_SILENT, {"k1": at("18:20")}, {"k1": at("18:20"), "k2": at("18:14")}],
)
def test_with_one_kiosk_silent_nothing_is_released(reported):
    assert not released("18:30", reported=reported)


def test_a_kiosk_that_reported_since_the_delay_ended_is_not_silent():
    assert released("18:30", reported={"k1": at("18:20"), "k2": at("18:15")})


@pytest.mark.parametrize("booking", [a_booking("ana"), a_booking("ana", confirmed=1, cancelled=1)])
def test_what_is_not_promised_is_not_released(booking):
    assert not released("18:30", booking=booking)


def test_a_day_that_a_series_did_not_get_is_not_released():
    choir = a_booking("ana", confirmed=1, clash=(Clash(date=TODAY, with_="luis"),))
    assert not released("18:30", booking=choir)
    assert ask_again_at(choir, a_diary(choir), at("12:00")) is None


def test_what_is_over_is_not_released():
    assert not released("19:00")


def test_who_used_the_first_hour_is_there_for_the_next():
    longer = a_booking("longer", "19:00", extends="ana", confirmed=1)
    used = BookingDay(id="d", booking="ana", date=TODAY, used=1)
    assert not released("19:30", booking=longer, others=[ANA], days=[used])
    assert released("19:30", booking=longer, others=[ANA])


@pytest.mark.parametrize(("ends", "minutes"), [("00:00", 120), ("00:30", 150)])
def test_who_used_the_hours_before_midnight_is_there_for_the_next(ends, minutes):
    choir = a_booking(
        "ana", "22:00", on=-1, minutes=minutes, rule="FREQ=DAILY;COUNT=2", confirmed=1
    )
    longer = a_booking("longer", ends, extends="ana", confirmed=1)
    last_night = BookingDay(id="d", booking="ana", date=TODAY - timedelta(days=1), used=1)
    assert not released("00:45", booking=longer, others=[choir], days=[last_night])
    assert released("00:45", booking=longer, others=[choir])
    assert released("22:15", booking=choir, others=[longer], days=[last_night])


def test_who_used_a_series_yesterday_is_not_there_for_longer_today():
    choir = a_booking("ana", on=-1, rule="FREQ=DAILY;COUNT=2", confirmed=1)
    longer = a_booking("longer", "19:00", extends="ana", confirmed=1)
    yesterday = BookingDay(id="d", booking="ana", date=TODAY - timedelta(days=1), used=1)
    assert released("19:30", booking=longer, others=[choir], days=[yesterday])


def test_the_server_is_to_ask_again_when_a_delay_ends():
    assert ask_again_at(ANA, a_diary(ANA), at("12:00")) == at("18:15")
    assert ask_again_at(ANA, a_diary(ANA), at("18:15")) is None
    assert ask_again_at(ANA, a_diary(), at("12:00")) == at("18:15")


def test_the_server_asks_for_each_day_of_a_series_but_those_in_use():
    weekly = a_booking("ana", rule="FREQ=WEEKLY;COUNT=2", confirmed=1)
    used = BookingDay(id="d", booking="ana", date=TODAY, used=1)
    assert ask_again_at(weekly, a_diary(weekly, days=[used]), at("12:00")) == at("18:15", 7)
    assert ask_again_at(a_booking("ana"), a_diary(), at("12:00")) is None


def test_whoever_is_there_half_an_hour_before_has_come_for_it():
    assert came(Span(at("18:00"), at("19:00"))) == Span(at("17:30"), at("19:00"))
