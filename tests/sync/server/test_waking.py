"""Who waits is woken by whoever writes, in this process or in another one."""

import asyncio

import pytest

from sync.server.database.engine import Database
from sync.server.waking import Waker
from tests.sync.server.village import HUB, OTHER

SOON_S = 10


async def woken_by(waiting: Waker, writing: Waker, hub: str = HUB) -> bool:
    """Wait at one, announce at the other until it is heard: a listener needs a moment to begin."""
    event = waiting.enter(HUB)
    try:
        for _ in range(40):
            await asyncio.to_thread(writing.announce, hub)
            try:
                return await asyncio.wait_for(event.wait(), 0.05)
            except TimeoutError:
                continue
        return False
    finally:
        waiting.leave(HUB, event)


def test_news_of_this_process_wakes_at_once(database):
    waker = Waker(database)
    assert asyncio.run(woken_by(waker, waker))
    assert waker.count == 0


def test_news_of_another_hub_wakes_nobody(database):
    waker = Waker(database)
    waker.announce(OTHER)

    async def still_waiting():
        event = waker.enter(HUB)
        waker.announce(OTHER)
        return not event.is_set()

    assert asyncio.run(still_waiting())


def test_news_of_another_process_arrives_by_notify(cluster):
    here, there = Database(cluster), Database(cluster)
    waiting, writing = Waker(here), Waker(there)
    waiting.start()
    try:
        assert asyncio.run(woken_by(waiting, writing))
    finally:
        waiting.stop()
        here.close()
        there.close()


def test_whoever_leaves_is_forgotten(database):
    async def come_and_go():
        waker = Waker(database)
        for _ in range(100):
            waker.leave(HUB, waker.enter(HUB))
        return waker.count

    assert asyncio.run(come_and_go()) == 0


@pytest.mark.parametrize("times", [1, 3])
def test_stopping_lets_everybody_go(database, times):
    async def stopped():
        waker = Waker(database)
        events = [waker.enter(HUB) for _ in range(times)]
        waker.stop()
        return await asyncio.wait_for(asyncio.gather(*(one.wait() for one in events)), SOON_S)

    assert all(asyncio.run(stopped()))
