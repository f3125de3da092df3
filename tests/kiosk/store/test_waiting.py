"""What waits for the server, in the order of its changes, however it came to wait."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.store.rows import Row
from kiosk.store.waiting import Waiting

KEYS = st.tuples(st.sampled_from(["visit", "room"]), st.sampled_from("abcdefgh"))
MARKS = st.none() | st.tuples(st.integers(1, 700), st.booleans())
"""None: the row goes. Else its version, and whether the server has it."""


@given(st.lists(st.dictionaries(KEYS, MARKS, max_size=6), max_size=12))
def test_it_is_always_what_the_rows_say_the_oldest_change_first(commits):
    rows, waiting = {}, Waiting()
    for marks in commits:
        after = {
            key: None if mark is None else Row({}, mark[0], mark[0] if mark[1] else 0)
            for key, mark in marks.items()
        }
        waiting = waiting.after((key, rows.get(key), row) for key, row in after.items())
        rows |= after
        there = [(row.version, key) for key, row in rows.items() if row and row.is_waiting]
        assert list(waiting) == [key for _version, key in sorted(there)]
        assert len(waiting) == len(there)


def test_an_earlier_instant_stays_as_it_was():
    before = Waiting().after([(("visit", "a"), None, Row({}, 1))])
    after = before.after([(("visit", "a"), Row({}, 1), Row({}, 1, 1))])
    assert (list(before), list(after)) == ([("visit", "a")], [])
