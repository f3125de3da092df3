"""Who waits is woken by whoever writes, in this process or in another one."""

import asyncio
import threading

import pytest

from sync.server.database.engine import Database
from sync.server.waking import CHANNEL, Waker
from tests.sync.server.village import HUB, OTHER

SOON_S = 10


async def woken_by(waiting: Waker, writing: Waker, hub: str = HUB) -> bool:
    """Wait at one, announce at the other until it is heard: a listener needs a moment to begin."""
    event = waiting.enter(HUB, 4)
    try:
        for _ in range(40):
            await asyncio.to_thread(writing.announce, hub, 5)
            try:
                return await asyncio.wait_for(event.wait(), 0.05)
            except TimeoutError:
                continue
        return False
    finally:
        waiting.leave(HUB, event)


async def rung(event: asyncio.Event) -> bool:
    """Say whether an event was set by what has happened up to now."""
    so_far = asyncio.Event()
    asyncio.get_running_loop().call_soon_threadsafe(so_far.set)
    await so_far.wait()
    return event.is_set()


def test_news_of_this_process_wakes_at_once(database):
    waker = Waker(database)
    assert asyncio.run(woken_by(waker, waker))
    assert waker.count == 0


def test_news_of_another_hub_wakes_nobody(database):
    waker = Waker(database)

    async def woken():
        event = waker.enter(HUB, 0)
        waker.announce(OTHER, 1)
        return await rung(event)

    assert not asyncio.run(woken())


@pytest.mark.parametrize(("seq", "is_woken"), [(6, False), (7, False), (8, True)])
def test_news_that_a_device_has_already_does_not_wake_it(database, seq, is_woken):
    waker = Waker(database)

    async def woken():
        event = waker.enter(HUB, 7)
        waker.announce(HUB, seq)
        return await rung(event)

    assert asyncio.run(woken()) is is_woken


@pytest.mark.parametrize("is_server", [True, False], ids=["a server", "a command"])
def test_news_of_another_process_arrives_by_notify(cluster, is_server):
    here, there = Database(cluster), Database(cluster)
    waiting, writing = Waker(here), Waker(there)
    waiting.start()
    if is_server:
        writing.start()
    try:
        assert asyncio.run(woken_by(waiting, writing))
    finally:
        waiting.stop()
        writing.stop()
        here.close()
        there.close()


@pytest.mark.parametrize("payload", [HUB, f"x {HUB}", ""])
def test_a_server_of_the_version_before_wakes_whoever_waits_and_does_no_harm(cluster, payload):
    here, there = Database(cluster), Database(cluster)
    waiting, writing = Waker(here), Waker(there)
    waiting.start()
    with there.at_once() as connection:
        connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
    try:
        assert asyncio.run(woken_by(waiting, writing))
    finally:
        waiting.stop()
        here.close()
        there.close()


def test_what_is_left_to_tell_is_told_before_it_stops(cluster, monkeypatch):
    database, told, first = Database(cluster), [], threading.Event()

    def slowly(_waker, hub, seq):
        first.wait(SOON_S)
        told.append((hub, seq))

    monkeypatch.setattr(Waker, "_notify", slowly)
    monkeypatch.setattr(Waker, "_listen", lambda _waker: None)
    waker = Waker(database)
    waker.start()
    for seq in (1, 2, 3):
        waker.announce(HUB, seq)
    first.set()
    waker.stop()
    database.close()
    assert told == [(HUB, 1), (HUB, 2), (HUB, 3), ("", 0)]


def test_whoever_leaves_is_forgotten(database):
    async def come_and_go():
        waker = Waker(database)
        for _ in range(100):
            waker.leave(HUB, waker.enter(HUB, 0))
        return waker.count

    assert asyncio.run(come_and_go()) == 0


@pytest.mark.parametrize("times", [1, 3])
def test_stopping_lets_everybody_go(database, times):
    async def stopped():
        waker = Waker(database)
        events = [waker.enter(HUB, 0) for _ in range(times)]
        waker.stop()
        return await asyncio.wait_for(asyncio.gather(*(one.wait() for one in events)), SOON_S)

    assert all(asyncio.run(stopped()))
