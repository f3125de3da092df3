"""An answer of which one byte comes now and then: it is given up when its time is over."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from sync.client.effects import Listen
from sync.client.events import Failed
from sync.client.files import fetch_file
from sync.client.pairing import Holding
from sync.client.pairing_shell import PairingShell
from sync.client.wire import LONGEST_MS, Device, Wire
from tests.sync.client.answering import answering

PATIENCE_S = 10


@contextmanager
def dripping():
    """A server that sends a byte of a thousand, and the next when nobody waits any more."""
    given_up, waited_in_vain = threading.Event(), []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
            self.wfile.flush()
            if not given_up.wait(PATIENCE_S):
                waited_in_vain.append(self.path)

        do_POST = do_GET  # noqa: N815  # the name is that of http.server

        def log_message(self, *_):
            pass

    with answering(Handler) as url:
        yield url
        given_up.set()
    assert not waited_in_vain


@pytest.fixture
def later():
    """A clock by which five minutes have gone by each time that it is looked at."""
    times = iter(range(0, 10**9, LONGEST_MS + 1))
    return lambda: next(times)


def test_a_wait_ends(later):
    with dripping() as url:
        wire = Wire(url, later)
        found = wire.wait(Listen("1.a", is_all_sent=True), Device("h.d.s"))
        wire.close()
    assert isinstance(found, Failed)
    assert found.trouble == "not_the_server"


def test_a_picture_is_not_there(later):
    with dripping() as url:
        assert fetch_file(url, "t", "ab", now_s=lambda: later() / 1000) is None


def test_a_code_to_join_by_is_asked_for_again(later):
    class Pace:
        def now_ms(self):
            return later()

        def next(self, inbox, _until_ms):
            return inbox.get()

    seen = []

    def changed():
        seen.append(shell.state.trouble)
        if shell.state.trouble:
            shell.end()

    with dripping() as url:
        shell = PairingShell(
            url,
            lambda: {"name": "Front door", "node": "9f3a61c2", "role": "door"},
            holding=Holding,
            keep=lambda _paired: None,
            changed=changed,
            pace=Pace(),
        )
        shell.begin()
        assert shell.join(2 * PATIENCE_S), "the thread never ended"
    assert "not_the_server" in seen
