"""``migrate``, ``backup``, ``restore``, ``check``, ``confirm-time``: looking after the database."""

from __future__ import annotations

import sys
from argparse import Namespace

from sync.errors import Lost
from sync.server.checking import problems
from sync.server.cli.opened import commits, database, said_time
from sync.server.database.backup import back_up
from sync.server.database.migrate import version_of
from sync.server.erasing import erase_people, find_people
from sync.server.hubs import confirm_time, must_be
from sync.server.restoring import restore
from sync.server.waking import Waker


class NotWritten(Lost):
    """A backup cannot be written where it was said to be."""


def migrate_tables(asked: Namespace) -> int:
    """Bring the tables to this version; serve does it as well."""
    with database(asked) as found:
        print(f"The tables are those of version {version_of(found)}.")
    return 0


def backup(asked: Namespace) -> int:
    """Write everything into one file. Raises NotWritten."""
    with database(asked) as found:
        try:
            rows = back_up(found, asked.file)
        except OSError as why:
            raise NotWritten(f"{asked.file} cannot be written ({why.strerror})") from why
    print(f"Rows in {asked.file}: {rows}. It holds names: keep it where only you can read it.")
    print(f"Keep {asked.settings} too, in another place.")
    return 0


def restore_backup(asked: Namespace) -> int:
    """Put a backup back, without what was erased since it was made."""
    with database(asked) as found:
        made, settings = commits(asked, found)
        if not asked.yes:
            print(f"This machine's clock says that it is {said_time(asked.now_ms())}.")
            print(
                "If that is right: restore replaces all that the database holds. Say --yes to do it."
            )
            return 1
        done = restore(made, asked.file, settings.erased)
    print(f"Rows that are back: {done.rows}, without what was erased since.")
    print("Devices will offer everything they hold. Nothing new is promised until they have been")
    print("back, a day has passed, or you say: hub go-on.")
    print("Everybody signs in anew; links to come in that were open work no more.")
    if done.paired_since:
        print(f"Paired since the backup, and still so: {', '.join(done.paired_since)}.")
    if done.knows_nobody:
        print("Devices and volunteers shut out since then are in again: look at device list and")
        print("volunteer list.")
    for hub in done.with_former_volunteers:
        print(f"Nobody of hub {hub} could invite anybody else: volunteers removed since the backup")
        print("are in again (volunteer list).")
    return 0


def wash(asked: Namespace) -> int:
    """Overwrite what was erased in the database's own files."""
    with database(asked) as found:
        is_done = found.wash()
    if not is_done:
        print("Somebody reads just now: say it again in a while.", file=sys.stderr)
        return 1
    print("What was erased is in no file of the database any more.")
    if not found.is_sqlite:
        print("PostgreSQL's own log keeps it until it is written over; so do archives of that log.")
    return 0


def erase_person(asked: Namespace) -> int:
    """Forget a person, for good: here now, on every door when it next hears of it."""
    with database(asked) as found:
        made, _settings = commits(asked, found)
        with found.reading() as connection:
            must_be(connection, asked.hub)
            people = find_people(connection, asked.hub, asked.person)
        name = people[0].name or people[0].id
        if not asked.yes:
            print(f"{name} will be forgotten for good, on every door; it cannot be undone.")
            print("That somebody came, and that a room was booked, stays under no name.")
            print("Say --yes to do it.")
            return 1
        with found.writing() as connection:
            done = erase_people(made, connection, asked.hub, people)
        Waker(found).announce(asked.hub, done.seq)
        found.wash()
    print("Erased here. Doors and walls forget them when they next hear of us.")
    print("Backups made before hold them still: restore leaves them out, but delete old ones.")
    return 0


def check(asked: Namespace) -> int:
    """Look whether everything kept is sound; print what is not."""
    with database(asked) as found:
        made, _settings = commits(asked, found)
        wrong = problems(made)
    for line in wrong:
        print(line)
    if wrong:
        print(f"{len(wrong)} things are not as they should be.", file=sys.stderr)
        return 1
    print("Everything is sound.")
    return 0


def confirm(asked: Namespace) -> int:
    """Say that this machine's clock is right, after it jumped or the server stood for days."""
    with database(asked) as found, found.writing() as connection:
        confirm_time(connection, asked.now_ms())
    print(f"It is {said_time(asked.now_ms())}: taken as right. Doors may send again.")
    return 0
