"""What lies in a data folder, read without disturbing the door that may be running on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.config import Place, read
from kiosk.hub.errors import OnlyShows
from kiosk.hub.snapshot import Device, Snapshot
from kiosk.store import Store, open_store
from kiosk.store.backups import sound_state
from kiosk.store.disk import spoken
from kiosk.store.errors import StoreBusy, StoreDamaged
from kiosk.store.state import State
from sync.errors import Lost, Refused


class NothingHere(Lost):
    """There is no store in the folder."""

    def __init__(self, *, data: Path) -> None:
        super().__init__(
            f"there is no hub in {data}. 'run' sets one up, 'load-sample' makes one to look at"
        )
        self.data = data


class DoorRuns(Refused):
    """A door or wall runs on the folder, and only one process may write."""

    def __init__(self, *, data: Path) -> None:
        super().__init__(f"a kiosk is running on {data}. Stop it first, then do this again")
        self.data = data


def now() -> datetime:
    """Return this moment as the system has it."""
    return datetime.now(UTC)


def state_in(place: Place) -> State:
    """Return what the store holds, from a copy: a running door is neither stopped nor slowed.

    Raises NothingHere, StoreDamaged, StoreAway.
    """
    with copied(place) as copy:
        state = sound_state(copy)
    if state is None:
        raise StoreDamaged("the records cannot be read as they were written")
    return state


@contextmanager
def copied(place: Place) -> Iterator[Path]:
    """Give a whole copy of the store for a while. Raises NothingHere, StoreDamaged, StoreAway."""
    if not place.store.is_file():
        raise NothingHere(data=place.data)
    with TemporaryDirectory(prefix="hub-", dir=place.data) as folder:
        copy = Path(folder) / "copy.db"
        address = f"{place.store.resolve().as_uri()}?mode=ro"
        with spoken(), closing(sqlite3.connect(address, uri=True)) as db:
            db.execute("VACUUM INTO ?", (str(copy),))
        yield copy


def hub_in(data: Path) -> Snapshot:
    """Return the hub of a data folder, to read. Raises NothingHere, StoreDamaged, StoreAway."""
    place = Place(data)
    state = state_in(place)
    config = read(place)
    device = Device(str(state.notes.get("node", "")), config.colour or "blue", config.name)
    return Snapshot.of(state.tables(), device)


@contextmanager
def store_in(data: Path) -> Iterator[Store]:
    """Open the store to write. Raises DoorRuns, and what ``open_store`` raises."""
    try:
        store = open_store(Place(data).make().store)
    except StoreBusy:
        raise DoorRuns(data=data) from None
    with store:
        yield store


@contextmanager
def door_in(data: Path) -> Iterator[Store]:
    """Open the store of a door, which sends what people want. Raises OnlyShows, and as above."""
    with store_in(data) as store:
        if store.is_mirror:
            raise OnlyShows(f"{data} was joined as a wall, which sends nothing. Do this at a door")
        yield store
