"""The server without HTTP: bytes and headers in, messages out; every route calls one of these."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sync.log import Log
from sync.protocol import MAX_ASK_BYTES, WAIT_S, SyncAnswer, SyncAsk, decode
from sync.server import files, pairing
from sync.server.commit import Commits, Committed
from sync.server.database.engine import Database
from sync.server.database.ledger import JUMP_MS, Ledger
from sync.server.database.pages import Cursor, knows, newest
from sync.server.devices import Asker, asker
from sync.server.erased_list import remember
from sync.server.errors import Answered
from sync.server.exchange import About, plain_cursor, sync
from sync.server.housekeeping import stale, sweep
from sync.server.hubs import hubs, hubs_with_work, keep_time
from sync.server.metrics import Metrics
from sync.server.rates import Rates
from sync.server.settings import Settings
from sync.server.waking import Waker

log = Log("server")


def wall_clock_ms() -> int:
    """Return the time, milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Limits:
    """Asks at once and a second after: of a device; of an address that is not paired yet.

    codes: to be paired by, of an address: ten, and as many again in the time that those last.
    """

    device: Rates
    stranger: Rates
    codes: Rates = field(default_factory=lambda: Rates(burst=10, per_second=10 / pairing.LASTS_S))

    @classmethod
    def usual(cls) -> Limits:
        """Return limits that no honest device meets: a first push of 50,000 records is 100 asks."""
        return cls(Rates(burst=200, per_second=20), Rates(burst=30, per_second=1))


class Service:
    """One process of the server."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        now_ms: Callable[[], int] = wall_clock_ms,
        limits: Limits | None = None,
        public_url: str = "",
        wait_s: float = WAIT_S,
    ) -> None:
        self.public_url, self.wait_s = public_url.rstrip("/"), wait_s
        self.database, self.now_ms, self.notary = database, now_ms, settings.notary
        self.limits, self.metrics = limits or Limits.usual(), Metrics()
        self.waker = Waker(database)
        self._is_unwashed = database.is_sqlite
        self.commits = Commits(
            database,
            settings.notary,
            now_ms,
            before=lambda hub, erased: remember(settings.erased, hub, erased),
            announce=self._announce,
        )

    def who(self, token: str, address: str = "") -> Asker:
        """Return whose token it is, one ask counted. Raises Answered."""
        try:
            with self.database.at_once() as connection:
                found = asker(connection, token)
        except Answered:
            self.slow_down(self.limits.stranger, address)
            raise
        self.slow_down(self.limits.device, found.device)
        return found

    def slow_down(self, rates: Rates, who: str) -> None:
        """Count an ask. Raises Answered: too_many."""
        if wait_s := rates.wait_s(who, self.now_ms()):
            raise Answered("too_many", retry_s=wait_s)

    def sync(self, token: str, body: bytes, about: About, address: str = "") -> SyncAnswer:
        """Answer one exchange. Raises Answered, BadMessage, TooLarge."""
        who = self.who(token, address)
        ask = decode(body, SyncAsk, largest=MAX_ASK_BYTES)
        answer = sync(self.commits, who, ask, about)
        self.metrics.add("hub_records_pushed_total", len(ask.push))
        self.metrics.add("hub_records_pulled_total", len(answer.records))
        for refusal in answer.refused:
            self.metrics.add("hub_refused_total", reason=refusal.reason)
        return answer

    def report(self, who: Asker, said: str) -> bool:
        """Note that a device has told everything, and do what waited for that; see ``has_news``.

        said: its cursor. Where that is of another life of the database, the device holds what this
        one lost, and has yet to hear of it: what it told counts no more. A clock in doubt says of
        nobody when they were here: years later or earlier they would count as away, or as back.
        """
        cursor, now_ms, is_due = _plain(who, said), self.now_ms(), False
        # It is told again with the next wait.
        with self.database.writing(may_be_lost=True) as connection:
            ledger = Ledger(connection, who.hub)
            counters = ledger.look()
            if counters is None or cursor is None:
                return True
            has_news = cursor != counters.cursor
            is_known = not has_news or knows(connection, who.hub, cursor)
            if is_known and not counters.has_jumped(now_ms):
                ledger.set_device(who.device, reported_ms=now_ms, seen_ms=now_ms, waiting=0)
                is_due = bool(counters.recovering_ms or ledger.due(now_ms))
        return (is_due and self.tick(who.hub)) or has_news

    def tick(self, hub: str) -> bool:
        """Do what a hub's timers ask for; return whether that is news."""
        done = Committed()
        with self.database.writing() as connection:
            ledger = Ledger(connection, hub)
            counters = ledger.look()
            if counters and (counters.recovering_ms or ledger.due(self.now_ms())):
                done = self.commits.commit(connection, hub, ())
        self.commits.announce(hub, done)
        return bool(done.seq)

    def tick_all(self) -> None:
        """Do what the timers of every hub ask for."""
        with self.database.reading() as connection:
            busy = hubs_with_work(connection, self.now_ms())
        for hub in busy:
            self.tick(hub)
        self.wash()

    def wash(self) -> None:
        """Have what was erased overwritten in the file of a village's database, if anything was.

        A country's PostgreSQL is washed by its operator (``wash``): it stands still meanwhile.
        """
        if self._is_unwashed and self.database.is_sqlite:
            self._is_unwashed = not self.database.wash()

    def sweep_all(self) -> None:
        """Wash every hub, count its days, name its doors; once a day is enough."""
        with self.database.reading() as connection:
            lines = hubs(connection)
        for line in lines:
            try:
                self._sweep(line.hub)
            except Exception as why:  # noqa: BLE001  # one hub must not keep the others from it
                log.bug("sweep.broke", why)

    def _sweep(self, hub: str) -> None:
        with self.database.reading() as connection:
            only = stale(self.commits, connection, hub)  # doors go on writing meanwhile
        with self.database.writing() as connection:
            changed = sweep(self.commits, connection, hub, only=only)
        self._is_unwashed = self._is_unwashed or bool(changed)
        with self.database.writing() as connection:
            self.commits.look_after(connection, hub)
            last = newest(connection, hub)
        self.waker.announce(hub, last.seq)

    def ping(self) -> None:
        """Ask the database for nothing. Raises SQLAlchemyError."""
        with self.database.reading() as connection:
            connection.exec_driver_sql("SELECT 1")

    def has_news(self, who: Asker, said: str) -> bool:
        """Whether a hub has gone on since a device's cursor, or does not know it."""
        with self.database.reading() as connection:
            return _plain(who, said) != newest(connection, who.hub)

    def keep_time(self) -> None:
        """Write down that it is now; called every few minutes."""
        with self.database.writing() as connection:
            keep_time(connection, self.now_ms(), JUMP_MS)

    def code(self, name: str, node: str, address: str) -> pairing.Codes:
        """Open a code for a device that wants to be paired. Raises Answered, NotYet."""
        self.slow_down(self.limits.stranger, address)
        self.slow_down(self.limits.codes, address)
        with self.database.writing() as connection:
            return pairing.ask_for_code(connection, name=name, node=node, now_ms=self.now_ms())

    def token(self, device_code: str, address: str) -> pairing.Given:
        """Return the token of a device that was approved. Raises Answered, NotYet."""
        self.slow_down(self.limits.stranger, address)
        with self.database.writing() as connection:
            said = pairing.ask_for_token(connection, self.notary, device_code, self.now_ms())
        if isinstance(said, pairing.NotYet):
            raise said
        return said

    def put_file(self, token: str, name: str, data: bytes) -> None:
        """Keep a picture. Raises Answered, NotAPicture."""
        who = self.who(token)
        if who.role != "door":
            raise Answered("forbidden")
        picture = files.cleaned(data, name)
        with self.database.writing() as connection:
            files.keep(connection, who.hub, name, picture, self.now_ms())

    def get_file(self, token: str, name: str) -> files.Picture | None:
        """Return a picture of the device's own hub. Raises Answered."""
        who = self.who(token)
        with self.database.reading() as connection:
            return files.find(connection, who.hub, name)

    def _announce(self, hub: str, done: Committed) -> None:
        self._is_unwashed = self._is_unwashed or bool(done.erased)
        if done.seq:
            self.waker.announce(hub, done.seq)


def _plain(who: Asker, said: str) -> Cursor | None:
    cursor = Cursor.parse(said)
    return plain_cursor(who, cursor) if cursor else None
