"""TinyDB's documented ways of writing, on its storages and on ours."""

from collections import UserDict

import pytest
from tinydb import where
from tinydb.operations import add, decrement, delete, increment, subtract
from tinydb.operations import set as put
from tinydb.table import Document


def test_the_first_insert_gets_the_id_1_and_the_next_the_id_2(db):
    assert [db.insert({"a": 1}), db.insert({"a": 2})] == [1, 2]


def test_a_given_id_is_kept_and_the_next_one_follows_it(db):
    assert db.insert(Document({"a": 1}, doc_id=12)) == 12
    assert db.insert({"a": 2}) == 13


def test_an_id_that_is_taken_is_refused(db):
    db.insert({"a": 1})
    with pytest.raises(ValueError, match="already exists"):
        db.insert(Document({"a": 2}, doc_id=1))
    assert db.all() == [{"a": 1}]


def test_only_a_mapping_can_be_inserted(db):
    with pytest.raises(ValueError, match="not a Mapping"):
        db.insert([1, 2])


def test_several_documents_are_inserted_in_order(db):
    assert db.insert_multiple([{"n": 1}, {"n": 2}, {"n": 3}]) == [1, 2, 3]
    assert [doc["n"] for doc in db] == [1, 2, 3]


def test_several_documents_may_come_from_a_generator(db):
    assert db.insert_multiple({"n": n} for n in range(3)) == [1, 2, 3]


def test_several_documents_with_ids_of_their_own_keep_them(db):
    given = [Document({"n": 1}, doc_id=7), Document({"n": 2}, doc_id=3)]
    assert db.insert_multiple(given) == [7, 3]
    assert [doc.doc_id for doc in db] == [7, 3]


def test_of_several_documents_one_with_a_taken_id_stops_all(strict_db):
    strict_db.insert({"n": 0})
    with pytest.raises(ValueError, match="already exists"):
        strict_db.insert_multiple([Document({"n": 2}, doc_id=5), Document({"n": 1}, doc_id=1)])
    assert strict_db.all() == [{"n": 0}]


def test_none_of_several_documents_is_inserted_when_there_are_none(db):
    assert db.insert_multiple([]) == []
    assert db.all() == []


def test_update_changes_the_documents_that_match_and_names_them(three):
    assert three.update({"int": 2}, where("char") == "a") == [1]
    assert [doc["int"] for doc in three] == [2, 1, 1]


def test_update_without_a_condition_changes_all(three):
    assert three.update({"int": 2}) == [1, 2, 3]
    assert three.count(where("int") == 2) == 3


def test_update_by_ids_skips_those_that_are_not_there(three):
    assert three.update({"int": 9}, doc_ids=[2, 99]) == [2]
    assert three.get(doc_id=2) == {"int": 9, "char": "b"}


@pytest.mark.parametrize(
    ("operation", "after"),
    [
        (delete("int"), {"char": "a"}),
        (add("int", 4), {"char": "a", "int": 5}),
        (subtract("int", 4), {"char": "a", "int": -3}),
        (increment("int"), {"char": "a", "int": 2}),
        (decrement("int"), {"char": "a", "int": 0}),
        (put("char", "z"), {"char": "z", "int": 1}),
    ],
)
def test_an_update_may_be_an_operation(three, operation, after):
    three.update(operation, where("char") == "a")
    assert three.get(doc_id=1) == after


def test_an_update_may_be_a_function_that_changes_a_document(three):
    three.update(lambda doc: doc.update(int=doc["int"] * 10), where("char") == "b")
    assert three.get(doc_id=2)["int"] == 10


def test_an_operation_that_fails_half_way_changes_nothing(strict_db):
    strict_db.insert_multiple([{"a": 1, "b": 1}, {"a": 1}])
    with pytest.raises(KeyError):
        strict_db.update(delete("b"))
    assert strict_db.all() == [{"a": 1, "b": 1}, {"a": 1}]


def test_update_multiple_takes_pairs_of_fields_and_conditions(three):
    pairs = [({"int": 2}, where("char") == "a"), ({"int": 4}, where("char") == "b")]
    assert three.update_multiple(pairs) == [1, 2]
    assert [doc["int"] for doc in three] == [2, 4, 1]


def test_update_multiple_takes_operations_too(three):
    three.update_multiple(
        [(increment("int"), where("char") == "c"), (delete("int"), where("char") == "a")]
    )
    assert [doc.get("int") for doc in three] == [None, 1, 2]


def test_upsert_updates_what_matches(three):
    assert three.upsert({"int": 5}, where("char") == "a") == [1]
    assert three.get(doc_id=1) == {"int": 5, "char": "a"}


def test_upsert_inserts_where_nothing_matches(three):
    assert three.upsert({"char": "x"}, where("char") == "x") == [4]
    assert three.get(doc_id=4) == {"char": "x"}


def test_upsert_by_the_id_of_a_document(three):
    assert three.upsert(Document({"int": 7}, doc_id=3)) == [3]
    assert three.upsert(Document({"int": 8}, doc_id=30)) == [30]
    assert three.get(doc_id=3) == {"int": 7, "char": "c"}


def test_upsert_wants_a_condition_or_an_id(three):
    with pytest.raises(ValueError, match="search query"):
        three.upsert({"int": 1})


def test_remove_takes_what_matches(three):
    assert three.remove(where("char") == "b") == [2]
    assert [doc["char"] for doc in three] == ["a", "c"]


def test_remove_by_ids_skips_those_that_are_not_there(three):
    assert three.remove(doc_ids=[1, 99]) == [1]
    assert len(three) == 2


def test_remove_of_everything_has_to_be_said_as_truncate(three):
    with pytest.raises(RuntimeError):
        three.remove()
    assert len(three) == 3


def test_an_id_is_not_given_twice_after_a_removal(three):
    three.remove(doc_ids=[3])
    assert three.insert({"n": 1}) == 4


def test_truncate_empties_a_table_and_ids_begin_again(three):
    three.truncate()
    assert (len(three), three.all()) == (0, [])
    assert three.insert({"n": 1}) == 1


def test_a_document_that_went_and_came_again_is_the_last(three):
    three.remove(doc_ids=[1])
    three.insert(Document({"char": "a"}, doc_id=1))
    assert [doc.doc_id for doc in three] == [2, 3, 1]


def test_a_document_stays_as_written_whatever_becomes_of_what_was_given(strict_db):
    inner = {"list": [1, 2]}
    strict_db.insert({"inner": inner})
    inner["list"].append(3)
    assert strict_db.get(doc_id=1) == {"inner": {"list": [1, 2]}}


def test_a_document_stays_as_written_whatever_becomes_of_a_result(strict_db):
    strict_db.insert({"inner": {"list": [1, 2]}})
    strict_db.get(doc_id=1)["inner"]["list"].append(3)
    assert strict_db.get(doc_id=1) == {"inner": {"list": [1, 2]}}


def test_values_take_the_shape_of_json(strict_db):
    strict_db.insert({"pair": (1, 2), 7: None})
    assert strict_db.all() == [{"pair": [1, 2], "7": None}]


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object()])
def test_what_is_no_json_is_refused_and_changes_nothing(strict_db, value):
    strict_db.insert({"a": 1})
    with pytest.raises(TypeError):
        strict_db.insert({"a": value})
    assert strict_db.all() == [{"a": 1}]


def test_a_closed_database_takes_nothing_more(strict_db):
    strict_db.close()
    with pytest.raises(ValueError):
        strict_db.insert({"a": 1})


def test_a_document_may_be_an_own_mapping(db):
    db.insert(UserDict({"a": 1}))
    assert db.all() == [{"a": 1}]
