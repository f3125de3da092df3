"""The law of dating: in the end it is as if the device had known the time all along."""

from random import Random
from types import SimpleNamespace
from weakref import finalize

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.store import Changes, Drop, Erase, Write, open_store
from sync.device_time import Undated
from tests.kiosk.store.test_undated import BEGAN_MS, BOOT, KNOWN_MS, MADRID, instant

IDS = st.sampled_from(["v1", "v2", "v3"])
WRITES = st.tuples(
    st.just("write"),
    IDS,
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.sampled_from(["Ana", "Eva"]),
            "children": st.integers(0, 3),
            "gone": st.integers(0, 3),
            "came_at": st.just("now"),
            "left_at": st.sampled_from(["now", None]),
        },
    ).filter(bool),
)
OTHERS = st.sampled_from(["drop", "erase"]).flatmap(lambda act: st.tuples(st.just(act), IDS))
UNDO = st.tuples(st.just("undo"), st.integers(0, 20))
HISTORY = st.lists(st.one_of(WRITES, WRITES, OTHERS, UNDO), min_size=1, max_size=14)
OFFS = st.sampled_from([-BEGAN_MS, -5 * 3_600_000, 0, 90_000, 3 * 365 * 86_400_000])


class Life:
    """One device that lives through a history; ``off_ms``: how wrong its clock is, until told."""

    def __init__(self, off_ms, known_until):
        self.off_ms, self.known_until, self.receipts = off_ms, known_until, []
        self.now, self.told = SimpleNamespace(ms=BEGAN_MS), False
        now = self.now  # a store that knew its life could not be closed at its end
        self.store = open_store(":memory:", dice=Random(0), now_ms=lambda: now.ms)
        finalize(self, self.store.close)

    def step(self, number, act, told_at):
        uptime_ms = number * 60_000
        if number == told_at:
            self.told = True
            self.store.date(BOOT, BEGAN_MS, MADRID)
        knows = self.told or number < self.known_until
        self.now.ms = BEGAN_MS + uptime_ms + (0 if knows else self.off_ms)
        undated = None if knows else Undated(BOOT, uptime_ms, KNOWN_MS)
        if act[0] == "undo":
            if act[1] < len(self.receipts):
                self.store.undo(self.receipts[act[1]].undo)
        else:
            changes = Changes.of(self._act(act), undo_s=10)
            self.receipts.append(self.store.commit(changes, now_ms=self.now.ms, undated=undated))

    def _act(self, act):
        if act[0] == "drop":
            return Drop("visit", act[1])
        if act[0] == "erase":
            return Erase("visit", act[1], ("name",))
        said = {name: instant(self.now.ms) if v == "now" else v for name, v in act[2].items()}
        return Write("visit", act[1], said)

    def lived(self, history, told_at):
        for number, act in enumerate(history):
            self.step(number, act, told_at)
        self.store.date(BOOT, BEGAN_MS, MADRID)
        rows = self.store.tables()["visit"]
        return {key: dict(row.body) for key, row in rows.items()}, self.store.undated


@settings(max_examples=150, deadline=None)
@example([("write", "v1", {"name": "Ana"}), ("undo", 0)], 0, 1, 0)
@example(
    [("write", "v1", {"left_at": "now"}), ("write", "v1", {"left_at": None}), ("undo", 1)],
    90_000,
    2,
    0,
)
@given(HISTORY, OFFS, st.integers(0, 14), st.integers(0, 3))
def test_once_told_it_is_as_if_the_time_had_been_known(history, off_ms, told_at, known_until):
    wrong = Life(off_ms, known_until).lived(history, told_at)
    right = Life(0, len(history)).lived(history, told_at)
    assert wrong == right
