"""A restored server: yesterday's rows, without what was erased since, promising nothing yet."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from sync.server.commit import Commits
from sync.server.database.backup import put_back
from sync.server.database.ledger import Key, Ledger
from sync.server.database.models import HubRow
from sync.server.erased_list import recall
from sync.server.housekeeping import sweep
from sync.server.hubs import hubs, nobody_was_away


def restore(commits: Commits, backup: Path, erased_list: Path) -> int:
    """Put a backup back and wash it, in one transaction; return how many rows it held.

    Erased ids come from the list that is kept apart from backups and from the database as it is.
    Every hub is then in recovery: nothing new is promised until its devices have been back.
    Raises BadBackup; then nothing has changed.
    """
    erased = recall(erased_list)
    with commits.database.writing() as connection:
        for line in hubs(connection):
            known: dict[Key, str] = Ledger(connection, line.hub).all_erased()
            erased[line.hub] = known | erased.get(line.hub, {})
        count = put_back(connection, backup)
        now_ms = commits.now_ms()
        nobody_was_away(connection, now_ms)
        connection.execute(update(HubRow).values(recovering_ms=now_ms, last_ms=now_ms))
        for line in hubs(connection):
            sweep(commits, connection, line.hub, erased.get(line.hub))
    return count
