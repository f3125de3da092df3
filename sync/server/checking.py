"""Whether what the server keeps is sound: tables, files, every record, every promise's proof."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, func, select

from sync.merge import Version, WireRecord, is_erased, versions
from sync.server.commit import Commits
from sync.server.database.engine import Database
from sync.server.database.ledger import Ledger
from sync.server.database.migrate import differences
from sync.server.database.models import RecordRow
from sync.server.database.pages import knows, newest
from sync.server.hubs import hubs
from sync.server.proofs import SERVER_RULES


def problems(commits: Commits) -> list[str]:
    """Return what is wrong, a sentence each; ids only, no names."""
    found = [f"The tables differ: {one}" for one in differences(commits.database)]
    with commits.database.reading() as connection:
        found += _of_the_file(commits.database, connection)
        for line in hubs(connection):
            found += _of_counters(connection, line.hub)
            found += _of_records(commits, connection, line.hub)
    return found


def _of_the_file(database: Database, connection: Connection) -> Iterator[str]:
    if database.is_sqlite:
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield f"The database's file is damaged: {said}"


def _of_counters(connection: Connection, hub: str) -> Iterator[str]:
    commit = newest(connection, hub)
    last = select(func.max(RecordRow.seq)).where(RecordRow.hub_id == hub)
    if (connection.execute(last).scalar() or 0) > commit.seq:
        yield f"Hub {hub}: a record lies beyond the last commit"
    if not knows(connection, hub, commit):
        yield f"Hub {hub}: the last commit's tag is not the hub's"


def _of_records(commits: Commits, connection: Connection, hub: str) -> Iterator[str]:
    ledger = Ledger(connection, hub)
    gone = ledger.all_erased()
    rows = select(RecordRow.kind, RecordRow.id, RecordRow.body).where(RecordRow.hub_id == hub)
    for kind, record_id, text in connection.execute(rows):
        where = f"Hub {hub}: {kind} {record_id}"
        try:
            body: WireRecord = msgspec.json.decode(text)
            said = {} if is_erased(body) else versions(body)
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
            yield f"{where} is no record"
            continue
        if (body.get("kind"), body.get("id")) != (kind, record_id):
            yield f"{where} says that it is another one"
        if (kind, record_id) in gone and not is_erased(body):
            yield f"{where} was erased and is here"
        yield from _of_proofs(commits, hub, (kind, record_id), said, where)


def _of_proofs(
    commits: Commits, hub: str, key: tuple[str, str], said: dict[str, Version], where: str
) -> Iterator[str]:
    for name, version in said.items():
        promised = bool(version.rule) and version.rule in SERVER_RULES
        if promised and not commits.notary.holds(hub, key, name, version):
            yield f"{where}: {name} is a promise without its proof"
