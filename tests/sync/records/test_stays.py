"""Which visits are one stay, and what a day counts: the same with names and without."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.records.day_counts import count_day
from sync.records.visit import Visit
from sync.records.visit_rules import (
    links,
    stays,
)
from tests.sync.records.visits import TODAY, at, came, house


@pytest.mark.acceptance(23)
@pytest.mark.parametrize(("second", "count"), [("11:59", 1), ("12:00", 2), ("09:00", 1)])
def test_visits_of_a_person_that_overlap_are_one_stay(second, count):
    visits = [came("09:00", "12:00", person="p"), came(second, "13:00", person="p", id="b")]
    assert len(stays(visits, house())) == count


@pytest.mark.acceptance(23)
def test_a_visit_goes_on_with_the_last_stay_of_the_day():
    visits = [
        came(starts, left, person="p", id=starts)
        for starts, left in (("09:00", "10:00"), ("12:00", "14:00"), ("13:00", "15:00"))
    ]
    assert [(one.start, one.end) for one in stays(visits, house())] == [
        (at("09:00"), at("10:00")),
        (at("12:00"), at("15:00")),
    ]


@pytest.mark.acceptance(23)
def test_a_stay_reaches_from_the_first_coming_to_the_last_end():
    visits = [
        came("09:00", "10:00", person="p"),
        came("09:30", "11:00", person="p"),
        came("10:30", "11:30", person="p"),
    ]
    assert [(s.start, s.end) for s in stays(visits, house())] == [(at("09:00"), at("11:30"))]


def test_two_people_at_one_time_are_two_stays():
    visits = [came("09:00", person="p"), came("09:00", person="q", id="b")]
    assert len(stays(visits, house())) == 2
    assert len(stays(visits, house(), lambda _one: "p")) == 1


def test_nameless_visits_are_stays_of_their_own_unless_linked():
    visits = [came("09:00", "12:00"), came("10:00"), came("13:00", same_as="09:00")]
    found = stays(visits, house())
    assert [len(s.visits) for s in found] == [2, 1]
    assert links(found) == {}


def test_what_links_a_stay_is_its_first_visit_or_what_that_one_is_linked_to():
    visits = [came("09:00", person="p"), came("10:00", person="p"), came("11:00", person="p")]
    assert links(stays(visits, house())) == {"10:00": "09:00", "11:00": "09:00"}
    linked = [came("10:00", same_as="09:00", person="p"), came("11:00", person="p")]
    assert links(stays(linked, house())) == {"11:00": "09:00"}


def test_a_mistake_is_no_stay():
    assert stays([came("09:00", mistake=1)], house()) == []


@pytest.mark.acceptance(23)
def test_a_stay_counts_its_greatest_number_of_heads():
    visits = [came("09:00", person="p"), came("09:30", person="p", grown_ups=2, children=1)]
    count = count_day(TODAY, visits, house())
    assert (count.stays, count.grown_ups, count.children) == (1, 2, 1)
    assert count.date == TODAY


def test_children_who_came_alone_are_no_grown_ups():
    count = count_day(TODAY, [came("09:00", grown_ups=0, children=3)], house())
    assert (count.stays, count.grown_ups, count.children) == (1, 0, 3)


def test_reasons_and_first_times_are_counted_once_a_stay():
    visits = [
        came("09:00", person="p", first_time=True),
        came("09:30", person="p", reason="lunch"),
        came("10:00", grown_ups=0),
    ]
    count = count_day(TODAY, visits, house())
    assert (count.stays, count.first_times, count.by_reason) == (1, 1, {"lunch": 1})


histories = st.lists(
    st.builds(
        Visit,
        id=st.uuids(version=4).map(str),
        how=st.sampled_from(["card", "tile", "visitor"]),
        person=st.sampled_from(["p", "q", ""]),
        came_at=st.integers(0, 20 * 60).map(lambda m: at("00:00") + timedelta(minutes=m)),
        left_at=st.one_of(
            st.none(), st.integers(0, 20 * 60).map(lambda m: at("00:00") + timedelta(minutes=m))
        ),
        mistake=st.sampled_from([0, 0, 0, 1]),
    ),
    max_size=7,
)


@pytest.mark.acceptance(2, 21)
@given(histories, st.integers(0, 2**32))
def test_stays_do_not_depend_on_the_order_of_arrival(visits, seed):
    mixed = list(visits)
    Random(seed).shuffle(mixed)
    assert stays(mixed, house()) == stays(visits, house())


@given(histories)
def test_every_visit_is_in_one_stay_and_ends_after_it_began(visits):
    found = stays(visits, house())
    listed = sorted(visit.id for stay in found for visit in stay.visits)
    assert listed == sorted(visit.id for visit in visits if not visit.mistake)
    assert all(stay.start <= stay.end for stay in found)


@given(histories)
def test_two_stays_of_one_person_do_not_overlap(visits):
    found = [s for s in stays(visits, house()) if s.visits[0].person == "p"]
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.acceptance(25)
@settings(max_examples=60)
@given(histories)
def test_the_count_of_a_day_is_the_same_once_the_names_are_gone(visits):
    import msgspec

    linked = links(stays(visits, house()))
    nameless = [
        msgspec.structs.replace(v, person="", same_as=linked.get(v.id, v.same_as)) for v in visits
    ]
    assert count_day(TODAY, nameless, house()) == count_day(TODAY, visits, house())
