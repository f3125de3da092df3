"""Whoever watches over a kiosk hears that it lives only while both of its threads do."""

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest

from kiosk.alive import LONG_WORK_BEATS, SOMEBODY_S, Alive, watcher

ROOT = Path(__file__).parents[2]
LONGEST_S = 60
UNSEEN = {"SDL_VIDEODRIVER": "offscreen", "KIVY_GL_BACKEND": "mock", "SDL_AUDIODRIVER": "dummy"}


class HubThread:
    """Does what it was given when it is told to."""

    def __init__(self):
        self.given = []

    def aside(self, job):
        self.given.append((job, Future()))
        return self.given[-1][1]

    def comes_round(self):
        for job, future in self.given:
            future.set_result(job())
        self.given = []


@pytest.fixture
def hub_thread():
    return HubThread()


@pytest.fixture
def said():
    return []


def nothing_long():
    return False


def beats(said):
    return sum("WATCHDOG=1" in one for one in said)


def test_it_is_ready_when_the_first_frame_is_drawn_and_not_before(said, hub_thread):
    alive = Alive(said.append, hub_thread.aside, lambda: 0.0, nothing_long)
    assert said == []
    alive.drawn()
    assert said == ["READY=1"]


def test_while_both_threads_turn_every_beat_is_heard(said, hub_thread):
    alive = Alive(said.append, hub_thread.aside, lambda: 0.0, nothing_long)
    for _ in range(3):
        alive.beat()
        hub_thread.comes_round()
    assert beats(said) == 3


def test_a_hub_thread_that_hangs_silences_the_beats_until_it_comes_round(said, hub_thread):
    alive = Alive(said.append, hub_thread.aside, lambda: 0.0, nothing_long)
    for _ in range(4):
        alive.beat()
    assert beats(said) == 1
    hub_thread.comes_round()
    alive.beat()
    assert beats(said) == 2


def test_a_hub_thread_that_makes_a_copy_lives_but_not_for_ever(said, hub_thread):
    alive = Alive(said.append, hub_thread.aside, lambda: 0.0, lambda: True)
    for _ in range(LONG_WORK_BEATS + 9):
        alive.beat()
    assert beats(said) == LONG_WORK_BEATS + 1
    hub_thread.comes_round()
    alive.beat()
    assert beats(said) == LONG_WORK_BEATS + 2


@pytest.mark.parametrize(
    ("quiet_s", "who"), [(0.0, "somebody"), (SOMEBODY_S, "somebody"), (SOMEBODY_S + 1, "nobody")]
)
def test_an_update_can_see_whether_somebody_stands_there(said, hub_thread, quiet_s, who):
    Alive(said.append, hub_thread.aside, lambda: quiet_s, nothing_long).beat()
    assert said == [f"WATCHDOG=1\nSTATUS={who} is at the screen"]


@pytest.mark.parametrize("asked", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2:1"}])
def test_where_nobody_watches_nothing_is_said(asked):
    assert watcher(asked) is None


@pytest.mark.parametrize("name", ["{folder}/notify", "@{folder}/notify"])
def test_words_arrive_at_either_kind_of_address_and_a_lost_watcher_hurts_nobody(name, tmp_path):
    address = name.format(folder=tmp_path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address.replace("@", "\0"))
        tell = watcher({"NOTIFY_SOCKET": address})
        tell("READY=1")
        assert systemd.recv(99) == b"READY=1"
    tell("WATCHDOG=1")


def test_a_real_kiosk_is_ready_and_beats_and_a_stopped_one_is_silent(tmp_path):
    """The process as systemd starts it; its beat is quickened so that nobody waits for it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(LONGEST_S)
        env = os.environ | UNSEEN | {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        quick = "import kiosk.alive as a; a.BEAT_S = 0.05; from kiosk.cli import main; main()"
        command = [sys.executable, "-c", quick, "run", "--data", str(tmp_path / "data")]
        with subprocess.Popen(command, cwd=ROOT, env=env) as kiosk:
            heard = {systemd.recv(99).partition(b"\n")[0] for _ in range(3)}
            kiosk.send_signal(signal.SIGTERM)
            assert kiosk.wait(LONGEST_S) == 0
    assert heard == {b"READY=1", b"WATCHDOG=1"}
