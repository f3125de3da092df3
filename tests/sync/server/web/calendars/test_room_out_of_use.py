"""A room that goes out of use listens no more; back in use, it hears what it missed."""

import pytest

from sync.records import read
from sync.records.booking import Booking
from tests.sync.server.web.calendars.listening import listens
from tests.sync.server.web.hub_house import all_of, moved_in

WILLOW = "/hub/rooms/room-willow"


@pytest.fixture
def door(village):
    return moved_in(village)


@pytest.fixture
def choir(village, door):
    return listens(village)


@pytest.fixture
def steward(door, another):
    return another().joins("steward")


def standing(door):
    found = (read(Booking, body["id"], body["fields"]) for body in all_of(door, "booking"))
    return sorted(f"{one.starts:%m-%d}" for one in found if one.outside and not one.cancelled)


def sends(browser, what, **typed):
    browser.get(WILLOW)
    browser.send(f"{WILLOW}/{what}", **typed)


def test_what_others_do_there_ends_with_the_room(door, choir, steward):
    choir.sings("2026-12-01 18:00", "2026-12-08 18:00")
    sends(steward, "retire", since="2026-12-06")
    assert standing(door) == ["12-01"]
    choir.sings("2026-12-01 18:00", "2026-12-08 18:00", "2026-12-15 18:00")
    assert standing(door) == ["12-01"]


def test_a_room_out_of_use_asks_nobody(village, door, choir, steward):
    sends(steward, "retire", since="2026-12-06")
    village.until("2026-12-06T08:00:00Z")
    choir.sings("2026-12-08 18:00")
    assert choir.asked == []
    assert choir.row.next_ms > village.ms


def test_a_room_that_comes_back_hears_all_of_it_at_once(village, door, choir, steward):
    choir.sings("2026-12-08 18:00", etag="as it was")
    sends(steward, "retire", since="2026-12-06")
    village.until("2026-12-07T08:00:00Z")
    sends(steward, "reopen")
    choir.reader.read_due()
    assert choir.asked[-1].etag == ""
    assert standing(door) == ["12-08"]
