"""A Debian 12 with nothing on it becomes a server with a paired kiosk, by the commands of docs/server.md."""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from time import monotonic

import pytest

from tests.machines.debian import TOOLS, TREE, Debian

LONGEST_TO_A_KIOSK_S = 300
ROOT_CERTIFICATE = "var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt"
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)) or os.getuid() != 0,
    reason=f"it needs root and {', '.join(TOOLS)}",
)


@pytest.fixture
def debian():
    folder = Path(tempfile.mkdtemp(prefix="debian-", dir="/var/tmp"))
    made = Debian(folder, "bookworm")
    yield made
    made.close()
    shutil.rmtree(folder)


def a_kiosk(debian, data):
    """Start a kiosk that wants to be paired, in this machine's own program."""
    words = [
        sys.executable,
        "-u",
        "-m",
        "kiosk",
        "pair",
        "--data",
        data,
        "--server",
        "https://hub.test",
    ]
    told = {"REQUESTS_CA_BUNDLE": str(debian.root / ROOT_CERTIFICATE), "PATH": os.environ["PATH"]}
    return debian.beside(*words, "--mode", "door", **told)


def pairs(debian, hub, data):
    """Have a kiosk say its code, and say yes to it at the server; return what it said then."""
    kiosk = a_kiosk(debian, data)
    said = ""
    while not (code := re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", said)):
        line = kiosk.stdout.readline()
        assert line, said
        said += line
    debian.does("commons-server", "device", "approve", code[0], "--hub", hub, "--role", "door")
    said += kiosk.communicate(timeout=120)[0]
    assert kiosk.returncode == 0, said
    return said


@pytest.mark.parametrize(
    "more", [[], ["--postgres", "--processes", "2"]], ids=["sqlite", "postgres"]
)
def test_a_debian_with_nothing_on_it_has_a_paired_kiosk_in_five_minutes(
    debian, more, tmp_path, capsys
):
    began = monotonic()
    install = f"{TREE}/deploy/server/install", "hub.test", "--own-certificate", *more
    debian.does(*install)
    installed_s = monotonic() - began
    hub = debian.does("commons-server", "hub", "add", "La Ronda Commons").split()[0]
    assert "Joined as a door" in pairs(debian, hub, tmp_path / "door")
    took_s = monotonic() - began
    with capsys.disabled():
        print(
            f"\n{' '.join(more) or 'SQLite'}: installed in {installed_s:.0f} s, paired in {took_s:.0f} s"
        )

    assert "\n0 of " in debian.does(*install, "--dry-run")
    debian.does("commons-server", "check")
    debian.does("systemctl", "start", "commons-server-backup.service")
    units = [f"commons-server@{port}" for port in (8321, 8322)[: 1 + bool(more)]]
    (backup,) = debian.does("sh", "-c", "ls /var/backups/commons-server/*").split()
    debian.does("systemctl", "stop", *units)
    debian.does("commons-server", "restore", backup, "--yes")
    debian.does("systemctl", "start", *units)
    again = a_kiosk(debian, tmp_path / "door")
    assert "Joined as a door" in again.communicate(timeout=120)[0]
    assert took_s < LONGEST_TO_A_KIOSK_S, "a bar, on a machine that does nothing else"
