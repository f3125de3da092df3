"""TinyDB's documented tables, and the database around them, on its storages and on ours."""

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document, Table


def test_tables_keep_their_documents_apart(db):
    db.table("one").insert({"a": 1})
    db.table("two").insert({"a": 2})
    assert db.table("one").all() == [{"a": 1}]
    assert db.table("two").all() == [{"a": 2}]


def test_the_database_itself_is_its_default_table(db):
    db.insert({"a": 1})
    assert db.table(db.default_table_name).all() == [{"a": 1}]
    assert db.tables() == {"_default"}


def test_a_table_is_made_by_its_first_write(db):
    db.table("read").all()
    db.table("written").insert({})
    assert db.tables() == {"written"}


def test_an_empty_table_may_be_made_on_purpose(db):
    db.table("empty", persist_empty=True)
    assert db.tables() == {"empty"}


def test_a_table_that_was_emptied_is_still_a_table(db):
    db.table("one").insert({"a": 1})
    db.table("one").truncate()
    assert db.tables() == {"one"}


def test_the_names_of_tables_behave_as_a_set(db):
    db.table("one").insert({})
    db.table("two").insert({})
    assert sorted(db.tables()) == ["one", "two"]
    assert db.tables() | {"three"} == {"one", "two", "three"}


def test_asking_for_a_table_twice_gives_the_same_one(db):
    assert db.table("one") is db.table("one")


def test_a_table_knows_its_name_and_its_storage(db):
    assert db.table("one").name == "one"
    assert db.table("one").storage is db.storage


def test_a_table_takes_a_cache_size(db):
    table = db.table("one", cache_size=0)
    table.insert({"a": 1})
    assert table.search(where("a") == 1) == [{"a": 1}]


def test_a_table_describes_itself(db):
    db.table("one").insert({})
    assert "name='one', total=1" in repr(db.table("one"))


def test_the_database_describes_itself(db):
    db.insert({"a": 1})
    assert "tables=['_default'], tables_count=1" in repr(db)


def test_a_dropped_table_is_gone(db):
    db.table("one").insert({"a": 1})
    db.table("two").insert({"a": 2})
    db.drop_table("one")
    assert db.tables() == {"two"}
    assert db.table("one").all() == []


def test_ids_begin_again_in_a_table_that_was_dropped(db):
    db.table("one").insert_multiple([{}, {}])
    db.drop_table("one")
    assert db.table("one").insert({}) == 1


def test_dropping_a_table_that_is_not_there_does_nothing(db):
    db.insert({"a": 1})
    db.drop_table("nothing")
    assert db.tables() == {"_default"}


def test_dropping_all_tables_leaves_none(db):
    db.insert({"a": 1})
    db.table("one").insert({"a": 1})
    db.drop_tables()
    assert (db.tables(), db.all()) == (set(), [])


def test_unknown_methods_go_to_the_default_table(db):
    assert db.name == "_default"
    with pytest.raises(AttributeError):
        db.no_such_thing


def test_a_table_class_may_have_documents_of_its_own(db):
    class Warm(Document):
        pass

    class WarmTable(type(db).table_class):
        document_class = Warm

    table = WarmTable(db.storage, "warm")
    table.insert({"a": 1})
    assert isinstance(table.get(doc_id=1), Warm)


def test_every_database_is_a_tinydb_and_every_table_a_table(db):
    assert isinstance(db, TinyDB)
    assert isinstance(db.table("one"), Table)


def test_leaving_the_context_closes_the_database(tmp_path, request, db):
    with db as same:
        same.insert({"a": 1})
    assert not db._opened


@pytest.mark.parametrize(
    "value", [None, True, 0, -1, 1.5, "", "ñ ☕ \U0001f375", [], {}, [{"a": [1]}]]
)
def test_a_value_comes_back_as_it_went(db, value):
    db.insert({"value": value})
    found = db.get(doc_id=1)["value"]
    assert (found, type(found)) == (value, type(value))


def test_one_and_true_and_one_point_nought_are_three_values(db):
    db.insert({"value": 1})
    db.update({"value": True})
    assert db.get(doc_id=1)["value"] is True
    db.update({"value": 1.0})
    assert isinstance(db.get(doc_id=1)["value"], float)
