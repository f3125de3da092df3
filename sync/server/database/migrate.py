"""Bringing a database to the tables of this version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from sync.server.database.engine import Database
from sync.server.database.models import Base


def migrate(database: Database) -> None:
    """Make or change the tables, all of it or nothing; does nothing where they are up to date."""
    with database.writing() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def version_of(database: Database) -> str:
    """Return the number of the last migration that was run, "" for an empty database."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def newest() -> str:
    """Return the number of the last migration that this version has."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def differences(database: Database) -> list[str]:
    """Return how the tables differ from what this version expects."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(one) for one in compare_metadata(context, Base.metadata)]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
