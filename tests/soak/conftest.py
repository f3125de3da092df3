"""How long the soak lasts: ``pytest tests/soak --days 3 --visits 60``."""

import logging

import pytest

DAYS, VISITS, SEED, SIZE = 30, 300, 8, "1280x800"


def pytest_addoption(parser):
    group = parser.getgroup("soak")
    group.addoption("--days", type=int, default=DAYS, help=f"days of the month ({DAYS})")
    group.addoption("--visits", type=int, default=VISITS, help=f"visits a day ({VISITS})")
    group.addoption("--seed", type=int, default=SEED, help="of the dice")
    group.addoption("--size", default=SIZE, help="pixels of the door")


@pytest.fixture
def asked(request):
    """What was asked for on the command line: days, visits, seed, size."""
    usual = {"days": DAYS, "visits": VISITS, "seed": SEED, "size": SIZE}
    return {name: request.config.getoption(f"--{name}", one) for name, one in usual.items()}


class Bugs(logging.Handler):
    """Everything that broke and was caught: of a month there is none."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.told = []

    def emit(self, record):
        self.told.append(record.getMessage())


@pytest.fixture
def bugs():
    """What is only worth a warning is not kept: what pytest keeps of it would be a leak."""
    handler = Bugs()
    logging.getLogger().addHandler(handler)
    logging.disable(logging.WARNING)
    yield handler.told
    logging.disable(logging.NOTSET)
    logging.getLogger().removeHandler(handler)
