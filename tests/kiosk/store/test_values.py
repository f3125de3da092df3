"""What a field may hold: all of JSON that every node reads alike, and a clear no to the rest."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb.table import Document

from kiosk.store import open_store
from kiosk.store.errors import UnfitValue
from kiosk.store.values import EXACT, WIDEST, copied, owned, same

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-WIDEST, WIDEST)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=20,
)


@given(JSON)
def test_json_is_kept_as_it_is(value):
    assert same(owned(value), value)
    assert same(copied(value), value)


@pytest.fixture
def db():
    with open_store(":memory:") as db:
        yield db


@pytest.mark.parametrize(
    "name",
    [
        "\u202eana\u202c",
        "Zoë \U0001f469\u200d\U0001f373",
        "nul \0 inside",
        "x" * 10_000,
        "'; DROP TABLE record; --",
        "",
        "مريم",
    ],
)
def test_a_name_comes_back_letter_by_letter_whatever_it_is(db, name):
    visit = db.table("visit").insert({"name": name, "how": "visitor"})
    assert db.table("visit").get(doc_id=visit)["name"] == name


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (math.nan, "nan is not JSON"),
        (math.inf, "inf is not JSON"),
        ("\ud800", "half a surrogate pair"),
        ({"\udfff": 1}, "half a surrogate pair"),
        (WIDEST + 1, "an integer beyond"),
        ({1, 2}, "set is not JSON"),
        ({(1, 2): 3}, "a key that is tuple"),
    ],
)
def test_what_json_cannot_hold_is_refused_and_says_where(db, value, why):
    with pytest.raises(UnfitValue, match=why) as refused:
        db.insert({"outer": {"inner": value}})
    assert refused.value.where.startswith("outer")
    assert len(db) == 0


def test_a_record_holds_no_integer_that_another_node_would_round(db):
    db.table("hovercraft").insert({"eels": EXACT + 1})
    with pytest.raises(UnfitValue, match="an integer beyond"):
        db.table("visit").insert({"children": EXACT + 1})


def test_a_list_within_a_list_without_end_is_refused(db):
    deep = []
    for _ in range(10_000):
        deep = [deep]
    with pytest.raises(UnfitValue, match="nested too deeply"):
        db.insert({"deep": deep})


def test_a_plain_table_refuses_an_id_that_is_no_number(db):
    with pytest.raises(ValueError, match="invalid literal"):
        db.insert(Document({"a": 1}, doc_id="first"))
    assert db.insert({"a": 1}) == 1


def test_a_text_of_a_class_of_its_own_is_stored_as_text(db):
    class Shout(str):
        __slots__ = ()

        def __str__(self):
            return self.upper()

    db.insert({"a": Shout("ana"), Shout("b"): [Shout("c")]})
    assert db.all() == [{"a": "ana", "b": ["c"]}]


def test_one_true_and_one_point_nought_are_told_apart():
    assert not same(1, True)
    assert not same(1, 1.0)
    assert same({"a": [1]}, {"a": [1]})
