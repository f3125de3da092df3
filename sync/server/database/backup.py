"""A backup: every row of every table in one file, the same for SQLite and PostgreSQL.

Gzipped lines of JSON, one a row, read in one snapshot; the last line counts them, so that a file
that was cut is seen. It holds names: only its owner may read it.
"""

from __future__ import annotations

import gzip
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from sync.errors import Damaged
from sync.server.database.engine import Database
from sync.server.database.found_by import found_by
from sync.server.database.migrate import newest
from sync.server.database.models import Pairing, RecordRow
from sync.server.database.tables import METADATA
from sync.server.whole_files import PRIVATE, name_whole

_TABLES = [table for table in METADATA.sorted_tables if table.name != Pairing.__tablename__]
_AT_ONCE = 500
_PIECE_BYTES = 1 << 20
_FORMAT = "door-of-the-commons server backup"


class BadBackup(Damaged):
    """A file is no backup, was cut, or is of a later version than this."""


def back_up(database: Database, path: Path) -> int:
    """Write a backup and return how many rows it holds; on the disk when this returns.

    A file that is there already stays until the new one is whole.
    """
    part, rows = path.with_name(f"{path.name}.part"), 0
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:
            packed.write(_line({"format": _FORMAT, "tables": newest()}))
            with database.reading() as connection:
                for line in _rows(connection):
                    packed.write(line)
                    rows += 1
            packed.write(_line({"rows": rows}))
        file.flush()
        os.fsync(file.fileno())
    name_whole(part, path)
    return rows


def put_back(connection: Connection, path: Path) -> int:
    """Replace every row by those of a backup; return how many. Raises BadBackup."""
    lines = _read(path)
    opening = next(lines, {})
    if opening.get("format") != _FORMAT or opening.get("tables", "~") > newest():
        raise BadBackup("not a backup of this version or an earlier one")
    for table in [*reversed(_TABLES), Pairing.__table__]:
        connection.execute(delete(table))
    count, ended = 0, False
    waiting: list[dict[str, Any]] = []
    name = ""
    for line in lines:
        if "rows" in line:
            ended = line["rows"] == count
            continue
        if line["table"] != name or len(waiting) == _AT_ONCE:
            _insert(connection, name, waiting)
            name, waiting = line["table"], []
        waiting.append(line["row"])
        count += 1
    _insert(connection, name, waiting)
    if not ended:
        raise BadBackup("the file was cut")
    return count


def _rows(connection: Connection) -> Iterator[bytes]:
    for table in _TABLES:
        for row in connection.execute(select(table)).mappings():
            plain = {
                str(name): {"bytes": b64encode(value).decode()}
                if isinstance(value, bytes)
                else value
                for name, value in row.items()
            }
            yield _line({"table": str(table.name), "row": plain})


def _line(value: dict[str, Any]) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def _read(path: Path) -> Iterator[dict[str, Any]]:
    try:
        _check(path)
        with gzip.open(path) as file:
            for line in file:
                yield msgspec.json.decode(line, type=dict[str, Any])
    except (gzip.BadGzipFile, zlib.error, EOFError, msgspec.DecodeError) as why:
        raise BadBackup("not a backup, cut short or damaged") from why
    except OSError as why:
        raise BadBackup(f"{path} cannot be read ({why.strerror})") from why


def _check(path: Path) -> None:
    # The checksum stands at the end: before it was reached, no line is known to be as it was written.
    with gzip.open(path) as file:
        while file.read(_PIECE_BYTES):
            pass


def _insert(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    table = METADATA.tables.get(name)
    if table is None or not rows:
        return
    known = set(table.columns.keys())
    plain = [
        {
            column: b64decode(value["bytes"]) if isinstance(value, dict) else value
            for column, value in (_placed(row) if name == RecordRow.__tablename__ else row).items()
            if column in known
        }
        for row in rows
    ]
    connection.execute(insert(table), plain)


def _placed(row: dict[str, Any]) -> dict[str, Any]:
    # Backups of earlier versions do not say by what a record is found.
    found = found_by(row["kind"], msgspec.json.decode(row["body"]))
    return {**row, **found._asdict()}
