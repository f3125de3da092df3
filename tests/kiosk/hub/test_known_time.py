"""The device remembers the last time it believed, once an hour."""

import pytest

from kiosk.hub.known_time import LAST_KNOWN, remember_time
from kiosk.hub.moment import Moment
from kiosk.store.changes import Note
from tests.kiosk.hub.house import at

ELEVEN_MS = int(at("11:00").timestamp() * 1000)


def noted(clock, *, last="10:00", date_ok=True):
    notes = {LAST_KNOWN: int(at(last).timestamp() * 1000)} if last else {}
    moment = Moment(at(clock), str, None, date_ok=date_ok, notes=notes)
    return remember_time(None, moment).acts


@pytest.mark.parametrize("last", ["10:00", ""])
def test_after_an_hour_or_for_the_first_time_the_time_is_noted(last):
    assert noted("11:00", last=last) == (Note(LAST_KNOWN, ELEVEN_MS),)


def test_within_the_hour_nothing_is_written():
    assert noted("10:59") == ()


def test_a_date_that_jumped_is_not_remembered_as_true():
    assert noted("11:00", date_ok=False) == ()
