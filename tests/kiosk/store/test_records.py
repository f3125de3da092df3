"""A table named for a kind holds records: text ids, flat fields, stamps, and rules of merging."""

import pytest
from tinydb import Query, where
from tinydb.operations import delete
from tinydb.table import Document

from kiosk.store import Changes, Drop, Write
from kiosk.store.errors import UnfitValue
from sync.errors import BadField

ANA = {"how": "visitor", "name": "Ana", "came_at": "2026-11-23T10:42:00Z"}


def body(store, record_id, kind="visit"):
    return store.tables()[kind][record_id].body


def test_a_record_written_through_tinydb_gets_an_id_of_its_own(store):
    visits = store.table("visit")
    record_id = visits.insert(ANA)
    assert len(record_id) == len("0199c7a1-b2c3-7000-8000-000000000000")
    assert visits.get(doc_id=record_id) == ANA


def test_a_record_may_bring_its_id(store):
    assert store.table("visit").insert(Document(ANA, doc_id="v1")) == "v1"
    assert store.table("visit").search(where("name") == "Ana")[0].doc_id == "v1"


def test_a_write_through_tinydb_is_a_local_write(store):
    record_id = store.table("visit").insert(ANA)
    assert store.tables()["visit"][record_id].is_waiting
    assert [out.id for out in store.outbox(0)] == [record_id]


def test_every_field_is_stamped_by_its_own_rule(store, commit):
    commit(store, "v1", **ANA, children=2, gone=1)
    stamps = body(store, "v1")["stamps"]
    assert stamps["*"].startswith("o")
    assert (stamps["children"][0], stamps["gone"][0]) == ("l", "h")


def test_what_is_written_later_is_stamped_later_even_when_the_clock_stands_or_goes_back(
    store, commit, clock
):
    commit(store, "v1", children=1)
    clock.now_ms -= 3_600_000
    commit(store, "v2", children=1)
    assert body(store, "v1")["stamps"]["*"] < body(store, "v2")["stamps"]["*"]


def test_the_clock_goes_on_after_opening_again_where_it_stood(place, commit, clock):
    commit(place.open(), "v1", children=1)
    place.stores[-1].close()
    clock.now_ms -= 3_600_000
    again = place.open()
    commit(again, "v2", children=1)
    assert body(again, "v1")["stamps"]["*"] < body(again, "v2")["stamps"]["*"]


def test_the_clock_goes_on_even_where_the_last_stamp_was_dropped(place, commit, clock):
    store = place.open()
    commit(store, "v1", children=1)
    last = body(store, "v1")["stamps"]["*"]
    store.commit(Changes.of(Drop("visit", "v1")), now_ms=clock.now_ms)
    store.close()
    again = place.open()
    commit(again, "v2", children=1)
    assert last < body(again, "v2")["stamps"]["*"]


def test_a_field_set_once_stays_as_it_was_set(store, commit):
    commit(store, "v1", name="Ana")
    receipt = commit(store, "v1", name="Eva")
    assert body(store, "v1")["fields"] == {"name": "Ana"}
    assert receipt.touched == frozenset()


def test_a_field_of_the_highest_never_falls(store, commit):
    commit(store, "v1", gone=3)
    commit(store, "v1", gone=2)
    assert body(store, "v1")["fields"]["gone"] == 3


def test_a_field_of_the_latest_changes(store, commit):
    commit(store, "v1", children=3)
    commit(store, "v1", children=2)
    assert body(store, "v1")["fields"]["children"] == 2


def test_an_emptied_field_is_stored_as_null_and_absent_from_the_document(store, commit):
    commit(store, "v1", left_at="2026-11-23T11:00:00Z", children=1)
    commit(store, "v1", left_at=None)
    assert body(store, "v1")["fields"] == {"children": 1, "left_at": None}
    assert store.table("visit").get(doc_id="v1") == {"children": 1}
    assert not store.table("visit").contains(Query().left_at.exists())


def test_a_field_taken_out_of_a_document_is_emptied(store, commit):
    commit(store, "v1", left_at="2026-11-23T11:00:00Z", children=1)
    store.table("visit").update(delete("left_at"), doc_ids=["v1"])
    assert body(store, "v1")["fields"]["left_at"] is None


def test_an_update_stamps_only_what_it_changed(store, commit):
    commit(store, "v1", children=1, grown_ups=2)
    before = body(store, "v1")["stamps"]["*"]
    store.table("visit").update({"children": 3, "grown_ups": 2}, doc_ids=["v1"])
    stamps = body(store, "v1")["stamps"]
    assert min(stamps.values()) == before
    assert max(stamps.values()) > before


def test_upsert_writes_a_record_by_its_id(store):
    visits = store.table("visit")
    assert visits.upsert(Document({"children": 1}, doc_id="v1")) == ["v1"]
    assert visits.upsert(Document({"children": 2}, doc_id="v1")) == ["v1"]
    assert visits.all() == [{"children": 2}]


def test_a_truncated_table_of_records_is_empty(store, commit):
    commit(store, "v1", **ANA)
    store.table("visit").truncate()
    assert (store.table("visit").all(), store.waiting) == ([], 0)


def test_a_record_that_is_removed_is_gone_from_here(store, commit):
    commit(store, "v1", **ANA)
    assert store.table("visit").remove(where("name") == "Ana") == ["v1"]
    assert "v1" not in store.tables()["visit"]
    assert store.waiting == 0


def test_records_of_several_kinds_are_written_together_or_not_at_all(store, clock):
    acts = [Write("visit", "v1", ANA), Write("room", "r1", {"capacity": "many"})]
    with pytest.raises(BadField) as refused:
        store.commit(Changes(tuple(acts)), now_ms=clock.now_ms)
    assert (refused.value.kind, refused.value.field) == ("room", "capacity")
    assert (store.tables(), len(store.tables()["visit"])) == (set(), 0)


def test_a_field_of_the_wrong_type_is_refused_through_tinydb_too(store):
    with pytest.raises(BadField, match="children"):
        store.table("visit").insert({"children": "two"})


def test_fields_and_kinds_of_a_later_version_are_kept(store, commit):
    commit(store, "v1", shoe_size=44)
    commit(store, "x1", kind="hovercraft", eels=1)
    assert body(store, "v1")["fields"] == {"shoe_size": 44}
    assert store.tables().kinds == {"visit", "hovercraft"}


def test_a_kind_of_a_later_version_is_no_table_of_tinydb_s(store, commit):
    commit(store, "x1", kind="hovercraft", eels=1)
    store.table("hovercraft").insert({"plain": True})
    store.drop_tables()
    assert body(store, "x1", kind="hovercraft")["fields"] == {"eels": 1}


@pytest.mark.parametrize("record_id", ["", "ñ"])
def test_an_id_that_is_no_id_is_refused(store, commit, record_id):
    with pytest.raises(UnfitValue):
        commit(store, record_id, **ANA)


def test_a_table_is_in_the_order_in_which_its_records_came(place, commit):
    store = place.open()
    for record_id in ("c", "a", "b"):
        commit(store, record_id, children=1)
    commit(store, "a", children=2)
    store.close()
    assert list(place.open().tables()["visit"]) == ["c", "a", "b"]


def test_a_snapshot_stays_as_it_is_while_the_store_goes_on(store, commit):
    commit(store, "v1", children=1)
    before = store.tables()
    commit(store, "v1", children=2)
    commit(store, "v2", children=1)
    assert before["visit"]["v1"].body["fields"] == {"children": 1}
    assert "v2" not in before["visit"]


def test_a_table_that_does_not_exist_is_empty(store):
    assert len(store.tables()["nothing"]) == 0
    assert store.tables().get("nothing", "default") == "default"
