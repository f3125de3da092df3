"""self-check: what an update shows a copy of the records, in a process of its own."""

import os
import subprocess
import sys

from kiosk.cli.self_check import alone
from kiosk.config import Config
from tests.conventions.tree import ROOT


def self_check(data):
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "self-check", "--data", data], cwd=ROOT, check=False,
        env=os.environ, timeout=120, capture_output=True, text=True,
    )  # fmt: skip


def test_a_copy_of_the_sample_is_opened_drawn_and_counted(kiosk, tmp_path):
    kiosk("load-sample", "--data", tmp_path)
    told = self_check(tmp_path)
    assert told.returncode == 0, told.stderr
    count, _, rest = told.stdout.partition(" records ")
    assert int(count) > 1000
    assert rest == "are as they were written; shown was: rest.\n"


def test_records_that_were_changed_by_nobody_do_not_pass(kiosk, tmp_path):
    kiosk("load-sample", "--data", tmp_path)
    hub = tmp_path / "hub.db"
    hub.write_bytes(hub.read_bytes().replace(b"Ana", b"Eve"))
    told = self_check(tmp_path)
    assert told.returncode == 1
    assert "not as they were written" in told.stderr


def test_nothing_is_connected_with_it():
    config = alone(
        Config(name="Front", server="https://hub.example", ports={"auto": "/dev/ttyUSB0"})
    )
    assert (config.name, config.server, config.ports) == ("Front", "", {})
