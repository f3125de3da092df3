"""What the engine of sync asks of the store besides pushing and merging."""

from kiosk.store import Changes, Write
from sync.clock import Reading
from tests.kiosk.store.conftest import NOW_MS

PROMISE = {
    "kind": "booking",
    "id": "b1",
    "fields": {"confirmed": 1, "minutes": 60},
    "stamps": {"*": "o0199c7a1b2c3-0000-9f3a61c2", "confirmed": "H0199c7a1b2c3-0000-00000001~1:00"},
}


def visits(store):
    return list(store.tables()["visit"])


def held(store, record_id, undo_s, now_ms=NOW_MS):
    act = Write("visit", record_id, {"children": 1})
    return store.commit(Changes.of(act, undo_s=undo_s), now_ms=now_ms)


def test_it_says_when_the_next_held_record_may_be_sent(store):
    held(store, "v1", 10)
    held(store, "v2", 5)
    assert store.next_ready_ms(NOW_MS) == NOW_MS + 5_000
    assert store.next_ready_ms(NOW_MS + 5_000) == NOW_MS + 10_000


def test_nothing_held_is_nothing_to_wait_for(store, commit):
    commit(store, "v1", children=1)
    assert store.next_ready_ms(NOW_MS) is None


def test_what_a_clock_far_ahead_held_is_ready_now(store):
    held(store, "v1", 10, now_ms=NOW_MS + 10**9)
    assert store.next_ready_ms(NOW_MS) is None
    assert store.outbox(NOW_MS)


def test_away_too_long_only_what_no_server_ever_accepted_stays(store, commit):
    commit(store, "sent", children=1)
    store.acknowledge(store.outbox(NOW_MS))
    commit(store, "sent", children=2)
    commit(store, "new", children=1)
    receipt = store.expire()
    assert visits(store) == ["new"]
    assert receipt.touched == {("visit", "sent")}


def test_what_was_dropped_may_come_again_from_the_server(store, commit):
    commit(store, "sent", children=1)
    pushed = store.outbox(NOW_MS)
    store.acknowledge(pushed)
    store.expire()
    store.merge([pushed[0].body], "2.b")
    assert visits(store) == ["sent"]


def test_a_field_that_no_server_stands_behind_goes_and_the_rest_stays(store):
    store.merge([PROMISE], "1.a")
    store.drop_fields("booking", "b1", ["confirmed"])
    row = store.tables()["booking"]["b1"]
    assert row.body["fields"] == {"minutes": 60}
    assert not row.is_waiting


def test_a_record_that_waits_goes_on_waiting_without_the_field(store, commit):
    commit(store, "v1", children=1, heads=2)
    store.drop_fields("visit", "v1", ["heads"])
    assert [out.id for out in store.outbox(NOW_MS)] == ["v1"]


def test_dropping_a_field_of_what_is_gone_does_nothing(store):
    assert not store.drop_fields("booking", "b1", ["confirmed"]).touched


def test_as_another_node_it_keeps_its_records_and_its_clock_goes_on(store, commit):
    commit(store, "v1", children=1)
    before, old = store.tables()["visit"]["v1"].body["stamps"]["*"], store.node
    store.renew("0000beef")
    commit(store, "v2", children=1)
    after = store.tables()["visit"]["v2"].body["stamps"]["*"]
    assert store.node != old
    assert Reading.parse(after[1:]).node == store.node
    assert after[1:18] > before[1:18]


def test_another_node_it_is_after_a_restart_too(place):
    store = place.open()
    store.renew("0000beef")
    node = store.node
    store.close()
    assert place.open().node == node
