"""A wall's store: what the server shows takes the row's place, and nothing ever waits to be sent."""

import pytest

from kiosk.store import Changes, Erase, Write
from kiosk.store.mirror import ROLE, WALL
from tests.kiosk.store.conftest import NOW_MS

STAMP = "0199c7a1b2c3-0000-9f3a61c2"
LATER = "0199c7a1b2c4-0000-9f3a61c2"


def shown(kind="visit", record_id="v1", stamp=STAMP, **fields):
    stamps = {"*": f"o{stamp}"} if fields else {}
    return {"kind": kind, "id": record_id, "fields": fields, "stamps": stamps}


def named(name, stamp=STAMP):
    return shown(stamp=stamp, how="tile", name=name, wall_ok=True)


def fields(store, record_id="v1"):
    return store.tables()["visit"][record_id].body["fields"]


@pytest.fixture
def wall(store):
    store.keep_notes(**{ROLE: WALL})
    return store


def test_what_a_wall_does_for_itself_waits_for_nobody(wall, commit):
    wall.merge([named("Ana G.")])
    commit(wall, "v1", children=1)
    wall.commit(Changes.of(Erase("visit", "v1", ("name",))), now_ms=NOW_MS)
    assert fields(wall)["name"] is None
    assert (wall.waiting, wall.outbox(NOW_MS)) == (0, ())


def test_a_door_s_own_writes_wait_as_ever(store, commit):
    commit(store, "v1", children=1)
    assert store.waiting == 1


def test_the_server_s_copy_takes_the_row_s_place(wall):
    wall.merge([named("Ana G.", stamp=LATER)])
    wall.merge([shown(how="tile", children=2)], "2.bw1")
    assert fields(wall) == {"how": "tile", "children": 2}
    assert (wall.waiting, wall.note("cursor")) == (0, "2.bw1")


def test_what_the_wall_wrote_itself_never_outlives_the_server_s_copy(wall, commit):
    wall.merge([named("Ana G.")])
    commit(wall, "v1", assumed_at="2026-11-23T22:00:00Z")
    wall.merge([named("Ana G.")])
    assert "assumed_at" not in fields(wall)


def test_a_name_that_was_taken_back_leaves_the_disk(place):
    wall = place.open()
    wall.keep_notes(**{ROLE: WALL})
    wall.merge([named("Olena Kovalenko")])
    assert place.holds("Olena")
    wall.merge([shown(how="tile")])
    assert place.holds("Olena") == []


@pytest.mark.parametrize("empty", [shown(), {"kind": "visit", "id": "v1", "erased": STAMP}])
def test_a_copy_with_nothing_to_show_leaves_no_row(wall, empty):
    wall.merge([named("Ana G.")])
    receipt = wall.merge([empty])
    assert dict(wall.tables()["visit"]) == {}
    assert receipt.touched == {("visit", "v1")}


def test_what_is_no_record_holds_up_no_other(wall):
    receipt = wall.merge([{"kind": "visit"}, named("Ana G."), 7])
    assert receipt.skipped == 2
    assert fields(wall)["name"] == "Ana G."


def test_a_wall_that_begins_anew_lets_go_of_all_it_was_shown(wall):
    wall.merge([named("Ana G."), shown("room", "r1", order=1)])
    receipt = wall.offer_all()
    assert receipt.touched == {("visit", "v1"), ("room", "r1")}
    assert (dict(wall.tables()["visit"]), wall.waiting) == ({}, 0)
    wall.merge([named("Ana G.")])
    assert fields(wall)["name"] == "Ana G."


def test_a_door_that_becomes_a_wall_has_nothing_of_the_door_left(place):
    store = place.open()
    store.commit(Changes.of(Write("visit", "v1", {"name": "Olena Kovalenko"})), now_ms=NOW_MS)
    store.keep_notes(**{ROLE: WALL})
    store.offer_all()
    assert place.holds("Olena") == []
    assert store.waiting == 0
