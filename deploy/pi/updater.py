"""Looks after the versions of the program on a kiosk: what kiosk-update.timer starts.

update                  judge what is on trial; at night look for a new version
update --archive FILE   take this one now, as from a stick
update --boot           count a start against a version on trial; before the screens open
"""

from __future__ import annotations

import argparse
import sys
import time
import urllib.request
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj

from deploy.machine.machine import Machine, NotDone, write_whole
from deploy.machine.programs import put_version
from deploy.pi.archive import VERSION
from deploy.pi.judging import Health, is_newer
from deploy.pi.shelf import Shelf
from deploy.pi.updating import Install, Kiosk, NotNow, at_boot, go_on, take

HOME = Path("/data/app")
RECORDS = Path("/data/kiosk")
KEY = Path("/usr/local/lib/commons-kiosk/updates.pub")
ADDRESS = Path("/etc/kiosk/updates.url")
QUIET_HOURS = range(2, 5)
UNITS = "kiosk-app@*.service"
AS_KIOSK = ("setpriv", "--reuid", "kiosk", "--regid", "kiosk", "--init-groups")
TIMEOUT_S = 60
REFUSED = "refused"
"""The note of an archive that was not taken, by the hash of its signature."""
TRIED_AGAIN_S = 20 * 3600
"""The night after."""
FACTS = ("ActiveState", "SubState", "NRestarts", "ActiveEnterTimestampMonotonic", "StatusText")


@dataclass(frozen=True)
class Systemd:
    """The screens' units; the worst of them speaks for all."""

    machine: Machine

    def restart(self) -> bool:
        """Start them anew; whether each said READY."""
        return self.machine.says("systemctl", "restart", UNITS) is not None

    def health(self) -> Health:
        """Return what is known of the one that is worst off."""
        up_s = time.clock_gettime(time.CLOCK_MONOTONIC)
        said = self._facts()
        return worst([health_of(one, up_s) for one in said], up_s)

    def somebody_there(self) -> bool:
        """Whether one of them was touched a moment ago."""
        return any(one.get("StatusText", "").startswith("somebody") for one in self._facts())

    def _facts(self) -> list[dict[str, str]]:
        said = self.machine.says("systemctl", "show", "--property", ",".join(FACTS), UNITS) or ""
        return [
            dict(line.split("=", 1) for line in one.splitlines())
            for one in said.split("\n\n")
            if one
        ]


def health_of(facts: dict[str, str], up_s: float) -> Health:
    """Return the health of one unit by what systemctl show says of it."""
    runs = facts.get("ActiveState") == "active" and facts.get("SubState") == "running"
    since_s = int(facts.get("ActiveEnterTimestampMonotonic") or 0) / 1e6
    return Health(
        lived_s=max(0.0, up_s - since_s) if runs else 0.0,
        restarts=int(facts.get("NRestarts") or 0),
        is_given_up=facts.get("ActiveState") == "failed",
        up_s=up_s,
    )


def worst(health: Sequence[Health], up_s: float) -> Health:
    """Return one health for all screens: a version is good when each of them lives."""
    return Health(
        lived_s=min((one.lived_s for one in health), default=0.0),
        restarts=max((one.restarts for one in health), default=0),
        is_given_up=any(one.is_given_up for one in health),
        up_s=up_s,
    )


def installer(machine: Machine, home: Path) -> Install:
    """Return what makes a version from the wheels of an archive, each by its hash."""

    def install(unpacked: Path, version: str) -> None:
        wheels, lock = unpacked / "wheels", unpacked / "lock.txt"
        (ours,) = wheels.glob("door_of_the_commons-*.whl")
        put_version(
            machine,
            str(home),
            version,
            ("--no-index", "--find-links", str(wheels), "--require-hashes", "-r", str(lock)),
            ("--no-index", "--no-deps", str(ours)),
        )

    return install


def fetched(address: str, current: str, failed: Collection[str], work: Path) -> Path | None:
    """Return a newer archive from an address, None where there is none. Raises OSError, NotDone.

    failed: versions that would be refused again; they are not downloaded.
    """

    def fetch(name: str) -> Path:
        with (
            urllib.request.urlopen(f"{address}/{name}", timeout=TIMEOUT_S) as answer,  # noqa: S310
            (work / name).open("wb") as file,
        ):
            copyfileobj(answer, file)
            whole = answer.headers.get("Content-Length")
            if whole and file.tell() != int(whole):
                raise NotDone(f"{name} was cut off on its way")
        return work / name

    if not address.startswith("https://"):
        raise NotDone(f"{ADDRESS} must begin with https://")
    with urllib.request.urlopen(f"{address}/latest", timeout=TIMEOUT_S) as answer:  # noqa: S310  # https
        version = answer.read(40).decode("ascii", "replace").strip()
    if not VERSION.fullmatch(version) or not is_newer(version, current) or version in failed:
        return None
    name = f"commons-{version}.tar"
    if _was_refused(fetch(f"{name}.minisig").read_bytes(), work):
        return None
    return fetch(name)


def _was_refused(signature: bytes, work: Path) -> bool:
    """Whether an archive with this signature was refused since last night."""
    try:
        note = work / REFUSED
        ago_s = time.time() - note.stat().st_mtime
        return note.read_text("ascii") == _digest(signature) and 0 <= ago_s < TRIED_AGAIN_S
    except FileNotFoundError:
        return False


def _digest(signature: bytes) -> str:
    return sha256(signature).hexdigest()


def look(kiosk: Kiosk, address: Path, hour: int) -> str:
    """Judge what is on trial; where nothing is, and at night, take a newer version."""
    verdict = go_on(kiosk)
    if verdict or hour not in QUIET_HOURS or not address.exists():
        return verdict
    url = address.read_text("utf-8").strip().rstrip("/")
    try:
        archive = fetched(url, kiosk.shelf.current, kiosk.shelf.failed, kiosk.work)
        return f"{_taken(kiosk, archive)} is on trial" if archive else ""
    finally:
        # Whatever became of it, and what the power left of another night's: 80 MB each.
        for one in kiosk.work.glob("commons-*"):
            one.unlink()


def _taken(kiosk: Kiosk, archive: Path) -> str:
    try:
        return take(kiosk, archive)
    except NotNow:
        raise
    except NotDone:
        # Signed by nobody we know, older than it says, not to be installed: tonight it stays so.
        signature = archive.with_name(f"{archive.name}.minisig").read_bytes()
        write_whole(kiosk.work / REFUSED, _digest(signature).encode())
        raise


def this_kiosk(machine: Machine) -> Kiosk:
    """Return the kiosk that we run on. Raises NotDone where it is none, OSError."""
    if not HOME.is_dir():
        raise NotDone(f"this is no kiosk: there is no {HOME}; deploy/pi/install makes it one")
    work = HOME / "work"
    work.mkdir(mode=0o755, exist_ok=True)
    shelf, screens = Shelf(HOME), Systemd(machine)
    return Kiosk(shelf, RECORDS, KEY, work, installer(machine, HOME), screens, AS_KIOSK)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--boot", action="store_true", help="before the screens open")
    parser.add_argument("--archive", type=Path, metavar="FILE", help="take this one")
    args = parser.parse_args(argv)
    try:
        kiosk = this_kiosk(Machine())
        if args.boot:
            said = at_boot(kiosk)
        elif args.archive:
            said = f"{take(kiosk, args.archive)} is on trial"
        else:
            said = look(kiosk, ADDRESS, datetime.now().astimezone().hour)
    except (NotDone, OSError) as why:
        print(f"Not taken: {why}", file=sys.stderr)
        return 1
    print(said or "nothing to do")
    return 0
