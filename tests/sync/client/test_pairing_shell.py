"""The thread that pairs, against a server of this process; its clock jumps where it would wait."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from sync.client.pairing import Holding, Paired, Phase
from sync.client.pairing_shell import PairingShell
from sync.errors import Lost

CODE = {
    "device_code": "dev",
    "user_code": "741906",
    "verification_uri": "https://hub.example",
    "expires_in": 600,
    "interval": 5,
}
TOKEN = {"access_token": "h.d.s", "hub": "ours", "hub_name": "La Ronda"}
PENDING = (400, {"error": "authorization_pending"})
PATIENCE_S = 10
NOTHING = Holding()


class Server:
    """Answers what a test says, in order, the last one for ever; remembers what it was asked."""

    def __init__(self):
        self.answers: dict[str, list] = {
            "/v1/device/code": [(200, CODE)],
            "/v1/device/token": [PENDING],
        }
        self.asked = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                server.asked.append((self.path, {name: v[0] for name, v in form.items()}))
                status, answer = server.next(self.path)
                body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                if status == 302:
                    self.send_header("Location", "/v1/device/elsewhere")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._http.server_port}/"

    def next(self, path):
        answers = self.answers.get(path, [(404, b"")])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def close(self):
        self._http.shutdown()
        self._http.server_close()


class Jumping:
    """A clock that is where it should wait for at once, unless something has happened."""

    def __init__(self):
        self.ms = 0

    def now_ms(self):
        return self.ms

    def next(self, inbox, until_ms):
        if not inbox.empty():
            return inbox.get()
        self.ms = max(self.ms, until_ms)
        return None


@pytest.fixture
def server():
    server = Server()
    yield server
    server.close()


@pytest.fixture
def pair(server):
    """Pair with the server and come back when the thread has ended."""
    shells = []

    def pair_(*, url=None, holding=NOTHING, keep=None, until=None):
        kept, seen = [], []
        shell = PairingShell(
            url or server.url,
            lambda: {"name": "Front door", "node": "9f3a61c2", "role": "door"},
            holding=lambda: holding,
            keep=keep or kept.append,
            changed=lambda: (
                seen.append(shell.state),
                shell.end() if until and until(shell.state) else None,
            ),
            pace=Jumping(),
        )
        shells.append(shell)
        shell.begin()
        assert shell.join(PATIENCE_S), "the thread never ended"
        return shell, kept, seen

    return pair_


def test_a_code_that_is_approved_ends_with_a_token(server, pair):
    server.answers["/v1/device/token"] = [PENDING, PENDING, (200, TOKEN)]
    shell, kept, _ = pair()
    assert shell.state.phase is Phase.APPROVED
    assert kept == [Paired("h.d.s", "ours", "La Ronda")]
    assert shell.now_ms() == 15_000


def test_the_server_is_told_what_this_screen_is(server, pair):
    server.answers["/v1/device/token"] = [(200, TOKEN)]
    pair()
    path, form = server.asked[0]
    assert path == "/v1/device/code"
    assert (form["name"], form["node"], form["scope"]) == ("Front door", "9f3a61c2", "door")


def test_a_screen_that_was_turned_down_asks_no_more(server, pair):
    server.answers["/v1/device/token"] = [(400, {"error": "access_denied"})]
    assert pair()[0].state.phase is Phase.DENIED
    assert len(server.asked) == 2


def test_codes_that_nobody_uses_come_to_an_end(server, pair):
    assert pair()[0].state.phase is Phase.ENDED


def test_another_house_gets_no_record_of_ours(server, pair):
    server.answers["/v1/device/token"] = [(200, TOKEN)]
    shell, kept, _ = pair(holding=Holding("another", unsent=3))
    assert (shell.state.phase, shell.state.unsent, kept) == (Phase.HELD, 3, [])


@pytest.mark.parametrize("why", [OSError(28, "No space left on device"), Lost("full")])
def test_a_full_disk_is_no_approval(server, pair, why):
    def full(_paired):
        raise why

    server.answers["/v1/device/token"] = [(200, TOKEN)]
    shell, _, _ = pair(keep=full)
    assert (shell.state.phase, shell.state.trouble) == (Phase.ENDED, "disk")


def troubles(seen):
    return [state.trouble for state in seen if state.trouble]


def test_nobody_listening_is_no_network(server, pair):
    _, _, seen = pair(url="http://127.0.0.1:9", until=lambda state: state.failures == 3)
    assert set(troubles(seen)) == {"no_network"}


@pytest.mark.parametrize("status", [200, 302, 511])
def test_a_portal_s_page_is_not_the_server_and_a_redirect_is_not_followed(server, pair, status):
    server.answers["/v1/device/code"] = [(status, b"<html>Accept our terms</html>")]
    _, _, seen = pair(until=lambda state: state.failures == 2)
    assert set(troubles(seen)) == {"not_the_server"}
    assert {path for path, _form in server.asked} == {"/v1/device/code"}


def test_an_endless_answer_is_not_read_to_its_end(server, pair):
    server.answers["/v1/device/code"] = [(200, b" " * 10_000_000)]
    _, _, seen = pair(until=lambda state: state.failures == 1)
    assert troubles(seen) == ["not_the_server"]


def test_who_leaves_ends_the_thread_and_may_begin_again(server, pair):
    shell, _, _ = pair(until=lambda state: state.phase is Phase.WAITING)
    left = shell.state.phase
    server.answers["/v1/device/token"] = [(200, TOKEN)]
    shell._changed = lambda: None
    shell.begin()
    assert shell.join(PATIENCE_S)
    assert (left, shell.state.phase) == (Phase.OFF, Phase.APPROVED)


def test_a_bug_ends_the_pairing_and_not_the_kiosk(server, pair):
    def broken(_paired):
        raise ZeroDivisionError

    server.answers["/v1/device/token"] = [(200, TOKEN)]
    shell, _, _ = pair(keep=broken)
    assert shell.state.phase is Phase.ENDED
    shell.begin()
    assert shell.join(PATIENCE_S)
