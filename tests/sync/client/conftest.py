"""An engine to tell what happened."""

import pytest

from tests.sync.client.engine import Engine, one_waits


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def pushing(engine):
    """An engine whose push is on its way."""
    engine.settled().writes(one_waits(waiting=500))
    return engine
