"""The disk is full at any write: a clear no, nothing half written, and on with it once there is room."""

from contextlib import suppress
from itertools import count
from random import Random

import apsw
import pytest

from kiosk.store import Changes, Drop, Erase, Write, open_store
from kiosk.store.errors import StoreFull
from tests.faults.power_cut_disk import PowerCutDisk

NOW_MS = 1_795_430_520_000


class FullDisk(PowerCutDisk):
    """A disk that has room for so many writes; somebody may make room again."""

    def __init__(self, room):
        super().__init__()
        self.room, self.was_full = room, False

    def operate(self):
        if self.done >= self.room:
            self.was_full = True
            raise apsw.FullError("no room")
        self.done += 1


def sign_in(store, number):
    acts = (
        Write("visit", f"v{number}", {"name": f"Visitor {number}"}),
        Write("roll", f"r{number}", {"drill": False}),
    )
    store.commit(Changes(acts), now_ms=NOW_MS + number)


def signed_in(store, numbers):
    """Who came in; those after the first no as well, since each asks anew."""
    told = []
    for number in numbers:
        try:
            sign_in(store, number)
        except StoreFull:
            continue
        told.append(f"v{number}")
    return told


@pytest.fixture
def opened(tmp_path):
    """Open a store on a disk that is full from its nth write on."""
    stores = []

    def opened(room):
        disk = FullDisk(10**9)
        folder = tmp_path / f"{room}"
        stores.append(open_store(folder / "store.db", connect=disk.connect, dice=Random(0)))
        disk.done, disk.room = 0, room
        return stores[-1], disk

    yield opened
    for store in stores:
        store.close()


def test_who_was_told_no_is_not_in_and_who_was_told_yes_is(opened):
    for room in count(0):
        store, disk = opened(room)
        told = signed_in(store, range(6))
        assert list(store.tables()["visit"]) == told
        if not disk.was_full:
            assert room > 6
            break


def test_once_there_is_room_again_everything_is_there_and_it_goes_on(opened, tmp_path):
    for room in count(0):
        store, disk = opened(room)
        told = signed_in(store, range(4))
        was_full, disk.room = disk.was_full, 10**9
        told += signed_in(store, [7])
        store.close()
        again = tmp_path / f"{room}-again"
        again.mkdir()
        for path, content in disk.after_the_cut().items():
            (again / path.rpartition("/")[2]).write_bytes(content)
        with open_store(again / "store.db") as found:
            assert list(found.tables()["visit"]) == told
            assert list(found.tables()["roll"]) == [f"r{one[1:]}" for one in told]
        if not was_full:
            break


def test_what_is_stored_can_be_read_while_the_disk_is_full(opened):
    store, disk = opened(10**9)
    sign_in(store, 1)
    disk.room = 0
    with pytest.raises(StoreFull) as refused:
        sign_in(store, 2)
    assert refused.value.say == "sorry.store_full"
    assert store.table("visit").all() == [{"name": "Visitor 1"}]


def test_an_erasure_on_a_full_disk_says_no_and_is_washed_once_there_is_room(opened, tmp_path):
    store, disk = opened(10**9)
    sign_in(store, 1)
    for room in range(100):  # until the erasure itself has room; the washing then has none
        disk.done, disk.room = 0, room
        with suppress(StoreFull):
            store.commit(Changes.of(Erase("visit", "v1")), now_ms=NOW_MS)
            break
    assert store.tables()["visit"]["v1"].body["fields"]["name"] is None
    assert store.is_unwashed
    disk.room = 10**9
    store.commit(Changes.of(Drop("roll", "r1")), now_ms=NOW_MS)
    assert not store.is_unwashed
