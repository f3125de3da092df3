"""The story of a village's server: keys, pushes, promises, an erasure, a backup and the way back.

Everything but HTTP is real. A step is what a device was answered, or what an operator was told.
"""

import gzip
import json
from collections import Counter
from tempfile import TemporaryDirectory

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from sync.errors import Lost
from sync.merge import WireRecord
from sync.server.database.backup import back_up
from sync.server.database.engine import Database
from sync.server.database.migrate import migrate
from sync.server.database.models import HubRow, RecordRow
from sync.server.erased_list import recall
from sync.server.restoring import restore
from sync.server.routes.answers import _named
from sync.server.service import Service
from sync.server.settings import open_settings
from tests.sync.server.village import HUB, NOON_MS, Village

PERSON = "0199b1aa-0000-7000-8000-00000000000b"
NAME = "Ana Erasable"


class NotAnswered(Lost):
    """What a device is told instead of an answer; ``say`` is the protocol's word for it."""

    def __init__(self, said):
        super().__init__(said)
        self.say = said


class FirstStart(Village):
    """A server on an empty folder, without HTTP."""

    begins_after = None

    def __init__(self, folder):
        self.folder, self.database, self.gone = folder, None, []
        self.ms = self.latest_ms = NOON_MS
        self.error_ms, self.public_url, self.heard, self.door_ = 0, "", [], None
        self.marks = lambda: None

    @property
    def steps(self):
        return (
            self.opens, self.has_a_hub, self.is_pushed_a_house,
        )  # fmt: skip

    def opens(self):
        self.settings = self._asked(lambda: open_settings(self.folder / "server.toml"))
        self.erased = self.settings.erased
        database = Database(f"sqlite:///{self.folder / 'server.db'}")
        try:
            self._asked(lambda: migrate(database))
        except BaseException:
            database.close()
            raise
        self.database = database
        self.whole = Service(database, self.settings, now_ms=self.now_ms, wait_s=0.05)
        self.commits = self.whole.commits

    def has_a_hub(self):
        self._asked(lambda: self.add(HUB))

    def is_pushed_a_house(self):
        self._asked(lambda: self._door().house(kitchen="Kitchen"))

    def is_pushed_people(self):
        door = self._door()
        people = [door.wrote("visit", name="Lola", how="visitor") for _ in range(5)]
        self._asked(lambda: door.asks(door.wrote("person", PERSON, name=NAME), *people))

    def promises_a_room(self):
        self.ms += 1_000
        door = self._door()
        self._asked(lambda: door.asks(door.booked("kitchen", "2026-11-24T18:00")))

    def is_backed_up(self):
        self._asked(lambda: back_up(self.database, self.folder / "server.backup"))

    def forgets_somebody(self):
        door = self._door()
        gone: WireRecord = {"kind": "person", "id": PERSON, "erased": str(door.reading())}
        self._asked(lambda: door.asks(gone))

    def is_washed(self):
        self._asked(self.whole.wash)
        self.gone = [NAME]

    def is_restored(self):
        self._asked(lambda: restore(self.commits, self.folder / "server.backup", self.erased))
        self.door_ = None  # what it knew of the server is not true any more: another one comes

    def _door(self):
        if self.door_ is None:
            self.door_ = self._asked(lambda: self.door(HUB))
        return self.door_

    @staticmethod
    def _asked(work):
        """Do it as a route does: what comes of it is an answer, or the protocol's word for why not."""
        try:
            return work()
        except (DBAPIError, OSError) as why:
            raise NotAnswered(_named(why)[0]) from why

    def told(self):  # type: ignore[override]  # a village's own list of whom it told is not used
        return {**seen(self.folder, self.database), "erased": self.gone}

    def pretended(self, before):
        """What is in the database though it was not answered, or gone; what is erased is listed first."""
        now = self.told()
        shown = [key for key in {**before, **now} if key.startswith(("record", "seq"))]
        return [f"pretends {key}" for key in shown if now.get(key) != before.get(key)]

    def close(self):
        if self.database is not None:
            self.database.close()

    @classmethod
    def found(cls, folder):
        server, key = cls(folder), seen(folder, None)["key"]
        server.opens()  # a first start makes a key, whatever was begun before
        server.whole.wash()  # as a start does
        found = {**seen(folder, server.database), "key": key}
        server.close()
        wrong = [f"{path.name} is cut" for path in folder.glob("*.backup") if not is_whole(path)]
        return {**found, "wrong": wrong}

    @classmethod
    def warm(cls):
        """Import what a first migration imports."""
        with TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{folder}/server.db")
            migrate(database)
            database.close()


class ServerDay(FirstStart):
    """Pushes, promises, an erasure, a backup, and yesterday's backup put back."""

    begins_after = FirstStart

    @property
    def steps(self):
        return (
            self.opens, self.is_pushed_people, self.promises_a_room, self.promises_a_room,
            self.is_backed_up, self.forgets_somebody, self.is_washed, self.is_pushed_people,
            self.is_restored, self.is_pushed_people,
        )  # fmt: skip


def seen(folder, database):
    """What is so, as flat facts."""
    key = folder / "server.toml"
    facts = {"key": key.read_text() if key.exists() else ""}
    facts |= {f"backup {path.name}": True for path in folder.glob("*.backup")}
    for hub, ids in recall(folder / "erased.txt").items():
        facts |= {f"gone {hub} {kind} {one}": stamp for (kind, one), stamp in ids.items()}
    if database is None:
        return facts
    with database.reading() as connection:
        for row in connection.execute(select(RecordRow.kind, RecordRow.id, RecordRow.body)):
            facts[f"record {row.kind} {row.id}"] = json.loads(row.body)
        for row in connection.execute(select(HubRow.hub_id, HubRow.seq)):
            facts[f"seq {row.hub_id}"] = row.seq
    return facts


def is_whole(path):
    """Say whether a backup can be read to its last line."""
    with gzip.open(path) as file:
        lines = [msgspec.json.decode(line) for line in file]
    return Counter("row" in line for line in lines)[True] == lines[-1].get("rows")
