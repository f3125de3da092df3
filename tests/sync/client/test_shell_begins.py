"""How the shell begins, begins again once it was paired anew, and what its wait says."""

import threading

import pytest

from kiosk.store.errors import StoreFull
from sync.client.effects import Listen
from tests.sync.client.served import LONGEST_S
from tests.sync.client.test_shell import RECORD


def test_a_wait_says_what_is_true_when_it_is_asked(server, door):
    door.shell.start()
    door.until_all_sent()
    asked(server, 1)
    door.shell._listens.put(Listen("", is_all_sent=True))
    door.writes("a", undo_s=10)
    server.news(RECORD)
    assert [one["all_sent"] for one in asked(server, 2)] == [["1"], ["0"]]


@pytest.mark.parametrize("why", [StoreFull("full"), MemoryError()])
def test_where_the_disk_would_not_let_it_begin_it_begins_again(server, door, why):
    refusals, offer_all = [1, 1], door.store.offer_all

    def full():
        if refusals:
            refusals.pop()
            raise why
        return offer_all()

    door.store.offer_all = full
    door.writes("a")
    door.shell.start()
    door.until_all_sent()
    assert ("notice", "a") in server.hub.rows


def test_what_is_done_first_is_done_between_two_exchanges(server, door):
    """A door that another house takes must not hear the end of what its former one said."""
    at_work, go_on = threading.Event(), threading.Event()

    def slow(_handler):
        at_work.set()
        go_on.wait(LONGEST_S)
        return "and_answers"

    server.news(RECORD)
    server.faults = [slow]
    door.shell.start()
    assert at_work.wait(LONGEST_S)
    found = []
    began = door.shell.start(lambda: found.append(list(door.store.tables()["notice"])))
    go_on.set()
    began.result(LONGEST_S)
    assert found == [["from_home"]]


def test_what_could_not_be_done_first_is_told_and_it_goes_on_as_it_was(server, door):
    door.shell.start()
    door.until_all_sent()

    def full():
        raise StoreFull("full")

    with pytest.raises(StoreFull):
        door.shell.start(full).result(LONGEST_S)
    door.writes("a")
    door.until(lambda _: ("notice", "a") in server.hub.rows).until_all_sent()


def asked(server, number):
    """The first waits, once there are so many."""

    def waits():
        return [asked for command, _, asked in server.seen if command == "GET"]

    with server.turn:
        assert server.turn.wait_for(lambda: len(waits()) >= number, LONGEST_S)
    return waits()[:number]
