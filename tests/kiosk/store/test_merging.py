"""What comes from the server is merged, marked, and never holds up anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.store import open_store

OTHER = "aaaaaaaa"
CAME = "2026-11-23T10:42:00Z"


def stamp(letter, ms, node=OTHER):
    return f"{letter}{ms:012x}-0000-{node}"


def record(record_id="v1", ms=1_795_430_000_000, kind="visit", **fields):
    rules = {"children": "l", "gone": "h", "left_at": "l"}
    stamps = {name: stamp(rules.get(name, "o"), ms) for name in fields}
    return {"kind": kind, "id": record_id, "fields": fields, "stamps": stamps}


def row(store, record_id="v1", kind="visit"):
    return store.tables()[kind][record_id]


def test_a_record_from_the_server_is_stored_and_not_sent_back(store):
    receipt = store.merge([record(how="count", came_at=CAME)], cursor="7.abc")
    assert receipt.touched == {("visit", "v1")}
    assert row(store).body["fields"] == {"came_at": CAME, "how": "count"}
    assert (store.waiting, row(store).ever) == (0, 1)


def test_how_far_we_have_heard_is_noted_with_it(place):
    place.open().merge([record(children=1)], cursor="7.abc")
    place.stores[-1].close()
    assert place.open().note("cursor") == "7.abc"


def test_what_the_server_already_answered_for_changes_nothing_when_it_comes_again(store, commit):
    commit(store, "v1", children=1)
    pushed = store.outbox(2**50)
    store.acknowledge(pushed)
    before = row(store)
    receipt = store.merge([dict(pushed[0].body)])
    assert receipt.touched == frozenset()
    assert row(store) == before


def test_a_later_value_wins_and_is_not_sent_back(store, commit):
    commit(store, "v1", children=1)
    theirs = record(children=5, ms=1_795_430_999_000)
    store.merge([theirs])
    assert row(store).body["fields"] == {"children": 5}
    assert store.waiting == 0


def test_where_the_local_side_adds_something_the_record_stays_in_the_outbox(store, commit):
    commit(store, "v1", grown_ups=2)
    store.merge([record(children=5)])
    assert row(store).body["fields"] == {"children": 5, "grown_ups": 2}
    assert store.waiting == 1


def test_where_the_server_lost_something_it_had_the_record_comes_back_into_the_outbox(
    store, commit
):
    commit(store, "v1", children=1)
    older = dict(row(store).body)
    commit(store, "v1", children=2)
    store.acknowledge([("visit", "v1", 2)])
    store.merge([older])
    assert store.waiting == 1


def test_what_is_written_after_a_merge_is_later_than_what_came_in(store, commit):
    store.merge([record(children=5, ms=1_795_999_000_000)])
    commit(store, "v1", children=6)
    assert row(store).body["fields"] == {"children": 6}


def test_kinds_and_fields_never_heard_of_are_kept_and_merged(store):
    store.merge([record(kind="hovercraft", eels=1), record(left_at=None, shoe_size=44)])
    assert row(store, kind="hovercraft").body["fields"] == {"eels": 1}
    assert row(store).body["fields"] == {"left_at": None, "shoe_size": 44}


@pytest.mark.parametrize(
    "broken",
    [
        None,
        "text",
        {},
        {"kind": "visit"},
        {"kind": "visit", "id": "", "fields": {}, "stamps": {}},
        {"kind": "visit", "id": 7, "fields": {}, "stamps": {}},
        {"kind": "visit", "id": "v9", "fields": {"a": 1}, "stamps": {}},
        {"kind": "visit", "id": "v9", "fields": {"a": 1}, "stamps": {"a": "yesterday"}},
        {"kind": "visit", "id": "v9", "fields": {"a": 1}, "stamps": {"a": ""}},
        {"kind": "visit", "id": "v9", "fields": 3, "stamps": {"*": stamp("l", 1)}},
        {"kind": "visit", "id": "v9", "fields": {"a": "\ud800"}, "stamps": {"*": stamp("l", 1)}},
        {"kind": "visit", "id": "v9", "erased": "now"},
    ],
)
def test_one_broken_record_never_stops_another(store, broken):
    receipt = store.merge([broken, record(children=1)], cursor="7.abc")
    assert receipt.skipped == 1
    assert receipt.touched == {("visit", "v1")}


def test_a_record_erased_elsewhere_is_erased_here(store, commit):
    commit(store, "p1", kind="person", name="Ana")
    store.merge([{"kind": "person", "id": "p1", "erased": stamp("", 1_795_430_999_000)}])
    assert row(store, "p1", "person").is_erased
    assert store.table("person").all() == []


def test_a_field_erased_elsewhere_is_erased_here_for_good(store, commit):
    commit(store, "p1", kind="person", known_as="Ani")
    store.merge(
        [{"kind": "person", "id": "p1", "fields": {"known_as": None}, "stamps": {"*": "x"}}]
    )
    commit(store, "p1", kind="person", known_as="Ani")
    assert row(store, "p1", "person").body["fields"] == {"known_as": None}


def test_of_two_erasures_the_earlier_is_kept(store):
    for ms in (3, 1, 2):
        store.merge([{"kind": "person", "id": "p1", "erased": stamp("", ms)}])
    assert row(store, "p1", "person").body["erased"] == stamp("", 1)


def test_an_erased_record_is_in_no_document(store, commit):
    commit(store, "p1", kind="person", name="Ana")
    store.merge([{"kind": "person", "id": "p1", "erased": stamp("", 1)}])
    people = store.table("person")
    assert (len(people), people.get(doc_id="p1"), people.contains(doc_id="p1")) == (0, None, False)


VERSIONS = st.builds(
    lambda record_id, ms, node, fields: {
        "kind": "visit",
        "id": record_id,
        "fields": fields,
        "stamps": {
            name: stamp({"children": "l", "gone": "h"}.get(name, "o"), ms, node) for name in fields
        },
    },
    st.sampled_from(["v1", "v2"]),
    st.integers(0, 9),
    st.sampled_from(["aaaaaaaa", "bbbbbbbb"]),
    st.dictionaries(st.sampled_from(["children", "gone", "name"]), st.integers(0, 3), min_size=1),
)


@given(st.lists(VERSIONS, max_size=8), st.randoms(use_true_random=False), st.integers(1, 4))
def test_in_whatever_order_and_pages_records_come_a_store_holds_the_same(records, dice, size):
    def held(given, size):
        with open_store(":memory:") as store:
            for start in range(0, len(given), size):
                store.merge(given[start : start + size])
            return {one: row(store, one).body for one in store.tables()["visit"]}

    shuffled = [*records, *records[:2]]
    dice.shuffle(shuffled)
    assert held(records, len(records) or 1) == held(shuffled, size)


def test_a_proof_behind_a_stamp_is_kept(store):
    proved = record(kind="booking", confirmed=1)
    proved["stamps"] = {"*": stamp("H", 1_795_430_000_000) + "~2:5be1c2a97d0e43f1"}
    store.merge([proved])
    assert row(store, kind="booking").body["stamps"] == proved["stamps"]
