"""Every test of the server runs on SQLite files and on a real PostgreSQL."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import text

from sync.server.database.engine import Database
from sync.server.database.migrate import migrate
from sync.server.database.tables import METADATA
from tests.sync.server.postgres import a_cluster, binaries
from tests.sync.server.village import Village


@pytest.fixture(scope="session")
def cluster():
    where = binaries()
    if where is None:
        pytest.skip("PostgreSQL is not installed (deploy/test installs it): SQLite only")
    with a_cluster(where) as url:
        database = Database(url)
        migrate(database)
        database.close()
        yield url


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """A SQLite file with its tables: copying it costs less than making them for every test."""
    file = tmp_path_factory.mktemp("blank") / "server.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    database.close()
    return file


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request, blank, tmp_path):
    if request.param == "sqlite":
        shutil.copy(blank, tmp_path / "server.db")
        return f"sqlite:///{tmp_path / 'server.db'}"
    return request.getfixturevalue("cluster")


@pytest.fixture
def database(url):
    database = Database(url)
    yield database
    if not database.is_sqlite:
        names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
        with database.writing() as connection:
            connection.execute(text(f"TRUNCATE {names}"))
    database.close()


@pytest.fixture
def village(database, tmp_path):
    return Village(database, tmp_path / "erased.txt")
