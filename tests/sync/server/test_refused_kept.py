"""What a device offered in vain is remembered for a while: which record and why, never its values."""

import pytest
from sqlalchemy import func, select

from sync.server.database import refusals
from sync.server.database.models import Device, RefusedRow
from tests.sync.server.village import HUB, OTHER

MARKED = "Evangelina Wolkenstein"
ANA = "0199b1aa-0000-7000-8000-00000000000a"


@pytest.fixture
def k1(village):
    return village.door()


def lines(village, hub=HUB):
    with village.database.reading() as connection:
        found = refusals.listed(connection, hub, village.now_ms())
    return sorted((one.kind, one.id, one.reason) for one in found)


def counted(village, device):
    with village.database.reading() as connection:
        here = (Device.hub_id == HUB) & (Device.device_id == device.who.device)
        return connection.execute(select(Device.refused).where(here)).scalar_one()


def kept(village):
    with village.database.reading() as connection:
        return str(connection.execute(select(RefusedRow)).all())


def broken(door, record_id="n1", **more):
    """A record of another version: its field has a letter that it does not have here."""
    good = door.wrote("notice", record_id, title__en=MARKED, **more)
    return good | {"stamps": {"*": "h" + good["stamps"]["*"][1:]}}


def test_what_was_refused_is_remembered_with_its_reason_and_without_its_values(village, k1):
    k1.asks(broken(k1), k1.wrote("visit", how="count"))
    assert lines(village) == [("notice", "n1", "letter")]
    assert counted(village, k1) == 1
    assert MARKED not in kept(village)


def test_it_goes_once_it_was_taken_and_no_other_goes_with_it(village, k1):
    k1.asks(broken(k1), broken(k1, "n2"))
    k1.asks(k1.wrote("visit", how="count"))
    assert len(lines(village)) == 2
    k1.asks(k1.wrote("notice", "n1", title__en="Soup"))
    assert lines(village) == [("notice", "n2", "letter")]
    assert counted(village, k1) == 1


def test_refused_again_it_stays_with_the_newer_reason(village, k1):
    k1.asks(broken(k1))
    k1.asks({"kind": "notice", "id": "n1", "erased": str(k1.reading())})
    assert lines(village) == [("notice", "n1", "not_erasable")]


def test_it_goes_after_30_days_also_where_nobody_sweeps(village, k1):
    k1.asks(broken(k1))
    village.pass_(days=30)
    village.service.sweep_all()
    assert len(lines(village)) == 1
    village.pass_(seconds=1)
    assert lines(village) == []
    village.service.sweep_all()
    assert (kept(village), counted(village, k1)) == ("[]", 0)


def test_a_hostile_device_fills_nothing(village, k1):
    for part in range(3):
        k1.asks(*(broken(k1, f"n{part}-{nth}") for nth in range(300)))
        village.pass_(seconds=1)
    assert len(lines(village)) == refusals.MOST
    assert {one[1].partition("-")[0] for one in lines(village)} == {"n2"}
    assert counted(village, k1) == refusals.MOST


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "n" * 5000, "id": MARKED},
        {"kind": "notice", "id": "x\0y"},
        {"kind": "notice", "id": MARKED},
        {"kind": 7, "id": ["x"]},
        {"id": {}},
        {},
    ],
)
def test_whatever_a_device_calls_a_record_only_what_one_could_be_called_is_kept(village, k1, given):
    k1.asks(given)
    assert lines(village) == [("", "", "not_a_record")]
    assert MARKED not in kept(village)


def test_what_a_wall_offers_is_remembered_at_the_wall(village, k1):
    wall = village.door(node="0000eeee", role="wall")
    wall.asks(wall.wrote("notice", "n1", title__en="Soup"))
    assert lines(village) == [("notice", "n1", "scope")]
    assert (counted(village, wall), counted(village, k1)) == (1, 0)


def test_each_device_has_its_own_and_each_hub(village, k1):
    k2 = village.door(node="0000bbbb")
    village.add(OTHER)
    theirs = village.door(OTHER, node="0000dddd")
    for door in (k1, k2, theirs):
        door.asks(broken(door))
    k1.asks(k1.wrote("notice", "n1", title__en="Soup"))
    assert (counted(village, k1), counted(village, k2)) == (0, 1)
    assert lines(village, OTHER) == [("notice", "n1", "letter")]


def test_the_id_of_somebody_who_was_erased_is_not_kept(village, k1):
    good = k1.wrote("person", ANA, name=MARKED)
    k1.asks(good, good | {"stamps": {"*": "h" + good["stamps"]["*"][1:]}})
    assert ANA in kept(village)
    k1.asks({"kind": "person", "id": ANA, "erased": str(k1.reading())})
    assert ANA not in kept(village)


def test_an_exchange_without_refusals_asks_nothing_of_them(village, k1):
    k1.asks(k1.wrote("visit", how="count"))
    with village.database.reading() as connection:
        count = select(func.count()).select_from(RefusedRow)
        assert connection.execute(count).scalar_one() == 0
