"""How hard the fault tests try: ``pytest tests/faults --rounds 500``, or ``FAULT_ROUNDS=500``."""

import os

import pytest

ROUNDS = 50


def pytest_addoption(parser):
    parser.addoption("--rounds", type=int, help=f"how often a process is killed ({ROUNDS})")


@pytest.fixture
def rounds(request):
    # The option is known only where pytest was pointed at this folder.
    asked = request.config.getoption("--rounds", default=None)
    return asked or int(os.environ.get("FAULT_ROUNDS", ROUNDS))
