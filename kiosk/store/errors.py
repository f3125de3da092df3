"""What a store may answer instead of *done*.

Lost:     StoreFull, StoreAway, StoreClosed,
          StoreBusy (StoreHeld)                          nothing changed, what was stored is safe
Damaged:  StoreDamaged, StoreNewer                       the file is not as we wrote it
Refused:  UnfitValue, UndoTooLate                        nothing changed
"""

from __future__ import annotations

from sync.errors import Damaged, Lost, Refused


class StoreFull(Lost):
    """The disk is full; nothing of the commit was written."""

    say = "sorry.store_full"


class StoreBusy(Lost):
    """Another process has the store open, or holds its file."""

    say = "sorry.store_busy"

    def __init__(self, *, path: str) -> None:
        super().__init__(f"{path} is open in another process")
        self.path = path


class StoreHeld(StoreBusy):
    """Somebody holds the database's file, not as a door does: it will be let go of."""


class StoreAway(Lost):
    """The disk does not let itself be read or written."""

    say = "sorry.store_away"


class StoreClosed(Lost, ValueError):
    """The store was closed (a ValueError, as TinyDB's JSON storage raises)."""

    say = "sorry.store_away"


class StoreDamaged(Damaged):
    """The file is not what we wrote; ``open_store`` sets it aside and restores a backup."""

    say = "sorry.store_damaged"


class StoreNewer(Damaged):
    """The file was written by a later version; it is left as it is."""

    say = "sorry.store_newer"

    def __init__(self, *, found: int, known: int) -> None:
        super().__init__(f"layout {found}, this version knows {known}")
        self.found, self.known = found, known


class UnfitValue(Refused, TypeError, ValueError):
    """A value that JSON or another node could not hold as it is.

    A TypeError and a ValueError, as TinyDB's JSON storage raises.
    """

    say = "sorry.unfit_value"

    def __init__(self, *, where: str, why: str) -> None:
        super().__init__(f"{where or 'the document'}: {why}")
        self.where, self.why = where, why


class UndoTooLate(Refused):
    """The act was sent already; it can be changed, not undone."""

    say = "sorry.undo_too_late"
