"""What goes by itself at the server, and how devices hear of it."""

import pytest
from sqlalchemy import func, select

from sync.merge import Version, versions
from sync.server.database.models import CommitTag, RecordRow
from sync.server.files import Picture, find, keep
from sync.server.housekeeping import stale, sweep
from tests.sync.server.village import HUB, OTHER


def rows(village):
    with village.database.reading() as connection:
        count = select(func.count()).select_from(RecordRow).where(RecordRow.hub_id == HUB)
        return connection.execute(count).scalar_one()


def tags(village):
    with village.database.reading() as connection:
        count = select(func.count()).select_from(CommitTag).where(CommitTag.hub_id == HUB)
        return connection.execute(count).scalar_one()


def test_names_go_after_their_days_and_every_device_hears_of_it(village):
    k1 = village.door()
    visit = k1.wrote("visit", how="visitor", name="Eva", came_at="2026-11-23T09:00:00Z")
    k1.asks(visit)
    village.pass_(days=20)
    village.service.sweep_all()
    assert [one["kind"] for one in k1.asks().records] == ["day_count"]
    village.pass_(days=1)
    village.service.sweep_all()
    [washed] = k1.asks().records
    assert versions(washed)["name"] == Version("x", "", None)


def test_a_row_whose_days_are_over_goes_without_a_word(village):
    k1 = village.door()
    k1.asks(k1.wrote("visit", how="count", came_at="2026-11-23T09:00:00Z"))
    before = village.seq()
    village.pass_(days=730)
    village.service.sweep_all()
    assert (rows(village), village.seq()) == (0, before)


def test_a_tombstone_stays_430_days_and_its_id_for_good(village):
    k1 = village.door()
    ana = k1.wrote("person", "ana", name="Ana")
    k1.asks(ana, {"kind": "person", "id": "ana", "erased": str(k1.reading())})
    village.pass_(days=430)
    village.service.sweep_all()
    assert rows(village) == 1
    village.pass_(seconds=1)
    village.service.sweep_all()
    assert rows(village) == 0
    k2 = village.door(node="0000bbbb")
    assert "erased" in k2.asks(k2.wrote("person", "ana", name="Ana")).records[0]


def test_tags_go_430_days_after_the_next_commit_and_the_newest_stays(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    for _ in range(3):
        k1.asks(k1.wrote("room", name__en="Willow"))
        k2.asks()
    village.pass_(days=430)
    village.service.sweep_all()
    assert tags(village) == 3
    village.pass_(seconds=1)
    village.service.sweep_all()
    assert tags(village) == 1


def test_who_has_heard_the_newest_commit_knows_it_however_old_it_is(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    k1.asks(k1.wrote("room", name__en="Willow"))
    for _ in range(5):
        village.pass_(days=100)
        village.service.sweep_all()
        k1.asks()
    k2.asks(k2.wrote("room", name__en="Oak"))
    village.service.sweep_all()
    assert len(k1.asks().records) == 1


def test_sweeping_twice_changes_nothing(village):
    k1 = village.door()
    k1.asks(k1.wrote("visit", how="visitor", name="Eva", came_at="2026-10-23T09:00:00Z"))
    village.service.sweep_all()
    before = village.seq()
    village.service.sweep_all()
    assert village.seq() == before


def test_a_clock_that_jumped_lets_nothing_go_until_somebody_says_that_it_is_right(village):
    k1 = village.door()
    k1.asks(k1.wrote("visit", how="visitor", name="Eva", came_at="2026-11-23T09:00:00Z"))
    village.error_ms = 3 * 365 * 24 * 3600 * 1000
    village.service.sweep_all()
    village.error_ms = 0
    assert village.door(node="0000bbbb").asks().records[0]["fields"]["name"] == "Eva"


def test_a_hub_that_breaks_the_sweep_stops_no_other(village, monkeypatch):
    village.add(OTHER)
    village.door().house()
    looked_at = []

    def breaks(_commits, _connection, hub, **_only):
        looked_at.append(hub)
        raise RuntimeError(hub)

    monkeypatch.setattr("sync.server.service.sweep", breaks)
    village.service.sweep_all()
    assert sorted(looked_at) == [HUB, OTHER]


@pytest.mark.parametrize("named", [["a" * 64], {"name": "a" * 64}, 7, "a\0"])
def test_a_field_of_another_type_stops_no_sweep(village, named):
    """Whatever a newer version or a forger writes into it: names go on their day."""
    k1 = village.door()
    k1.asks(
        k1.wrote("visit", how="visitor", name="Eva", came_at="2026-11-23T09:00:00Z"),
        k1.wrote("notice", title__en="Pegs", picture="c" * 64),
        k1.wrote("notice", title__en="Books", picture=named),
    )
    village.pass_(days=21)
    village.service.sweep_all()
    [washed] = [one for one in k1.asks().records if one["kind"] == "visit"]
    assert versions(washed)["name"] == Version("x", "", None)


def test_a_picture_that_no_notice_names_goes_after_fourteen_days(village):
    k1 = village.door()
    hung, loose = ("a" * 64, "b" * 64)
    with village.database.writing() as connection:
        for name in (hung, loose):
            keep(connection, HUB, name, Picture(b"x", "image/png"), village.ms)
    k1.asks(k1.wrote("notice", title__en="Pegs", picture=hung, withdrawn={"by": "a", "at": "b"}))
    village.pass_(days=14)
    village.service.sweep_all()
    assert kept(village, hung, loose) == [True, True]
    village.pass_(seconds=1)
    village.service.sweep_all()
    assert kept(village, hung, loose) == [True, False]


def kept(village, *names):
    with village.database.reading() as connection:
        return [find(connection, HUB, name) is not None for name in names]


def test_doors_go_on_writing_while_it_is_found_what_has_to_go(village):
    k1 = village.door()
    visit = k1.wrote("visit", how="visitor", name="Eva", came_at="2026-11-23T09:00:00Z")
    k1.asks(visit, k1.wrote("visit", how="count", came_at="2026-12-10T09:00:00Z"))
    village.pass_(days=21)
    with village.database.writing() as door, village.database.reading() as connection:
        village.commits.commit(door, HUB, [k1.wrote("visit", how="count")])
        assert stale(village.commits, connection, HUB) == [("visit", visit["id"])]


def test_what_changed_since_it_was_found_is_looked_at_again(village):
    k1 = village.door()
    k1.asks(k1.wrote("visit", "v", how="visitor", name="Eva", came_at="2026-11-23T09:00:00Z"))
    village.pass_(days=21)
    with village.database.reading() as connection:
        found = stale(village.commits, connection, HUB)
    k1.asks(k1.wrote("visit", "v", came_at="2026-12-13T09:00:00Z"))
    with village.database.writing() as connection:
        assert sweep(village.commits, connection, HUB, only=found) == 0
