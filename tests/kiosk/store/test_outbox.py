"""The outbox is the store: what the server lacks is a mark in the row itself."""

import pytest

from kiosk.store import Changes, Drop, Undo, Write
from kiosk.store.errors import UndoTooLate

NOW_MS = 1_795_430_520_000


def waiting(store, now_ms=NOW_MS):
    return [(out.id, out.version) for out in store.outbox(now_ms)]


def body(store, record_id):
    return store.tables()["visit"][record_id].body


def test_what_was_written_here_waits_for_the_server_oldest_first(store, commit):
    commit(store, "v1", children=1)
    commit(store, "v2", children=1)
    commit(store, "v1", children=2)
    assert waiting(store) == [("v2", 2), ("v1", 3)]


def test_no_more_is_handed_out_than_was_asked_for(store, commit):
    for number in range(5):
        commit(store, f"v{number}", children=1)
    assert [out.id for out in store.outbox(NOW_MS, limit=2)] == ["v0", "v1"]


def test_what_is_handed_out_is_the_record_as_it_travels(store, commit):
    commit(store, "v1", children=1)
    assert store.outbox(NOW_MS)[0].body == body(store, "v1")


def test_what_the_server_answered_for_waits_no_longer(store, commit):
    commit(store, "v1", children=1)
    store.acknowledge(store.outbox(NOW_MS))
    assert (waiting(store), store.waiting) == ([], 0)
    assert store.tables()["visit"]["v1"].ever == 1


def test_a_record_changed_while_it_was_on_its_way_stays_in_the_outbox(store, commit):
    commit(store, "v1", children=1)
    pushed = store.outbox(NOW_MS)
    commit(store, "v1", children=2)
    store.acknowledge(pushed)
    assert waiting(store) == [("v1", 2)]
    assert store.tables()["visit"]["v1"].sent == 1


def test_an_old_answer_takes_nothing_back(store, commit):
    commit(store, "v1", children=1)
    commit(store, "v1", children=2)
    store.acknowledge([("visit", "v1", 2), ("visit", "v1", 1)])
    assert waiting(store) == []


def test_an_answer_for_a_record_that_is_gone_does_nothing(store, commit, clock):
    commit(store, "v1", children=1)
    pushed = store.outbox(NOW_MS)
    store.commit(Changes.of(Drop("visit", "v1")), now_ms=clock.now_ms)
    store.acknowledge(pushed)
    assert len(store.tables()["visit"]) == 0


def test_what_the_server_refused_waits_no_longer_until_it_is_edited(store, commit):
    commit(store, "v1", children=1)
    store.acknowledge([], refused=store.outbox(NOW_MS))
    assert (waiting(store), store.tables()["visit"]["v1"].ever) == ([], 0)
    commit(store, "v1", children=2)
    assert waiting(store) == [("v1", 2)]


def test_everything_is_offered_again_when_the_server_lost_something(store, commit):
    commit(store, "v1", children=1)
    commit(store, "v2", children=1)
    store.acknowledge(store.outbox(NOW_MS))
    store.offer_all()
    assert waiting(store) == [("v1", 1), ("v2", 2)]
    assert {row.ever for row in store.tables()["visit"].values()} == {1, 2}


def test_marks_are_there_after_opening_again(place, commit):
    store = place.open()
    commit(store, "v1", children=1)
    commit(store, "v2", children=1)
    store.acknowledge([("visit", "v1", 1)])
    store.close()
    assert waiting(place.open()) == [("v2", 2)]


def test_what_can_be_undone_is_held_until_it_cannot(store, commit):
    commit(store, "v1", undo_s=10, children=1)
    assert waiting(store, NOW_MS + 9_999) == []
    assert waiting(store, NOW_MS + 10_000) == [("v1", 1)]
    assert store.waiting == 1


def test_a_clock_that_was_three_years_ahead_holds_nothing_back(store, commit, clock):
    clock.pass_(days=3 * 365)
    commit(store, "v1", undo_s=10, children=1)
    assert waiting(store, NOW_MS) == [("v1", 1)]


def test_a_held_record_does_not_hold_up_those_behind_it(store, commit):
    commit(store, "v1", undo_s=10, children=1)
    commit(store, "v2", children=1)
    assert waiting(store) == [("v2", 2)]


def test_a_new_record_undone_was_never_there(store, commit):
    receipt = commit(store, "v1", undo_s=10, children=1)
    undone = store.undo(receipt.undo)
    assert "v1" not in store.tables()["visit"]
    assert waiting(store, NOW_MS + 60_000) == []
    assert undone.touched == {("visit", "v1")}


def test_a_change_undone_leaves_value_stamp_and_marks_as_they_were(store, commit):
    commit(store, "v1", children=1)
    store.acknowledge(store.outbox(NOW_MS))
    before = store.tables()["visit"]["v1"]
    receipt = commit(store, "v1", undo_s=10, children=2, left_at="2026-11-23T11:00:00Z")
    store.undo(receipt.undo)
    assert store.tables()["visit"]["v1"] == before


def test_undoing_leaves_what_somebody_else_wrote_since(store, commit):
    commit(store, "v1", children=1, grown_ups=1)
    receipt = commit(store, "v1", undo_s=10, children=2)
    commit(store, "v1", grown_ups=5)
    store.undo(receipt.undo)
    assert body(store, "v1")["fields"] == {"children": 1, "grown_ups": 5}
    assert [version for _id, version in waiting(store, NOW_MS + 60_000)] == [4]


def test_undoing_leaves_a_field_that_was_written_again_since(store, commit):
    commit(store, "v1", children=1)
    receipt = commit(store, "v1", undo_s=10, children=2)
    commit(store, "v1", children=3)
    store.undo(receipt.undo)
    assert body(store, "v1")["fields"] == {"children": 3}


def test_undoing_takes_several_records_of_one_act(store, clock):
    acts = (Write("visit", "v1", {"children": 1}), Write("roll", "r1", {"drill": True}))
    receipt = store.commit(Changes(acts, undo_s=10), now_ms=clock.now_ms)
    store.undo(receipt.undo)
    assert store.tables().kinds == frozenset()


def test_two_writes_of_one_act_to_one_record_are_undone_together(store, clock):
    acts = (Write("visit", "v1", {"children": 1}), Write("visit", "v1", {"children": 2}))
    receipt = store.commit(Changes(acts, undo_s=10), now_ms=clock.now_ms)
    store.undo(receipt.undo)
    assert "v1" not in store.tables()["visit"]


def test_an_act_that_was_sent_is_not_undone(store, commit):
    receipt = commit(store, "v1", undo_s=10, children=1)
    store.acknowledge(store.outbox(NOW_MS + 10_000))
    with pytest.raises(UndoTooLate):
        store.undo(receipt.undo)
    assert body(store, "v1")["fields"] == {"children": 1}


def test_undoing_twice_or_nothing_changes_nothing(store, commit):
    receipt = commit(store, "v1", undo_s=10, children=1)
    store.undo(receipt.undo)
    assert store.undo(receipt.undo).touched == frozenset()
    assert store.undo(Undo()).touched == frozenset()


def test_an_undone_act_is_undone_after_opening_again(place, commit):
    store = place.open()
    commit(store, "v1", children=1)
    store.undo(commit(store, "v1", undo_s=10, children=2).undo)
    store.close()
    assert body(place.open(), "v1")["fields"] == {"children": 1}
