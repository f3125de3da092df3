"""What a use case wants written: a handful of acts that become durable together or not at all.

These are msgspec structs, not dataclasses: every tap makes a few, and they cost a third.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from kiosk.store.rows import Row

Json = Any
"""What JSON can hold; a field's kind says which of it."""


class Write(msgspec.Struct, frozen=True):
    """Give a record these fields (flat names, JSON values; None empties one); new or not."""

    kind: str
    id: str
    fields: Mapping[str, Json]


class Drop(msgspec.Struct, frozen=True):
    """Let go of a row because its time has passed; the hub's other nodes do the same."""

    kind: str
    id: str


class Erase(msgspec.Struct, frozen=True):
    """Take fields away for good, whatever is written later.

    fields: their flat names, present or not; None = the whole record where its kind allows it,
    else every personal field.
    """

    kind: str
    id: str
    fields: tuple[str, ...] | None = None


class Note(msgspec.Struct, frozen=True):
    """Keep a small fact of this device under a key; it is never sent, and never undone."""

    key: str
    value: Json


Act = Write | Drop | Erase | Note


class Changes(msgspec.Struct, frozen=True):
    """Acts in order; ``undo_s`` seconds in which they can be undone and are not sent."""

    acts: tuple[Act, ...] = ()
    undo_s: int = 0
    result: object = None

    @classmethod
    def of(cls, *acts: Act, undo_s: int = 0, result: object = None) -> Changes:
        """Return these acts as one change, with what the asker gets to see of it."""
        return cls(acts, undo_s, result)

    def __add__(self, other: Changes) -> Changes:
        """Return both as one transaction; the longer time to undo, the later result if any."""
        result = self.result if other.result is None else other.result
        return Changes(self.acts + other.acts, max(self.undo_s, other.undo_s), result)


Key = tuple[str, str]
"""The kind and the id of a record."""


class Forgotten(msgspec.Struct, frozen=True, omit_defaults=True):
    """What has to leave every disk: a row, a whole record, or some of its fields.

    fields: erased ones. erased: the stamp of a record erased as a whole. Neither: the row is gone.
    """

    kind: str
    id: str
    at_ms: int
    fields: tuple[str, ...] = ()
    erased: str = ""

    @property
    def is_row(self) -> bool:
        """Say whether the row itself went, and may come back from another node."""
        return not self.fields and not self.erased


class Was(NamedTuple):
    """A row before and after a commit; None where there was none."""

    before: Row | None
    after: Row


class Undo(msgspec.Struct, frozen=True):
    """What it takes to put back what one commit wrote, and nothing else."""

    rows: tuple[tuple[Key, Was], ...] = ()


class Receipt(msgspec.Struct, frozen=True):
    """What a commit touched; it is on disk when you hold this.

    skipped: records that came in and are no records at all (only ``merge`` meets such).
    """

    touched: frozenset[Key] = frozenset()
    undo: Undo = Undo()
    skipped: int = 0


class Outgoing(NamedTuple):
    """A record that the server does not have yet, as it stood at ``version``."""

    kind: str
    id: str
    version: int
    body: Mapping[str, Json]
