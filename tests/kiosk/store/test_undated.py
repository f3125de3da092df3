"""Writes made before the time was known: marked, held back, and dated together when it is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.store import Changes, Drop, Erase, Write
from sync.clock import Reading
from sync.device_time import Undated
from tests.kiosk.store.conftest import NOW_MS

BOOT, MIN_MS, DAY_MS = "boot 1", 60_000, 86_400_000
YEARS_MS = 3 * 365 * DAY_MS
KNOWN_MS = NOW_MS - DAY_MS
BEGAN_MS = NOW_MS - 60 * MIN_MS
"""When this boot began in truth: 2026-11-23T09:42:00Z."""
MADRID = ZoneInfo("Europe/Madrid")


def instant(ms):
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat().replace("+00:00", "Z")


@pytest.fixture
def write():
    """Write so many minutes after the start, by a clock that is three years ahead (or ``off``)."""

    def write(
        store, record_id, minute, *, kind="visit", boot=BOOT, undo_s=0, off=YEARS_MS, **fields
    ):
        undated = Undated(boot, minute * MIN_MS, KNOWN_MS)
        changes = Changes.of(Write(kind, record_id, fields), undo_s=undo_s)
        now_ms = BEGAN_MS + minute * MIN_MS + off
        return store.commit(changes, now_ms=now_ms, undated=undated)

    return write


def taken_for(minute, off=YEARS_MS):
    """The time as a record has it that was written at this minute by the wrong clock."""
    return instant(BEGAN_MS + minute * MIN_MS + off)


def true(minute):
    return instant(BEGAN_MS + minute * MIN_MS)


def told(store):
    return store.date(BOOT, BEGAN_MS, MADRID)


def row(store, record_id, kind="visit"):
    return store.tables()[kind][record_id]


def fields(store, record_id, kind="visit"):
    return row(store, record_id, kind).body["fields"]


def stamp_ms(store, record_id, kind="visit", field="*"):
    return Reading.parse(row(store, record_id, kind).body["stamps"][field][1:]).ms


def test_nothing_undated_is_given_to_the_server(store, write, commit):
    commit(store, "known", children=1)
    write(store, "v1", 1, children=1)
    assert [one.id for one in store.outbox(2**46)] == ["known"]
    assert (store.waiting, store.undated) == (2, 1)


def test_a_record_that_waited_before_waits_on_where_an_undated_write_is_on_top(
    store, write, commit
):
    commit(store, "v1", children=1)
    write(store, "v1", 1, children=2)
    assert store.outbox(2**46) == ()


def test_provisional_stamps_lie_above_the_store_and_never_in_the_future(store, write, commit):
    commit(store, "known", children=1)
    write(store, "v1", 1, children=1)
    known, fresh = (row(store, one).body["stamps"]["*"] for one in ("known", "v1"))
    assert known < fresh
    assert stamp_ms(store, "v1") == NOW_MS


def test_when_the_time_is_known_it_is_sent_dated_from_its_uptime(store, write):
    write(store, "v1", 1, came_at=taken_for(1), name="Ana")
    assert told(store).touched == {("visit", "v1")}
    assert fields(store, "v1") == {"came_at": true(1), "name": "Ana"}
    assert stamp_ms(store, "v1") == BEGAN_MS + MIN_MS
    assert [one.id for one in store.outbox(NOW_MS)] == ["v1"]


def test_the_old_order_is_the_new_one(store, write):
    for minute in (1, 1, 2):
        write(store, "v1", minute, children=minute)
        write(store, f"w{minute}", minute, children=minute)
    told(store)
    stamps = [row(store, one).body["stamps"]["*"] for one in ("w1", "v1", "w2")]
    assert stamps == sorted(stamps)
    assert fields(store, "v1") == {"children": 2}


def test_the_clock_falls_to_the_highest_stamp_that_is_then_in_the_store(
    store, write, commit, clock
):
    write(store, "v1", 1, children=1)
    told(store)
    clock.now_ms = BEGAN_MS + 2 * MIN_MS
    commit(store, "v2", children=1)
    assert stamp_ms(store, "v2") == BEGAN_MS + 2 * MIN_MS


def test_instants_within_a_value_move_and_words_that_look_like_one_do_not(store, write):
    said = {"by": "p1", "at": taken_for(1)}
    write(store, "n1", 1, kind="notice", withdrawn=said, **{"title.en": taken_for(1)})
    told(store)
    assert fields(store, "n1", "notice")["withdrawn"] == {"by": "p1", "at": true(1)}
    assert fields(store, "n1", "notice")["title.en"] == taken_for(1)


def test_what_the_device_knew_from_elsewhere_stays(store, write, commit):
    yesterday = instant(KNOWN_MS - 3_600_000)
    commit(store, "v1", came_at=yesterday)
    write(store, "v1", 1, assumed_at=yesterday, left_at=taken_for(1))
    told(store)
    assert fields(store, "v1") == {
        "came_at": yesterday,
        "assumed_at": yesterday,
        "left_at": true(1),
    }


def test_only_what_the_write_set_is_moved(store, write, commit):
    ahead = instant(NOW_MS + 7 * DAY_MS)
    commit(store, "v1", came_at=ahead)
    write(store, "v1", 1, children=2)
    told(store)
    assert fields(store, "v1")["came_at"] == ahead


def test_a_write_of_this_boot_is_sure_of_its_time_once_it_is_dated(store, write):
    write(store, "v1", 1, came_at=taken_for(1), time_sure=False)
    told(store)
    assert "time_sure" not in fields(store, "v1")


def test_a_write_of_an_earlier_boot_is_as_late_as_it_can_be_and_not_sure(store, write):
    write(store, "v1", 1, boot="boot 0", came_at=taken_for(1))
    write(store, "v2", 6, boot="boot 0", came_at=taken_for(6))
    told(store)
    assert fields(store, "v1") == {"came_at": true(-5), "time_sure": False}
    assert fields(store, "v2") == {"came_at": true(0), "time_sure": False}


def test_a_write_of_an_earlier_boot_that_set_no_time_says_nothing_of_it(store, write, commit):
    commit(store, "v1", came_at=instant(KNOWN_MS))
    write(store, "v1", 1, boot="boot 0", children=2)
    told(store)
    assert "time_sure" not in fields(store, "v1")


def test_marks_are_there_after_a_restart_and_gone_once_they_were_used(place, write):
    write(place.open(), "v1", 1, came_at=taken_for(1))
    place.stores[-1].close()
    again = place.open()
    assert (again.undated, again.outbox(2**46)) == (1, ())
    told(again)
    again.close()
    last = place.open()
    assert (last.undated, fields(last, "v1")) == (0, {"came_at": true(1)})
    assert not [key for key in last.notes if key.startswith("undated")]


def test_a_mark_is_rescued_from_a_damaged_file_with_its_record(backed_up, write):
    store = backed_up.open()
    write(store, "v3", 1, came_at=taken_for(1))
    store.close()
    whole = backed_up.file.read_bytes()
    backed_up.file.write_bytes(whole.replace(b'"name":"Ana"', b'"name":"Bob"'))
    again = backed_up.open()
    assert (again.opened.was_damaged, again.undated) == (True, 1)
    told(again)
    assert fields(again, "v3") == {"came_at": true(1)}


def test_an_undated_act_is_undone_before_it_is_dated(store, write, commit):
    commit(store, "v1", children=1)
    receipt = write(store, "v1", 1, undo_s=10, children=2)
    gone = write(store, "v2", 1, undo_s=10, children=2)
    store.undo(receipt.undo)
    store.undo(gone.undo)
    told(store)
    assert (fields(store, "v1"), "v2" in store.tables()["visit"]) == ({"children": 1}, False)
    assert [one.id for one in store.outbox(NOW_MS)] == ["v1"]


def test_an_undated_act_is_undone_after_it_was_dated(store, write, commit):
    commit(store, "v1", children=1)
    write(store, "v1", 1, left_at=taken_for(1))
    receipt = write(store, "v1", 2, undo_s=10, left_at=taken_for(2), children=2)
    gone = write(store, "v2", 2, undo_s=10, came_at=taken_for(2))
    told(store)
    store.undo(receipt.undo)
    store.undo(gone.undo)
    assert fields(store, "v1") == {"children": 1, "left_at": true(1)}
    assert "v2" not in store.tables()["visit"]


def test_an_act_dated_and_then_built_upon_is_undone_alone(store, write, commit):
    commit(store, "v1", children=1)
    receipt = write(store, "v1", 2, undo_s=10, left_at=taken_for(2), children=2)
    write(store, "v1", 3, grown_ups=2)
    told(store)
    commit(store, "v1", gone=1)
    store.undo(receipt.undo)
    assert fields(store, "v1") == {"children": 1, "grown_ups": 2, "gone": 1}


def test_what_can_still_be_undone_is_held_by_the_new_time(store, write):
    write(store, "v1", 1, undo_s=10, off=-3_600_000, children=1)
    told(store)
    now_ms = BEGAN_MS + MIN_MS
    assert store.outbox(now_ms + 9_000) == ()
    assert [one.id for one in store.outbox(now_ms + 10_000)] == ["v1"]


def test_what_was_dropped_or_erased_meanwhile_is_not_brought_back(store, write, clock):
    write(store, "v1", 1, name="Ana")
    write(store, "v2", 1, name="Eva")
    write(store, "p1", 1, kind="person", name="Eva")
    undated = Undated(BOOT, 2 * MIN_MS, KNOWN_MS)
    acts = (Drop("visit", "v1"), Erase("visit", "v2", ("name",)), Erase("person", "p1"))
    store.commit(Changes(acts), now_ms=clock.now_ms, undated=undated)
    told(store)
    assert "v1" not in store.tables()["visit"]
    assert fields(store, "v2") == {"name": None}
    assert row(store, "p1", "person").body["erased"][:12] == f"{BEGAN_MS + 2 * MIN_MS:012x}"


def incoming(minute, field="children", value=9):
    stamps = {"*": f"l{Reading(BEGAN_MS + minute * MIN_MS, 0, '0000aaaa')}"}
    return {"kind": "visit", "id": "v1", "fields": {field: value}, "stamps": stamps}


@pytest.mark.parametrize(("minute", "stays"), [(71, 9), (65, 2)])
def test_what_a_server_sends_before_the_dating_wins_only_if_it_is_later(
    store, write, minute, stays, commit
):
    commit(store, "v1", children=1)
    write(store, "v1", 70, children=2)
    store.merge([incoming(minute)])
    assert fields(store, "v1") == {"children": 2}
    told(store)
    assert [one.id for one in store.outbox(2**46)] == ["v1"]
    store.merge([incoming(minute)])
    assert fields(store, "v1") == {"children": stays}


def test_what_a_server_erased_before_the_dating_stays_erased(store, write):
    write(store, "v1", 1, name="Ana", children=2)
    gone = {"kind": "visit", "id": "v1", "fields": {"name": None}, "stamps": {"*": "x"}}
    store.merge([gone])
    told(store)
    assert fields(store, "v1") == {"name": None, "children": 2}


def test_dating_with_nothing_undated_changes_nothing(store, commit):
    commit(store, "v1", children=1)
    assert told(store).touched == frozenset()
    assert store.note("clock")[:12] != f"{NOW_MS:012x}"


def test_a_commit_that_changes_nothing_leaves_no_mark(store, write, commit):
    commit(store, "v1", name="Ana")
    write(store, "v1", 1, name="Eva")
    assert store.undated == 0
