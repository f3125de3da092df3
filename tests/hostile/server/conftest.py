"""A real server process, on SQLite and for the main things on PostgreSQL; looked at afterwards."""

import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
import requests
from hypothesis import HealthCheck, settings

from sync.server.database.engine import Database
from sync.server.database.migrate import migrate
from tests.hostile.server.enemy import MOST_MEMORY_MB, Served
from tests.sync.server.postgres import a_cluster, binaries


@contextmanager
def a_server(url, folder):
    database = Database(url)
    migrate(database)
    database.close()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    words = [url, str(folder / "server.toml"), str(port)]
    command = [sys.executable, "-m", "tests.hostile.server.process", *words]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            retry = requests.adapters.Retry(total=600, backoff_factor=0.05, backoff_max=0.1)
            with requests.Session() as session:
                session.mount("http://", requests.adapters.HTTPAdapter(max_retries=retry))
                session.get(f"http://127.0.0.1:{port}/v1/health", timeout=60)
            served = Served(url, f"http://127.0.0.1:{port}", process, folder)
            yield served
            assert served.unsound == []
            served.http.close()
            served.database.close()
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    with a_server(f"sqlite:///{folder / 'server.db'}", folder) as served:
        yield served


@pytest.fixture(scope="session")
def on_postgresql(tmp_path_factory):
    where = binaries()
    if where is None:
        pytest.skip("PostgreSQL is not installed (deploy/test installs it): SQLite only")
    with a_cluster(where) as url, a_server(url, tmp_path_factory.mktemp("hostile")) as served:
        yield served


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request):
    """A server on each database; afterwards it is as a server should be."""
    yield (served := request.getfixturevalue(f"on_{request.param}"))
    unharmed(served)


@pytest.fixture
def served(on_sqlite):
    """A server on SQLite; afterwards it is as a server should be."""
    yield on_sqlite
    unharmed(on_sqlite)


@pytest.fixture
def fuzz(request):
    """How much is tried: a little in every run, a hundred times as much with ``--long``."""
    return settings(
        deadline=None,
        max_examples=4_000 if request.config.getoption("--long") else 40,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def unharmed(served):
    """Nothing broke, nothing of the other hub changed, the memory has a bound."""
    assert served.process.poll() is None
    assert served.broke == []
    assert served.rows(served.theirs.token.partition(".")[0]) == served.holds_of_theirs
    assert served.memory_mb < MOST_MEMORY_MB


@pytest.fixture
def enemy(both):
    return both.device()
