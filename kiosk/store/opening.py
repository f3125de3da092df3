"""Opening a store so that the door works afterwards, whatever the disk did in the night.

A damaged file is set aside with its date, the newest sound backup takes its place, and what can
still be read of the damaged file is merged into it: rows carry a sum, so each that is as it was
written counts. What else is missing, the server sends again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile

from kiosk.store import backups
from kiosk.store.disk import Connect, Disk
from kiosk.store.draft import CLOCK
from kiosk.store.errors import StoreDamaged
from kiosk.store.files import make_private, move, reached, sync_folder
from kiosk.store.oblivion import ForgottenList, forgetting
from kiosk.store.places import Places
from kiosk.store.rescue import rescued_into
from kiosk.store.state import Delta, State
from sync.clock import first

NODE = "node"
"""The note of this device's node id."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What happened at opening, for the rest screen.

    restored_from: the backup that took a damaged store's place. set_aside: where the damaged file
    is now. rescued: records that were read from the damaged file after all. refused: the key of the
    sentence why nothing can be written, where what is there can only be read.
    """

    restored_from: str = ""
    set_aside: str = ""
    rescued: int = 0
    refused: str = ""

    @property
    def was_damaged(self) -> bool:
        """Say whether something has to be said about it."""
        return bool(self.restored_from or self.set_aside)

    @property
    def sentence(self) -> str:
        """The key of what has to be said about it, "" for nothing."""
        if self.was_damaged:
            return "opened.restored" if self.restored_from else "opened.begun_anew"
        return self.refused


def opened(places: Places, connect: Connect, now_ms: int, node: str) -> tuple[Disk, State, Opening]:
    """Return a sound store at this place, and what had to be done for it.

    node: the id that a new store gets. Raises Lost where the disk does not answer, StoreNewer
    where a later version wrote the file; neither is a reason to set a file aside.
    """
    with reached():
        places.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opening, sound = Opening(), _sound(places, connect)
        if sound is None:
            opening = _mended(places, now_ms)
            make_private(places.path)
            disk = Disk(str(places.path), connect)
            sound = disk, disk.load()
            sync_folder(places.path.parent)
    disk, state = sound
    try:
        state = named(disk, state, node)
        state, rescued = rescued_into(disk, state, places, now_ms)
    except BaseException:
        disk.close()
        raise
    return disk, state, replace(opening, rescued=rescued)


def named(disk: Disk, state: State, node: str) -> State:
    """Return the state of a store that has a node id and a clock; a new one gets them here."""
    if NODE in state.notes:
        return state
    clock = max(str(first(node)), state.clock)
    delta = Delta(notes={NODE: node, CLOCK: clock}, clock=clock)
    disk.keep(delta)
    return state.after(delta)


def _sound(places: Places, connect: Connect) -> tuple[Disk, State] | None:
    """Return the store if it is there and sound; an empty one beside backups has lost its rows."""
    if not places.path.exists() or not places.path.stat().st_size:
        return None
    make_private(places.path)
    try:
        disk = Disk(str(places.path), connect)
    except StoreDamaged:
        return None
    try:
        disk.check()
        if not (disk.is_new and backups.in_folder(places.backups)):
            return disk, disk.load()
    except StoreDamaged:
        pass
    except BaseException:
        disk.close()
        raise
    disk.close()
    return None


def _mended(places: Places, now_ms: int) -> Opening:
    """Set a damaged file aside, if there is one, and put the newest sound backup in its place."""
    source = backups.newest_sound(places.backups)
    restored = prepared(places, source) if source else None
    set_aside = _set_aside(places, now_ms)
    if restored is None or source is None:
        return Opening("", set_aside)
    move(restored, places.path)
    return Opening(source.name, set_aside)


def prepared(places: Places, source: Path) -> Path:
    """Return a copy of a sound backup without what was forgotten since, under a name of its own.

    It has to be moved into place. Raises StoreFull, StoreAway.
    """
    part = places.path.with_name(places.path.name + ".restored.part")
    part.unlink(missing_ok=True)
    make_private(part)
    copyfile(source, part)
    disk = Disk(str(part), journal="MEMORY")
    try:
        delta = forgetting(disk.load().row, ForgottenList(places.forgotten).read())
        disk.keep(delta)
        disk.wash()
    finally:
        disk.close()
    return part


def _set_aside(places: Places, now_ms: int) -> str:
    """Move the file out of the way; its log first, lest the log be replayed into a backup."""
    target = places.aside_now(now_ms)
    for ending in ("-wal", "-shm", ""):
        part = places.path.with_name(places.path.name + ending)
        if part.exists():
            part.replace(target.with_name(target.name + ending))
    sync_folder(target.parent)
    return target.name if target.exists() and target.stat().st_size else ""
