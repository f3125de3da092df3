"""How hard the peers try: ``pytest tests/peers --peer-rounds 200``, or ``PEER_ROUNDS=200``."""

import os

import pytest
from sqlalchemy import text

from sync.server.database.engine import Database
from sync.server.database.migrate import migrate
from sync.server.database.models import Base
from tests.peers.cluster import Cluster, installed
from tests.peers.nursery import Nursery
from tests.peers.world import World

ROUNDS = 30


def pytest_addoption(parser):
    parser.addoption("--peer-rounds", type=int, help=f"how often somebody is killed ({ROUNDS})")


@pytest.fixture(scope="session")
def peer_rounds(request):
    # The option is known only where pytest was pointed at this folder.
    asked = request.config.getoption("--peer-rounds", default=None)
    return asked or int(os.environ.get("PEER_ROUNDS", ROUNDS))


@pytest.fixture(scope="session")
def nursery(tmp_path_factory):
    made = Nursery(tmp_path_factory.mktemp("nursery"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def cluster():
    where = installed()
    if where is None:
        pytest.skip("PostgreSQL is not installed (deploy/test installs it): SQLite only")
    made = Cluster(where)
    database = Database(made.url)
    migrate(database)
    database.close()
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'server.db'}"
    return request.getfixturevalue("cluster").url


@pytest.fixture
def world(nursery, url, tmp_path):
    made = World(nursery, tmp_path, url)
    yield made
    made.close()
    if not url.startswith("sqlite"):
        database = Database(url)
        names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with database.writing() as connection:
            connection.execute(text(f"TRUNCATE {names}"))
        database.close()


@pytest.fixture
def by_command(nursery, tmp_path):
    """A world of this machine's time, whose server is the command that an operator types."""
    made = World(nursery, tmp_path, f"sqlite:///{tmp_path / 'server.db'}", by_command=True)
    yield made
    made.close()
