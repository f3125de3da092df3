"""A kiosk whose systemd runs: Debian's root in a container, with labwc on a screen that nobody sees.

The kernel is this machine's own. What a unit says of its account, its files, its calls and its
watchdog holds as on a Pi; the console, the keyboard's way to the kernel and the driver of the
screen are not there.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from PIL import Image

BOOT_S = 120
COMMAND_S = 600
POLL_S = 0.05
UID = 1500
AUTOSTART = "etc/kiosk/labwc/autostart"
INSTALLED = "# What the installer wrote:\n"
IN_A_CONTAINER = {
    "etc/kiosk/screen": f"""\
WLR_BACKENDS=headless
WLR_HEADLESS_OUTPUTS={{outputs}}
WLR_LIBINPUT_NO_DEVICES=1
WLR_RENDERER=pixman
LIBGL_ALWAYS_SOFTWARE=1
XDG_RUNTIME_DIR=/run/user/{UID}
""",
    "etc/kiosk/app": "LIBGL_ALWAYS_SOFTWARE=1\n",
    # A screen of glass brings its size along; what the installer wrote comes after that.
    AUTOSTART: f"""\
echo $WAYLAND_DISPLAY >/run/user/{UID}/shown-at
wlr-randr --output HEADLESS-1 --custom-mode {{glass}}
wlr-randr --output HEADLESS-2 --custom-mode 1920x1080
{INSTALLED}""",
    # PAM makes no session where the seat has no consoles, and so no folder for it.
    "etc/tmpfiles.d/no-seat.conf": f"d /run/user/{UID} 0700 {UID} {UID}\n",
    # It would leave the clock to the machine around it.
    "etc/systemd/system/systemd-timesyncd.service.d/container.conf": "[Unit]\nConditionVirtualization=\n",
}
"""What a container lacks, said by the files that the units read."""
AT_SCREEN = (
    f"setpriv --reuid kiosk --regid kiosk --init-groups env XDG_RUNTIME_DIR=/run/user/{UID}"
    f" WAYLAND_DISPLAY=$(cat /run/user/{UID}/shown-at) "
)


class NotSo(AssertionError):
    """A command ended badly, or what was waited for did not come."""


def until(so: Callable[[], Any], longest_s: float, what: str) -> Any:
    """Return what ``so`` says as soon as that is true; asked again until then. Raises NotSo."""
    deadline = time.monotonic() + longest_s
    while time.monotonic() < deadline:
        if found := so():
            return found
        Event().wait(POLL_S)  # another machine tells us nothing: it is asked again
    raise NotSo(f"not within {longest_s:g} s: {what}")


@dataclass
class Booted:
    """A root and a /data, in folders, and the container that runs them."""

    root: Path
    data: Path
    outputs: int = 1
    glass: str = "1280x800"
    _container: subprocess.Popen[bytes] | None = None
    _first: int = 0

    # Its power ------------------------------------------------------------------------------------

    def start(self, *, into: str = "graphical.target", longest_s: float = BOOT_S) -> None:
        """Start its systemd, and wait until that listens."""
        for path, text in IN_A_CONTAINER.items():
            there = self.root / path
            there.parent.mkdir(parents=True, exist_ok=True)
            theirs = there.read_text() if path == AUTOSTART and there.exists() else ""
            theirs = theirs.rpartition(INSTALLED)[2]
            there.write_text(text.format(outputs=self.outputs, glass=self.glass) + theirs)
        command = ["systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit"]
        command += ["--private-network", "--machine=door", "--console=pipe", "--bind=/dev/tty1"]
        command += [f"--directory={self.root}", f"--bind={self.data}:/data", f"systemd.unit={into}"]
        nobody = subprocess.DEVNULL
        self._container = subprocess.Popen(
            command, stdin=nobody, stdout=nobody, stderr=nobody,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
        )  # fmt: skip
        until(self._is_up, longest_s, "its systemd listens")

    def _is_up(self) -> bool:
        assert self._container is not None
        if self._container.poll() is not None:
            raise NotSo(f"systemd-nspawn ended with {self._container.returncode}")
        children = Path(f"/proc/{self._container.pid}/task/{self._container.pid}/children")
        first = children.read_text().split()
        self._first = int(first[0]) if first else 0
        return bool(first) and self.says("test -S /run/dbus/system_bus_socket && echo up") == "up"

    def cut(self) -> None:
        """End everything in it at once. What was written and not yet synced is not lost by this."""
        if self._container is not None:
            # Its first process and, by that, all others: they would live on without systemd-nspawn.
            with suppress(ProcessLookupError):
                os.kill(self._first or self._container.pid, signal.SIGKILL)
            self._container.kill()
            self._container.wait()
            self._container, self._first = None, 0

    @property
    def has_ended(self) -> bool:
        """Whether it powered off, or restarted itself: a container ends then as well."""
        return self._container is None or self._container.poll() is not None

    # Root, in it ----------------------------------------------------------------------------------

    def _inside(self, *words: str) -> list[str]:
        spaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd"]
        clean = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/root"]
        return ["nsenter", f"--target={self._first}", *spaces, *clean, *words]

    def run(self, command: str, *, longest_s: float = COMMAND_S) -> str:
        """Run a line of shell as root and return what it printed. Raises NotSo."""
        ran = subprocess.run(
            self._inside("sh", "-c", command), stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=longest_s, check=False,
        )  # fmt: skip
        if ran.returncode:
            raise NotSo(f"{command}: {(ran.stdout + ran.stderr)[-3000:]}")
        return ran.stdout

    def says(self, command: str) -> str | None:
        """Return what a line of shell printed, None where it ended badly."""
        try:
            return self.run(command, longest_s=60).strip()
        except NotSo:
            return None

    def begin(self, command: str) -> subprocess.Popen[bytes]:
        """Start a line of shell as root, and do not wait for it."""
        quiet = subprocess.DEVNULL
        inside = self._inside("sh", "-c", command)
        return subprocess.Popen(inside, stdin=quiet, stdout=quiet, stderr=quiet)

    def installs(self, words: str = "") -> str:
        """Return the command that makes a kiosk of it, without any network."""
        wheels = "PIP_NO_INDEX=1 PIP_FIND_LINKS=/srv/wheels"
        screen = "--door HEADLESS-1 --size 1280x800 --diagonal-mm 257 --keep-writable"
        return f"{wheels} /srv/commons/deploy/pi/install {screen} {words}"

    # Its screen -----------------------------------------------------------------------------------

    def at_screen(self, command: str) -> str:
        """Run a line of shell as whoever owns the screens."""
        return self.run(AT_SCREEN + command)

    def begin_at_screen(self, command: str) -> subprocess.Popen[bytes]:
        """Start a line of shell as whoever owns the screens, and do not wait for it."""
        return self.begin("exec " + AT_SCREEN + command)

    def inside(self, path: str) -> Path:
        """Return where a path of the running machine is for us."""
        return Path(f"/proc/{self._first}/root") / path

    def picture(self, output: str = "HEADLESS-1", words: str = "") -> Image.Image:
        """Return what an output shows now; words: more of them for grim(1)."""
        self.at_screen(f"grim {words} -o {output} /tmp/shown.png")
        with Image.open(self.inside("tmp/shown.png")) as shown:
            return shown.convert("RGB")

    def place_of(self, output: str) -> tuple[int, int]:
        """Return where an output's top left corner lies on the desk of all outputs."""
        found = next(one for one in self._outputs() if one["name"] == output)
        return found["position"]["x"], found["position"]["y"]

    def desk(self) -> tuple[int, int, int, int]:
        """Return the desk of all outputs, in pixels: left, top, width, height."""
        names = [one["name"] for one in self._outputs()]
        boxes = [(*self.place_of(name), *self.picture(name).size) for name in names]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = (
            max(x + wide for x, _, wide, _ in boxes),
            max(y + tall for _, y, _, tall in boxes),
        )
        return left, top, right - left, bottom - top

    def _outputs(self) -> Any:
        return json.loads(self.at_screen("wlr-randr --json"))

    def keep_picture(self, name: str, output: str = "HEADLESS-1") -> Image.Image:
        """Put what an output shows where somebody can look at it, and return it."""
        shown = self.picture(output)
        folder = self.root.parent / "pictures"
        folder.mkdir(exist_ok=True)
        shown.save(folder / f"{name}.png")
        return shown


def copied(folder: Path, to: Path) -> Path:
    """Lay a copy of a folder of a machine, with owners and all; what was there before goes."""
    subprocess.run(["rm", "-rf", "--one-file-system", to], check=True)
    subprocess.run(["cp", "-aT", "--reflink=auto", folder, to], check=True)
    return to


@contextmanager
def layered(below: Path, name: str) -> Iterator[Path]:
    """Lay an empty layer over a root, beside it: what is written there goes with it."""
    there = below.parent / name
    subprocess.run(["umount", there], check=False, stderr=subprocess.DEVNULL)
    for part in (there, upper := there.with_suffix(".layer"), work := there.with_suffix(".work")):
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
    parts = f"lowerdir={below},upperdir={upper},workdir={work}"
    subprocess.run(["mount", "-t", "overlay", "-o", parts, "overlay", there], check=True)
    try:
        yield there
    finally:
        subprocess.run(["umount", there], check=True)
