"""Opening a database: SQLite (WAL, every commit synced) or PostgreSQL, used in one way.

A writing transaction takes its lock at once; a reading one sees one snapshot to its end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

WAIT_FOR_A_LOCK_S = 15
_POOL = 20
RESTED_S = 5.0
"""A connection that lay still for longer is asked whether it still is one."""
_SINCE_S = "since_s"
_OF_PEOPLE = "record, activity, refused, account, session, invitation, passkey"


class Database:
    """One database, for many threads."""

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url)
        snapshot = "SERIALIZABLE" if self.is_sqlite else "REPEATABLE READ"
        self._readers = self.engine.execution_options(isolation_level=snapshot, reads=True)
        self._turn = Lock()
        self._hasty = self.engine.execution_options(may_be_lost=True)
        self._alone = self.engine.execution_options(isolation_level="AUTOCOMMIT", alone=True)

    @contextmanager
    def writing(self, *, may_be_lost: bool = False) -> Iterator[Connection]:
        """Give a transaction that writes: committed and on the disk at the end, or nothing of it.

        may_be_lost: by a power cut in the next second; nobody waits for the disk then. The next
        commit that does brings it to the disk as well.
        """
        with self._in_turn(), (self._hasty if may_be_lost else self.engine).begin() as connection:
            if may_be_lost and not self.is_sqlite:
                connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield connection

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Have threads write to SQLite one after another: it looks for its lock only now and then.

        Whoever does not get its turn is told by SQLite that it is locked, as by another process.
        """
        has_turn = self.is_sqlite and self._turn.acquire(timeout=WAIT_FOR_A_LOCK_S)
        try:
            yield
        finally:
            if has_turn:
                self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction in which every query sees the same snapshot."""
        with self._readers.begin() as connection:
            yield connection

    @contextmanager
    def at_once(self) -> Iterator[Connection]:
        """Give a connection on which each statement stands for itself: no transaction is begun."""
        with self._alone.connect() as connection:
            yield connection

    def wash(self) -> bool:
        """Overwrite what was erased in the database's own files; return whether that was done.

        SQLite may leave copies of a row in unused parts of its pages: all are written anew, and the
        log is cut to nothing, unless somebody reads just now. PostgreSQL writes the tables anew in
        which people are; its log of changes is its own, and is written over in its time.
        """
        with self.at_once() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"VACUUM FULL {_OF_PEOPLE}")
                return True
            connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()
            return busy is not None and busy[0] == 0

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _postgresql(url: URL) -> Engine:
    engine = create_engine(url, pool_size=_POOL, max_overflow=_POOL)
    event.listen(engine, "connect", _plan_anew)
    event.listen(engine, "checkin", _put_back)
    event.listen(engine, "checkout", _ask_if_rested)
    event.listen(engine, "handle_error", _leads_no_more)
    return engine


def _put_back(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_SINCE_S] = monotonic()


def _ask_if_rested(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    # Any: the driver's own connection. The pool's own way asks before each use: a tenth of an exchange.
    if monotonic() - record.info.get(_SINCE_S, monotonic()) < RESTED_S:
        return
    try:
        connection.execute("")
        connection.rollback()
    except connection.Error as why:
        raise InvalidatePoolError from why  # the database began anew: all the others are dead as well


def _leads_no_more(context: ExceptionContext) -> None:
    # A machine of several that only follows now takes no writes (25006, read_only_sql_transaction):
    # all connections are of it, and new ones find the one that leads.
    if getattr(context.original_exception, "sqlstate", "") == "25006":
        context.is_disconnect = True


def _plan_anew(connection: Any, _record: object) -> None:
    # Any: the driver's own connection. A plan that is kept from when a table was small reads all of
    # it for each of 500 ids: 3 s at 10,000 visits, as against 2 ms.
    connection.execute("SET plan_cache_mode = force_custom_plan")
    connection.commit()


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_size=_POOL,
        max_overflow=_POOL,
        connect_args={"timeout": WAIT_FOR_A_LOCK_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "handle_error", _let_go)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    # Any: the driver's own connection. It must not open transactions by itself: _begin does.
    connection.isolation_level = None
    for setting in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        # What was erased is overwritten in the file, not only let go of.
        "secure_delete=ON",
        # KiB, of each of twenty connections; the system holds the file's pages once for all.
        "cache_size=-4000",
    ):
        connection.execute(f"PRAGMA {setting}")


def _let_go(what: ExceptionContext) -> None:
    # Where a file cannot be opened to write, SQLite opens it to read, and says so at the first write.
    # All connections share the index of the log, and would stay so for good: they are closed, for the
    # disk may be written again the next minute.
    code = getattr(what.original_exception, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_READONLY:
        what.is_disconnect = True
        if what.engine is not None:
            what.engine.dispose()


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns to writing after another has written would fail.
    options = connection.get_execution_options()
    if options.get("alone"):
        return  # and neither VACUUM nor a checkpoint may be part of one
    if options.get("reads"):
        connection.connection.execute("BEGIN")  # the driver's own: it waits for nobody
    else:
        # Said each time: the pool gives the same connection to who waits for the disk. In a
        # transaction it would come too late.
        how = "NORMAL" if options.get("may_be_lost") else "FULL"
        connection.connection.execute(f"PRAGMA synchronous={how}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
