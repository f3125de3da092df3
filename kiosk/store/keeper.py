"""The one place where the store changes: decide a delta, write it, swap the state.

Writers take turns; readers take the state and need no lock. The state is swapped after the disk
has the delta, so nobody reads what a power cut could still take away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from kiosk.store import arrivals, backups
from kiosk.store.changes import Changes, Receipt, Undo
from kiosk.store.dating import NOTHING_MOVED, Told, dating, undo_moved
from kiosk.store.disk import Disk
from kiosk.store.draft import Draft
from kiosk.store.errors import StoreAway, StoreClosed
from kiosk.store.files import Lock
from kiosk.store.long_work import LongWork
from kiosk.store.mirror import is_mirror, silence
from kiosk.store.oblivion import ForgottenList
from kiosk.store.opening import Opening
from kiosk.store.places import Places, clear_aside
from kiosk.store.state import Delta, State
from sync.device_time import Undated
from sync.errors import HubError

UNWASHED = "unwashed"
"""The note that an erasure is durable, but its bytes may still be on some disk."""
Now = Callable[[], int]
"""Milliseconds since 1970, where nobody says what time it is."""


class Keeper:
    """An open store. ``places`` and ``lock`` are None for one in memory."""

    def __init__(
        self,
        disk: Disk,
        state: State,
        opening: Opening,
        *,
        now_ms: Now,
        places: Places | None = None,
        lock: Lock | None = None,
    ) -> None:
        self.opening = opening
        self._disk, self._state = disk, state
        self._places, self._lock, self._now_ms = places, lock, now_ms
        self._turn = RLock()
        self.long_work = LongWork()
        self._is_open = True
        self._moved = NOTHING_MOVED
        if self.is_unwashed:
            self.wash(now_ms())

    @property
    def state(self) -> State:
        """Return the present state. Raises StoreClosed."""
        if not self._is_open:
            raise StoreClosed("the store is closed")
        return self._state

    @contextmanager
    def turn(self) -> Iterator[State]:
        """Wait for this thread's turn to write."""
        with self._turn:
            yield self.state

    def commit(self, changes: Changes, now_ms: int, undated: Undated | None = None) -> Receipt:
        """Write a use case's changes in one transaction."""
        with self._turn:
            draft = Draft(self.state, now_ms, undated)
            held_until_ms = now_ms + changes.undo_s * 1000 if changes.undo_s else 0
            for act in changes.acts:
                draft.do(act, held_until_ms)
            if undated:
                draft.mark()
            self.keep(draft.delta, now_ms)
            return draft.receipt()

    def run(self, decide: Callable[[State, int], tuple[Delta, Receipt]]) -> Receipt:
        """Write what is decided of the present state, in one transaction. Its second: the time."""
        with self.turn() as state:
            now_ms = self._now_ms()
            delta, receipt = decide(state, now_ms)
            self.keep(delta, now_ms)
            return receipt

    def undo(self, undo: Undo) -> Receipt:
        """Put back what one commit wrote, though it may have been dated since."""
        return self.run(
            lambda state, now_ms: arrivals.undoing(state, undo_moved(undo, self._moved), now_ms)
        )

    def date(self, told: Told) -> Receipt:
        """Date every undated write, in one transaction."""
        with self.turn() as state:
            if not state.undated:
                return Receipt()
            delta, receipt, moved = dating(state, told)
            self.keep(delta, self._now_ms())
            self._moved = moved
            return receipt

    def keep(self, delta: Delta, now_ms: int) -> None:
        """Write a delta, swap the state; then wash what was forgotten from every disk."""
        with self._turn:
            state = self.state
            if delta.is_empty:
                return
            if is_mirror(state):
                silence(delta)
            if delta.forgotten and self._places:
                delta.notes[UNWASHED] = True
                ForgottenList(self._places.forgotten).add(delta.forgotten)
            # Before the disk has it: what could fail afterwards would leave us behind the disk.
            after = state.after(delta)
            self._disk.keep(delta)
            self._state = after
            if delta.forgotten and self._places:
                self.wash(now_ms)

    @property
    def is_unwashed(self) -> bool:
        """Say whether the bytes of something erased may still be on a disk."""
        return bool(self.state.notes.get(UNWASHED))

    def wash(self, now_ms: int) -> None:
        """Leave no byte of what was forgotten in the file, its log, its backups, damaged files.

        Backups are looked through for what they were not washed of before; one that somebody laid
        among them is washed whole before it serves anybody. Where a disk refuses (it may be full),
        the note stays and it is tried again at the next erasure, the next backup and the next opening.
        """
        if self._places is None:
            return
        known = ForgottenList(self._places.forgotten)
        with self.turn() as state, self.long_work:
            try:
                clear_aside(self._places, None)
                backups.wash(self._places.backups, known.unwashed(), now_ms)
                if not self._disk.wash():
                    return
                done = Delta(notes={UNWASHED: False})
                after = state.after(done)
                self._disk.keep(done)
                self._state = after
                known.settle(now_ms)
            except HubError:
                return

    def backup(self, target: Path | None, now_ms: int) -> Path:
        """Write a backup and check it; without a target, into the folder, of which old ones go.

        Raises StoreFull, StoreAway, or StoreDamaged where it does not read back as it should.
        """
        with self.turn() as state, self.long_work:
            if target is not None:
                backups.written(self._disk, target, state)
                return target
            if self._places is None:
                raise StoreAway("a store in memory has no folder for backups")
            return self._daily_backup(self._places, now_ms)

    def _daily_backup(self, places: Places, now_ms: int) -> Path:
        path = backups.named_for(places.backups, now_ms)
        backups.written(self._disk, path, self.state)
        backups.prune(places.backups, now_ms)
        clear_aside(places, now_ms)
        if self.is_unwashed:
            self.wash(now_ms)
        return path

    def close(self) -> None:
        """Close; again does nothing."""
        with self._turn:
            if self._is_open:
                self._is_open = False
                self._disk.close()
                if self._lock:
                    self._lock.let_go()
