"""Every unit is understood by systemd without a word, and is exposed no more than it must be."""

import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.pi.plan import UID
from deploy.server.plan import REACHES
from kiosk.alive import BEAT_S
from tests.deploy.pretend import exposure

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy").glob("*/units/*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
MOST = {"server": 3.0, "pi": 5.0}
INSTANCE = {"server": "8321", "pi": "door"}
pytestmark = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="there is no systemd-analyze"
)


def named(unit):
    return unit.name


@pytest.fixture
def folder(tmp_path):
    """All units under the names that they run by; a program of ours that is not here is /bin/true."""
    for unit in UNITS:
        name = unit.name.replace("@.", f"@{INSTANCE[unit.parts[-3]]}.")
        lines = unit.read_text("utf-8").splitlines()
        (tmp_path / name).write_text("\n".join(map(stand_in, lines)) + "\n")
    return tmp_path


def stand_in(line):
    key, _, command = line.partition("=")
    if not key.startswith("Exec") or not command:
        return line
    _program, _, words = command.partition(" ")
    return f"{key}=/bin/true {words}"


def analyze(*words, cwd):
    ran = subprocess.run(
        ["systemd-analyze", *words],
        cwd=cwd,
        timeout=60,
        check=False,
        capture_output=True,
        text=True,
    )
    return ran.stdout + ran.stderr


def test_systemd_has_nothing_to_say_about_any_unit(folder):
    names = sorted(path.name for path in folder.iterdir())
    assert analyze("verify", *(f"./{name}" for name in names), cwd=folder) == ""


def said_of(name):
    """What a unit of the Pi says, by its keys; a key that is said more than once has all of it."""
    lines = (ROOT / "deploy" / "pi" / "units" / name).read_text("utf-8").splitlines()
    found = {}
    for key, _, value in (line.partition("=") for line in lines if "=" in line):
        found[key] = f"{found.get(key, '')} {value}".strip()
    return found


def test_the_screens_may_make_the_sockets_of_x_and_of_wayland():
    """A read-only system has no place for them, and /run/user is hidden with the homes."""
    screen = said_of("kiosk-screen.service")
    assert "/tmp" in screen["ReadWritePaths"].split()
    assert (screen["ProtectHome"], screen["BindPaths"]) == ("tmpfs", f"-/run/user/{UID}")


@pytest.mark.parametrize("unit", SERVICES, ids=named)
def test_a_call_that_a_library_tries_is_refused_and_not_punished(unit):
    """Killed for one, an update would be refused that is good; so would a copy, or a screen."""
    lines = unit.read_text("utf-8").splitlines()
    filtered = any(line.startswith("SystemCallFilter=") for line in lines)
    assert filtered == ("SystemCallErrorNumber=EPERM" in lines)


def test_screens_come_back_with_their_compositor():
    """BindsTo stops them with it; only what it wants is started with it again."""
    assert "kiosk-screen.service" in said_of("kiosk-app@.service")["WantedBy"].split()


def test_what_hangs_is_noticed_soon_and_what_is_slow_is_not_taken_for_it():
    watchdog_s = float(said_of("kiosk-app@.service")["WatchdogSec"])
    assert 4 * BEAT_S <= watchdog_s <= 4


@pytest.mark.parametrize("unit", SERVICES, ids=named)
def test_a_service_is_exposed_no_more_than_it_must_be(unit, folder):
    part = unit.parts[-3]
    name = unit.name.replace("@.", f"@{INSTANCE[part]}.")
    said = analyze("security", "--offline=yes", "--no-pager", f"./{name}", cwd=folder)
    assert exposure(said) <= MOST[part]


def test_a_backup_reaches_a_database_elsewhere_and_no_other_backup_reaches_anything(folder):
    name = "commons-server-backup.service"
    closed = ("PrivateNetwork=", "RestrictAddressFamilies=~AF_(INET|INET6)", "IPAddressDeny=")

    def is_closed():
        said = analyze("security", "--offline=yes", "--no-pager", f"./{name}", cwd=folder)
        assert exposure(said) <= MOST["server"]
        marks = {line.split()[1]: line.split()[0] for line in said.splitlines() if "=" in line}
        return [marks[key] == "✓" for key in closed]

    assert is_closed() == [True] * 3
    drop_in = folder / f"{name}.d" / "elsewhere.conf"
    drop_in.parent.mkdir()
    drop_in.write_text(REACHES)
    assert is_closed() == [False] * 3
    assert analyze("verify", f"./{name}", cwd=folder) == ""
