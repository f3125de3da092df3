"""The store: a TinyDB that is durable, crash-safe and readable from any thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tinydb import TinyDB

from kiosk.store import arrivals, outgoing
from kiosk.store.arrivals import Answered, Pushed, taking_in
from kiosk.store.changes import Changes, Key, Outgoing, Receipt, Undo
from kiosk.store.dating import Late, Told, redating
from kiosk.store.keeper import Keeper
from kiosk.store.letting_go import emptying, expiring, renewing, without_fields
from kiosk.store.mirror import is_mirror
from kiosk.store.opening import Opening
from kiosk.store.rows import Tables
from kiosk.store.state import Delta
from kiosk.store.storage import SQLiteStorage, system_time_ms
from kiosk.store.table import StoreTable
from sync.device_time import Undated

NO_NOTES: Mapping[str, Any] = MappingProxyType({})
NONE_LATE: Mapping[Key, Sequence[str]] = MappingProxyType({})


class Store(TinyDB):
    """TinyDB's documented API, and what a hub needs besides.

    A snapshot (``tables``) is immutable and needs no lock. A write returns when it is on the disk,
    or raises: Lost (StoreFull, StoreBusy, StoreAway) where the disk would not have it, Refused or
    Damaged where it should not be stored; nothing has changed then.
    """

    table_class = StoreTable  # type: ignore[assignment]  # TinyDB types both by its own classes
    default_storage_class = SQLiteStorage  # type: ignore[assignment]

    @property
    def _keeper(self) -> Keeper:
        keeper: Keeper = self.storage.keeper  # type: ignore[attr-defined]  # middlewares pass it on
        return keeper

    @property
    def opened(self) -> Opening:
        """What happened at opening: whether a backup had to be restored."""
        return self._keeper.opening

    @property
    def node(self) -> str:
        """This device's node id: eight hex digits."""
        return str(self.note("node"))

    @property
    def notes(self) -> Mapping[str, Any]:
        """The device's own small facts: node id, clock, cursor; they are never sent."""
        return self._keeper.state.notes

    def note(self, key: str) -> Any:
        """Return one of the device's own facts, or None. JSON, whatever somebody noted."""
        return self._keeper.state.notes.get(key)

    def keep_notes(self, **notes: Any) -> None:
        """Note facts of this device, in one transaction."""
        self._keeper.keep(Delta(notes=notes), 0)

    def tables(self) -> Tables:  # type: ignore[override]  # a frozen set that also holds the rows
        """Return this instant of the store: TinyDB's table names, and each table's rows by id."""
        tables = self._keeper.state.tables()
        if isinstance(self.storage, SQLiteStorage):
            return tables
        return tables.named(super().tables())  # a middleware may know of names not yet written

    def commit(self, changes: Changes, *, now_ms: int, undated: Undated | None = None) -> Receipt:
        """Write what a use case decided, in one transaction; every field stamped by its rule.

        now_ms: milliseconds since 1970; for ``changes.undo_s`` after it the rows are not sent.
        undated: where the time is not known, the boot and how long after its start; ``now_ms`` is
        then a guess, and nothing of it is sent before ``date`` has dated it.
        Raises BadField, UnfitValue, StoreFull, StoreAway.
        """
        return self._keeper.commit(changes, now_ms, undated)

    @property
    def undated(self) -> int:
        """How many commits were made before the time was known, and wait for it."""
        return len(self._keeper.state.undated)

    def date(self, boot: str, began_ms: int, zone: tzinfo = UTC) -> Receipt:
        """Date every undated write, in one transaction: the time is known now.

        boot: this boot. began_ms: when it began, by the time now known. zone: the hub's, for days.
        Before what a server sends is merged, and before anything is pushed.
        """
        return self._keeper.date(Told(boot, began_ms, zone))

    def undo(self, undo: Undo) -> Receipt:
        """Put back what one commit wrote and nothing else: new records go, fields return.

        Raises UndoTooLate where the server has any of it already; then nothing is put back.
        """
        return self._keeper.undo(undo)

    def outbox(self, now_ms: int, limit: int = 500) -> tuple[Outgoing, ...]:
        """Return up to ``limit`` records that the server lacks, the oldest change first.

        Records whose time to undo has not passed at ``now_ms`` are not among them, nor those with
        a write that is not dated yet.
        """
        return outgoing.outgoing(self._keeper.state, now_ms, limit)

    def next_ready_ms(self, now_ms: int) -> int | None:
        """Return when the next record that can still be undone may be sent; None: there is none."""
        return outgoing.next_ready_ms(self._keeper.state, now_ms)

    @property
    def waiting(self) -> int:
        """How many records the server lacks, those included that can still be undone."""
        return len(self._keeper.state.waiting)

    def acknowledge(
        self, accepted: Iterable[Outgoing | Pushed], refused: Iterable[Outgoing | Pushed] = ()
    ) -> None:
        """Mark records as held by the server, each at the version that was pushed.

        One that was changed again since it was pushed stays in the outbox. What the server
        refused leaves the outbox until somebody edits it, and is not held by the server.
        """
        self.take_in((), accepted=accepted, refused=refused)

    def offer_all(self) -> Receipt:
        """Have every record wait for the server again, because it lost something.

        A wall lets go of its copies instead; it is given them anew.
        """
        return self._keeper.run(arrivals.offering_all)

    @property
    def is_mirror(self) -> bool:
        """Whether this is a wall's store: it has nothing to tell anybody."""
        return is_mirror(self._keeper.state)

    def empty(self, **notes: Any) -> Receipt:
        """Let go of every record and note facts of this device, in one transaction.

        For another house, or for a screen: whoever calls knows that all of it is at a server.
        """
        return self._keeper.run(lambda state, now_ms: emptying(state, notes, now_ms))

    def expire(self) -> Receipt:
        """Drop what any server ever accepted, and hear from the beginning: away for too long.

        What no server ever accepted stays and waits.
        """
        return self._keeper.run(expiring)

    def drop_fields(self, kind: str, id: str, fields: Iterable[str]) -> Receipt:
        """Let go of fields that only a server writes, and no server stands behind.

        As if they had never been there: no new version, nothing to send. A record of which
        nothing is left goes.
        """
        return self._keeper.run(
            lambda state, now_ms: without_fields(state, (kind, id), fields, now_ms)
        )

    def renew(self, node: str) -> Receipt:
        """Be another node from now on, because a copy of this device lives; records stay.

        node: eight hex digits; ``sync.clock.new_node`` gives one.
        """
        return self._keeper.run(lambda state, _now_ms: (renewing(state, node), Receipt()))

    def redate(
        self,
        pushed: Iterable[Outgoing | Pushed],
        now_ms: int,
        zone: tzinfo = UTC,
        *,
        late: Mapping[Key, Sequence[str]] = NONE_LATE,
    ) -> Receipt:
        """Bring back from the future what no server ever accepted; all else stays.

        late: fields that the server named, of records of which it holds an earlier form.

        now_ms: the server's time. Stamps that are later go on from it in their old order, instants
        that lie ahead of it move as far, and the records wait for the server again.
        """
        keys = [(one[0], one[1], one[2]) for one in pushed]
        told = Late(keys, late)
        return self._keeper.run(lambda state, _ours_ms: redating(state, told, now_ms, zone))

    def merge(
        self,
        records: Iterable[Mapping[str, Any]],
        cursor: str | None = None,
        now_ms: int | None = None,
    ) -> Receipt:
        """Take in records from the server and how far we have heard, in one transaction.

        What is no record at all is skipped and counted; unknown kinds and fields are kept. A text
        written here that no server has and that gives way becomes an ``old_text``, made at now_ms.
        """
        return self.take_in(records, cursor, now_ms)

    def take_in(
        self,
        records: Iterable[Mapping[str, Any]],
        cursor: str | None = None,
        now_ms: int | None = None,
        *,
        accepted: Iterable[Outgoing | Pushed] = (),
        refused: Iterable[Outgoing | Pushed] = (),
        notes: Mapping[str, Any] = NO_NOTES,
    ) -> Receipt:
        """Do what an answer says in one transaction: ``acknowledge``, then ``merge``, and note.

        The receipt is the merge's.
        """
        pushed = [[(one[0], one[1], one[2]) for one in some] for some in (accepted, refused)]
        said = Answered(pushed[0], pushed[1], records, cursor, notes)
        return self._keeper.run(
            lambda state, ours_ms: taking_in(state, said, ours_ms if now_ms is None else now_ms)
        )

    def backup(self, path: str | Path | None = None, *, now_ms: int | None = None) -> Path:
        """Write a whole copy, check it, and return where it is.

        Without a path: into the store's folder of backups, where the last few are kept.
        """
        when_ms = system_time_ms() if now_ms is None else now_ms
        return self._keeper.backup(Path(path) if path is not None else None, when_ms)

    @property
    def is_at_long_work(self) -> bool:
        """Whether it makes a copy, or writes every page anew; asked from any thread."""
        return self._keeper.long_work.is_on

    @property
    def is_unwashed(self) -> bool:
        """Whether the bytes of something erased may still be on a disk; tried again daily."""
        return self._keeper.is_unwashed

    def drop_tables(self) -> None:
        """Drop all tables, as TinyDB does; kinds of newer versions, which it does not see, stay."""
        self.storage.write({})
        self._tables.clear()

    def drop_table(self, name: str) -> None:
        """Drop one table, as TinyDB does."""
        if isinstance(self.storage, SQLiteStorage):
            self._tables.pop(name, None)
            self.storage.drop(frozenset((name,)))
        else:
            super().drop_table(name)


def open_store(path: str | Path, **options: Any) -> Store:
    """Open the store at ``path`` (``":memory:"``: one that lives as long as the process).

    options, all of them seams: ``backups`` (folder, else ``backups`` beside the file),
    ``connect``, ``now_ms``, ``dice`` and TinyDB's ``storage`` (a middleware over SQLiteStorage).
    ``refused``: why it cannot be written; then nothing is touched, and every commit raises that.
    Raises StoreBusy where another process has it, StoreAway, StoreFull, StoreNewer. A damaged
    file is no error: see ``store.opened``.
    """
    return Store(path, **options)
