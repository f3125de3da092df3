"""Places at an event: by arrival, nobody overtakes, a given one stays."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.base import Withdrawn
from sync.records.event_rules import IN, PENCILLED, WAITING, Place, seats, turnout
from sync.records.join import Join

TODAY = date(2026, 11, 23)


def join(name: str, arrived: int = 0, heads: int = 1, **fields) -> Join:
    usual = {"id": name, "date": TODAY, "arrived": arrived, "heads": heads, "person": name}
    return Join(**(usual | fields))


def states(places: int, *joins: Join) -> dict[str, Place]:
    return seats(places, joins, TODAY).places


def test_without_a_limit_everybody_is_in():
    found = seats(0, [join("a", heads=40), join("b", 2)], TODAY)
    assert set(found.places.values()) == {Place(IN)}
    assert (found.heads, found.taken, found.free) == (41, 41, None)


@pytest.mark.acceptance(56)
def test_places_go_by_arrival():
    found = states(2, join("late", 3), join("first", 1), join("second", 2))
    assert found == {"first": Place(IN), "second": Place(IN), "late": Place(WAITING, 1)}


@pytest.mark.acceptance(6, 56)
def test_what_has_not_arrived_is_pencilled_whatever_is_free():
    assert states(5, join("a")) == {"a": Place(PENCILLED)}


@pytest.mark.acceptance(56)
def test_nobody_overtakes_a_group_that_waits():
    found = states(3, join("a", 1, 2), join("b", 2, 2), join("c", 3))
    assert found["b"] == Place(WAITING, 1)
    assert found["c"] == Place(WAITING, 2)


@pytest.mark.acceptance(56)
def test_the_waiting_move_up_in_their_order():
    joins = [join("a", 1, gave_up=1), join("b", 2), join("c", 3), join("d", 4)]
    assert states(2, *joins) == {"b": Place(IN), "c": Place(IN), "d": Place(WAITING, 1)}


@pytest.mark.acceptance(5)
def test_a_place_that_was_given_stays_though_the_limit_was_lowered():
    joins = [join("a", 1, placed=1), join("b", 2, placed=1), join("c", 3)]
    found = seats(1, joins, TODAY)
    assert found.places == {"a": Place(IN), "b": Place(IN), "c": Place(WAITING, 1)}
    assert (found.taken, found.free) == (2, 0)


def test_other_days_and_withdrawn_joins_take_no_place():
    from datetime import UTC, datetime

    gone = Withdrawn(by="", at=datetime(2026, 11, 1, tzinfo=UTC))
    other = join("b", 2, date=date(2026, 11, 30))
    found = seats(3, [join("a", 1), other, join("c", 3, withdrawn=gone)], TODAY)
    assert (found.heads, found.free) == (1, 2)


joins_of_any_sort = st.lists(
    st.builds(
        join,
        st.uuids(version=4).map(str),
        st.integers(0, 9),
        st.integers(1, 4),
        gave_up=st.sampled_from([0, 0, 1]),
    ),
    max_size=8,
)


@pytest.mark.acceptance(2, 56)
@given(st.integers(0, 9), joins_of_any_sort, st.integers(0, 2**32))
def test_every_node_gives_the_same_places_and_never_more_than_there_are(places, joins, seed):
    mixed = list(joins)
    Random(seed).shuffle(mixed)
    found = seats(places, joins, TODAY)
    assert seats(places, mixed, TODAY) == found
    assert not places or found.taken <= places


@pytest.mark.acceptance("B3")
@pytest.mark.parametrize(("by_host", "came"), [(0, 6), (6, 6), (14, 14)])
def test_turnout_is_the_greater_number(by_host, came):
    joins = [join("a", heads=4), join("b", heads=2, came=1), join("c", heads=3)]
    assert turnout(joins, ["a"], TODAY, by_host) == came


def test_who_gave_up_or_joined_another_day_did_not_come():
    joins = [join("a", gave_up=1, came=1), join("b", date=date(2026, 11, 30), came=1)]
    assert turnout(joins, ["a", "b"], TODAY, 0) == 0
