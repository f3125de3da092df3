"""The server writes how many came: the day after, again if more is heard, and then for good."""

import pytest

from sync.ids import pair_id
from tests.sync.server.village import HUB

DAY = "2026-11-23"
COUNT = ("day_count", pair_id(HUB, "day_count", DAY))


@pytest.fixture
def k1(village):
    return village.door().house()


def came(door, at, **more):
    return door.wrote("visit", **({"how": "tile", "grown_ups": 1, "came_at": at} | more))


def swept(village, door):
    village.service.sweep_all()
    body = door.catches_up().holds.get(COUNT)
    return body and {name: body["fields"].get(name, 0) for name in ("stays", "grown_ups", "date")}


def test_stays_are_counted_the_day_after_and_not_visits(village, k1):
    k1.asks(
        came(k1, "2026-11-23T09:00:00Z", person="tomas", left_at="2026-11-23T11:00:00Z"),
        came(k1, "2026-11-23T09:05:00Z", person="tomas"),
        came(k1, "2026-11-23T10:00:00Z", how="group", grown_ups=2, reason="event"),
    )
    assert swept(village, k1) is None
    village.until("2026-11-23T23:00:01Z")  # midnight in Madrid
    assert swept(village, k1) == {"stays": 2, "grown_ups": 3, "date": DAY}
    assert k1.holds[COUNT]["fields"]["by_reason.event"] == 1


def test_two_records_of_one_person_are_one_stay(village, k1):
    k1.asks(
        k1.wrote("person", "tom", merged_into="tomas"),
        came(k1, "2026-11-23T09:00:00Z", person="tomas"),
        came(k1, "2026-11-23T09:05:00Z", person="tom"),
    )
    village.pass_(days=1)
    assert swept(village, k1)["stays"] == 1


def test_late_visits_count_while_names_are_held_and_no_more_afterwards(village, k1):
    k1.asks(came(k1, "2026-11-23T09:00:00Z"))
    village.pass_(days=1)
    assert swept(village, k1)["stays"] == 1
    village.pass_(days=19)
    k1.asks(came(k1, "2026-11-23T09:30:00Z"))
    assert swept(village, k1)["stays"] == 2
    village.pass_(days=1)
    k1.asks(came(k1, "2026-11-23T10:30:00Z"))
    assert swept(village, k1)["stays"] == 2


@pytest.mark.acceptance(25)
def test_the_count_is_the_same_without_names_and_stays_when_the_visits_go(village, k1):
    k1.asks(came(k1, "2026-11-23T09:00:00Z", person="eva", name="Eva"))
    village.pass_(days=1)
    before = swept(village, k1)
    village.pass_(days=30)
    assert swept(village, k1) == before
    village.pass_(days=720)
    new = village.door(node="0000bbbb")
    assert swept(village, new) == before
    assert all(kind != "visit" for kind, _one in new.holds)


def test_a_mistake_that_is_taken_back_is_counted_no_more(village, k1):
    visit = came(k1, "2026-11-23T09:00:00Z", reason="event")
    k1.asks(visit)
    village.pass_(days=1)
    swept(village, k1)
    k1.asks(k1.wrote("visit", visit["id"], mistake=1))
    assert swept(village, k1)["stays"] == 0
    assert k1.holds[COUNT]["fields"]["by_reason.event"] is None


def test_days_from_before_the_hub_had_a_server_are_counted_once(village, k1):
    village.pass_(days=200)
    k1.asks(came(k1, "2026-11-23T09:00:00Z"))
    assert swept(village, k1)["stays"] == 1
    k1.asks(came(k1, "2026-11-23T10:00:00Z"))
    assert swept(village, k1)["stays"] == 1


@pytest.mark.parametrize("came_at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "soon", 7])
def test_a_day_at_the_end_of_time_does_not_stop_the_count(village, k1, came_at):
    k1.asks(came(k1, came_at), came(k1, "2026-11-23T09:00:00Z"))
    village.pass_(days=1)
    assert swept(village, k1)["stays"] == 1
