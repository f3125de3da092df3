"""Forgetting for good: the list of what was erased, kept apart from the store and its backups.

The list is written before the erasure itself, so that a power cut between the two, or a backup
restored later, never brings back what somebody asked to be forgotten. It holds ids, no values.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from kiosk.store.changes import Forgotten, Key
from kiosk.store.files import make_private, reached, replace_file, sync_folder
from kiosk.store.rows import Row
from kiosk.store.state import Delta
from sync.merge import erase_fields, is_erased

KEPT_MS = 430 * 86_400_000
"""As long as a server keeps its tombstones (docs: horizon); then nobody holds an older backup."""

_WASHED = b"washed"
"""The line up to which every disk is washed; no version of ours takes it for something forgotten."""
_decode = msgspec.json.Decoder(Forgotten).decode
_encode = msgspec.json.Encoder().encode


class ForgottenList:
    """A file of one line for each thing forgotten."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Forgotten]:
        """Return the list; a line cut by a power cut belongs to an erasure that never was."""
        return [found for line in self._lines() for found in _parsed(line)]

    def unwashed(self) -> list[Forgotten]:
        """Return what of the list may still be on a disk: all since the last complete wash."""
        lines = self._lines()
        after = next((at for at in range(len(lines), 0, -1) if lines[at - 1] == _WASHED), 0)
        return [found for line in lines[after:] for found in _parsed(line)]

    def add(self, forgotten: Iterable[Forgotten]) -> None:
        """Write to the end of the list; on disk when it returns."""
        self._append(_lines_of(forgotten))

    def settle(self, now_ms: int) -> None:
        """Mark the list, or shorten it, once every disk is washed.

        Erasures stay (a backup may come back from a stick); rows that went stay no longer, since
        another node may rightly send such a row again.
        """
        found = self.read()
        kept = [one for one in found if not one.is_row and now_ms - one.at_ms < KEPT_MS]
        if kept != found:
            replace_file(self._path, _lines_of(kept) + _WASHED + b"\n")
        elif self.unwashed():
            self._append(_WASHED + b"\n")

    def _lines(self) -> list[bytes]:
        return self._path.read_bytes().splitlines() if self._path.exists() else []

    def _append(self, lines: bytes) -> None:
        with reached():
            make_private(self._path)
            with self._path.open("ab") as file:
                file.write(b"\n" + lines)  # a line end first: the last line may have been cut
                file.flush()
                os.fsync(file.fileno())
            sync_folder(self._path.parent)


def _lines_of(forgotten: Iterable[Forgotten]) -> bytes:
    return b"".join(_encode(one) + b"\n" for one in forgotten)


def forgetting(find: Callable[[Key], Row | None], forgotten: Iterable[Forgotten]) -> Delta:
    """Return what has to change in a store that still remembers: a backup, a restored file.

    find: gives the row of a kind and id there.
    """
    delta = Delta()
    for one in forgotten:
        key = (one.kind, one.id)
        row = delta.records[key] if key in delta.records else find(key)
        after = without(row, one) if row else None
        if after is not row:
            delta.records[key] = after
    return delta


def without(row: Row, one: Forgotten) -> Row | None:
    """Return a row that no longer holds what was forgotten, or None where it went itself."""
    if one.is_row:
        return None
    if one.erased:
        body = {"kind": one.kind, "id": one.id, "erased": one.erased}
        return row if is_erased(dict(row.body)) else msgspec.structs.replace(row, body=body)
    body = erase_fields(dict(row.body), one.fields)
    return row if body == row.body else msgspec.structs.replace(row, body=body)


def _parsed(line: bytes) -> list[Forgotten]:
    try:
        return [_decode(line)] if line else []
    except msgspec.DecodeError:
        return []
