"""An engine to tell what happened; a server on this machine, and a door of it."""

import pytest

from sync.protocol import MAX_RECORDS
from tests.sync.client.engine import Engine, one_waits
from tests.sync.client.served import Door, village


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def pushing(engine):
    """An engine whose push is on its way."""
    engine.settled().writes(one_waits(waiting=MAX_RECORDS))
    return engine


@pytest.fixture
def server():
    with village() as server:
        yield server


@pytest.fixture
def door(server):
    door = Door(server)
    yield door
    server.close_waits()
    door.close()
