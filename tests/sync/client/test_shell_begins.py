"""How the shell begins, begins again once it was paired anew, and what its wait says."""

import pytest

from sync.client.effects import Listen
from tests.sync.client.served import LONGEST_S, Door, village
from tests.sync.client.test_shell import RECORD


@pytest.fixture
def server():
    with village() as server:
        yield server


@pytest.fixture
def door(server):
    door = Door(server)
    yield door
    server.close_waits()
    door.close()


def test_a_wait_says_what_is_true_when_it_is_asked(server, door):
    door.shell.start()
    door.until_all_sent()
    asked(server, 1)
    door.shell._listens.put(Listen("", is_all_sent=True))
    door.writes("a", undo_s=10)
    server.news(RECORD)
    assert [one["all_sent"] for one in asked(server, 2)] == [["1"], ["0"]]


def asked(server, number):
    """The first waits, once there are so many."""

    def waits():
        return [asked for command, _, asked in server.seen if command == "GET"]

    with server.turn:
        assert server.turn.wait_for(lambda: len(waits()) >= number, LONGEST_S)
    return waits()[:number]
