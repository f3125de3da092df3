"""A server and its kiosks in one process, and what everybody has written.

Time is the world's, and stands until it is passed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

import msgspec
from sqlalchemy import select

from kiosk.store import Store, open_store
from kiosk.store.mirror import ROLE, WALL
from sync.client.effects import Listen
from sync.client.state import Phase
from sync.merge import WireRecord, merge
from sync.protocol import SyncAnswer, SyncAsk, decode, encode
from sync.server.database.backup import back_up
from sync.server.database.engine import Database
from sync.server.database.migrate import migrate
from sync.server.database.models import Base, RecordRow
from sync.server.devices import asker, revoke
from sync.server.errors import Answered
from sync.server.exchange import About, sync
from sync.server.restoring import restore
from tests.sync.histories.kiosk import Key, Kiosk
from tests.sync.server.village import HUB, OTHER, Village


class World:
    """The server, the kiosks, and what everybody has written: what must be everywhere at last."""

    def __init__(self, folder: Path, url: str = "", *, on_files: bool = False) -> None:
        self.folder, self.on_files = folder, on_files
        self.database = Database(url or _a_database(folder / "server.db"))
        _empty(self.database)
        self.erased_list = folder / "erased"
        self.village = Village(self.database, self.erased_list)
        self.dice = Random(7)
        self.kiosks: list[Kiosk] = []
        self.written: dict[Key, WireRecord] = {}
        self.erased: set[Key] = set()
        self.given_up: set[Key] = set()  # since somebody last looked
        self.backup = folder / "none"
        self._files = 0
        self.walls: list[Kiosk] = []
        self.was_away = False
        self.restored_ms: list[int] = []
        self.village.add(OTHER)
        neighbour = self.village.door(OTHER, node="0000eeee")
        neighbour.asks(neighbour.wrote("notice", "theirs", title__en="Of the other hub"))
        self.theirs = self.server_holds(OTHER)

    @property
    def ms(self) -> int:
        return self.village.ms

    @ms.setter
    def ms(self, value: int) -> None:
        self.village.ms = value

    def furnishes(self, **rooms: str) -> None:
        """Bring the hub and its rooms by a door that is here no more: nobody waits for it."""
        door = self.village.door(node="0000ffff").house(**rooms)
        with self.database.writing() as connection:
            revoke(connection, HUB, door.who.device, self.ms)

    def kiosk(self) -> Kiosk:
        """Pair a kiosk that holds nothing."""
        door = self.village.door(node=f"{len(self.kiosks) + 1:08x}")
        return self._added(self._store(), door.token)

    def wall(self) -> Kiosk:
        """Hang up a wall."""
        door = self.village.door(node="0000dddd", role="wall")
        store = self._store()
        store.keep_notes(**{ROLE: WALL})
        self.walls.append(Kiosk(self, store, door.token, WALL))
        return self.walls[-1]

    def _store(self) -> Store:
        self._files += 1
        path = self.folder / f"kiosk-{self._files}" / "store.db" if self.on_files else ":memory:"
        return open_store(path, dice=self.dice)

    def copy_of(self, one: Kiosk) -> Kiosk:
        """Copy a kiosk's card: the same store, the same token, in a second device."""
        self._files += 1
        path = one.store.backup(self.folder / f"copy-{self._files}.db", now_ms=self.ms)
        return self._added(open_store(path, dice=self.dice), one.pocket.token)

    def _added(self, store: Store, token: str) -> Kiosk:
        kiosk = Kiosk(self, store, token)
        self.kiosks.append(kiosk)
        return kiosk

    def backs_up(self) -> None:
        """Make the backup that a restore would put back."""
        self.backup = self.folder / "backup"
        self.backup.unlink(missing_ok=True)
        back_up(self.database, self.backup)

    def restores(self) -> None:
        """Put the last backup back, as an operator does, who was asked whether the clock is right."""
        self.ms += 1_000  # later than anybody reported
        self.village.error_ms = 0
        restore(self.village.commits, self.backup, self.erased_list)
        self.restored_ms.append(self.ms)
        self.theirs = self.server_holds(OTHER)

    def saw(self, body: WireRecord) -> None:
        """Keep what a person was told is saved."""
        key = (body["kind"], body["id"])
        self.written[key] = merge(self.written[key], body) if key in self.written else body

    def moved(self, keys: Iterable[Key]) -> None:
        """Forget the old stamps of records that were dated anew; nobody but kiosks holds them."""
        for key in keys:
            self.written.pop(key, None)
            for kiosk in self.kiosks:
                if body := kiosk.dated(key):  # a copied card may have it to date yet
                    self.saw(body)

    def is_away(self, kiosk: Kiosk, days: int) -> None:
        """Let days pass without one kiosk; the others are here every now and then."""
        self.was_away = True
        others = [one for one in (*self.kiosks, *self.walls) if one is not kiosk]
        for _ in range(4):
            self.village.pass_(days=days / 4)
            for one in others:
                one.is_looked_after()
                one.wakes()

    def neighbour_offers(self, body: WireRecord) -> None:
        """Let the other hub's door push a record of this one."""
        with suppress(Answered):  # the server's clock may be off
            self.village.door(OTHER, node="0000eeee").asks(body)
        self.theirs = self.server_holds(OTHER)

    def backs_up_kiosks(self) -> None:
        """Have every kiosk make the backup that it makes each day."""
        for kiosk in (*self.kiosks, *self.walls):
            kiosk.store.backup(now_ms=kiosk.clock.wall_ms())

    def rows_of(self, *tables: str) -> dict[str, int]:
        """Return how many rows the server's tables have."""
        with self.database.reading() as connection:
            count = "SELECT COUNT(*) FROM {}"
            return {
                one: connection.exec_driver_sql(count.format(one)).scalar_one() for one in tables
            }

    def gave_up(self, keys: Iterable[Key]) -> None:
        """Forget what only a device knew that was away for longer than the horizon.

        It is told so before it could offer anything to a server that lost it (docs: horizon).
        """
        held = self.server_holds()
        for key in keys:
            self.given_up.add(key)
            self.written.pop(key, None)
            for body in (held.get(key), *(one.dated(key) for one in self.kiosks)):
                if body:
                    self.saw(body)

    def answers(self, kiosk: Kiosk, ask: SyncAsk) -> SyncAnswer:
        """Let the server answer, as it would travel. Raises Answered."""
        with self.database.reading() as connection:
            who = asker(connection, kiosk.pocket.token)
        about = About(node=kiosk.store.node, waiting=kiosk.store.waiting)
        ask = decode(encode(ask), SyncAsk, largest=1 << 28)
        answer = sync(self.village.commits, who, ask, about)
        return decode(encode(answer), SyncAnswer, largest=1 << 28)

    def waits(self, kiosk: Kiosk, listen: Listen) -> bool:
        """Let the server say whether it has news, as ``wait`` does. Raises Answered."""
        with self.database.reading() as connection:
            who = asker(connection, kiosk.pocket.token)
        if listen.is_all_sent:
            self.village.service.report(who, listen.cursor)
        return self.village.service.has_news(who, listen.cursor)

    def server_holds(self, hub: str = HUB) -> dict[Key, WireRecord]:
        columns = (RecordRow.kind, RecordRow.id, RecordRow.body)
        rows = select(*columns).where(RecordRow.hub_id == hub)
        with self.database.reading() as connection:
            return {
                (kind, one): msgspec.json.decode(body)
                for kind, one, body in connection.execute(rows)
            }

    def settles(self, rounds: int = 40) -> None:
        """Let everybody sync until nobody has anything to say; an operator sees to the clock."""
        self.village.clock_is_right()
        everybody = [*self.kiosks, *self.walls]
        for _ in range(rounds):
            for kiosk in everybody:
                kiosk.is_looked_after()
            before = self.village.seq()
            asked = sum(kiosk.wakes() for kiosk in everybody)
            are_idle = all(kiosk.state.phase is Phase.IDLE for kiosk in everybody)
            if are_idle and not asked and self.village.seq() == before:
                return
        raise AssertionError("it never becomes quiet")

    def a_day_passes(self) -> None:
        """A day, and what it brings everywhere: names and rows whose days are over go."""
        self.village.pass_(days=1)
        self.village.service.tick_all()
        self.village.service.sweep_all()
        self.theirs = self.server_holds(OTHER)
        for kiosk in (*self.kiosks, *self.walls):
            kiosk.looks_at_the_time()

    def close(self) -> None:
        for kiosk in (*self.kiosks, *self.walls):
            kiosk.store.close()
        self.database.close()


@cache
def _blank() -> bytes:
    """Return an empty database's file: copying it costs less than making its tables."""
    with tempfile.TemporaryDirectory() as folder:
        made = Database(f"sqlite:///{folder}/blank.db")
        migrate(made)
        made.close()  # the last one to close moves its log into the file
        return Path(folder, "blank.db").read_bytes()


def _a_database(file: Path) -> str:
    file.write_bytes(_blank())
    return f"sqlite:///{file}"


def _empty(database: Database) -> None:
    if not database.is_sqlite:  # one cluster serves all histories
        names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with database.writing() as connection:
            connection.exec_driver_sql(f"TRUNCATE {names}")
