"""Bringing a database to the tables of this version.

Alembic is imported only where there is something to do: it takes 11 MB, and a server that starts
again finds its tables as it left them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import column, inspect, select, table

from sync.server.database.engine import Database
from sync.server.database.tables import METADATA

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_TURN = 8321
"""By this number PostgreSQL lets one process after another change the tables."""
_VERSION = table("alembic_version", column("version_num"))


def migrate(database: Database) -> None:
    """Make or change the tables, all of it or nothing; does nothing where they are up to date.

    Migrations only add: tables of a later version than this serve a program that went back.
    """
    if version_of(database) >= newest():
        return
    from alembic import command

    with database.writing() as connection:
        if not database.is_sqlite:  # which takes its own lock as a writing transaction begins
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def version_of(database: Database) -> str:
    """Return the number of the last migration that was run, "" for an empty database."""
    with database.reading() as connection:
        if not inspect(connection).has_table(_VERSION.name):
            return ""
        return str(connection.execute(select(_VERSION.c.version_num)).scalar() or "")


def newest() -> str:
    """Return the number of the last migration that this version has: its files bear them."""
    return max(path.name[1:5] for path in (MIGRATIONS / "versions").glob("v*.py"))


def differences(database: Database) -> list[str]:
    """Return how the tables differ from what this version expects."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(one) for one in compare_metadata(context, METADATA)]


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config
