"""One SQLite file: how rows lie on it, and the transaction that writes a delta.

WAL with ``synchronous=FULL``: a commit is on the disk when it returns (sqlite.org/wal.html).
A connection is a seam: whatever has ``execute``, ``executemany`` and ``close`` and raises
``sqlite3`` errors will do, so that tests can put a file system under it that forgets what was not synced.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from typing import Any, NoReturn, Protocol

from immutables import Map

from kiosk.store.errors import StoreAway, StoreDamaged, StoreFull, StoreHeld, StoreNewer
from kiosk.store.lines import (
    LAYOUT,
    NAME_LINES,
    NOTE_LINES,
    PLAIN_LINES,
    RECORD_LINES,
    SCHEMA,
    clock_of,
    name_of,
    note_of,
    row_of,
    statements,
    tables_of,
    waiting_in,
)
from kiosk.store.rows import NO_ROWS, Row, Rows
from kiosk.store.state import Delta, State
from kiosk.store.undated import marks_in


class Connection(Protocol):
    """What the store needs of a database connection; ``sqlite3.Connection`` has it."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Iterable[Sequence[Any]]: ...
    def executemany(self, sql: str, lines: Sequence[Sequence[Any]], /) -> object: ...
    def close(self) -> None: ...


Connect = Callable[[str], Connection]


def connect(path: str) -> Connection:
    """Return the usual connection; transactions are begun and ended by us."""
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1)


class Disk:
    """An open file. One thread at a time; the keeper's lock sees to that."""

    def __init__(self, path: str, connect: Connect = connect, *, journal: str = "WAL") -> None:
        with spoken():
            self._db = connect(path)
            try:
                self._prepare(journal)
            except BaseException:
                self._db.close()
                raise

    def _prepare(self, journal: str) -> None:
        run = self._db.execute
        found = self.ask("PRAGMA user_version")[0][0]
        if found > LAYOUT:
            raise StoreNewer(found=found, known=LAYOUT)
        for pragma in (
            f"journal_mode = {journal}",
            "synchronous = FULL",
            "secure_delete = ON",  # a freed cell is overwritten; see Disk.wash for what remains
            "temp_store = MEMORY",  # VACUUM would leave a copy of everything in a file
            "trusted_schema = OFF",
        ):
            list(run(f"PRAGMA {pragma}"))
        self.is_new = found == 0 and not self.ask("SELECT name FROM sqlite_schema LIMIT 1")
        if self.is_new:
            run("BEGIN IMMEDIATE")
            for statement in SCHEMA.split(";"):
                run(statement)
            run("COMMIT")

    def ask(self, sql: str, parameters: Sequence[Any] = ()) -> list[Sequence[Any]]:
        """Return all rows of a query."""
        with spoken():
            return list(self._db.execute(sql, parameters))

    def check(self) -> None:
        """Read every page. Raises StoreDamaged."""
        found = self.ask("PRAGMA integrity_check(1)")
        if [tuple(row) for row in found] != [("ok",)]:
            raise StoreDamaged(f"integrity check: {str(found[0][0])[:80]}")

    def load(self) -> State:
        """Return everything. Raises StoreDamaged where a row is not as it was written."""
        records = tables_of(self._lines(RECORD_LINES))
        notes = Map(note_of(line) for line in self.ask(NOTE_LINES))
        plain = tables_of(self._lines(PLAIN_LINES))
        every = [
            row for part in (records, plain) for rows in part.values() for row in rows.values()
        ]
        return State(
            names=frozenset(name_of(line) for line in self.ask(NAME_LINES)),
            records=records,
            plain=plain,
            waiting=waiting_in(records),
            notes=notes,
            undated=Map(marks_in(notes)),
            clock=clock_of(notes, records),
            version=max((row.version for row in every), default=0),
            place=max((row.place for row in every), default=0),
        )

    def holds(self, expected: State) -> bool:
        """Say whether this is here and nothing else. Raises StoreDamaged, as ``load`` does.

        Row by row: a second copy of everything would take its 25 MB for good.
        """
        return (
            self._holds(RECORD_LINES, expected.records)
            and self._holds(PLAIN_LINES, expected.plain)
            and Map(note_of(line) for line in self.ask(NOTE_LINES)) == expected.notes
            and {name_of(line) for line in self.ask(NAME_LINES)} == expected.names
        )

    def _holds(self, sql: str, tables: Mapping[str, Rows]) -> bool:
        count = 0
        for line in self._lines(sql):
            name, row_id, row = row_of(line)
            if tables.get(name, NO_ROWS).get(row_id) != row:
                return False
            count += 1
        return count == sum(map(len, tables.values()))

    def _lines(self, sql: str) -> Iterator[Sequence[Any]]:
        """Yield a query's rows one by one: all of them at once would stay in the process."""
        with spoken():
            yield from self._db.execute(sql)

    def row(self, key: tuple[str, str]) -> Row | None:
        """Return one record as it lies on the disk, or None. Raises StoreDamaged."""
        found = self.ask(f"{RECORD_LINES} WHERE kind = ? AND id = ?", key)
        return row_of(found[0])[2] if found else None

    def keep(self, delta: Delta) -> None:
        """Write a delta in one transaction; all of it is durable on return, or nothing changed."""
        todo = statements(delta)
        run = self._db.execute
        try:
            if len(todo) == 1:  # one statement is a transaction of its own: 15 us less
                run(*todo[0])
                return
            run("BEGIN IMMEDIATE")
            for statement, same in groupby(todo, itemgetter(0)):
                lines = [line for _, line in same]
                if len(lines) == 1:
                    run(statement, lines[0])
                else:  # what a server answered for is thousands
                    self._db.executemany(statement, lines)
            run("COMMIT")
        except BaseException as why:
            with suppress(sqlite3.Error):  # a full disk or a lost one may have done it already
                run("ROLLBACK")
            if isinstance(why, sqlite3.Error):
                _raise(why)
            raise

    def wash(self) -> bool:
        """Leave no byte of what was overwritten in the file or its log; False if a reader is in.

        ``secure_delete`` alone does not do it: when SQLite spreads the cells of a page over two,
        copies stay behind in the gap of the first (28 of 1,600 erased values did, in 40 random
        histories). VACUUM writes every page anew, and the log is cut to nothing.
        """
        self.ask("VACUUM")
        busy = self.ask("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
        return not busy

    def copy_to(self, path: str) -> None:
        """Write a whole, compact copy as of now to a new file (not synced)."""
        self.ask("VACUUM INTO ?", (path,))

    def close(self) -> None:
        """Close; the log is taken into the file."""
        with spoken():
            self._db.close()


_FULL = {sqlite3.SQLITE_FULL}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def spoken() -> Iterator[None]:
    """Turn what SQLite says into the store's own errors."""
    try:
        yield
    except sqlite3.Error as why:
        _raise(why)


def _raise(why: sqlite3.Error) -> NoReturn:
    code = (getattr(why, "sqlite_errorcode", None) or 0) & 0xFF  # the low byte of an extended one
    if code in _FULL:
        raise StoreFull(str(why)) from why
    if code in _BUSY:
        raise StoreHeld(path="the store") from why
    if code in _DAMAGED:
        raise StoreDamaged(str(why)) from why
    raise StoreAway(str(why)) from why
