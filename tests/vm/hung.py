"""Doors of every size, as the installer leaves them: what it is told is all that differs."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.sample.loader import LA_RONDA
from tests.vm.booted import COMMAND_S, Booted, copied, layered
from tests.vm.door import Door
from tests.vm.hands import Hands

LIVELY_MIN = 10 * 60 + 42
"""When the sample hub is at its best, in minutes after its midnight: the flows are walked then."""
SAMPLE = "srv/sample.json"
WALL_SIZE = (1920, 1080)


@dataclass(frozen=True)
class Glass:
    """A screen for a door: how it hangs, and by how much it was turned for that."""

    size: str
    diagonal_mm: float
    turn: int = 0

    def __str__(self) -> str:
        return f"{self.size}-turned-{self.turn}" if self.turn else self.size

    @property
    def px(self) -> tuple[int, int]:
        """Its pixels from left to right and from top to bottom, as it hangs."""
        wide, _, tall = self.size.partition("x")
        return int(wide), int(tall)

    @property
    def as_made(self) -> str:
        """The size that it was made with."""
        wide, tall = self.px
        return f"{tall}x{wide}" if self.turn in {90, 270} else self.size

    @property
    def told(self) -> str:
        """The words for the installer."""
        turn = f" --turn {self.turn}" if self.turn else ""
        return f"--size {self.size} --diagonal-mm {self.diagonal_mm:g}{turn}"


def lively_zone(now: datetime) -> str:
    """Return the name of a time zone in which it is about the time when the hub is at its best."""
    at_utc_min = now.hour * 60 + now.minute
    ahead_h = (round((LIVELY_MIN - at_utc_min) / 60) + 12) % 24 - 12
    return f"Etc/GMT{-ahead_h:+d}" if ahead_h else "Etc/UTC"


def _put_sample(root: Path) -> None:
    sample = json.loads(LA_RONDA.read_text("utf-8"))
    sample["hub"]["timezone"] = lively_zone(datetime.now(UTC))
    (root / SAMPLE).write_text(json.dumps(sample))


def _in(machine: Booted, command: str) -> None:
    """Run a line of shell as root in a machine that is not started."""
    clean = {"PATH": os.environ["PATH"], "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"}
    there = ["--quiet", "--register=no", "--keep-unit", "--private-network", "--pipe"]
    there += [f"--directory={machine.root}", f"--bind={machine.data}:/data"]
    ran = subprocess.run(
        ["systemd-nspawn", *there, "sh", "-ec", command], env=clean, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=COMMAND_S, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{command}: {(ran.stdout + ran.stderr)[-3000:]}"


UNHURRIED = """\
[Service]
WatchdogSec=0
TimeoutStartSec=10min
"""
"""A debugger holds the door for a while, and the machine may be a slow one: how soon is another test's."""
LOADS = """\
rm -f /data/kiosk/{mode}/hub.db*
setpriv --reuid kiosk --regid kiosk --init-groups /data/app/current/bin/kiosk \
    load-sample --file /srv/sample.json --data /data/kiosk/{mode}
"""


@dataclass
class Hung:
    """A door and a wall that run, and the hands at the door."""

    glass: Glass
    door: Door
    wall: Door
    hands: Hands

    @property
    def machine(self) -> Booted:
        return self.door.machine

    def keep(self, name: str) -> None:
        """Keep what the door shows, to be looked at."""
        self.machine.keep_picture(f"{name}-{self.glass}")


@contextmanager
def hung(installed: Booted, glass: Glass) -> Iterator[Hung]:
    """Install anew for another glass, and start it."""
    folder = installed.root.parent
    data = copied(installed.data, folder / "hung-data")
    with layered(installed.root, "hung-root") as root:
        machine = Booted(root, data, outputs=2, glass=glass.as_made)
        _put_sample(root)
        unhurried = root / "etc/systemd/system/kiosk-app@.service.d/unhurried.conf"
        unhurried.parent.mkdir()
        unhurried.write_text(UNHURRIED)
        words = f"--wall HEADLESS-2 --key /srv/key.pub {glass.told}"
        _in(
            machine,
            machine.installs(words) + "\n" + LOADS.format(mode="door") + LOADS.format(mode="wall"),
        )
        door, wall = Door(machine), Door(machine, "wall", "HEADLESS-2")
        hands = Hands(door)
        try:
            machine.start()
            door.rests()
            wall.rests()
            yield Hung(glass, door, wall, hands)
        finally:
            machine.cut()
            hands.away()
