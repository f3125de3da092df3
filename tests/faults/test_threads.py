"""A thread that breaks goes on; one that is gone is noticed, and the kiosk is started anew."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from kiosk.alive import Alive
from kiosk.hardware.simulated import SimulatedSource, tap
from kiosk.hub.desk import Desk
from kiosk.hub.snapshot import Device
from kiosk.store import open_store
from tests.faults.a_day_at_the_door import Clock

LONGEST_S = 10


@pytest.fixture
def desk(tmp_path):
    with open_store(tmp_path / "hub.db") as store:
        desk = Desk(store, Device("0000aaaa", "blue", "Door"), Clock(), dice=Random(1))
        yield desk
        desk._thread.shutdown(wait=False, cancel_futures=True)


def broken(_hub, why, _at):
    raise why


@pytest.mark.parametrize("why", [MemoryError(), RuntimeError(), SystemExit(1)], ids=repr)
def test_the_hub_s_thread_survives_whatever_a_use_case_raises(desk, tally, why):
    tally("broken thread")
    with pytest.raises(type(why)):
        desk.ask(broken, why).result(LONGEST_S)
    assert desk.aside(lambda: "on").result(LONGEST_S) == "on"


def test_a_hub_s_thread_that_is_gone_silences_the_beats(desk, tally, monkeypatch):
    tally("broken thread")
    said = []
    alive = Alive(said.append, desk.aside, lambda: 0.0, lambda: False)
    alive.beat()
    desk.aside(lambda: None).result(LONGEST_S)
    # As if the thread had been lost: what is given to it is never done.
    monkeypatch.setattr(desk, "_thread", Gone())
    for _ in range(3):
        alive.beat()
    assert sum("WATCHDOG=1" in one for one in said) == 2


class Gone(ThreadPoolExecutor):
    """A pool whose one thread is no more."""

    def _adjust_thread_count(self):
        pass


@pytest.mark.parametrize("why", [MemoryError(), OSError(24, "Too many open files")], ids=repr)
def test_a_socket_whose_listener_breaks_hears_the_next_card(tmp_path, tally, monkeypatch, why):
    tally("broken thread")
    monkeypatch.setattr("kiosk.hardware.local_socket.AFTER_A_BUG_S", 0)
    heard, cards = [why], []

    def on_card(uid):
        if heard:
            raise heard.pop()
        cards.append(uid)
        done.set()

    from threading import Event

    done, source = Event(), SimulatedSource(tmp_path)
    source.start(on_card)
    try:
        for uid in ("04B39E62072BD4", "04B39E62072BD5"):
            assert tap(tmp_path, uid)
        assert done.wait(LONGEST_S)
    finally:
        source.stop()
    assert cards == ["04B39E62072BD5"]
