"""An engine to tell what happened."""

import pytest

from sync.protocol import MAX_RECORDS
from tests.sync.client.engine import Engine, one_waits


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def pushing(engine):
    """An engine whose push is on its way."""
    engine.settled().writes(one_waits(waiting=MAX_RECORDS))
    return engine
