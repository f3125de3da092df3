"""A hub behind real HTTP on this machine, that can be told to misbehave; and devices to meet it."""

import threading
from concurrent.futures import Future
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import parse_qs, urlsplit

from kiosk.store import open_store
from kiosk.store.changes import Changes, Write
from sync.client.home import Home
from sync.client.shell import Shell
from sync.client.wire import Wire
from sync.protocol import MAX_ASK_BYTES, SYNC_PATH, SyncAnswer, SyncAsk, Woken, decode, encode
from tests.sync.client.hub import SERVER_MS, Hub

LONGEST_S = 20
"""How long a test waits for what must come; reaching it is a failure."""


class NoPause(Random):
    """Chance that never makes anybody wait."""

    def randint(self, a, b):
        return a


class HereAndNow:
    """A desk that does a job at once, one at a time."""

    def __init__(self):
        self._turn = threading.Lock()

    def do(self, job):
        future = Future()
        with self._turn:
            try:
                future.set_result(job())
            except Exception as why:
                future.set_exception(why)
        return future

    aside = do


class SetClock:
    """A clock that stands until somebody sets it."""

    def __init__(self):
        self.mono, self.offset, self.sure = 1_000, 0, False

    def mono_ms(self):
        return self.mono

    def wall_ms(self):
        return self.mono + self.offset

    def hear_server(self, server_ms, asked_ms, answered_ms):
        self.offset, self.sure = server_ms - (asked_ms + answered_ms) // 2, True


class KeptToken:
    token = "t"

    def read(self):
        return self.token

    def keep(self, token):
        self.token = token


class Server:
    """``faults``: what happens to the next asks, one each; then all goes well."""

    def __init__(self):
        self.hub, self.faults, self.seen = Hub(), [], []
        self.turn, self.closing = threading.Condition(), False
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.01,))
        self.thread.start()

    def news(self, *records):
        with self.turn:
            self.hub.take(list(records))
            self.turn.notify_all()

    def close_waits(self):
        """Cut whoever waits: a device that ends then needs to wait for nobody."""
        with self.turn:
            self.closing = True
            self.turn.notify_all()

    def close(self):
        self.close_waits()
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


def handler_of(server):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self):
            data = self.rfile.read(int(self.headers["Content-Length"]))
            with server.turn:
                server.seen.append((self.command, urlsplit(self.path).path, dict(self.headers)))
                fault = server.faults.pop(0) if server.faults else None
                if fault and fault(self) != "and_answers":
                    server.turn.notify_all()
                    return
                answer = server.hub.sync(decode(data, SyncAsk, largest=MAX_ASK_BYTES))
                server.turn.notify_all()
            status, said = (200, answer) if isinstance(answer, SyncAnswer) else answer
            self.say(status, encode(said))

        def do_GET(self):
            asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
            with server.turn:
                server.seen.append((self.command, urlsplit(self.path).path, asked))
                server.turn.notify_all()
                server.turn.wait_for(
                    lambda: server.closing or server.hub.cursor != asked["cursor"][0], LONGEST_S
                )
            if server.closing:
                self.close_connection = True
            else:
                self.say(200, encode(Woken(SERVER_MS, True)))

        def say(self, status, body, **headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_):
            pass

    return Handler


class Door:
    """A device with a real store, a real shell, and time that stands."""

    def __init__(self, server, path=":memory:", *, read_s=LONGEST_S):
        self.server, self.clock, self.token = server, SetClock(), KeptToken()
        self.store, self.desk = open_store(path), HereAndNow()
        self.home = Home(self.store, self.desk, self.clock, self.token, "1")
        wire = Wire(server.url, self.clock.mono_ms, connect_s=LONGEST_S, read_s=read_s)
        self.said, self.turn = [], threading.Condition()
        self.shell = Shell(
            self.home, wire, now_ms=self.clock.mono_ms, dice=NoPause(7), said=self.hears
        )

    def hears(self, status, what):
        with self.turn:
            self.said.append((status, what))
            self.turn.notify_all()

    def writes(self, *names, undo_s=0, title="Bike repair"):
        acts = [Write("notice", name, {"title.en": title}) for name in names]
        receipt = self.store.commit(Changes.of(*acts, undo_s=undo_s), now_ms=self.clock.wall_ms())
        self.shell.changed()
        return receipt

    def until(self, ready):
        """Wait until ``ready(status)`` was true of something that was said."""
        with self.turn:
            assert self.turn.wait_for(lambda: ready(self.shell.status), LONGEST_S), (
                self.shell.status
            )
        return self

    def until_all_sent(self):
        return self.until(
            lambda status: (
                status.light == "all_sent" and status.next == "listen" and not self.store.waiting
            )
        )

    def close(self):
        self.shell.close(LONGEST_S)
        self.store.close()


@contextmanager
def village():
    server = Server()
    try:
        yield server
    finally:
        server.close()


__all__ = ["SYNC_PATH", "Door", "Server", "village"]
