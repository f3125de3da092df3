"""Waking who waits: in this process by an event, across processes by PostgreSQL's NOTIFY."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Event, Lock, Thread

from sqlalchemy.exc import SQLAlchemyError

from sync.log import Log
from sync.server.database.engine import Database

CHANNEL = "hub_news"
_RETRY_S = 2.0
_LISTEN_S = 1.0
_EVERY = 1 << 63
"""Later than every commit: whoever waits is rung, whatever they have."""
_TOLD = re.compile("([0-9]{1,18}) (.*)")
log = Log("wake")


@dataclass(frozen=True, slots=True)
class _Waits:
    """after: the commit that whoever waits has already."""

    after: int
    ring: Callable[[], object]


class Waker:
    """Holds everybody who waits for news of a hub; safe to call from any thread."""

    def __init__(self, database: Database) -> None:
        self._database, self._lock, self._stopped = database, Lock(), Event()
        self._waiting: dict[str, dict[asyncio.Event, _Waits]] = {}
        self._to_tell: SimpleQueue[tuple[str, int] | None] = SimpleQueue()
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Begin to listen to the other processes, and to tell them, where there may be any."""
        if not self._database.is_sqlite:
            for name, target in (("wake", self._listen), ("wake-tell", self._tell)):
                self._threads.append(Thread(target=target, name=name, daemon=True))
                self._threads[-1].start()

    def stop(self) -> None:
        """Tell what is left to tell, stop listening, and let everybody go."""
        self._stopped.set()
        self._to_tell.put(None)
        for thread in self._threads:
            thread.join(timeout=5)
        for hub in list(self._waiting):
            self._ring(hub, _EVERY)

    def announce(self, hub: str, seq: int) -> None:
        """Tell everybody of a hub's commit: those who wait here at once, all others by NOTIFY.

        Where it was started, NOTIFY is sent by a thread of its own: a door's answer is not held up.
        """
        self._ring(hub, seq)
        if self._threads:
            self._to_tell.put((hub, seq))
        elif not self._database.is_sqlite:
            self._notify(hub, seq)

    def enter(self, hub: str, after: int) -> asyncio.Event:
        """Return an event that is set when a hub goes on after a commit; ``leave`` must be called."""
        event = asyncio.Event()
        ring = partial(asyncio.get_running_loop().call_soon_threadsafe, event.set)
        with self._lock:
            self._waiting.setdefault(hub, {})[event] = _Waits(after, ring)
        return event

    def leave(self, hub: str, event: asyncio.Event) -> None:
        """Wait no longer."""
        with self._lock:
            there = self._waiting.get(hub, {})
            there.pop(event, None)
            if not there:
                self._waiting.pop(hub, None)

    @property
    def is_stopped(self) -> bool:
        """Whether who is woken now is so because this server ends."""
        return self._stopped.is_set()

    @property
    def count(self) -> int:
        """How many wait now."""
        with self._lock:
            return sum(map(len, self._waiting.values()))

    def _tell(self) -> None:
        while told := self._to_tell.get():
            self._try_to_tell(*told)
        self._try_to_tell("", 0)  # our own thread that listens looks up from it

    def _try_to_tell(self, hub: str, seq: int) -> None:
        try:
            self._notify(hub, seq)
        except SQLAlchemyError:
            log.warning("wake.untold")  # who waits there asks again within WAIT_S

    def _notify(self, hub: str, seq: int) -> None:
        with self._database.at_once() as connection:
            connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (CHANNEL, f"{seq} {hub}"))

    def _ring(self, hub: str, seq: int) -> None:
        with self._lock:
            here = list(self._waiting.get(hub, {}).values())
        for one in here:
            if one.after < seq:
                with suppress(RuntimeError):  # its loop was closed: nobody waits there any more
                    one.ring()

    def _listen(self) -> None:
        from psycopg import OperationalError  # a village's server does without its 9 MB

        while not self._stopped.is_set():
            try:
                self._hear()
            except OperationalError:
                # The database is away: what was announced meanwhile is found by asking again.
                log.warning("wake.lost", retry_ms=int(_RETRY_S * 1000))
                self._stopped.wait(_RETRY_S)

    def _hear(self) -> None:
        from psycopg import connect

        url = self._database.url.set(drivername="postgresql")
        dsn = url.render_as_string(hide_password=False)
        with connect(dsn, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._stopped.is_set():
                for notice in connection.notifies(timeout=_LISTEN_S, stop_after=1):
                    # A server of the version before says the hub alone.
                    found = _TOLD.fullmatch(notice.payload)
                    seq, hub = (int(found[1]), found[2]) if found else (_EVERY, notice.payload)
                    self._ring(hub, seq)
