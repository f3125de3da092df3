"""Records of one person count as one, whichever of them somebody points at."""

from hypothesis import example, given
from hypothesis import strategies as st

from sync.records.merged_people import root_of

PEOPLE = st.sampled_from("abcdef")


def test_a_person_whose_record_was_merged_to_none_counts_as_themselves():
    assert root_of({}, "a") == root_of({"b": "c"}, "a") == root_of({"a": ""}, "a") == "a"


def test_the_last_of_a_chain_counts():
    assert {root_of({"c": "b", "b": "d", "d": "a"}, one) for one in "abcd"} == {"a"}


def test_in_a_ring_the_lowest_counts_for_all_that_lead_into_it():
    ring = {"a": "c", "c": "b", "b": "c"}
    assert {root_of(ring, one) for one in "abc"} == {"b"}


@given(st.dictionaries(PEOPLE, PEOPLE), PEOPLE)
@example({"a": "a"}, "a")
def test_whoever_points_at_a_person_counts_as_that_person_does(merged, person):
    root = root_of(merged, person)
    assert root == root_of(merged, merged.get(person, person))
    assert root_of(merged, root) == root
