"""The floor under sync: one gzip POST of everything into one transaction of SQLite, and back.

Nothing but the standard library: no merging, no decisions, no pages, no proofs. What a bar of sync
is a multiple of.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_INSERT = "INSERT OR REPLACE INTO record VALUES (?, ?)"


def table(path: Path) -> sqlite3.Connection:
    """Return a database with one table, WAL and FULL as both sides of sync have them."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE IF NOT EXISTS record (id TEXT PRIMARY KEY, body TEXT NOT NULL)")
    return db


def keep(db: sqlite3.Connection, bodies: Sequence[dict[str, Any]]) -> None:
    """Write records in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    db.executemany(_INSERT, [(one["id"], json.dumps(one)) for one in bodies])
    db.execute("COMMIT")


def everything(db: sqlite3.Connection) -> bytes:
    """Return all records as JSON in gzip."""
    rows = [json.loads(body) for (body,) in db.execute("SELECT body FROM record")]
    return gzip.compress(json.dumps(rows).encode(), 6)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    db: sqlite3.Connection

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        keep(self.db, json.loads(gzip.decompress(body)))
        self._say(b"{}")

    def do_GET(self) -> None:
        self._say(everything(self.db) if self.path == "/all" else b"{}")

    def _say(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_DELETE(self) -> None:
        self.db.execute("DELETE FROM record")
        self._say(b"{}")

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def _serve(path: Path, told: Connection) -> None:
    _Handler.db = table(path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    told.send(server.server_port)
    server.serve_forever()


class Floor:
    """A bare server in a process of its own, and a bare device."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder, self._turn = folder, 0
        self._http = HTTPConnection("127.0.0.1", port)
        self._http.connect()

    def holds(self, bodies: Sequence[dict[str, Any]]) -> sqlite3.Connection:
        """Return a device's database with these records."""
        self._turn += 1
        db = table(self._folder / f"bare-{self._turn}.db")
        keep(db, bodies)
        return db

    def empties(self) -> None:
        """Begin with an empty server."""
        self.ask("DELETE", "/all")

    def push(self, db: sqlite3.Connection) -> int:
        """Send everything; return how many bytes that was."""
        sent = everything(db)
        self.ask("POST", "/all", sent)
        return len(sent)

    def pull(self, db: sqlite3.Connection) -> None:
        """Fetch everything and keep it."""
        keep(db, json.loads(gzip.decompress(self.ask("GET", "/all"))))

    def one(self, db: sqlite3.Connection, body: dict[str, Any]) -> None:
        """Write one record here and there."""
        keep(db, [body])
        self.ask("POST", "/all", gzip.compress(json.dumps([body]).encode()))

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Ask the bare server."""
        self._http.request(method, path, body)
        return self._http.getresponse().read()


@contextmanager
def a_floor(folder: Path) -> Iterator[Floor]:
    """Run a bare server."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(folder / "floor.db", there), daemon=True)
    process.start()
    try:
        yield Floor(folder, here.recv())
    finally:
        process.terminate()
        process.join()
