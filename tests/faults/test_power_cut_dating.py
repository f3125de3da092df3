"""The power goes while undated writes are made and dated: all are dated, or none is, none is lost."""

from itertools import count

from kiosk.store import Changes, Write
from sync.device_time import Undated
from tests.faults.power_cut_disk import PowerCutDisk
from tests.faults.test_power_cut import KEPT, NOW_MS, run_until_the_cut, start_again

BOOT, BEGAN_MS, AHEAD_MS = "boot 1", NOW_MS - 3_600_000, 3 * 365 * 86_400_000
TRUE, WRONG = "2026-11-23T09:42:00Z", "2029-11-22T09:42:00Z"


def three_undated_and_told_the_time(store, told):
    for number in range(3):
        write = Write("visit", f"v{number}", {"came_at": WRONG, "children": number})
        now_ms = BEGAN_MS + AHEAD_MS
        undated = Undated(BOOT, number, NOW_MS - 86_400_000)
        store.commit(Changes.of(write), now_ms=now_ms, undated=undated)
        told.visits.append(f"v{number}")
    store.date(BOOT, BEGAN_MS)
    told.erased.append("dated")


def wrong_in(store, told):
    """What a start finds that must not be: lost, dated by halves, or sent undated."""
    rows = store.tables()["visit"]
    came = {row.body["fields"]["came_at"] for row in rows.values()}
    sent = {one.id for one in store.outbox(NOW_MS)}
    return [
        *(one for one in told.visits if one not in rows),
        *(["by halves"] if len(came) > 1 else []),
        *(["unmarked"] if came == {WRONG} and store.undated != len(rows) else []),
        *(["marked"] if came == {TRUE} and store.undated else []),
        *(["sent"] if sent and came != {TRUE} else []),
        *(["not dated"] if told.erased and came != {TRUE} else []),
    ]


def test_undated_writes_are_dated_together_or_not_at_all_wherever_the_power_goes(tmp_path):
    found = []
    for nth in count(1):
        disk = PowerCutDisk(at=nth)
        (tmp_path / f"{nth}").mkdir()
        told = run_until_the_cut(
            tmp_path / f"{nth}", disk, three_undated_and_told_the_time, disk.connect
        )
        for name, kept in KEPT.items():
            with start_again(tmp_path / f"{nth}-{name}", disk, kept) as store:
                found += [(nth, name, what) for what in wrong_in(store, told)]
        if not disk.was_cut:
            break
    assert found == []
    assert nth > 20, "the story is too short to say anything"
