"""The wheel, installed outside the tree: what a machine gets is whole."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

import kiosk

ROOT = Path(__file__).parents[2]
LONGEST_S = 120
CODE = {".py", ".pyc"}
pytestmark = pytest.mark.slow
UNSEEN = {"SDL_VIDEODRIVER": "offscreen", "KIVY_GL_BACKEND": "mock", "SDL_AUDIODRIVER": "dummy"}
REST_SCREEN = """
import sys
from pathlib import Path
from kiosk.app import KioskApp
from kiosk.config import Place, read
import kiosk
place = Place(Path(sys.argv[1]))
app = KioskApp(read(place), place)
app.open()
said = [w.text for w in app.shell.walk() if getattr(w, "text", "")]
app.close()
print(kiosk.__file__)
print(*said, sep="\\n")
"""

SIGN_IN_PAGE = """
import sys
from pathlib import Path
from litestar.testing import TestClient
from sync.server.app import make_app
from sync.server.database.engine import Database
from sync.server.service import Service
from sync.server.settings import open_settings
service = Service(Database(sys.argv[1]), open_settings(Path(sys.argv[2])))
with TestClient(make_app(service)) as client:
    for lang in ("en", "es"):
        print(client.get("/sign-in", headers={"Accept-Language": lang}).text)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel as pip builds it from the tree."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", out, ROOT], check=True, timeout=LONGEST_S)
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def bin_folder(wheel, tmp_path_factory):
    """A fresh environment with the wheel in it; what it needs is borrowed from the tests' own."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", home], check=True, timeout=LONGEST_S
    )
    install = [sys.executable, "-m", "pip", "--python", home / "bin" / "python", "install", "-q"]
    subprocess.run([*install, "--no-deps", "--no-index", wheel], check=True, timeout=LONGEST_S)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def told(command, *words, cwd, **env):
    """What a command says, run far from the tree; it must end well."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        [command, *map(str, words)], cwd=cwd, env=ours | env, timeout=LONGEST_S, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_wheel_holds_every_file_of_the_tree_that_is_read_when_it_runs(wheel):
    inside = {name for name in ZipFile(wheel).namelist() if Path(name).suffix not in CODE}
    rooms = ("kiosk", "sync", "assets")
    files = [path for room in rooms for path in (ROOT / room).rglob("*") if path.is_file()]
    kept = {path.relative_to(ROOT) for path in files if path.suffix not in CODE}
    wanted = {f"kiosk/{path}" if path.parts[0] == "assets" else str(path) for path in kept}
    assert inside >= wanted
    assert f"-{kiosk.VERSION}-" in wheel.name


def test_both_commands_explain_themselves_by_their_own_names(bin_folder, tmp_path):
    assert told(bin_folder / "kiosk", "--help", cwd=tmp_path).startswith("usage: kiosk ")
    said = told(bin_folder / "commons-server", "--help", cwd=tmp_path)
    assert said.startswith("usage: commons-server ")
    assert told(bin_folder / "kiosk", "--version", cwd=tmp_path).strip() == kiosk.VERSION


def test_an_installed_kiosk_fills_a_hub_checks_it_and_shows_the_rest_screen(bin_folder, tmp_path):
    data = tmp_path / "data"
    told(bin_folder / "kiosk", "load-sample", "--data", data, cwd=tmp_path)
    told(bin_folder / "kiosk", "backup", "--data", data, "--to", data / "backups", cwd=tmp_path)
    said = told(bin_folder / "python", "-c", REST_SCREEN, data, cwd=tmp_path, **UNSEEN)
    assert str(bin_folder.parent) in said
    assert "La Ronda" in said


def test_an_installed_kiosk_has_its_tones(bin_folder, tmp_path):
    tone = "from kiosk.hardware.sound import toned; print(toned('in', 60)[:4])"
    assert told(bin_folder / "python", "-c", tone, cwd=tmp_path).strip() == "b'RIFF'"


def test_an_installed_server_makes_its_tables_and_a_hub(bin_folder, tmp_path):
    where = ("--database", f"sqlite:///{tmp_path}/server.db", "--settings", tmp_path / "s.toml")
    told(bin_folder / "commons-server", "hub", "add", "Orchard", *where, cwd=tmp_path)
    assert "Orchard" in told(bin_folder / "commons-server", "hub", "list", *where, cwd=tmp_path)


def test_an_installed_server_shows_its_pages_in_every_language(bin_folder, tmp_path):
    url, settings = f"sqlite:///{tmp_path}/server.db", tmp_path / "s.toml"
    where = ("--database", url, "--settings", settings)
    told(bin_folder / "commons-server", "hub", "add", "Orchard", *where, cwd=tmp_path)
    said = told(bin_folder / "python", "-c", SIGN_IN_PAGE, url, settings, cwd=tmp_path)
    assert "<h1>Sign in</h1>" in said
    assert "<h1>Iniciar sesión</h1>" in said
