"""The thirteen invariants, searched with random histories.

The same few in every run, so that only a change of the code turns them red; ``deploy/test soak``
searches 2,000 others and 100 on files and PostgreSQL. ``HISTORIES=1000`` searches as many, each
time from a new seed, ``FILE_HISTORIES`` on disks; with ``NOSHRINK=1`` it stops at the first one
that fails and prints its steps as they are.
"""

import os

import pytest
from hypothesis import Phase, settings

from sync.server.database.engine import Database
from sync.server.database.migrate import migrate
from tests.sync.histories.machine import Histories
from tests.sync.server.postgres import a_cluster, binaries

pytestmark = pytest.mark.slow


def so_many(number: str, usual: int) -> settings:
    """Return how far to search: ``usual`` unless the environment says a number."""
    is_wide = number in os.environ
    return settings(
        max_examples=int(os.environ.get(number, usual)),
        stateful_step_count=50,
        deadline=None,
        derandomize=not is_wide,
        print_blob=is_wide,
        phases=[Phase.generate] if os.environ.get("NOSHRINK") else tuple(Phase),
    )


class OnDisks(Histories):
    """Kiosks on files, a server on PostgreSQL."""

    on_files = True


TestHistories = Histories.TestCase
TestHistories.settings = so_many("HISTORIES", 40)
TestOnDisks = OnDisks.TestCase
TestOnDisks.settings = so_many("FILE_HISTORIES", 5)


@pytest.fixture(scope="module", autouse=True)
def postgresql():
    where = binaries()
    if where is None:  # deploy/test installs it
        OnDisks.url = ""
        yield
        return
    with a_cluster(where) as OnDisks.url:
        database = Database(OnDisks.url)
        migrate(database)
        database.close()
        yield
