"""Readers on other threads see before or after, never between, and wait for nobody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from kiosk.store import Changes, Write

ROUNDS = 60


def both(number):
    """One act that writes two kinds."""
    return Changes.of(
        Write("visit", "v1", {"children": number}), Write("room", "r1", {"capacity": number})
    )


def test_a_reader_never_sees_half_an_act(store, clock):
    store.commit(both(0), now_ms=clock.now_ms)
    is_over, torn = Event(), []

    def read():
        while not is_over.is_set():
            tables = store.tables()
            heads = tables["visit"]["v1"].body["fields"]["children"]
            if heads != tables["room"]["r1"].body["fields"]["capacity"]:
                torn.append(heads)

    with ThreadPoolExecutor(2) as readers:
        reading = [readers.submit(read) for _ in range(2)]
        try:
            for number in range(ROUNDS):
                store.commit(both(number), now_ms=clock.now_ms)
        finally:
            is_over.set()
        for one in reading:
            one.result()
    assert torn == []


def test_a_reader_does_not_wait_while_somebody_writes(store, clock):
    store.commit(both(1), now_ms=clock.now_ms)
    with store._keeper.turn(), ThreadPoolExecutor(1) as readers:  # the writers' lock is held
        found = readers.submit(lambda: store.table("visit").all()).result(timeout=10)
    assert found == [{"children": 1}]


def test_nobody_reads_what_the_disk_does_not_have_yet(place, clock, monkeypatch):
    store = place.open()
    seen = []
    keep = store._keeper._disk.keep
    monkeypatch.setattr(
        store._keeper._disk,
        "keep",
        lambda delta: (seen.append(len(store.tables()["visit"])), keep(delta)),
    )
    store.commit(both(1), now_ms=clock.now_ms)
    assert (seen, len(store.tables()["visit"])) == ([0], 1)


def test_two_threads_that_insert_at_once_get_two_ids(store):
    with ThreadPoolExecutor(4) as writers:
        ids = list(writers.map(lambda n: store.insert({"n": n}), range(100)))
    assert sorted(ids) == list(range(1, 101))
    assert len(store) == 100


def test_a_table_that_is_being_iterated_is_the_one_it_was(store):
    store.insert_multiple({"n": n} for n in range(3))
    iterating = iter(store)
    next(iterating)
    store.truncate()
    assert [doc["n"] for doc in iterating] == [1, 2]


@pytest.mark.parametrize("changes", [Changes(), Changes.of(Write("visit", "v1", {}))])
def test_an_act_that_writes_nothing_touches_nothing_that_is_there(store, clock, changes):
    store.commit(both(1), now_ms=clock.now_ms)
    before = store.tables()["visit"]["v1"]
    assert store.commit(changes, now_ms=clock.now_ms).touched == frozenset()
    assert store.tables()["visit"]["v1"] is before


def test_two_changes_make_one():
    joined = Changes.of(Write("visit", "v1", {}), undo_s=10, result="a") + Changes.of(undo_s=5)
    assert (len(joined.acts), joined.undo_s, joined.result) == (1, 10, "a")
