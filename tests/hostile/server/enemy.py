"""Somebody with a token of one hub who wants what is another's, or the server on its knees."""

import subprocess
import time
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import requests
from sqlalchemy import select, text

from sync.clock import Reading
from sync.ids import new_id
from sync.merge import Version, record
from sync.protocol import MAX_ANSWER_BYTES, STATUS, SyncAnswer, SyncAsk, Word, decode, encode
from sync.records import rule_of
from sync.server.checking import problems
from sync.server.commit import Commits
from sync.server.database.engine import Database
from sync.server.database.ledger import Ledger
from sync.server.database.models import Base
from sync.server.devices import new_token
from sync.server.hubs import add_hub
from sync.server.service import Service
from sync.server.settings import open_settings

OURS = "0199b1aa-0000-7000-8000-000000000001"
THEIRS = "0199b1aa-0000-7000-8000-000000000002"
MOST_MEMORY_MB = 300
"""Of the whole process, whatever was sent to it: it begins with some 85."""
CLEAR = {*STATUS, "unsupported_grant_type", "expired_token", "authorization_pending", "slow_down"}


def now_ms():
    return time.time_ns() // 1_000_000


class Served:
    """A server with two hubs; ``broke``: what its log says of answers that nobody meant."""

    def __init__(self, url, address, process: subprocess.Popen[bytes], folder: Path):
        self.url, self.address, self.process, self.folder = url, address, process, folder
        self.database = Database(url)
        self.http = requests.Session()
        self.said = 0
        with self.database.writing() as connection:
            for hub in (OURS, THEIRS):
                add_hub(connection, hub, "A hub", now_ms())
        self.theirs = self.device(THEIRS, "0000dddd")
        visit = self.theirs.wrote("visit", how="visitor", name="Secret of theirs")
        room = self.theirs.wrote("room", name__en="Secret room")
        self.theirs.pushes(visit, room, self.theirs.booked(room["id"]))
        self.holds_of_theirs = self.rows(THEIRS)

    def device(self, hub=OURS, node="0000aaaa", role="door"):
        with self.database.writing() as connection:
            token = new_token(connection, hub, role=role, name=node, node=node, now_ms=now_ms())
        return Enemy(self, token, node)

    def rows(self, hub):
        """Everything that is kept of a hub, but when it was last there."""
        found = []
        with self.database.reading() as connection:
            for table in Base.metadata.sorted_tables:
                if table.name != "hub":
                    wanted = select(table).where(table.c.hub_id == hub)
                    found += sorted(repr(tuple(row)) for row in connection.execute(wanted))
            seq = text("SELECT seq, arrived, top FROM hub WHERE hub_id = :hub")
            found.append(repr(tuple(connection.execute(seq, {"hub": hub}).one())))
        return found

    @property
    def broke(self):
        lines = (self.folder / "log").read_text("utf-8", "replace").splitlines()
        new, self.said = lines[self.said :], len(lines)
        return [line for line in new if "broke" in line or "Traceback" in line]

    @property
    def unsound(self):
        settings = open_settings(self.folder / "server.toml")
        return problems(Commits(self.database, settings.notary, now_ms))

    @property
    def memory_mb(self):
        """The most memory that the process ever had."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

    def tick_all(self):
        """Have the timers of all hubs ring here, as they do in the server every few seconds."""
        settings = open_settings(self.folder / "server.toml")
        Service(self.database, settings).tick_all()

    def sweep_all(self):
        """Have the day's washing done."""
        Service(self.database, open_settings(self.folder / "server.toml")).sweep_all()

    def rings(self, booking):
        """Have the time of a booking come in which somebody should have been there."""
        with self.database.writing() as connection:
            Ledger(connection, OURS).set_timers({booking["id"]: 1})
        self.tick_all()

    def asked(self, method, path, body=None, **headers):
        """Ask anything; return the status and the name of what stands in the way ("": nothing)."""
        said = self.http.request(
            method,
            self.address + path,
            data=body,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
            timeout=30,
        )
        why = ""
        if said.status_code >= 400 and "json" in said.headers.get("Content-Type", ""):
            why = said.json()["error"]
            assert why in CLEAR
        assert said.status_code < 500, (method, path[:80], why)
        return said.status_code, why


class Enemy:
    """A device of one hub that sends what it likes."""

    def __init__(self, served, token, node):
        self.served, self.token, self.node = served, token, node
        self.dice, self.ticks = Random(token), 0
        self.cursor, self.word = "", Word(0, "", "")

    def wrote(self, kind, record_id="", **fields):
        self.ticks += 1
        stamp = str(Reading(now_ms(), self.ticks & 0xFFFF, self.node))
        said = {name.replace("__", "."): value for name, value in fields.items()}
        versions = {name: Version(rule_of(kind, name), stamp, v) for name, v in said.items()}
        return record(kind, record_id or new_id(now_ms(), self.dice), versions)

    def booked(self, room, **more):
        starts = time.strftime("%Y-%m-%dT12:00:00", time.gmtime(time.time() + 86_400))
        return self.wrote("booking", room=room, starts=starts, minutes=60, **more)

    def sends(self, ask):
        """Send the bytes of an ask; return status and reason."""
        return self.served.asked(
            "POST", "/v1/sync", ask, Authorization=f"Bearer {self.token}", Kiosk_Node=self.node
        )

    def pushes(self, *push):
        """Make an exchange as an honest device would; return the answer."""
        word = Word(self.word.number + 1, self.word.next, f"{self.dice.getrandbits(64):016x}")
        said = self.served.http.post(
            f"{self.served.address}/v1/sync",
            data=encode(SyncAsk(1, self.cursor, word, list(push))),
            headers={"Authorization": f"Bearer {self.token}", "Kiosk-Node": self.node},
            timeout=30,
        )
        assert said.status_code == 200, (said.status_code, said.content[:200])
        answer = decode(said.content, SyncAnswer, largest=MAX_ANSWER_BYTES)
        self.cursor, self.word = answer.cursor, word
        return answer

    def hears(self):
        """Pull to the end from the beginning; return everything that it was given, as text."""
        self.cursor, found = "", []
        while True:
            answer = self.pushes()
            found += answer.records
            if not answer.more:
                return found

    @property
    def where(self):
        return urlsplit(self.served.address)
