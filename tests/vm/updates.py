"""Updates of a machine that is booted: what is told to it, and which version runs there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from deploy.machine.programs import version_of
from tests.conventions.tree import ROOT
from tests.vm.booted import NotSo, until
from tests.vm.door import Door

OLD = version_of(ROOT)
APP = Path("app")
COMMAND = "/usr/local/lib/commons-kiosk/deploy/pi/update"
SETTLED_S = 900
GONE_S = 120
LONGEST_S = 420
CUT = """
import sys, time
sys.path.insert(0, "/usr/local/lib/commons-kiosk")
from dataclasses import replace
from pathlib import Path
from deploy.pi import judging, updater
from deploy.pi.updating import go_on, take
step, archive, lived_s = sys.argv[1:]
def after(done):
    if done == step:
        Path("/data/cut-here").touch()
        time.sleep(1000)
kiosk = replace(updater.this_kiosk(updater.Machine()), after=after)
judging.LIVED_S = float(lived_s)
if archive:
    take(kiosk, Path(archive))
else:
    go_on(kiosk)
"""
"""The updater itself, which stops after a step: the power goes there."""


@dataclass(frozen=True)
class Updates:
    """Of the door's machine."""

    door: Door

    # What is told ---------------------------------------------------------------------------------

    def take(self, archive: Path) -> str:
        """Have it take an archive as from a stick; return what it said. Raises NotSo."""
        self._lay(archive)
        return self.door.machine.run(f"{COMMAND} --archive /data/{archive.name}")

    def refusal(self, archive: Path) -> str:
        """Return why it does not take an archive. Raises AssertionError where it does."""
        try:
            said = self.take(archive)
        except NotSo as why:
            return str(why)
        raise AssertionError(said)

    def looks_after_them(self) -> str:
        """Have its timer come round now; return what the service said."""
        machine = self.door.machine
        machine.run("systemctl start kiosk-update.service || true")
        run = machine.run("systemctl show -P InvocationID kiosk-update.service").strip()
        return machine.run(f"journalctl -o cat --no-pager _SYSTEMD_INVOCATION_ID={run}")

    def until_cut(self, step: str, archive: Path | None = None, *, lived_s: float = 600) -> None:
        """Have it take an archive, or judge one, and cut the power after a step of that.

        lived_s: how long a version lives until it is kept.
        """
        machine = self.door.machine
        if archive:
            self._lay(archive)
        (machine.data / "until_cut.py").write_text(CUT)
        here = machine.data / "cut-here"
        here.unlink(missing_ok=True)
        named = f"/data/{archive.name}" if archive else ""
        running = machine.begin(f"python3 /data/until_cut.py '{step}' '{named}' {lived_s}")

        def came() -> bool:
            if running.poll() is not None:
                raise NotSo(f"it ended before {step!r}")
            return here.exists()

        until(came, LONGEST_S, f"it is {step}")
        machine.cut()
        running.wait()

    def until_there(self, path: str, archive: Path) -> None:
        """Have it take an archive, and cut the power as soon as there is a file or folder."""
        machine = self.door.machine
        self._lay(archive)
        running = machine.begin(f"{COMMAND} --archive /data/{archive.name}")
        until((machine.data / path).exists, LONGEST_S, f"{path} is there")
        machine.cut()
        running.wait()

    def _lay(self, archive: Path) -> None:
        """Put an archive there, and wait until nobody is thought to stand at the door."""
        until(self.door.is_left, GONE_S, "nobody is at the door")
        for one in (archive, archive.with_name(f"{archive.name}.minisig")):
            shutil.copy(one, self.door.machine.data)

    # What is there --------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """Which version runs from the next start."""
        return (self.door.machine.data / APP / "current").readlink().name

    @property
    def running(self) -> str:
        """Which version the process at the door is of."""
        said = self.door.machine.run(f"tr '\\0' ' ' </proc/{self.door.process()}/cmdline")
        return next(one for one in said.split("/") if one[:1].isdigit())

    @property
    def is_on_trial(self) -> bool:
        """Whether one has not been judged yet."""
        return (self.door.machine.data / APP / "trial.json").exists()

    @property
    def failed(self) -> set[str]:
        """Which are never tried again."""
        folder = self.door.machine.data / APP / "failed"
        return {one.name for one in folder.iterdir()} if folder.exists() else set()

    def wait_until_judged(self) -> int:
        """Wait until nothing is on trial, whatever becomes of the machine; return its restarts."""
        starts = 0

        def judged() -> bool:
            nonlocal starts
            if self.door.machine.has_ended:
                starts += 1
                self.door.machine.start()
            return not self.is_on_trial

        until(judged, SETTLED_S, "nothing is on trial")
        return starts
