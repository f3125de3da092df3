"""The rows of calendars of others: one process reads each, a backup has them, promises stay proved."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from sync.server.checking import problems
from sync.server.database import calendars
from sync.server.database.backup import back_up
from sync.server.database.calendars import LEASE_MS, Subscription
from sync.server.restoring import restore
from tests.sync.server.village import HUB, OTHER
from tests.sync.server.web.calendars.listening import CHOIR, listens
from tests.sync.server.web.hub_house import moved_in


def rows(village, hub=HUB):
    with village.database.reading() as connection:
        return calendars.every(connection, hub)


def test_of_many_who_reach_for_a_calendar_one_gets_it(village):
    listens(village)
    together = Barrier(4)

    def claims(_):
        with village.database.reading() as connection:
            [(hub, calendar, at)] = calendars.due(connection, village.ms)
        together.wait()
        with village.database.writing() as connection:
            return calendars.claim(connection, hub, calendar, at, village.ms)

    for _ in range(5):
        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(claims, range(4))) == [False, False, False, True]
        village.pass_(milliseconds=LEASE_MS)


def test_what_is_due_is_told_longest_overdue_first_and_nothing_else(village):
    village.add(OTHER)
    for nth, (hub, at) in enumerate([(HUB, 3), (OTHER, 1), (HUB, 2), (HUB, 10**15)]):
        made = Subscription(hub, f"{nth:016x}", "room", "x", "en", "https://x/", next_ms=at)
        with village.database.writing() as connection:
            calendars.add(connection, made)
    with village.database.reading() as connection:
        found = calendars.due(connection, village.ms)
    assert [(hub, at) for hub, _calendar, at in found] == [(OTHER, 1), (HUB, 2), (HUB, 3)]
    assert [one.next_ms for one in rows(village, OTHER)] == [1]


def test_a_backup_brings_calendars_back_as_they_were(village, tmp_path):
    moved_in(village)
    listens(village).sings("2026-12-01 18:00")
    kept = rows(village)
    back_up(village.database, tmp_path / "yesterday.gz")
    with village.database.writing() as connection:
        assert calendars.end(connection, HUB, CHOIR)
    assert rows(village) == []
    restore(village.service.commits, tmp_path / "yesterday.gz", village.erased)
    assert rows(village) == kept == [replace(kept[0], found=1)]


def test_what_a_calendar_says_is_a_promise_with_its_proof(village):
    moved_in(village)
    choir = listens(village)
    choir.sings("2026-12-01 18:00", "2026-12-08 18:00")
    choir.sings("2026-12-08 18:00")
    assert problems(village.commits) == []
