"""A web server elsewhere: on loopback, but to who asks it has a name and a public address."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sync.server.web.calendars.fetch import Network, dial

PUBLIC = "93.184.215.14"
Answer = Callable[[Any], None]


@dataclass
class Elsewhere:
    """answers: path -> what writes the answer. asked: the requests. dialled: whom we connected to."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[Any] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    passed_s: float = 0.0
    step_s: float = 0.0

    @property
    def network(self) -> Network:
        return Network(resolve=self._resolve, dial=self._dial, now_s=self._now_s)

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        def answer(request):
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.answers[path] = answer

    def _resolve(self, host, port):
        answers = self.names.get(host)
        if answers is None:
            return [PUBLIC]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _dial(self, address, port, timeout_s):
        self.dialled.append(address)
        return dial("127.0.0.1", self.port, timeout_s)

    def _now_s(self):
        self.passed_s += self.step_s
        return self.passed_s


@contextmanager
def elsewhere(certificate: Path | None = None):
    """certificate: with its key, both PEM in one file; then it answers by TLS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            there.asked.append(self)
            answer = there.answers.get(self.path)
            if answer:
                answer(self)
            else:
                self.send_error(404)
            self.close_connection = True

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        there = Elsewhere(server.server_address[1])
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        yield there
        server.shutdown()
        running.join()
