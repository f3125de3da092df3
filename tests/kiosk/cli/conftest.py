"""The command line in this process: what it prints, how it ends, on a folder with the sample."""

import logging
import shutil
import sys
import threading
from dataclasses import dataclass

import pytest

from kiosk.cli import main


@pytest.fixture(autouse=True)
def journal_closed():
    """Commands that open the journal do so for a process; here it would outlive their stderr."""
    hooks = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = hooks
    root = logging.getLogger()
    for handler in [one for one in root.handlers if type(one) is logging.StreamHandler]:
        root.removeHandler(handler)


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def kiosk(capsys):
    """Run a command: ``kiosk("check", "--data", folder)``."""

    def run(*words) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "data"
    assert main(["load-sample", "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def data(sample, tmp_path):
    """A folder with today's sample, for one test alone."""
    folder = tmp_path / "the data"
    shutil.copytree(sample, folder)
    return folder
