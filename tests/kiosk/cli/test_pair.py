"""pair: a kiosk joins a hub from the command line, with the real server at the other end."""

import re
import signal

import pytest

from kiosk.cli.opened import hub_in, store_in
from kiosk.config import Config, Place, read, read_token, write_token
from kiosk.store import Changes, Write
from tests.kiosk.real_server import HUB, LONGEST_S, RealServer


@pytest.fixture(autouse=True)
def not_for_ever():
    """A kiosk that waits for what never comes is a failed test, not a hanging one."""

    def too_long(*_):
        raise TimeoutError("the kiosk still waits")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(3 * LONGEST_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def server(tmp_path, monkeypatch):
    """It lets a device ask every second; the real pace is tried in tests/kiosk/test_syncing.py."""
    monkeypatch.setattr("sync.server.routes.devices.INTERVAL_S", 1)
    monkeypatch.setattr("sync.server.pairing.INTERVAL_S", 1)
    (tmp_path / "server").mkdir()
    server = RealServer(tmp_path / "server")
    yield server
    server.close()


@pytest.fixture
def front(tmp_path):
    """The folder of a door with a room of this hub, not sent yet."""
    folder = tmp_path / "front"
    with store_in(folder) as store:
        acts = (
            Write("hub", HUB, {"name.en": "La Ronda"}),
            Write("room", "r1", {"name.en": "Willow"}),
        )
        store.commit(Changes.of(*acts), now_ms=1)
    return folder


def test_a_paired_kiosk_sends_all_and_hears_all_and_no_code_is_asked_for(kiosk, server, front):
    write_token(Place(front), server.token())
    said = kiosk("pair", "--data", front, "--server", server.url)
    assert (said.code, said.out) == (0, "Joined as a door: 2 records are here, 0 to be sent.\n")
    assert read(Place(front)).server == server.url


def test_a_new_kiosk_has_the_hub_when_it_is_joined(kiosk, server, front, tmp_path):
    write_token(Place(front), server.token())
    kiosk("pair", "--data", front, "--server", server.url)
    write_token(Place(tmp_path / "back").make(), server.token())
    said = kiosk("pair", "--data", tmp_path / "back", "--server", server.url)
    assert said.code == 0
    assert hub_in(tmp_path / "back").hub.name == {"en": "La Ronda"}


@pytest.mark.parametrize("role", ["door", "wall"])
def test_with_a_code_it_waits_for_a_yes_and_becomes_what_that_says(kiosk, server, tmp_path, role):
    folder = tmp_path / "new"
    server.when_asked(lambda code: server.approves(code, role=role))
    said = kiosk("pair", "--data", folder, "--server", server.url)
    assert said.code == 0
    assert re.match(r"Code: [A-Z]{4}-[A-Z]{4}\n", said.out)
    assert f"Joined as a {role}" in said.out
    assert read(Place(folder)) == Config(server=server.url, mode=role)


@pytest.mark.parametrize(("lies_here", "named"), [("front", True), ("nothing", False)])
def test_whoever_brings_a_hub_reads_how_the_server_is_told_of_it(
    kiosk, server, front, tmp_path, lies_here, named
):
    server.when_asked(server.denies)
    said = kiosk("pair", "--data", tmp_path / lies_here, "--server", server.url).out
    assert ('hub add "NAME" --id ' in said) is named
    assert "device approve" in said


def test_a_no_changes_nothing_and_ends_with_one(kiosk, server, front):
    server.when_asked(server.denies)
    said = kiosk("pair", "--data", front, "--server", server.url)
    assert said.code == 1
    assert "said no" in said.out
    assert (read_token(Place(front)), read(Place(front))) == ("", Config())


def test_a_token_that_the_server_takes_no_more_is_renewed_by_a_code(kiosk, server, front):
    write_token(Place(front), server.token())
    server.revokes_all()
    server.when_asked(server.approves)
    said = kiosk("pair", "--data", front, "--server", server.url)
    assert said.code == 0
    assert "Code: " in said.out


def test_what_only_lies_here_keeps_a_door_from_becoming_a_wall(kiosk, server, front):
    server.when_asked(lambda code: server.approves(code, role="wall"))
    said = kiosk("pair", "--data", front, "--server", server.url, "--mode", "wall")
    assert said.code == 1
    assert "no server has" in said.out
    assert hub_in(front).hub.name == {"en": "La Ronda"}


def test_without_an_address_nothing_is_begun(kiosk, front):
    said = kiosk("pair", "--data", front)
    assert said.code == 1
    assert "--server" in said.err


def test_a_door_that_runs_is_left_alone(kiosk, server, front):
    with store_in(front):
        said = kiosk("pair", "--data", front, "--server", server.url)
    assert said.code == 1
    assert "Stop it first" in said.err
