"""The desk: one thread that runs use cases one after another.

It reads the snapshot, lets the use case decide, commits, swaps the snapshot and says which kinds
changed. Whoever asks gets a future that is done when the disk has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from random import Random
from typing import Any, Protocol, TypeVar

from kiosk.hub.errors import OnlyShows
from kiosk.hub.index import Tables
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Device, Snapshot
from kiosk.store.changes import Changes, Note
from kiosk.store.errors import UndoTooLate
from sync.device_time import Undated
from sync.errors import HubError
from sync.log import Log

log = Log("hub")

A = TypeVar("A")
T = TypeVar("T")
UseCase = Callable[[Snapshot, A, Moment], Changes]
TimeRule = Callable[[Snapshot, Moment], Changes]
Listener = Callable[[Snapshot, frozenset[str]], None]
"""Called on the desk's thread with the new snapshot and the kinds that changed."""


class Receipt(Protocol):
    """What the store says of a commit: what it touched, and how to take it back."""

    @property
    def touched(self) -> frozenset[tuple[str, str]]: ...
    @property
    def undo(self) -> Any: ...


class Store(Protocol):
    """What the desk needs of the store."""

    @property
    def notes(self) -> Mapping[str, Any]: ...
    @property
    def is_mirror(self) -> bool: ...
    @property
    def waiting(self) -> int: ...
    @property
    def undated(self) -> int: ...
    def outbox(self, now_ms: int, limit: int) -> Sequence[Any]: ...
    def tables(self) -> Tables: ...
    def commit(
        self, changes: Changes, *, now_ms: int, undated: Undated | None = None
    ) -> Receipt: ...
    def date(self, boot: str, began_ms: int, zone: tzinfo) -> Receipt: ...
    def undo(self, undo: Any) -> Receipt: ...


class Time(Protocol):
    """The device's time, with a zone.

    sure: somebody told us the time since the start. date_ok: the date did not jump since it was
    last known, or was confirmed. look: ask the system whether it has been told the time. Of the
    rest only a time that is, or was, not sure is asked: which boot this is, when it began by what
    is known now, how long ago that is, and when an undated write is made.
    """

    def now(self) -> datetime: ...
    def look(self) -> None: ...
    @property
    def sure(self) -> bool: ...
    @property
    def date_ok(self) -> bool: ...
    @property
    def boot(self) -> str: ...
    @property
    def began_ms(self) -> int: ...
    @property
    def undated(self) -> Undated | None: ...
    def mono_ms(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Done:
    """What came of asking: it is on the disk. ``undo`` is None where nothing can be taken back.

    undo_until_ms: since 1970. undo_until_mono_ms: since the boot, of what was done before the time
    was known: the time may jump before it is over.
    """

    result: Any
    undo: Any = None
    undo_until_ms: int = 0
    undo_until_mono_ms: int | None = None


NOTHING_DONE = Done(None)


class Desk:
    """Runs use cases on its own thread. ``snapshot`` may be read from any thread, at any time."""

    def __init__(
        self,
        store: Store,
        device: Device,
        time: Time,
        *,
        dice: Random,
        rules: Iterable[TimeRule] = (),
    ) -> None:
        self._store, self._time, self._dice = store, time, dice
        self._rules = tuple(rules)
        self._listeners: list[Listener] = []
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hub")
        self.snapshot, self._is_behind = Snapshot.of(store.tables(), device), False

    def ask(self, use_case: UseCase[A], ask: A) -> Future[Done]:
        """Run a use case; the future holds its Done, or the HubError that it raised."""
        return self._thread.submit(self._run, lambda hub, at: self._kept(use_case(hub, ask, at)))

    def undo(self, done: Done) -> Future[Done]:
        """Take back what a use case wrote: a new record was never there, a field is as it was."""
        return self._thread.submit(self._take_back, done)

    def tick(self) -> Future[None]:
        """Apply the rules of time: who is assumed to have left, whose name is to go."""
        return self._watched(self._thread.submit(self._apply_rules))

    def date(self) -> Future[None]:
        """Date what was written before the time was known, if it is known now.

        The desk does so by itself before each thing it does; sync asks for it as soon as a server
        has told the time, so that what waited for it can be sent.
        """
        return self._watched(self._thread.submit(self._date))

    def do(self, job: Callable[[], Receipt]) -> Future[Receipt]:
        """Run a job of sync (a merge, an acknowledgement) between two use cases."""
        return self._thread.submit(self._do, job)

    def aside(self, job: Callable[[], T]) -> Future[T]:
        """Run a job that changes no record (a backup) between two use cases."""
        return self._watched(self._thread.submit(job))

    @property
    def only_shows(self) -> bool:
        """Whether this device was joined as a wall: nothing that people do here is sent."""
        return self._store.is_mirror

    @property
    def waiting(self) -> int:
        """How many records the server lacks."""
        return self._store.waiting

    def next_waiting(self, now: datetime) -> Mapping[str, Any] | None:
        """Return the record that waits longest for the server, as nodes exchange it, or None."""
        found = self._store.outbox(int(now.timestamp() * 1000), 1)
        return found[0].body if found else None

    def listen(self, listener: Listener) -> None:
        """Have ``listener`` called after every commit, on the desk's thread."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Finish what was asked for, then stop."""
        self._thread.shutdown(wait=True)

    def moment(self) -> Moment:
        """Return this moment, as a use case is given it."""
        return Moment.at(
            self._time.now(),
            self._dice,
            sure=self._time.sure,
            date_ok=self._time.date_ok,
            notes=self._store.notes,
        )

    @staticmethod
    def _watched(future: Future[T]) -> Future[T]:
        """Log what breaks where nobody waits for the answer; a disk that is full is no bug."""

        def look(done: Future[T]) -> None:
            why = done.exception()
            if isinstance(why, HubError):
                log.warning("desk.not_done", reason=type(why).__name__)
            elif why is not None:
                log.bug("desk.broke", why)

        future.add_done_callback(look)
        return future

    def _date(self) -> None:
        if self._time.sure and self._store.undated:
            began_ms = self._time.began_ms
            self._swap(self._store.date(self._time.boot, began_ms, self.snapshot.zone))

    def _run(self, decide: TimeRule) -> Done:
        self._catch_up()
        # Asked once: sync may hear the time while we are here, and dated must not mix with undated.
        undated = None if self._time.sure else self._time.undated
        if undated is None:
            self._date()
        at = self.moment()
        changes = decide(self.snapshot, at)
        if not changes.acts:
            return Done(changes.result)
        now_ms = int(at.now.timestamp() * 1000)
        receipt = self._store.commit(changes, now_ms=now_ms, undated=undated)
        self._swap(receipt)
        if not changes.undo_s:
            return Done(changes.result)
        undo_ms = changes.undo_s * 1000
        until_mono_ms = undated.uptime_ms + undo_ms if undated else None
        return Done(changes.result, receipt.undo, now_ms + undo_ms, until_mono_ms)

    def _kept(self, changes: Changes) -> Changes:
        """Return what people may be told is kept; notes are this device's own. Raises OnlyShows."""
        if self.only_shows and not all(isinstance(act, Note) for act in changes.acts):
            raise OnlyShows
        return changes

    def _take_back(self, done: Done) -> Done:
        """Raises UndoTooLate."""
        if self._is_over(done):
            raise UndoTooLate
        if done.undo is not None:
            self._swap(self._store.undo(done.undo))
        return NOTHING_DONE

    def _is_over(self, done: Done) -> bool:
        if done.undo_until_mono_ms is not None:
            return self._time.mono_ms() > done.undo_until_mono_ms
        return self._time.now().timestamp() * 1000 > done.undo_until_ms

    def _apply_rules(self) -> None:
        self._time.look()
        self._date()
        broken: list[Exception] = []
        for rule in self._rules:
            try:
                self._run(rule)
            except Exception as why:  # noqa: BLE001 (one rule must not keep the others from running)
                broken.append(why)
        if broken:
            raise broken[0]

    def _do(self, job: Callable[[], Receipt]) -> Receipt:
        self._catch_up()
        self._date()
        receipt = job()
        node = self._store.notes.get("node") or self.snapshot.device.node
        if node != self.snapshot.device.node:  # a copy of this device lives: see Store.renew
            self.snapshot = replace(self.snapshot, device=replace(self.snapshot.device, node=node))
        self._swap(receipt)
        return receipt

    def _catch_up(self) -> None:
        """Read anew what is on the disk, where there was no memory to follow a commit."""
        if self._is_behind:
            self.snapshot = Snapshot.of(self._store.tables(), self.snapshot.device)
            self._is_behind = False

    def _swap(self, receipt: Receipt) -> None:
        if not receipt.touched:
            return
        self._is_behind = True
        self.snapshot = self.snapshot.after(self._store.tables(), receipt.touched)
        self._is_behind = False
        kinds = frozenset(kind for kind, _id in receipt.touched)
        for listener in self._listeners:
            try:
                listener(self.snapshot, kinds)
            except Exception as why:  # noqa: BLE001 (it is on the disk: whoever asked is told so)
                log.bug("listener.broke", why)
