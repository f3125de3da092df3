"""Say in plain words whether this device is well: its records, copies, disk, clock and settings.

Nothing is changed, and the door may go on running. Ends with 0 when all is well.
"""

from __future__ import annotations

import argparse
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import disk_usage

from kiosk.cli.opened import now, state_in
from kiosk.config import Place, hub_key, read, unknown
from kiosk.hub.snapshot import Device, Snapshot
from kiosk.store.backups import in_folder
from kiosk.store.state import State
from sync.clock import Reading
from sync.errors import HubError

HELP = "is this device healthy, in plain words"
LEAST_FREE_MB = 200
OLDEST_BACKUP = timedelta(hours=36)
CLOCK_LEEWAY = timedelta(minutes=5)
NOT_BEFORE = datetime(2025, 1, 1, tzinfo=UTC)
"""No device with this program can have an earlier time: its clock was never set."""
SET_BY_NETWORK = Path("/run/systemd/timesync/synchronized")


@dataclass(frozen=True)
class Finding:
    """One sentence about the device, and whether somebody should look after it."""

    is_well: bool
    sentence: str


def add(_parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Print a line for each thing looked at; 1 where one of them needs somebody."""
    findings = list(findings_of(Place(args.data), now()))
    for finding in findings:
        print(f"{'ok  ' if finding.is_well else 'LOOK'}  {finding.sentence}")
    unwell = sum(not finding.is_well for finding in findings)
    if unwell:
        print(f"{unwell} of {len(findings)} need somebody to look after them.")
        return 1
    print("All is well.")
    return 0


def findings_of(place: Place, at: datetime) -> Iterator[Finding]:
    """Give what there is to say of a device at an instant."""
    yield _settings(place)
    yield _key(place)
    yield _disk(place)
    try:
        state = state_in(place)
    except HubError as why:
        yield Finding(False, f"The records: {why}.")
        return
    yield _records(state)
    yield _set_aside(place)
    yield _backup(place, at)
    yield _clock(state, at)
    yield _waiting(state)
    if state.notes.get("unwashed"):
        yield Finding(False, "Something erased may still be on the disk; restart the door.")


def _settings(place: Place) -> Finding:
    try:
        config = read(place)
    except HubError as why:
        return Finding(False, f"The settings: {why}.")
    if names := ", ".join(sorted(unknown(place))):
        return Finding(False, f"The settings say what this version does not know: {names}.")
    size = f"{config.mode}, {config.size}, {config.diagonal_mm:g} mm"
    return Finding(True, f"The settings can be read: {size}.")


def _key(place: Place) -> Finding:
    if not place.key.exists():
        return Finding(False, "The hub's key is missing: every card will be unknown.")
    try:
        hub_key(place)
    except HubError as why:
        return Finding(False, f"The hub's key: {why}.")
    if stat.S_IMODE(place.key.stat().st_mode) & 0o077:
        return Finding(False, f"Others may read the hub's key: chmod 600 {place.key}.")
    return Finding(True, "The hub's key is there, and private.")


def _disk(place: Place) -> Finding:
    try:
        free_mb = disk_usage(place.data).free // 1_000_000
    except OSError as why:
        return Finding(False, f"The folder {place.data} cannot be read: {why.strerror}.")
    return Finding(free_mb >= LEAST_FREE_MB, f"The disk has {free_mb:,} MB free.")


def _records(state: State) -> Finding:
    hub = Snapshot.of(state.tables(), Device())
    count = sum(len(rows) for rows in state.records.values())
    name = next(iter(hub.hub.name.values()), "")
    if not hub.hub.id:
        return Finding(False, f"The records are sound ({count:,}), but no hub is set up yet.")
    return Finding(True, f"The {count:,} records of {name} are as they were written.")


def _set_aside(place: Place) -> Finding:
    damaged = sorted(place.data.glob(f"{place.store.name}.damaged-*Z"))
    if not damaged:
        return Finding(True, "No damaged file was set aside.")
    return Finding(False, f"A damaged file was set aside, a backup took its place: {damaged[-1]}.")


def _backup(place: Place, at: datetime) -> Finding:
    newest = next(iter(in_folder(place.backups)), None)
    if newest is None:
        return Finding(False, "There is no backup yet: python -m kiosk backup.")
    age = at - datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    return Finding(age < OLDEST_BACKUP, f"The last backup is {_long(age)} old: {newest.name}.")


def _clock(state: State, at: datetime) -> Finding:
    last = datetime.fromtimestamp(Reading.parse(state.notes["clock"]).ms / 1000, UTC)
    if at < NOT_BEFORE:
        return Finding(False, f"The clock says {at:%d %B %Y}: it was never set.")
    if at < last - CLOCK_LEEWAY:
        behind = f"{_long(last - at)} behind the last record"
        return Finding(False, f"The clock says {at:%Y-%m-%d %H:%M} UTC, {behind}.")
    by = "the network set it" if SET_BY_NETWORK.exists() else "no word from the network yet"
    return Finding(True, f"The clock says {at:%Y-%m-%d %H:%M} UTC; {by}.")


def _waiting(state: State) -> Finding:
    count = len(state.waiting)
    if not count:
        return Finding(True, "All is sent.")
    return Finding(True, f"{count:,} records are kept here and wait for a server.")


def _long(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 4320 else f"{minutes // 1440} days"
