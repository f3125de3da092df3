"""Many rows in one statement, each database in its own way.

A push is up to 2,000 records: spelled out row by row and parameter by parameter it cost more than all the
rest of the commit, on PostgreSQL several times over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection

Key = tuple[str, str]
"""Kind and id."""
Row = tuple[str, str, str, int, int, str]
"""Kind, id, body as JSON text, 1 for a tombstone, and the day and the room it is found by."""

_PUT_SQLITE = (
    "INSERT INTO record (hub_id, seq, written_ms, kind, id, body, is_erased, day, room)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (hub_id, kind, id) DO UPDATE SET body = excluded.body, seq = excluded.seq,"
    " is_erased = excluded.is_erased, written_ms = excluded.written_ms,"
    " day = excluded.day, room = excluded.room"
)
# In binary (%b): as text each quote of each body would be escaped, and a body is full of quotes.
_PUT_POSTGRESQL = (
    "INSERT INTO record (hub_id, seq, written_ms, kind, id, body, is_erased, day, room)"
    " SELECT %s, %s, %s, *"
    " FROM unnest(%b::text[], %b::text[], %b::text[], %b::int[], %b::int[], %b::text[])"
    " ON CONFLICT (hub_id, kind, id) DO UPDATE SET body = excluded.body, seq = excluded.seq,"
    " is_erased = excluded.is_erased, written_ms = excluded.written_ms,"
    " day = excluded.day, room = excluded.room"
)
_FIND_SQLITE = (
    "SELECT kind, id, body FROM record"
    " WHERE hub_id = ? AND kind = ? AND id IN (SELECT value FROM json_each(?))"
)
# By ``= ANY`` a table that was not analysed yet is read as far as the kind goes, for every push: 80 ms
# at 10,000 visits, and more with each. One look into the key for each id takes 2 ms, whatever is there.
_FIND_POSTGRESQL = (
    "SELECT one.kind, one.id, one.body FROM unnest(%b::text[], %b::text[]) AS wanted(kind, id)"
    " CROSS JOIN LATERAL (SELECT kind, id, body FROM record"
    " WHERE hub_id = %s AND kind = wanted.kind AND id = wanted.id OFFSET 0) AS one"
)
_AT_ONCE = 500


def put(connection: Connection, hub: str, seq: int, now_ms: int, rows: Sequence[Row]) -> None:
    """Write records of a hub as part of the commit ``seq``; one that is there is replaced."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        every = [(hub, seq, now_ms, *row) for row in rows]
        connection.exec_driver_sql(_PUT_SQLITE, every)
    else:
        columns = [list(column) for column in zip(*rows, strict=True)]
        connection.exec_driver_sql(_PUT_POSTGRESQL, (hub, seq, now_ms, *columns))


def find(connection: Connection, hub: str, keys: Iterable[Key]) -> Iterator[tuple[str, str, str]]:
    """Give kind, id and body of those of these records that are there. keys: no text with a NUL."""
    find_ = _find_sqlite if connection.dialect.name == "sqlite" else _find_postgresql
    left = iter(dict.fromkeys(keys))
    while some := list(islice(left, _AT_ONCE)):
        yield from find_(connection, hub, some)


def _find_sqlite(connection: Connection, hub: str, keys: Sequence[Key]) -> Iterator[Any]:
    # Any: a row. By kind: the key is looked into once for each id, where both are named first.
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in keys:
        by_kind.setdefault(kind, []).append(record_id)
    for kind, ids in by_kind.items():
        listed = msgspec.json.encode(ids).decode()
        yield from connection.exec_driver_sql(_FIND_SQLITE, (hub, kind, listed))


def _find_postgresql(connection: Connection, hub: str, keys: Sequence[Key]) -> Iterator[Any]:
    # Any: a row.
    kinds, ids = (list(column) for column in zip(*keys, strict=True))
    yield from connection.exec_driver_sql(_FIND_POSTGRESQL, (kinds, ids, hub))
