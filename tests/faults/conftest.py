"""How hard the fault tests try: ``pytest tests/faults --rounds 500 --every 1``.

At the end it says how many faults each scenario met, and how many acknowledged things were lost.
"""

import os
from collections import Counter

import pytest

from tests.faults.failing_files import built

ROUNDS = 50
EVERY = 1
TALLY = pytest.StashKey[Counter]()


def pytest_addoption(parser):
    parser.addoption("--rounds", type=int, help=f"how often a process is killed ({ROUNDS})")
    parser.addoption("--every", type=int, help=f"of the faults at each change, each nth ({EVERY})")


@pytest.fixture
def rounds(request):
    # The option is known only where pytest was pointed at this folder.
    asked = request.config.getoption("--rounds", default=None)
    return asked or int(os.environ.get("FAULT_ROUNDS", ROUNDS))


@pytest.fixture
def every(request):
    """Each nth fault is tried: 1 is all of them."""
    asked = request.config.getoption("--every", default=None)
    return asked or int(os.environ.get("FAULT_EVERY", EVERY))


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """What makes files fail, built for this machine."""
    found = built(tmp_path_factory.mktemp("library"))
    if found is None:
        pytest.skip("there is no C compiler (deploy/test installs one)")
    return found


@pytest.fixture
def tally(request):
    """Count a fault that was met: ``tally("disk full")``."""
    counted = request.config.stash.setdefault(TALLY, Counter())

    def tally(scenario, faults=1):
        counted[scenario] += faults

    return tally


def pytest_terminal_summary(terminalreporter, config):
    counted = config.stash.get(TALLY, Counter())
    if counted:
        terminalreporter.section("faults met")
        for scenario, faults in sorted(counted.items()):
            terminalreporter.write_line(f"{faults:7,}  {scenario}")
        terminalreporter.write_line(f"{sum(counted.values()):7,}  in all")


@pytest.fixture(scope="session")
def bases(tmp_path_factory):
    """The folder in which a story begins."""
    made = {}

    def base(story):
        if story not in made:
            made[story] = tmp_path_factory.mktemp("base")
            if story.begins_after is not None:
                told = story.begins_after(made[story])
                for step in told.steps:
                    step()
                told.close()
        return made[story]

    return base
