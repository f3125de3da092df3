"""How many came on a day."""

from __future__ import annotations

import pytest

from kiosk.hub.counts import counts_of, day_count
from sync.ids import pair_id
from sync.records.day_count import DayCount
from tests.kiosk.hub.house import HUB_ID, TODAY, at, day, id_of, person, visit

ANA = "Ana Guerra"


@pytest.mark.acceptance(20)
def test_a_group_of_which_some_left_counts_whole_in_the_day(hub):
    hub.has(visit("", "10:00", how="group", grown_ups=2, children=3, gone=2, reason="lunch"))
    count = day_count(hub.snapshot, TODAY)
    assert (count.stays, count.grown_ups, count.children) == (1, 2, 3)
    assert count.by_reason == {"lunch": 1}


@pytest.mark.acceptance(23)
def test_two_records_of_one_person_that_overlap_are_one_stay(hub):
    hub.has(person(ANA), person("Anna", merged_into=id_of(ANA)))
    hub.has(visit(ANA, "09:00", "12:00"), visit("Anna", "11:00", "13:00"))
    assert day_count(hub.snapshot, TODAY).stays == 1


@pytest.mark.acceptance(23)
def test_coming_twice_on_a_day_is_two_stays(hub):
    hub.has(person(ANA), visit(ANA, "09:00", "12:00"), visit(ANA, "15:00", "16:00"))
    assert day_count(hub.snapshot, TODAY).stays == 2


def test_a_stay_counts_on_the_day_it_began(hub):
    hub.has(person(ANA), visit(ANA, "23:30", left_at=at("00:30", 1)))
    hub.has(visit(ANA, "00:10", "01:00", on=1))
    assert [count.stays for count in counts_of(hub.snapshot, TODAY, day(1))] == [1, 0]


def test_first_timers_are_counted_and_mistakes_are_not(hub):
    hub.has(visit("", "10:00", first_time=True), visit("", "10:05", first_time=True, mistake=1))
    count = day_count(hub.snapshot, TODAY)
    assert (count.stays, count.first_times, count.by_reason) == (1, 1, {})


def test_a_day_on_which_nobody_came_is_empty(hub):
    assert day_count(hub.snapshot, TODAY).stays == 0
    assert counts_of(hub.snapshot, day(1), TODAY) == ()


def test_when_its_visits_have_gone_a_day_is_what_the_server_wrote(hub):
    written = DayCount(id=pair_id(HUB_ID, "day_count", str(TODAY)), date=TODAY, stays=3)
    hub.has(written)
    assert day_count(hub.snapshot, TODAY).stays == 3
    hub.has(visit("", "10:00"))
    assert day_count(hub.snapshot, TODAY).stays == 1
