"""TinyDB's documented ways of reading, on its storages and on ours."""

import re

import pytest
from tinydb import Query, where
from tinydb.queries import QueryInstance
from tinydb.table import Document

PLACE = Query()


@pytest.fixture
def houses(db):
    db.insert_multiple(
        [
            {"name": "Kitchen", "heads": 8, "tags": ["warm", "sink"], "at": {"floor": 0}},
            {"name": "Loft", "heads": 30, "tags": ["big"], "at": {"floor": 2}},
            {
                "name": "Garden",
                "tags": [],
                "at": {"floor": 0},
                "beds": [{"of": "pear"}, {"of": "mint"}],
            },
        ]
    )
    return db


def names(found):
    return [doc["name"] for doc in found]


def test_all_gives_every_document_in_order(houses):
    assert names(houses.all()) == ["Kitchen", "Loft", "Garden"]


def test_a_document_knows_its_id(houses):
    assert [doc.doc_id for doc in houses.all()] == [1, 2, 3]
    assert isinstance(houses.get(doc_id=1), Document)


def test_iterating_is_reading_all(houses):
    assert list(houses) == houses.all()


def test_the_length_is_the_number_of_documents(houses):
    assert len(houses) == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (PLACE.name == "Loft", ["Loft"]),
        (PLACE.name != "Loft", ["Kitchen", "Garden"]),
        (PLACE.heads > 8, ["Loft"]),
        (PLACE.heads >= 8, ["Kitchen", "Loft"]),
        (PLACE.heads < 30, ["Kitchen"]),
        (PLACE.heads <= 30, ["Kitchen", "Loft"]),
        (PLACE.heads.exists(), ["Kitchen", "Loft"]),
        (PLACE.name.matches("[KL]o?"), ["Kitchen", "Loft"]),
        (PLACE.name.matches("k", flags=re.IGNORECASE), ["Kitchen"]),
        (PLACE.name.search("it"), ["Kitchen"]),
        (PLACE.name.test(lambda name: name.endswith("n")), ["Kitchen", "Garden"]),
        (PLACE.name.test(lambda name, end: name.endswith(end), "t"), ["Loft"]),
        (PLACE.tags.any(["sink", "big"]), ["Kitchen", "Loft"]),
        (PLACE.tags.all(["sink", "warm"]), ["Kitchen"]),
        (PLACE.beds.any(PLACE.of == "mint"), ["Garden"]),
        (PLACE.beds.all(PLACE.of == "mint"), []),
        (PLACE.name.one_of(["Loft", "Garden"]), ["Loft", "Garden"]),
        (PLACE.fragment({"heads": 8, "name": "Kitchen"}), ["Kitchen"]),
        (PLACE.at.fragment({"floor": 2}), ["Loft"]),
        (PLACE.at.floor == 0, ["Kitchen", "Garden"]),
        (PLACE["at"]["floor"] == 2, ["Loft"]),
        (where("at").floor == 2, ["Loft"]),
        (PLACE.name.map(str.lower) == "loft", ["Loft"]),
        (~(PLACE.at.floor == 0), ["Loft"]),
        ((PLACE.at.floor == 0) & (PLACE.heads == 8), ["Kitchen"]),
        ((PLACE.heads == 30) | (PLACE.name == "Garden"), ["Loft", "Garden"]),
        (PLACE.noop(), ["Kitchen", "Loft", "Garden"]),
    ],
)
def test_a_query_finds_what_it_says(houses, query, found):
    assert names(houses.search(query)) == found
    assert houses.count(query) == len(found)


def test_a_search_gives_the_same_answer_twice_and_a_new_one_after_a_write(houses):
    query = PLACE.at.floor == 0
    assert houses.search(query) == houses.search(query)
    houses.insert({"name": "Cellar", "at": {"floor": 0}})
    assert names(houses.search(query)) == ["Kitchen", "Garden", "Cellar"]


def test_what_somebody_does_to_a_list_of_results_does_not_change_the_next(houses):
    houses.search(PLACE.heads.exists()).clear()
    assert len(houses.search(PLACE.heads.exists())) == 2


def test_a_query_may_be_any_function(houses):
    assert names(houses.search(lambda doc: doc["name"] < "H")) == ["Garden"]


def test_a_query_that_cannot_be_cached_is_asked_anew(houses):
    query = QueryInstance(lambda doc: doc["name"] == "Loft", None)
    assert not query.is_cacheable()
    assert names(houses.search(query)) == ["Loft"]


def test_get_gives_the_first_that_matches_or_nothing(houses):
    assert houses.get(PLACE.at.floor == 0)["name"] == "Kitchen"
    assert houses.get(PLACE.at.floor == 9) is None


def test_get_by_id_gives_the_document_or_nothing(houses):
    assert houses.get(doc_id=2)["name"] == "Loft"
    assert houses.get(doc_id=99) is None


def test_get_by_ids_gives_those_that_are_there(houses):
    assert names(houses.get(doc_ids=[3, 1, 99])) == ["Kitchen", "Garden"]


def test_get_wants_to_know_what(houses):
    with pytest.raises(RuntimeError):
        houses.get()


def test_contains_says_whether_something_matches(houses):
    assert houses.contains(PLACE.name == "Loft")
    assert not houses.contains(PLACE.name == "Attic")


def test_contains_by_id(houses):
    assert houses.contains(doc_id=1)
    assert not houses.contains(doc_id=99)


def test_contains_wants_to_know_what(houses):
    with pytest.raises(RuntimeError):
        houses.contains()


def test_clearing_the_cache_changes_no_answer(houses):
    before = houses.search(PLACE.heads.exists())
    houses.clear_cache()
    assert houses.search(PLACE.heads.exists()) == before


def test_an_empty_table_answers_everything_with_nothing(db):
    assert (db.all(), db.search(PLACE.a == 1), db.get(PLACE.a == 1), len(db)) == ([], [], None, 0)
