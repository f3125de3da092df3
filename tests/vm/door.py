"""The door of a machine that is booted: what systemd, its store and its screen say of it."""

from __future__ import annotations

import shlex
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass

from PIL import Image, ImageChops

from tests.vm.booted import Booted, NotSo, until

READY_S = 90
BACK_S = 10.0
"""The bar: so long after it was killed, or hung, the rest screen is there again."""
FACTS = ("ActiveState", "SubState", "NRestarts", "ActiveEnterTimestampMonotonic", "MainPID",
         "StatusText")  # fmt: skip
HANG = """
import time
def hang(*_):
    with open("/data/kiosk/{mode}/hung", "w") as file:
        file.write(str(time.monotonic()))
    time.sleep(1000)
{act}
"""
HANGS = {
    "Kivy": "from kivy.clock import Clock; Clock.schedule_once(hang, 0)",
    "hub": "from kivy.core.window import Window; Window.children[-1].around.desk.aside(hang)",
}
"""Told to the running process by a debugger: nothing of this is in the program."""


@dataclass
class Door:
    """One screen of a machine, the door unless it says something else."""

    machine: Booted
    mode: str = "door"
    output: str = "HEADLESS-1"

    @property
    def unit(self) -> str:
        return f"kiosk-app@{self.mode}.service"

    def facts(self) -> dict[str, str]:
        """What systemd says of it."""
        said = self.machine.says(f"systemctl show --property {','.join(FACTS)} {self.unit}") or ""
        return dict(line.split("=", 1) for line in said.splitlines())

    def ready_at_s(self) -> float:
        """When it said READY, on the clock that never jumps; 0 where it does not run."""
        facts = self.facts()
        runs = (facts.get("ActiveState"), facts.get("SubState")) == ("active", "running")
        return int(facts["ActiveEnterTimestampMonotonic"]) / 1e6 if runs else 0.0

    def rests(self) -> Image.Image:
        """Wait until it is ready and what it shows stays as it is; return that."""
        self.is_ready()
        last = Image.new("RGB", (1, 1))

        def still() -> Image.Image | None:
            nonlocal last
            last, before = self.machine.picture(self.output), last
            return last if differing(last, before) < 0.001 and colours(last) > 50 else None

        return until(still, 30, f"the {self.mode} shows its rest screen")

    def is_ready(self, longest_s: float = READY_S) -> float:
        """Wait until it says READY; return when that was."""
        return float(until(self.ready_at_s, longest_s, f"the {self.mode} is ready"))

    def lived_s(self) -> float:
        """How long it has been ready; 0 where it does not run."""
        since_s = self.ready_at_s()
        return time.monotonic() - since_s if since_s else 0.0

    def is_left(self) -> bool:
        """Whether it says itself that nobody stands there."""
        return self.facts().get("StatusText", "").startswith("nobody")

    def process(self) -> int:
        return int(self.facts()["MainPID"])

    def back_after_s(self, since_s: float, process: int) -> float:
        """Wait until another process than ``process`` is ready; return how long after ``since_s``."""

        def back() -> float:
            return self.ready_at_s() if self.process() not in {0, process} else 0.0

        return float(until(back, READY_S, f"the {self.mode} is back")) - since_s

    # What is done to it ---------------------------------------------------------------------------

    def kill(self) -> float:
        """End the process as if it had crashed; return when."""
        self.machine.run(f"kill -9 {self.process()}")
        return time.monotonic()

    def kill_compositor(self) -> float:
        """End what shows the windows of both screens; return when."""
        self.machine.run("systemctl kill --signal=SIGKILL kiosk-screen.service")
        return time.monotonic()

    def hang(self, thread: str) -> float:
        """Have one of its threads never come back; return since when."""
        noted = self.machine.data / f"kiosk/{self.mode}/hung"
        noted.unlink(missing_ok=True)
        self.tell(HANG.format(mode=self.mode, act=HANGS[thread]))
        return float(until(lambda: noted.exists() and noted.read_text(), 30, f"{thread} hangs"))

    def tell(self, script: str) -> None:
        """Have its process run a script, by a debugger."""
        calls = ("(int)PyGILState_Ensure()", f"(int)PyRun_SimpleString({c_string(script)})",
                 "(void)PyGILState_Release($1)")  # fmt: skip
        asks = " ".join(f"-ex {shlex.quote(f'call {one}')}" for one in calls)
        self.machine.run(f"gdb -nx -batch -iex 'set auto-solib-add off' -p {self.process()} {asks}")

    def tap_card(self, uid: str) -> None:
        """Hold a card to it, and wait until that is on the disk."""
        before = self.written("visit")
        self.machine.run(
            "setpriv --reuid kiosk --regid kiosk --init-groups /data/app/current/bin/kiosk"
            f" tap-card {uid} --data /data/kiosk/{self.mode}"
        )
        until(lambda: self.written("visit") != before, 20, "the card is known")

    # What is there --------------------------------------------------------------------------------

    def written(self, kind: str) -> dict[str, str]:
        """Every record of a kind that is committed, by its id."""
        path = self.machine.data / f"kiosk/{self.mode}/hub.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
            rows = store.execute("SELECT id, body FROM record WHERE kind = ?", (kind,))
            return dict(rows.fetchall())

    def shows(self, like: Image.Image) -> bool:
        """Whether the screen is this picture, but for the time and what changes with it."""
        try:
            return differing(self.machine.picture(self.output), like) < 0.03
        except NotSo:
            return False


def c_string(text: str) -> str:
    """Return a text as a debugger reads one."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def colours(shown: Image.Image) -> int:
    """Return how many colours a picture has; an empty screen has one."""
    return len(shown.getcolors(shown.width * shown.height) or ())


def differing(one: Image.Image, other: Image.Image) -> float:
    """Return which part of two pictures' pixels is not the same."""
    if one.size != other.size:
        return 1.0
    changed = ImageChops.difference(one, other).convert("L").point(lambda v: 255 if v > 24 else 0)
    return changed.histogram()[255] / (one.width * one.height)
