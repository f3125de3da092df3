"""Yesterday's backup: nothing erased comes back, nothing promised is taken back."""

import gzip
from pathlib import Path

import pytest

from sync.merge import versions
from sync.server.checking import problems
from sync.server.database.backup import BadBackup, back_up
from sync.server.errors import Answered
from sync.server.restoring import restore
from tests.sync.server.village import HUB

DAY = "2026-11-23"


@pytest.fixture
def k1(village):
    return village.door().house(willow="willow")


@pytest.fixture
def k2(village, k1):
    return village.door(node="0000bbbb").catches_up()


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "yesterday.gz"


def back_to(village, file):
    restore(village.service.commits, file, village.erased)


def meets_the_restored(door):
    """What a device does after ``reset``: its word again, everything offered, all pulled."""
    with pytest.raises(Answered, match="reset"):
        door.asks()
    door.cursor, door.number, door.known = "", door.number + 1, door.shown
    door.asks(*door.holds.values())
    return door.catches_up()


def test_a_backup_put_back_is_the_same_server(village, k1, k2, file):
    booking = k1.booked("willow", f"{DAY}T18:00:00")
    k1.asks(booking)
    back_up(village.database, file)
    back_to(village, file)
    assert problems(village.commits) == []
    assert k2.asks().records != []


def test_together_the_devices_restore_what_the_server_lost(village, k1, k2, file):
    back_up(village.database, file)
    booking = k1.booked("willow", f"{DAY}T18:00:00")
    k1.asks(booking)
    k2.asks(k2.wrote("notice", "n1", title__en="Soup"))
    back_to(village, file)
    meets_the_restored(k1)
    meets_the_restored(k2)
    fresh = village.door(node="0000cccc").catches_up()
    assert fresh.field(booking, "confirmed") == 1
    assert ("notice", "n1") in fresh.holds


def test_what_was_erased_after_the_backup_is_erased_before_anybody_is_served(village, k1, file):
    ana = k1.wrote("person", name="Ana")
    visit = k1.wrote("visit", how="tile", person=ana["id"])
    k1.asks(ana, visit)
    back_up(village.database, file)
    k1.asks({"kind": "person", "id": ana["id"], "erased": str(k1.reading())})
    back_to(village, file)
    fresh = village.door(node="0000cccc").catches_up()
    assert "Ana" not in str(fresh.holds)
    assert versions(fresh.holds["visit", visit["id"]])["person"].rule == "x"


def test_the_list_of_erased_ids_is_enough_where_the_database_is_lost(village, k1, file, tmp_path):
    ana = k1.wrote("person", name="Ana")
    k1.asks(ana)
    back_up(village.database, file)
    village.erased.write_text(f"{HUB} person {ana['id']} {k1.reading()}\n{HUB} person cut")
    back_to(village, file)
    assert "Ana" not in str(village.door(node="0000cccc").catches_up().holds)


def test_the_database_is_enough_where_the_list_of_erased_ids_is_lost(village, k1, file):
    ana = k1.wrote("person", name="Ana")
    k1.asks(ana)
    back_up(village.database, file)
    k1.asks({"kind": "person", "id": ana["id"], "erased": str(k1.reading())})
    village.erased.unlink()
    back_to(village, file)
    assert "Ana" not in str(village.door(node="0000cccc").catches_up().holds)


def test_a_restored_server_promises_nothing_new_until_its_doors_have_been_back(
    village, k1, k2, file
):
    k1.asks()
    k2.asks()
    back_up(village.database, file)
    back_to(village, file)
    booking = k2.booked("willow", f"{DAY}T17:00:00")
    k2.asks(booking)
    village.report(k2)
    assert k2.catches_up().field(booking, "confirmed") is None
    village.report(k1)
    assert k2.catches_up().field(booking, "confirmed") == 1


def test_a_door_whose_first_exchange_the_restored_server_lost_is_waited_for_as_well(
    village, k1, file
):
    k1.asks()
    k2 = village.door(node="0000bbbb")
    back_up(village.database, file)
    promised = k2.catches_up().booked("willow", f"{DAY}T17:00:00")
    k2.asks(promised)
    back_to(village, file)
    k1.asks(rival := k1.booked("willow", f"{DAY}T17:30:00"))
    village.report(k1)
    meets_the_restored(k2)
    village.report(k2)
    assert k2.catches_up().field(promised, "confirmed") == 1
    assert k1.catches_up().field(rival, "confirmed") is None


def test_a_door_that_is_paired_after_a_restore_is_not_waited_for(village, k1, file):
    k1.asks()
    back_up(village.database, file)
    back_to(village, file)
    village.pass_(minutes=1)
    village.door(node="0000bbbb")
    k1.asks(booking := k1.booked("willow", f"{DAY}T17:30:00"))
    village.report(k1)
    assert k1.catches_up().field(booking, "confirmed") == 1


def test_a_door_that_was_paired_again_is_waited_for_once(village, k1, file):
    k1.asks()
    village.pass_(minutes=1)
    again = village.door(node=k1.node).catches_up()
    back_up(village.database, file)
    back_to(village, file)
    again.asks(booking := again.booked("willow", f"{DAY}T17:30:00"))
    village.report(again)
    assert again.catches_up().field(booking, "confirmed") == 1


def test_a_door_that_holds_what_the_restored_server_lost_has_not_told_everything(
    village, k1, k2, file
):
    k2.asks()
    back_up(village.database, file)
    promised = k1.booked("willow", f"{DAY}T17:00:00")
    k1.asks(promised)
    back_to(village, file)
    village.report(k1)
    k2.asks(rival := k2.booked("willow", f"{DAY}T17:30:00"))
    village.report(k2)
    assert k2.catches_up().field(rival, "confirmed") is None
    meets_the_restored(k1)
    village.report(k1)
    assert k2.catches_up().field(promised, "confirmed") == 1
    assert k2.field(rival, "confirmed") is None


def test_a_restored_server_gives_no_place_in_the_line_until_its_doors_have_been_back(
    village, k1, k2, file
):
    """Whoever was told that they have the one place keeps it; who comes meanwhile is behind them."""
    k2.asks()
    back_up(village.database, file)
    told = k1.wrote("join", "told", event="soup", date=DAY, heads=1)
    k1.asks(told)
    back_to(village, file)
    k2.asks(*(k2.wrote("join", name, event="soup", date=DAY) for name in ("b", "a")))
    k2.catches_up()
    assert [k2.holds["join", name]["fields"].get("arrived") for name in "ba"] == [None, None]
    meets_the_restored(k1)
    village.report(k1)
    village.report(k2)
    k2.catches_up()
    found = {name: k2.holds["join", name]["fields"]["arrived"] for name in ("told", "b", "a")}
    assert found == {"told": 1, "b": 2, "a": 3}


def test_a_day_after_a_restore_it_promises_again_whoever_is_away(village, k1, k2, file):
    k1.asks()
    back_up(village.database, file)
    back_to(village, file)
    booking = k2.booked("willow", "2026-11-26T17:00:00")
    k2.asks(booking)
    village.pass_(hours=24)
    village.service.tick_all()
    assert k2.catches_up().field(booking, "confirmed") == 1


@pytest.mark.parametrize("cut", [0, 10, 200, -20, -1])
def test_a_backup_that_was_cut_changes_nothing(village, k1, file, cut):
    back_up(village.database, file)
    file.write_bytes(file.read_bytes()[:cut])
    before = village.seq()
    with pytest.raises(BadBackup):
        back_to(village, file)
    assert village.seq() == before


def test_a_backup_without_its_last_lines_is_seen(village, k1, file):
    back_up(village.database, file)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(lines[:-2])))
    with pytest.raises(BadBackup):
        back_to(village, file)


def test_only_its_owner_can_read_a_backup(village, file):
    back_up(village.database, file)
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("days", [8, 401])
def test_a_backup_that_is_old_makes_nobody_look_as_if_they_had_been_away(
    village, k1, k2, file, days
):
    """How long a device was away is not known from it: they hold what the server lost."""
    back_up(village.database, file)
    for _ in range(2):
        village.pass_(days=days / 2)
        k1.asks(k1.wrote("notice", title__en="Soup"))
        k2.asks()
    booking = k1.booked("willow", f"{DAY}T18:00:00")
    village.ms += 1_000
    back_to(village, file)
    village.report(meets_the_restored(k2))
    k2.asks(booking)
    assert k2.field(booking, "confirmed") is None  # k1 was here within days of the backup
    meets_the_restored(k1)
    assert len([one for one in k2.catches_up().holds if one[0] == "notice"]) == 2
