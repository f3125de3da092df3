"""A restored server: yesterday's rows, without what was erased or shut out since, promising nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from sync.server.commit import Commits
from sync.server.database.backup import put_back
from sync.server.database.ledger import Key, Ledger
from sync.server.database.models import HubRow
from sync.server.erased_list import recall
from sync.server.housekeeping import sweep
from sync.server.hubs import hubs, nobody_was_away
from sync.server.shut_out import keep_out, stay_paired, ways_in


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to. rows: how many the backup held.

    with_former_volunteers: hubs that would have no steward without those who were removed since.
    knows_nobody: the database that made way could not say who had been shut out. paired_since:
    names of devices that the backup had never heard of, and that stay paired.
    """

    rows: int
    with_former_volunteers: tuple[str, ...] = ()
    knows_nobody: bool = False
    paired_since: tuple[str, ...] = ()


def restore(commits: Commits, backup: Path, erased_list: Path) -> Restored:
    """Put a backup back and wash it, in one transaction.

    Erased ids come from the list that is kept apart from backups and from the database as it is;
    who was shut out since is known from that database alone.
    Every hub is then in recovery: nothing new is promised until its devices have been back.
    Raises BadBackup; then nothing has changed.
    """
    erased = recall(erased_list)
    with commits.database.writing() as connection:
        for line in hubs(connection):
            known: dict[Key, str] = Ledger(connection, line.hub).all_erased()
            erased[line.hub] = known | erased.get(line.hub, {})
        before = ways_in(connection)
        count = put_back(connection, backup)
        former = keep_out(connection, before)
        now_ms = commits.now_ms()
        nobody_was_away(connection, now_ms)
        paired = stay_paired(connection, before)
        connection.execute(update(HubRow).values(recovering_ms=now_ms, last_ms=now_ms))
        for line in hubs(connection):
            sweep(commits, connection, line.hub, erased.get(line.hub))
    return Restored(count, former, before.knows_nobody, paired)
