"""Ids: random ones in order of time, computed ones that two devices share."""

from __future__ import annotations

from random import Random
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from sync.ids import new_id, pair_id

HUB = "4c6fbbb8-1466-5524-82a5-67ef5ec0266e"
parts = st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=4)


@given(st.integers(0, (1 << 48) - 1), st.randoms(use_true_random=False))
def test_a_new_id_is_a_version_7_uuid_of_its_millisecond(now_ms, dice):
    made = UUID(new_id(now_ms, dice))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == now_ms


@given(st.integers(0, (1 << 48) - 2), st.randoms(use_true_random=False))
def test_a_later_id_sorts_later(now_ms, dice):
    assert new_id(now_ms, dice) < new_id(now_ms + 1, dice)


def test_a_thousand_ids_of_one_millisecond_differ():
    dice = Random(1)
    assert len({new_id(5, dice) for _ in range(1000)}) == 1000


def test_a_time_before_1970_still_gives_an_id():
    assert UUID(new_id(-5, Random(1))).int >> 80 == 0


def test_a_time_after_the_last_that_an_id_can_hold_still_gives_one():
    assert UUID(new_id((1 << 48) + 5, Random(1))).int >> 80 == 5


def test_chance_changes_neither_version_nor_variant():
    made = [UUID(new_id(5, Random(n))) for n in range(50)]
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


@given(parts)
def test_two_devices_compute_the_same_id(given_parts):
    assert pair_id(HUB, "join", *given_parts) == pair_id(HUB, "join", *given_parts)
    assert UUID(pair_id(HUB, "join", *given_parts)).version == 5


def test_a_computed_id_is_made_in_every_version_as_it_was_in_the_first():
    assert pair_id(HUB, "join", "a", "b") == str(uuid5(UUID(HUB), "join:a:b"))


def test_hub_kind_and_every_part_make_another_id():
    made = {
        pair_id(HUB, "join", "a", "b"),
        pair_id(HUB, "join", "a", "c"),
        pair_id(HUB, "join", "a"),
        pair_id(HUB, "card", "a", "b"),
        pair_id("00000000-0000-0000-0000-000000000001", "join", "a", "b"),
    }
    assert len(made) == 5
