"""The door on the processor of a Pi: an arm64 root file system, emulated, shown on a screen of ours.

``deploy/pi/build-image`` makes it in build/arm (some minutes) and runs the installer in it; later
runs find it there. The screen is an Xvfb of this machine; everything else is arm64. Of both systems
that a Pi may have: Debian 13 and 12.
"""

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest
from PIL import Image

from tests.conventions.tree import ROOT

FOLDER = ROOT / "build" / "arm"
LONGEST_S = 3600
TOOLS = ("mmdebstrap", "proot", "qemu-aarch64-static", "Xvfb")
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"it needs {', '.join(TOOLS)}"
)


def on_pi(folder, *words, **env):
    """Run a command of an arm64 root, as the installer's own tool does."""
    emulator = ["-q", "qemu-aarch64-static"] if os.uname().machine != "aarch64" else []
    binds = [part for one in ("/proc", "/dev", "/sys", "/tmp") for part in ("-b", one)]
    told = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root", **env}
    return subprocess.run(
        ["proot", *emulator, "-r", folder / "root", "-0", "-w", "/", *binds, *words],
        env=told, timeout=LONGEST_S, check=False, capture_output=True, text=True,
    )  # fmt: skip


@pytest.fixture(scope="module", params=["trixie", "bookworm"])
def pi(request):
    """The folder of a machine with a kiosk installed."""
    folder = FOLDER / request.param
    made = subprocess.run(
        [ROOT / "deploy" / "pi" / "build-image", folder, request.param], timeout=LONGEST_S,
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
    return folder


@contextmanager
def screen(size):
    told, telling = os.pipe()
    command = ["Xvfb", "-displayfd", str(telling), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[telling], stderr=subprocess.DEVNULL) as server:
        os.close(telling)
        with os.fdopen(told) as number:
            yield f":{number.readline().strip()}"
        server.terminate()


def test_the_installer_ends_well_and_a_second_time_has_nothing_to_do(pi):
    again = on_pi(pi, "/srv/commons/deploy/pi/install", "--keep-writable", "--dry-run")
    assert again.returncode == 0, again.stderr
    assert "\n0 of " in again.stdout, again.stdout


def test_the_door_shows_the_sample_hub_on_a_screen(pi):
    kiosk = "/data/app/current/bin/kiosk"
    pictures = pi / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir()
    with screen("800x480") as display:
        told = on_pi(
            pi, kiosk, "pictures", "--size", "800x480", "--diagonal-mm", "180", "--pages", "rest",
            "--lang", "es", "--out", "/tmp/commons-arm-pictures",
            DISPLAY=display, LIBGL_ALWAYS_SOFTWARE="1", SDL_VIDEODRIVER="x11",
        )  # fmt: skip
    assert told.returncode == 0, told.stderr[-2000:]
    (picture,) = ROOT.__class__("/tmp/commons-arm-pictures").glob("*rest*.png")
    shutil.move(picture, pictures / picture.name)
    shown = Image.open(pictures / picture.name)
    assert shown.size == (800, 480)
    assert len(shown.convert("RGB").getcolors(shown.width * shown.height)) > 50
