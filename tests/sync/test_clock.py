"""The hybrid logical clock: stuttering, regressing and drifting clocks change nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync.clock import Reading, first, hear, is_reading, new_node, tick
from sync.errors import BadStamp

nodes = st.sampled_from(["0000aaaa", "ffffffff"])
times = st.integers(-(10**6), (1 << 48) - 3)
readings = st.builds(Reading, st.integers(0, (1 << 48) - 3), st.integers(0, 0xFFFF), nodes)


@given(readings, times)
def test_a_reading_is_later_than_every_one_before(last, now_ms):
    assert tick(last, now_ms) > last
    assert str(tick(last, now_ms)) > str(last)


@given(readings, times)
def test_a_reading_is_as_late_as_the_time_and_stays_the_nodes_own(last, now_ms):
    read = tick(last, now_ms)
    assert read.ms >= now_ms
    assert read.node == last.node


@given(readings, st.lists(times, min_size=1, max_size=20))
def test_a_clock_that_jumps_back_and_forth_never_reads_the_same_twice(last, jumps):
    read = [last]
    for now_ms in jumps:
        read.append(tick(read[-1], now_ms))
    assert read == sorted(set(read))


@given(readings, readings, times)
def test_what_is_written_after_hearing_is_later_than_what_was_heard(last, heard, now_ms):
    stands = hear(last, heard)
    assert stands.node == last.node
    assert tick(stands, now_ms) > max(last, Reading(heard.ms, heard.counter, last.node))


@given(readings, readings)
def test_hearing_never_sets_a_clock_back(last, heard):
    assert hear(last, heard) >= last


def test_a_full_counter_goes_on_in_the_next_millisecond():
    assert tick(Reading(5, 0xFFFF, "0000aaaa"), 5) == Reading(6, 0, "0000aaaa")


def test_real_time_resets_the_counter():
    assert tick(Reading(5, 9, "0000aaaa"), 6) == Reading(6, 0, "0000aaaa")


def test_the_end_of_time_is_an_end():
    last_ms = (1 << 48) - 1
    assert tick(Reading(5, 0, "0000aaaa"), last_ms + 7).ms == last_ms
    assert tick(Reading(last_ms, 0xFFFF, "0000aaaa"), 0).ms == last_ms


@given(readings, readings)
def test_the_order_of_readings_is_the_order_of_their_text(a, b):
    assert (a < b) == (str(a) < str(b))


@given(readings)
def test_a_reading_can_be_written_and_read(reading):
    assert Reading.parse(str(reading)) == reading
    assert is_reading(str(reading))


@pytest.mark.parametrize(
    "text",
    ["", "l0199c7a1b2c3-0000-9f3a61c2", "0199C7A1B2C3-0000-9F3A61C2", "0199c7a1b2c3-0000-9f3a61c",
     "0199c7a1b2c3-0000-9f3a61c2\n", "x" * 10_000, "\ud800"],
)  # fmt: skip
def test_what_is_no_reading_is_said_to_be_none(text):
    with pytest.raises(BadStamp) as bad:
        Reading.parse(text)
    assert len(bad.value.text) <= 60
    assert not is_reading(text)


@given(readings)
@example(Reading(0, 0, "0000aaaa"))
def test_a_node_that_wrote_nothing_stands_before_everything(written):
    assert first(written.node) <= written
    assert first(written.node) < tick(first(written.node), 0)


def test_a_node_id_is_eight_hex_digits_of_chance():
    made = {new_node(Random(n)) for n in range(50)}
    assert len(made) == 50
    assert all(Reading.parse(f"{0:012x}-0000-{node}") for node in made)
