"""What most commands begin with: the database, its tables brought up to date, the keys."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from sync.errors import Lost
from sync.server.commit import Commits
from sync.server.database.engine import Database
from sync.server.database.migrate import migrate
from sync.server.erased_list import remember
from sync.server.settings import Settings, open_settings

_DATABASES = "say sqlite:///server.db or postgresql+psycopg://hub@host/name"


class DatabaseAway(Lost):
    """The database cannot be opened; what it holds is as it was."""


@contextmanager
def database(asked: Namespace) -> Iterator[Database]:
    """Open the database of a command. Raises DatabaseAway."""
    try:
        found = Database(asked.database)
        migrate(found)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as why:
        raise DatabaseAway(f"{asked.database} is no database: {_DATABASES}") from why
    except DBAPIError as why:
        reason = str(getattr(why, "orig", why)).splitlines()[0]
        raise DatabaseAway(f"the database cannot be opened ({reason})") from why
    try:
        yield found
    finally:
        found.close()


def commits(asked: Namespace, found: Database) -> tuple[Commits, Settings]:
    """Return what a command needs to write records. Raises BadSettings."""
    settings = open_settings(asked.settings)
    made = Commits(
        found,
        settings.notary,
        asked.now_ms,
        before=lambda hub, erased: remember(settings.erased, hub, erased),
    )
    return made, settings


def said_time(ms: int) -> str:
    """Return an instant in words: minutes are enough."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
