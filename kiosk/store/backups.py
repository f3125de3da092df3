"""Backups: whole copies in a folder, each checked after writing, none that remembers too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

from kiosk.store.changes import Forgotten
from kiosk.store.disk import Connect, Disk, connect
from kiosk.store.errors import StoreDamaged, StoreNewer
from kiosk.store.files import PRIVATE, make_folder, make_private, move, reached
from kiosk.store.oblivion import forgetting
from kiosk.store.state import State

KEPT = 5
"""Backups kept; one a day."""


def written(disk: Disk, target: Path, expected: State) -> None:
    """Write a backup and read it back before it gets its name.

    Raises StoreDamaged if what was written is not what the store holds.
    """
    part = target.with_name(target.name + ".part")
    with reached():
        make_folder(target.parent)
        part.unlink(missing_ok=True)
        disk.copy_to(str(part))
        part.chmod(PRIVATE)
        if not _is(part, expected):
            part.unlink(missing_ok=True)
            raise StoreDamaged("the backup is not what was written")
        move(part, target)


def sound_state(path: Path, connect: Connect = connect) -> State | None:
    """Return what a backup holds, or None where it is damaged or from a later version."""
    try:
        disk = Disk(str(path), connect, journal="MEMORY")
    except (StoreDamaged, StoreNewer):
        return None
    try:
        disk.check()
        return None if disk.is_new else disk.load()
    except StoreDamaged:
        return None
    finally:
        disk.close()


def named_for(folder: Path, now_ms: int) -> Path:
    """Return the path of a backup made now: ``store-20261123T040000.000Z.db``."""
    return folder / f"store-{dated(now_ms)}.db"


def dated(now_ms: int) -> str:
    """Return an instant as part of a file's name, to the millisecond, in UTC."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    return f"{now:%Y%m%dT%H%M%S}.{now_ms % 1000:03}Z"


def in_folder(folder: Path, now_ms: int | None = None) -> list[Path]:
    """Return the backups of a folder by the date in their names, newest first.

    now_ms: what is dated later was made while a clock was ahead; it counts as the oldest.
    """
    found = sorted(folder.glob("store-*.db"), reverse=True)
    if now_ms is None:
        return found
    latest = named_for(folder, now_ms)
    return sorted(found, key=lambda path: path > latest)


def newest_sound(folder: Path) -> Path | None:
    """Return the sound backup with the latest clock reading.

    The hybrid clock never goes back; the date in a name follows a wall clock that may have.
    """
    return max(_by_clock(folder), default=(None, None), key=lambda found: found[0] or "")[1]


def _by_clock(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in in_folder(folder):
        state = sound_state(path)
        if state is not None:
            yield state.clock, path


def prune(folder: Path, now_ms: int, keep: int = KEPT) -> None:
    """Delete all but the newest backups, and what an interrupted one left."""
    with reached():
        for path in [*in_folder(folder, now_ms)[keep:], *folder.glob("*.part*")]:
            path.unlink(missing_ok=True)


def wash(folder: Path, forgotten: Iterable[Forgotten], now_ms: int) -> None:
    """Write every backup anew without what was forgotten; one that cannot be, is deleted."""
    known = list(forgotten)
    for path in in_folder(folder):
        with reached():
            if not _washed(path, known):
                path.unlink()
    prune(folder, now_ms)


def _washed(path: Path, forgotten: list[Forgotten]) -> bool:
    """Wash one backup; False where it is damaged and cannot be."""
    part = path.with_name(path.name + ".part")
    try:
        with _opened(path) as disk:
            delta = forgetting(disk.row, forgotten)
        if delta.is_empty:
            return True
        make_private(part)
        copyfile(path, part)
        with _opened(part) as disk:
            disk.keep(delta)
            disk.wash()
            disk.check()
    except (StoreDamaged, StoreNewer):
        return False
    move(part, path)
    return True


def _opened(path: Path) -> closing[Disk]:
    return closing(Disk(str(path), journal="MEMORY"))


def _is(path: Path, expected: State) -> bool:
    """Read a file through and say whether it is sound and holds what is expected."""
    try:
        with _opened(path) as disk:
            disk.check()
            return disk.holds(expected)
    except (StoreDamaged, StoreNewer):
        return False
