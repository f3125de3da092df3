"""deploy/server/backup: one a day, the last ones stay, and what it wrote brings the hubs back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path):
    """The operator's command on a database of its own, as a machine has it."""
    command = tmp_path / "server"
    command.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m sync.server "$@"\n')
    command.chmod(0o755)
    env = {"HUB_SETTINGS": str(tmp_path / "server.toml"), "COMMONS_SERVER": str(command)}

    def run(*words, database="server.db", program=command):
        told = env | {"HUB_DATABASE": f"sqlite:///{tmp_path / database}"}
        return subprocess.run(
            [program, *map(str, words)], env=os.environ | told, timeout=120, check=False,
            capture_output=True, text=True,
        )  # fmt: skip

    return run


def backup(server, folder, keep, **options):
    return server(folder, keep, program=ROOT / "deploy" / "server" / "backup", **options)


def test_a_backup_of_the_night_brings_the_hub_back_on_an_empty_machine(server, tmp_path):
    server("hub", "add", "Orchard")
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(10, 25):
        (folder / f"commons-2020-01-{day}.backup").touch()
    assert backup(server, folder, 14).returncode == 0
    *old, newest = sorted(folder.iterdir())
    assert [path.name for path in old] == [f"commons-2020-01-{day}.backup" for day in range(12, 25)]
    assert newest.stat().st_mode & 0o077 == 0
    told = server("restore", newest, "--yes", database="other.db")
    assert told.returncode == 0, told.stderr
    assert "Orchard" in server("hub", "list", database="other.db").stdout


def test_a_backup_that_failed_takes_no_older_one_away(server, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    old = [folder / f"commons-2020-01-0{day}.backup" for day in range(1, 5)]
    for path in old:
        path.touch()
    assert backup(server, folder, 2, database="no/such/folder.db").returncode != 0
    assert sorted(folder.iterdir()) == old
