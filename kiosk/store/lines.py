"""How rows lie on the disk: the tables of the file, and a row as a line of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zlib import crc32

from immutables import Map

from kiosk.store.errors import StoreDamaged
from kiosk.store.rows import Row, Rows
from kiosk.store.state import Delta
from kiosk.store.values import decode, encode
from kiosk.store.waiting import Waiting

Statement = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""

LAYOUT = 1
"""The layout below; a file with a later one was written by a later version."""
OURS = 0x646F6F72
"""``application_id``: "door"."""

SCHEMA = f"""
CREATE TABLE record (
  kind TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL,
  sum INTEGER NOT NULL, version INTEGER NOT NULL, sent INTEGER NOT NULL, ever INTEGER NOT NULL,
  held_until INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
CREATE TABLE plain (
  name TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL,
  sum INTEGER NOT NULL, PRIMARY KEY (name, id)) STRICT, WITHOUT ROWID;
CREATE TABLE named (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE note (
  key TEXT PRIMARY KEY, value TEXT NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA application_id = {OURS};
PRAGMA user_version = {LAYOUT}
"""
_PUT_RECORD = "REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_PLAIN = "REPLACE INTO plain VALUES (?, ?, ?, ?, ?)"
_PUT_NOTE = "REPLACE INTO note VALUES (?, ?, ?)"
# As bytes: a broken letter must end as a wrong sum here, not as an error of the driver.
RECORD_LINES = (
    "SELECT CAST(kind AS BLOB), CAST(id AS BLOB), CAST(body AS BLOB), sum, place, version, sent,"
    " ever, held_until FROM record"
)
PLAIN_LINES = (
    "SELECT CAST(name AS BLOB), CAST(id AS BLOB), CAST(body AS BLOB), sum, place, 0, 0, 0, 0"
    " FROM plain"
)
NAME_LINES = "SELECT CAST(name AS BLOB) FROM named"
NOTE_LINES = "SELECT CAST(key AS BLOB), CAST(value AS BLOB), sum FROM note"


def statements(delta: Delta) -> list[Statement]:
    """Return what one transaction has to run; JSON is made here, before it begins."""
    puts: list[Statement] = [
        *((_PUT_RECORD, _record_line(key, row)) for key, row in delta.records.items() if row),
        *((_PUT_PLAIN, _plain_line(key, row)) for key, row in delta.plain.items() if row),
        *((_PUT_NOTE, _note_line(key, value)) for key, value in delta.notes.items()),
    ]
    return [*_gone(delta), *puts]


def _gone(delta: Delta) -> Iterator[Statement]:
    for place, row in delta.records.items():
        if row is None:
            yield "DELETE FROM record WHERE kind = ? AND id = ?", place
    for place, row in delta.plain.items():
        if row is None:
            yield "DELETE FROM plain WHERE name = ? AND id = ?", place
    for key in delta.gone_notes:
        yield "DELETE FROM note WHERE key = ?", (key,)
    for name in delta.unnamed:
        yield "DELETE FROM named WHERE name = ?", (name,)
    for name in delta.named:
        yield "REPLACE INTO named VALUES (?)", (name,)


def _record_line(key: tuple[str, str], row: Row) -> tuple[Any, ...]:
    body = encode(row.body)
    numbers = (row.version, row.sent, row.ever, row.held_until_ms)
    return (*key, row.place, body.decode(), _sum(*key, body, row.place, *numbers), *numbers)


def _plain_line(key: tuple[str, str], row: Row) -> tuple[Any, ...]:
    body = encode(row.body)
    return (*key, row.place, body.decode(), _sum(*key, body, row.place))


def _note_line(key: str, value: Any) -> tuple[Any, ...]:
    raw = encode(value)
    return (key, raw.decode(), _sum("note", key, raw))


def _sum(
    name: str, row_id: str, body: bytes, place: int = 0, version: int = 0, sent: int = 0,
    ever: int = 0, held: int = 0,
) -> int:  # fmt: skip
    # SQLite notices a broken page, not a broken letter; a memory card may give back either.
    return crc32(body, crc32(f"{name}\0{row_id}\0{place} {version} {sent} {ever} {held}".encode()))


def row_of(line: Sequence[Any]) -> tuple[str, str, Row]:
    """Return table, id and row of one line of the file. Raises StoreDamaged."""
    name, row_id, body, total, place, version, sent, ever, held_until = line
    if not all(type(part) is bytes for part in (name, row_id, body)):
        raise StoreDamaged("a row has lost its key or its body")  # a broken page may say null
    key = (_text(name), _text(row_id))
    if _sum(*key, body, place, version, sent, ever, held_until) != total:
        raise StoreDamaged(f"a row of {key[0]} is not as it was written")
    return *key, Row(decode(body), version, sent, ever, held_until, place)


def note_of(line: Sequence[Any]) -> tuple[str, Any]:
    """Return key and value of a line of notes. Raises StoreDamaged."""
    key, value, total = line
    if not (type(key) is type(value) is bytes):
        raise StoreDamaged("a note has lost its key or its value")
    if _sum("note", _text(key), value) != total:
        raise StoreDamaged("a note is not as it was written")
    return _text(key), decode(value)


def name_of(line: Sequence[Any]) -> str:
    """Return the name in a line of names. Raises StoreDamaged."""
    if type(line[0]) is not bytes:
        raise StoreDamaged("a table has lost its name")
    return _text(line[0])


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise StoreDamaged("a key is not as it was written") from None


def tables_of(lines: Iterable[Sequence[Any]]) -> Map[str, Rows]:
    """Return the tables of lines. Raises StoreDamaged."""
    tables: dict[str, dict[str, Row]] = {}
    shared: dict[str, str] = {}
    for line in lines:
        name, row_id, row = row_of(line)
        _share(row.body, shared)
        rows = tables.setdefault(shared.setdefault(name, name), {})
        rows[shared.get(row_id, row_id)] = row  # the body of a record holds its id too
    return Map({name: Rows(Map(rows)) for name, rows in tables.items()})


def _share(body: Any, shared: dict[str, str]) -> None:
    """Let rows share the texts that many of them hold: a tenth of the memory of 10,000 visits."""
    for inner in (body, body.get("fields"), body.get("stamps")):
        if type(inner) is dict:
            for key, value in inner.items():
                if type(value) is str:
                    inner[key] = shared.setdefault(value, value)


def clock_of(notes: Map[str, Any], records: Map[str, Rows]) -> str:
    """Return the hybrid clock's last reading: the latest that is noted or in a stamp."""
    latest = max([str(notes.get("clock", "")), *_readings_in(records)])
    return latest[:_UP_TO_NODE] + str(notes.get("node", ""))  # a stamp may be another node's


_UP_TO_NODE = len("0199c7a1b2c3-0000-")
_READING = slice(1, 1 + _UP_TO_NODE)  # behind the letter of the rule; a proof may follow


def _readings_in(records: Map[str, Rows]) -> Iterator[str]:
    for rows in records.values():
        for _row_id, row in rows.each():
            stamps = row.body.get("stamps")
            if stamps is None:
                yield row.body["erased"].lstrip("x")[:_UP_TO_NODE]
            else:
                yield from (stamp[_READING] for stamp in stamps.values())


def waiting_in(records: Map[str, Rows]) -> Waiting:
    """Return which rows the server lacks."""
    every = (
        ((kind, row_id), None, row) for kind, rows in records.items() for row_id, row in rows.each()
    )
    return Waiting().after(every)
