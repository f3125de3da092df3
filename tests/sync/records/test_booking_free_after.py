"""How long a booking can go on for: to closing, or to who is next."""

import pytest

from sync.records.booking_diary import taken
from sync.records.booking_free import free_after
from tests.sync.records.referee import a_booking, a_diary


@pytest.mark.acceptance(37)
def test_a_booking_can_go_on_until_the_buffer_of_the_next():
    ana, later = a_booking("ana"), a_booking("next", "20:00")
    diary = a_diary(ana, later)
    assert free_after(diary, taken(diary, "willow")[0]) == 45


def test_a_booking_can_go_on_until_closing_but_not_beyond_what_it_already_has():
    ana = a_booking("ana")
    alone = a_diary(ana)
    assert free_after(alone, taken(alone, "willow")[0]) == 180
    longer = a_diary(ana, a_booking("more", "19:00", extends="ana"))
    assert free_after(longer, taken(longer, "willow")[0]) == 0
    later = a_diary(ana, a_booking("more", "20:00", extends="ana"))
    assert free_after(later, taken(later, "willow")[0]) == 60


def test_what_was_before_a_booking_does_not_end_it():
    diary = a_diary(a_booking("before", "12:00"), a_booking("ana"))
    assert free_after(diary, taken(diary, "willow")[1]) == 180


def test_a_booking_that_ends_as_the_house_opens_can_go_on():
    early = a_diary(a_booking("ana", "08:00"))
    assert free_after(early, taken(early, "willow")[0]) == 13 * 60


def test_a_booking_of_an_unknown_room_or_at_closing_cannot_go_on():
    nowhere = a_diary(a_booking("ana"), rooms=())
    assert free_after(nowhere, taken(nowhere, "willow")[0]) == 0
    late = a_diary(a_booking("ana", "21:00"))
    assert free_after(late, taken(late, "willow")[0]) == 0
