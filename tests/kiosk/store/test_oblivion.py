"""Invariant 6, oblivion: what was erased is on no disk of this device, in no form."""

from random import Random

import pytest

from kiosk.store import Changes, Drop, Erase, Write, backups
from kiosk.store.disk import Disk
from kiosk.store.oblivion import ForgottenList
from sync.records import personal_fields

SECRET = "Wilhelmina-Featherstonehaugh"
OTHER = "Bartholomew"


def erase(store, clock, *acts):
    return store.commit(Changes(acts), now_ms=clock.now_ms)


def fields(store, record_id, kind="visit"):
    return store.tables()[kind][record_id].body["fields"]


def test_erased_fields_are_null_for_good_and_the_others_stay(store, commit, clock):
    commit(store, "v1", name=SECRET, how="visitor")
    erase(store, clock, Erase("visit", "v1", ("name", "wall_ok")))
    commit(store, "v1", name=OTHER)
    assert fields(store, "v1") == {"how": "visitor", "name": None, "wall_ok": None}


def test_erasing_a_record_that_is_not_erased_whole_takes_every_personal_field(store, commit, clock):
    commit(store, "v1", name=SECRET, how="visitor")
    erase(store, clock, Erase("visit", "v1"))
    assert fields(store, "v1") == dict.fromkeys(personal_fields("visit")) | {"how": "visitor"}


def test_erasing_takes_the_personal_keys_of_maps_too(store, commit, clock):
    commit(store, "n1", kind="notice", **{"edited_by.title.en": "p1", "title.en": "Soup"})
    erase(store, clock, Erase("notice", "n1"))
    assert fields(store, "n1", "notice")["edited_by.title.en"] is None
    assert fields(store, "n1", "notice")["title.en"] == "Soup"


def test_a_person_is_erased_whole_and_stays_a_former_member(store, commit, clock):
    commit(store, "p1", kind="person", name=SECRET)
    erase(store, clock, Erase("person", "p1"))
    commit(store, "p1", kind="person", name=SECRET)
    assert set(store.tables()["person"]["p1"].body) == {"kind", "id", "erased"}
    assert store.table("person").all() == []


def test_an_erasure_waits_for_the_server_as_any_other_write(store, commit, clock):
    commit(store, "p1", kind="person", name=SECRET)
    store.acknowledge(store.outbox(clock.now_ms))
    erase(store, clock, Erase("person", "p1"))
    assert [out.id for out in store.outbox(clock.now_ms)] == ["p1"]


def test_somebody_never_heard_of_can_be_erased_before_they_come(store, clock):
    erase(store, clock, Erase("person", "p1"))
    late = {"kind": "person", "id": "p1", "fields": {"name": SECRET}}
    store.merge([late | {"stamps": {"*": "l0199c7a1b2c3-0000-9f3a61c2"}}])
    assert store.tables()["person"]["p1"].is_erased


def test_erasing_twice_changes_nothing(store, commit, clock):
    commit(store, "p1", kind="person", name=SECRET)
    erase(store, clock, Erase("person", "p1"))
    assert erase(store, clock, Erase("person", "p1")).touched == frozenset()


@pytest.mark.parametrize(
    "act", [Erase("visit", "v1", ("name",)), Erase("visit", "v1"), Drop("visit", "v1")]
)
def test_no_byte_of_what_went_is_left_in_any_file(place, commit, clock, act):
    store = place.open()
    commit(store, "v1", name=SECRET)
    commit(store, "v2", name=OTHER)
    store.backup(now_ms=clock.now_ms)
    assert len(place.holds(SECRET)) == 2
    erase(store, clock, act)
    assert place.holds(SECRET) == []
    assert len(place.holds(OTHER)) == 2
    assert not store.is_unwashed


@pytest.mark.parametrize(
    "erasure",
    [
        {"kind": "person", "id": "p1", "fields": {"name": None}, "stamps": {"*": "x"}},
        {"kind": "person", "id": "p1", "erased": "019a7a1b2c3d-0000-aaaaaaaa"},
    ],
)
def test_no_byte_is_left_of_what_another_node_erased(place, commit, clock, erasure):
    store = place.open()
    commit(store, "p1", kind="person", name=SECRET)
    store.backup(now_ms=clock.now_ms)
    store.merge([erasure])
    assert place.holds(SECRET) == []


def test_no_byte_is_left_after_a_removal_through_tinydb(place, commit):
    store = place.open()
    commit(store, "v1", name=SECRET)
    store.table("visit").remove(doc_ids=["v1"])
    assert place.holds(SECRET) == []


@pytest.mark.parametrize("seed", range(6))
def test_no_byte_is_left_after_any_history(place, clock, seed):
    """Pages split and spread: copies stay behind where a mere overwrite does not reach."""
    dice, store, names = Random(seed), place.open(), {}

    def write(record_id, **written):
        store.commit(Changes.of(Write("visit", record_id, written)), now_ms=clock.now_ms)

    for number in range(300):
        record_id = f"{dice.randrange(10**9):09}"
        names[record_id] = f"{SECRET}-{number}-"
        write(record_id, name=names[record_id] + "y" * dice.choice((20, 200, 900, 3_000)))
        write(dice.choice(list(names)), padding="z" * dice.choice((20, 500, 2_000)))
    chosen = dice.sample(list(names), 150)
    erase(store, clock, *(Erase("visit", one) for one in chosen))
    assert [one for one in chosen if place.holds(names[one])] == []


def test_an_older_backup_keeps_everything_else(place, commit, clock):
    store = place.open()
    commit(store, "v1", name=SECRET)
    commit(store, "v2", name=OTHER)
    backup = store.backup(now_ms=clock.now_ms)
    erase(store, clock, Erase("visit", "v1"))
    store.close()
    place.file.unlink()
    restored = place.open()
    assert restored.opened.restored_from == backup.name
    assert (fields(restored, "v1")["name"], fields(restored, "v2")["name"]) == (None, OTHER)


def test_a_backup_from_elsewhere_is_washed_before_it_serves_anyone(place, commit, clock):
    store = place.open()
    commit(store, "v1", name=SECRET)
    stick = store.backup(place.folder.parent / "stick.db", now_ms=clock.now_ms)
    erase(store, clock, Erase("visit", "v1"))
    store.close()
    place.file.unlink()
    (place.folder / "backups").mkdir(exist_ok=True)
    stick.rename(place.folder / "backups" / "store-20261123T000000.000Z.db")
    restored = place.open()
    assert fields(restored, "v1")["name"] is None
    assert place.file.name not in place.holds(SECRET)


def test_a_washing_cut_short_is_done_at_the_next_opening(place, commit, clock, monkeypatch):
    store = place.open()
    commit(store, "v1", name=SECRET)
    store.backup(now_ms=clock.now_ms)
    monkeypatch.setattr("kiosk.store.keeper.Keeper.wash", lambda self, now_ms: None)
    erase(store, clock, Erase("visit", "v1"))
    assert store.is_unwashed
    store.close()
    monkeypatch.undo()
    assert not place.open().is_unwashed
    assert place.holds(SECRET) == []


def test_what_every_backup_was_washed_of_is_not_looked_for_again(place, commit, clock, monkeypatch):
    store, looked_for, wash = place.open(), [], backups.wash

    def watched(folder, forgotten, now_ms):
        looked_for.append([one.id for one in forgotten])
        wash(folder, forgotten, now_ms)

    monkeypatch.setattr(backups, "wash", watched)
    for nth in ("v1", "v2", "v3"):
        commit(store, nth, name=SECRET)
        store.backup(now_ms=clock.now_ms)
        erase(store, clock, Erase("visit", nth, ("name",)))
    assert looked_for == [["v1"], ["v2"], ["v3"]]
    assert [one.id for one in listed(place).read()] == ["v1", "v2", "v3"]
    assert place.holds(SECRET) == []


def test_a_washing_that_did_not_come_to_its_end_is_done_whole(place, commit, clock, monkeypatch):
    store = place.open()
    commit(store, "v1", name=SECRET)
    store.backup(now_ms=clock.now_ms)
    with monkeypatch.context() as full:
        full.setattr(Disk, "wash", lambda _disk: False)
        erase(store, clock, Erase("visit", "v1", ("name",)))
    assert [one.id for one in listed(place).unwashed()] == ["v1"]
    store.backup(now_ms=clock.now_ms + 1)
    assert listed(place).unwashed() == []
    assert place.holds(SECRET) == []


def listed(place):
    return ForgottenList(place.folder / "store.db.forgotten")


def test_what_is_forgotten_is_listed_before_it_is_and_lists_no_value(place, commit, clock):
    store = place.open()
    commit(store, "v1", name=SECRET)
    erase(store, clock, Erase("visit", "v1", ("name",)), Drop("visit", "v9"))
    listed = ForgottenList(place.folder / "store.db.forgotten").read()
    assert [(one.id, one.fields) for one in listed] == [("v1", ("name",))]


def test_a_line_of_the_list_that_was_cut_short_hurts_nothing(place, clock, commit):
    store = place.open()
    commit(store, "v1", name=SECRET)
    erase(store, clock, Erase("visit", "v1", ("name",)))
    path = place.folder / "store.db.forgotten"
    path.write_bytes(path.read_bytes() + b'{"kind": "visit", "id"')
    commit(store, "v2", name=SECRET)
    erase(store, clock, Erase("visit", "v2", ("name",)))
    assert [one.id for one in ForgottenList(path).read()] == ["v1", "v2"]


def test_a_row_that_was_let_go_may_come_again_and_stays_in_later_backups(place, clock, commit):
    store = place.open()
    commit(store, "v1", children=1)
    erase(store, clock, Drop("visit", "v1"))
    commit(store, "v1", children=2)
    store.backup(now_ms=clock.now_ms)
    commit(store, "v2", children=2)
    erase(store, clock, Drop("visit", "v2"))
    store.close()
    place.file.unlink()
    assert "v1" in place.open().tables()["visit"]
