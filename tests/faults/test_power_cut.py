"""The power goes at every write and every sync: what was told is there, nothing is half there."""

from dataclasses import dataclass, field
from itertools import count
from random import Random

import pytest

from kiosk.store import Changes, Erase, Write, open_store
from sync.errors import Lost
from tests.faults.power_cut_disk import PowerCutDisk, all_of, none_of, some_of

NOW_MS = 1_795_430_520_000
KEPT = {"none of it": none_of, "all of it": all_of, "some": some_of(1), "some other": some_of(2)}
"""What the disk had got round to of the writes that were not synced."""


@dataclass
class Told:
    """What the screen said is done before the power went."""

    visits: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)


def sign_in(store, number, told):
    """A visit and the number of heads beside it: two records, one act."""
    acts = (
        Write("visit", f"v{number}", {"name": f"Visitor-{number}-", "how": "visitor"}),
        Write("roll", f"r{number}", {"drill": False}),
    )
    store.commit(Changes(acts), now_ms=NOW_MS + number)
    told.visits.append(f"v{number}")


def erase(store, number, told):
    store.commit(Changes.of(Erase("visit", f"v{number}")), now_ms=NOW_MS)
    told.erased.append(f"v{number}")


def some_sign_ins(store, told):
    for number in range(8):
        sign_in(store, number, told)


def sign_ins_and_an_erasure(store, told):
    for number in range(3):
        sign_in(store, number, told)
    erase(store, 1, told)
    sign_in(store, 3, told)


def run_until_the_cut(folder, disk, story, connect):
    """Open a store on this disk and live through the story, as far as the power allows."""
    told = Told()
    try:
        store = open_store(folder / "store.db", connect=connect, dice=Random(0))
    except Lost:
        return told
    try:
        story(store, told)
    except Lost:
        pass
    finally:
        store.close()
    return told


def start_again(folder, disk, kept):
    """Open what is left with the usual SQLite on the usual disk."""
    folder.mkdir()
    for path, content in disk.after_the_cut(kept).items():
        (folder / path.rpartition("/")[2]).write_bytes(content)
    return open_store(folder / "store.db")


def lost(store, told):
    """What was told and is not there, and what is there by halves."""
    tables = store.tables()
    visits, rolls = set(tables["visit"]), set(tables["roll"])
    missing = [one for one in told.visits if one not in visits]
    halves = {one[1:] for one in visits} ^ {one[1:] for one in rolls}
    remembered = [one for one in told.erased if tables["visit"][one].body["fields"]["name"]]
    return [*missing, *sorted(halves), *remembered, *(["damaged"] * store.opened.was_damaged)]


def cut_everywhere(tmp_path, story, *, synchronous=None, checkpoint_pages=1_000):
    """Cut the power at the 1st, 2nd, 3rd ... operation until none is left; yield what was lost."""
    for nth in count(1):
        disk = PowerCutDisk(at=nth)

        def connect(path, disk=disk):
            seam = disk.connect(path, synchronous=synchronous)
            seam.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_pages}")
            return seam

        (tmp_path / f"{nth}").mkdir()
        told = run_until_the_cut(tmp_path / f"{nth}", disk, story, connect)
        for name, kept in KEPT.items():
            with start_again(tmp_path / f"{nth}-{name}", disk, kept) as store:
                yield from ((nth, name, what) for what in lost(store, told))
        if not disk.was_cut:
            assert nth > 20, "the story is too short to say anything"
            return


@pytest.mark.acceptance(1)
@pytest.mark.parametrize("pages", [1_000, 4], ids=["no checkpoint", "checkpoints on the way"])
def test_a_sign_in_is_whole_or_absent_wherever_the_power_goes(tmp_path, pages):
    assert list(cut_everywhere(tmp_path, some_sign_ins, checkpoint_pages=pages)) == []


def test_an_erasure_is_whole_or_absent_wherever_the_power_goes(tmp_path):
    assert list(cut_everywhere(tmp_path, sign_ins_and_an_erasure)) == []


def test_these_tests_find_a_store_that_does_not_sync(tmp_path):
    """Shown red: the same cuts lose sign-ins that were told, once nothing waits for the disk."""
    found = cut_everywhere(tmp_path, some_sign_ins, synchronous="OFF", checkpoint_pages=4)
    assert next((what for _nth, _name, what in found if what.startswith("v")), None)
