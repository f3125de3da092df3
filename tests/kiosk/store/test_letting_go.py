"""What a server's answer takes from a device: all that was sent, some fields, its node id, a date."""

import pytest

from kiosk.store import Changes, Erase, Write
from sync.clock import Reading
from tests.kiosk.store.conftest import NOW_MS

DAY_MS = 86_400_000
AHEAD_MS = NOW_MS + 3 * 365 * DAY_MS
SECRET = "Wilhelmina-Featherstonehaugh"
BY_SERVER = "H0199c7a1b2c3-0000-00000001~1:00"
PROMISE = {
    "kind": "booking",
    "id": "b1",
    "fields": {"confirmed": 1, "minutes": 60},
    "stamps": {"*": "o0199c7a1b2c3-0000-9f3a61c2", "confirmed": BY_SERVER},
}


def sent(store, commit, record_id, **fields):
    commit(store, record_id, **fields)
    store.acknowledge(store.outbox(2**46))


def fields(store, record_id, kind="visit"):
    return store.tables()[kind][record_id].body["fields"]


def stamp(store, record_id, kind="visit", field="*"):
    return Reading.parse(store.tables()[kind][record_id].body["stamps"][field][1:])


def write(store, record_id, now_ms, kind="visit", **written):
    return store.commit(Changes.of(Write(kind, record_id, written)), now_ms=now_ms)


# Away for too long


def test_what_expired_is_heard_from_the_beginning_again(store, commit):
    store.merge([PROMISE], "812.c41f")
    commit(store, "v1", children=1)
    store.expire()
    assert (store.note("cursor"), len(store.tables()["booking"])) == ("", 0)
    assert [one.id for one in store.outbox(2**46)] == ["v1"]


def test_no_byte_of_what_expired_is_left_and_the_unsent_stays(place, commit):
    store = place.open()
    sent(store, commit, "v1", name=SECRET)
    commit(store, "v2", name="Ana")
    store.backup(now_ms=NOW_MS)
    store.expire()
    assert place.holds(SECRET) == []
    assert place.holds("Ana") != []


@pytest.mark.acceptance(14)
def test_a_wish_to_be_forgotten_that_no_server_heard_of_is_not_dropped(store):
    write(store, "p1", NOW_MS, kind="person", name="Ana")
    store.acknowledge(store.outbox(2**46))
    store.commit(Changes.of(Erase("person", "p1")), now_ms=NOW_MS)
    store.expire()
    assert ["erased" in one.body for one in store.outbox(2**46)] == [True]


def test_it_is_expired_after_a_restart_too(place, commit):
    store = place.open()
    store.merge([PROMISE], "812.c41f")
    commit(store, "v1", children=1)
    store.expire()
    store.close()
    again = place.open()
    assert (again.note("cursor"), again.tables().kinds) == ("", {"visit"})


def test_the_clock_does_not_go_back_with_what_expired(store, commit, clock):
    sent(store, commit, "v1", children=1)
    last = stamp(store, "v1")
    store.expire()
    clock.now_ms = 0
    commit(store, "v2", children=1)
    assert last < stamp(store, "v2")


# Fields that no server stands behind


def test_a_field_let_go_was_never_there_and_nothing_else_changes(store):
    store.merge([PROMISE], "1.a")
    before = store.tables()["booking"]["b1"]
    store.drop_fields("booking", "b1", ["confirmed"])
    after = store.tables()["booking"]["b1"]
    assert after.body["fields"] == {"minutes": 60}
    assert after.body["stamps"] == {"*": "o0199c7a1b2c3-0000-9f3a61c2"}
    assert (after.version, after.sent, after.ever) == (before.version, before.sent, before.ever)


def test_what_a_person_wrote_is_not_let_go(store, commit):
    commit(store, "v1", children=1)
    assert not store.drop_fields("visit", "v1", ["children"]).touched
    assert fields(store, "v1") == {"children": 1}


def test_a_record_of_which_nothing_is_left_goes(store):
    store.merge([{**PROMISE, "fields": {"confirmed": 1}, "stamps": {"*": BY_SERVER}}], "1.a")
    receipt = store.drop_fields("booking", "b1", ["confirmed"])
    assert receipt.touched == {("booking", "b1")}
    assert len(store.tables()["booking"]) == 0


# Another node


def test_another_node_keeps_its_records_its_outbox_and_its_clock(place, commit, clock):
    store = place.open()
    commit(store, "v1", children=1)
    last = stamp(store, "v1")
    store.renew("0000beef")
    store.close()
    clock.now_ms = 0
    again = place.open()
    commit(again, "v2", children=1)
    assert (again.node, stamp(again, "v2").node) == ("0000beef", "0000beef")
    assert str(last)[:17] < str(stamp(again, "v2"))[:17]
    assert [one.id for one in again.outbox(2**46)] == ["v1", "v2"]


@pytest.mark.parametrize("node", ["", "beef", "0000BEEF", "0000beef0"])
def test_a_node_id_that_is_none_is_not_taken(store, node):
    with pytest.raises(ValueError, match="hex"):
        store.renew(node)


# Back from the future


def test_what_lies_in_the_future_comes_back_in_its_old_order_and_is_sent(store):
    for number in (1, 2, 3):
        write(store, f"v{number}", AHEAD_MS + number, children=number)
    pushed = store.outbox(2**46)
    store.redate(reversed(pushed), NOW_MS)
    stamps = [stamp(store, f"v{number}") for number in (1, 2, 3)]
    assert stamps == sorted(stamps)
    assert {one.ms for one in stamps} == {NOW_MS}
    assert {one.id for one in store.outbox(NOW_MS)} == {"v1", "v2", "v3"}


def test_its_instants_in_the_future_move_as_far_and_others_stay(store):
    ahead, past = "2029-11-22T10:42:00Z", "2026-11-22T10:42:00Z"
    write(store, "v1", AHEAD_MS, came_at=ahead, left_at=past)
    store.redate(store.outbox(2**46), NOW_MS)
    assert fields(store, "v1") == {"came_at": "2026-11-23T10:42:00Z", "left_at": past}


def test_what_a_server_has_accepted_stays_as_it_is(store):
    write(store, "v1", AHEAD_MS, children=1)
    store.acknowledge(store.outbox(2**46))
    write(store, "v1", AHEAD_MS, children=2)
    before = store.tables()["visit"]["v1"]
    assert not store.redate(store.outbox(2**46), NOW_MS).touched
    assert store.tables()["visit"]["v1"] == before


def test_a_field_that_the_server_names_was_never_accepted_and_comes_back(store, commit):
    sent(store, commit, "v1", how="count", came_at="2026-11-23T09:00:00Z")
    write(store, "v1", AHEAD_MS, left_at="2029-11-22T10:42:00Z")
    late = {("visit", "v1"): ("left_at",)}
    store.redate(store.outbox(2**46), NOW_MS, late=late)
    assert fields(store, "v1")["left_at"] == "2026-11-23T10:42:00Z"
    assert fields(store, "v1")["came_at"] == "2026-11-23T09:00:00Z"
    assert stamp(store, "v1", field="left_at").ms == NOW_MS
    assert [one.id for one in store.outbox(NOW_MS)] == ["v1"]


def test_a_wish_to_be_forgotten_that_lies_in_the_future_comes_back(store, commit):
    commit(store, "p1", kind="person", name=SECRET)
    store.acknowledge(store.outbox(2**46))
    store.commit(Changes.of(Erase("person", "p1")), now_ms=AHEAD_MS)
    store.redate(store.outbox(2**46), NOW_MS)
    assert Reading.parse(store.tables()["person"]["p1"].body["erased"]).ms == NOW_MS
    assert [one.id for one in store.outbox(NOW_MS)] == ["p1"]


def test_what_was_written_in_time_keeps_its_stamps(store, commit):
    commit(store, "v1", grown_ups=2, children=1)
    write(store, "v1", AHEAD_MS, children=3)
    store.redate(store.outbox(2**46), NOW_MS + 1_000)
    assert fields(store, "v1") == {"grown_ups": 2, "children": 3}
    stamps = sorted(store.tables()["visit"]["v1"].body["stamps"].values())
    assert [Reading.parse(one[1:]).ms for one in stamps] == [NOW_MS, NOW_MS + 1_000]


def test_after_it_the_clock_is_back_from_the_future(store, commit, clock):
    write(store, "v1", AHEAD_MS, children=1)
    store.redate(store.outbox(2**46), NOW_MS)
    clock.pass_(seconds=60)
    commit(store, "v2", children=1)
    assert stamp(store, "v2").ms == NOW_MS + 60_000


def test_what_is_gone_or_not_ahead_is_left_alone(store, commit):
    commit(store, "v1", children=1)
    assert not store.redate([("visit", "v1", 1), ("visit", "v9", 1)], NOW_MS).touched
