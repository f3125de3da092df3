"""An update from the archive to the day it is kept or taken back, one durable step after another.

Wherever the power goes the next run goes on from what is on the disk: a version that is not whole is
made anew, one on trial is judged, and until the link is changed nothing at the door has changed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from deploy.machine.machine import NotDone
from deploy.machine.programs import is_whole
from deploy.pi.archive import BadArchive, unpack, verified
from deploy.pi.judging import Health, Trial, is_newer, judge
from deploy.pi.shelf import Shelf

CHECK_S = 180
COUNTED = re.compile(r"^(\d+) records are as they were written", re.MULTILINE)
Install = Callable[[Path, str], None]
"""Makes a version whole on the shelf, from an unpacked archive."""


class NotTaken(NotDone):
    """A version was refused before the door saw it; the sentence says why."""


class NotNow(NotTaken):
    """Nothing is wrong with a version; it is tried again as soon as may be."""


class Screens(Protocol):
    """The units that run at the door, as systemd knows them."""

    def restart(self) -> bool: ...
    def health(self) -> Health: ...
    def somebody_there(self) -> bool: ...


@dataclass(frozen=True)
class Kiosk:
    """Where things are on a kiosk, and how its outside is reached.

    run_as: words before a command that has it run as the kiosk's account. after: called with the
    name of each step that is done; a test cuts the power there.
    """

    shelf: Shelf
    records: Path
    key: Path
    work: Path
    install: Install
    screens: Screens
    run_as: Sequence[str] = ()
    after: Callable[[str], None] = lambda _step: None
    check_s: float = CHECK_S


def take(kiosk: Kiosk, archive: Path) -> str:
    """Try an archive and put its version on trial; return the version. Raises NotTaken, BadArchive."""
    version = verified(archive, kiosk.key)
    shelf = kiosk.shelf
    if version in shelf.failed:
        raise NotTaken(f"{version} failed here before")
    if not is_newer(version, shelf.current):
        raise NotTaken(f"{version} is not newer than {shelf.current}, which runs")
    kiosk.after("verified")
    if not is_whole(shelf.home / version):
        _install(kiosk, archive, version)
        kiosk.after("installed")
    for data in _folders(kiosk.records):
        _try_on_copy(kiosk, version, data)
    kiosk.after("tried")
    if kiosk.screens.somebody_there():
        raise NotNow("somebody is at the screen; later")
    _begin_trial(kiosk, version)
    return version


def _install(kiosk: Kiosk, archive: Path, version: str) -> None:
    unpacked = kiosk.work / "unpacked"
    unpack(archive, unpacked)
    kiosk.after("unpacked")
    said = (unpacked / "version").read_text("utf-8").strip()
    if said != version:
        raise BadArchive(f"{archive.name} is signed as {version} and holds {said}")
    kiosk.install(unpacked, version)
    shutil.rmtree(unpacked)


def _folders(records: Path) -> list[Path]:
    """The folder of each screen that has been opened once."""
    return sorted(path.parent for path in records.glob("*/hub.db"))


def _try_on_copy(kiosk: Kiosk, version: str, data: Path) -> None:
    """Open a copy by the old version, the new one and the old one again: nothing may have gone.

    The last one also shows that the way back is open. Raises NotTaken; the version has then failed.
    """
    shelf = kiosk.shelf
    copy = kiosk.work / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(mode=0o700)
    owner = data.stat()
    os.chown(copy, owner.st_uid, owner.st_gid)
    _say(kiosk, shelf.kiosk(shelf.current), "backup", "--data", data, "--to", copy)
    (made,) = copy.glob("store-*.db")
    made.rename(copy / "hub.db")
    before = _say(kiosk, shelf.kiosk(shelf.current), "self-check", "--data", copy)
    try:
        _say(kiosk, shelf.kiosk(version), "self-check", "--data", copy)
        after = _say(kiosk, shelf.kiosk(shelf.current), "self-check", "--data", copy)
        if _count(after) < _count(before):
            raise NotTaken(f"it lost {_count(before) - _count(after)} records of a copy")
    except NotDone as why:
        shelf.mark_failed(version)
        raise NotTaken(
            f"{version} did not stand its trial on a copy of {data.name}: {why}"
        ) from why
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _count(said: str) -> int:
    found = COUNTED.search(said)
    if not found:
        raise NotTaken("it did not say how many records there are")
    return int(found[1])


def _say(kiosk: Kiosk, *words: str | Path) -> str:
    command = [*kiosk.run_as, *(str(word) for word in words)]
    try:
        ran = subprocess.run(
            command,
            cwd=kiosk.work,
            capture_output=True,
            text=True,
            timeout=kiosk.check_s,
            check=False,
        )
    except subprocess.TimeoutExpired as why:
        raise NotTaken(f"it was not ready after {kiosk.check_s:g} s") from why
    except OSError as why:
        raise NotTaken(str(why)) from why
    if ran.returncode:
        raise NotTaken(f"it ended with {ran.returncode}: {ran.stderr.strip()[-300:]}")
    return ran.stdout


def _begin_trial(kiosk: Kiosk, version: str) -> None:
    trial = Trial(version, kiosk.shelf.current)
    kiosk.shelf.note(trial)
    kiosk.after("noted")
    kiosk.shelf.switch(version)
    kiosk.after("switched")
    if not kiosk.screens.restart():
        _back(kiosk, trial)
        raise NotTaken(f"{version} did not start at the door; {trial.before} runs again")
    kiosk.after("started")


def _back(kiosk: Kiosk, trial: Trial, *, restart: bool = True) -> None:
    shelf = kiosk.shelf
    shelf.mark_failed(trial.version)
    kiosk.after("marked as failed")
    shelf.switch(trial.before)
    kiosk.after("switched back")
    shelf.forget_trial()
    kiosk.after("forgotten")
    if restart:
        kiosk.screens.restart()


def go_on(kiosk: Kiosk) -> str:
    """Judge what is on trial, if anything is. Returns what was done: "", "keep", "back", "wait"..."""
    trial = kiosk.shelf.trial
    if trial is None:
        return ""
    verdict = judge(trial, kiosk.shelf.current, kiosk.shelf.failed, kiosk.screens.health())
    if verdict == "back":
        _back(kiosk, trial)
    elif verdict == "keep":
        kiosk.shelf.prune()
        kiosk.after("pruned")
        kiosk.shelf.forget_trial()
    elif verdict == "forget":
        kiosk.shelf.forget_trial()
    return verdict


def at_boot(kiosk: Kiosk) -> str:
    """Count this start against a version on trial, before any screen is opened; return what was done."""
    trial = kiosk.shelf.trial
    if trial is None:
        return ""
    counted = replace(trial, boots=trial.boots + 1)
    kiosk.shelf.note(counted)
    verdict = judge(counted, kiosk.shelf.current, kiosk.shelf.failed, Health())
    if verdict == "back":
        _back(kiosk, counted, restart=False)  # the screens come after us
    return verdict
