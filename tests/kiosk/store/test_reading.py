"""A store that cannot be written: what it holds is shown, nothing is touched, all else is refused."""

import pytest

from kiosk.store import Changes, Erase, open_store
from kiosk.store.errors import StoreAway, StoreFull
from tests.kiosk.store.test_damage import spoil


@pytest.fixture
def read(place):
    """Open what lies in the folder to read."""

    def read(why=None):
        store = place.open(refused=why or StoreFull("full"))
        assert store.opened.refused
        return store

    return read


def files(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_there_can_be_read_and_no_file_is_touched(backed_up, read):
    before = files(backed_up.folder)
    store = read()
    assert list(store.tables()["visit"]) == ["v1", "v2"]
    store.close()
    assert files(backed_up.folder) == before


def test_what_lies_only_in_the_log_is_read_as_well(place, read, commit):
    commit(place.open(), "v1", name="Ana")  # it stays open, as after a power cut
    assert list(read().tables()["visit"]) == ["v1"]


@pytest.mark.parametrize("why", [StoreFull("full"), StoreAway("read-only")])
def test_every_commit_is_refused_as_the_disk_refused_the_start(backed_up, read, commit, why):
    store = read(why)
    for _twice in range(2):
        with pytest.raises(type(why)) as refused:
            commit(store, "v3", name="Eva")
        assert refused.value.say == why.say == store.opened.sentence
    assert "v3" not in store.tables()["visit"]


def test_nothing_is_erased_or_backed_up_in_appearance_only(backed_up, read, clock):
    store = read()
    with pytest.raises(StoreFull):
        store.commit(Changes.of(Erase("visit", "v1")), now_ms=clock.now_ms)
    with pytest.raises(StoreFull):
        store.backup(backed_up.folder / "copy.db", now_ms=clock.now_ms)
    with pytest.raises(StoreAway):
        store.backup(now_ms=clock.now_ms)
    assert store.tables()["visit"]["v1"].body["fields"]["name"] == "Ana"


def test_of_a_damaged_file_the_newest_sound_backup_is_read(backed_up, read):
    spoil(backed_up.file, at=0)
    assert list(read().tables()["visit"]) == ["v1"]


def test_an_empty_folder_is_read_as_an_empty_store_with_a_node_of_its_own(place, read):
    store = read()
    assert not store.tables().kinds
    assert len(bytes.fromhex(store.node)) == 4


def test_once_the_disk_takes_it_again_the_store_opens_as_it_was(backed_up, read):
    read().close()
    again = open_store(backed_up.file)
    assert list(again.tables()["visit"]) == ["v1", "v2"]
    assert not again.opened.sentence
    again.close()
