"""Texts written here that no server has yet, and that a later text from elsewhere replaces.

Whoever edits a text keeps the one that they replace; of these nobody knew. What a server has
already, it keeps itself when another text replaces it there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec.structs import replace

from kiosk.store.changes import Write
from kiosk.store.draft import Draft
from kiosk.store.rows import Row
from kiosk.store.state import State
from sync.clock import Reading
from sync.merge import WireRecord, is_erased, versions
from sync.old_texts import lost_texts
from sync.records import flat
from sync.records.hub import Hub
from sync.records.old_text import OldText


def hub_of(state: State) -> str:
    """Return the id of the hub whose records these are, "" before its own is here."""
    return next(iter(state.records.get(Hub.KIND, ())), "")


def unsent_and_lost(before: Row | None, theirs: WireRecord, hub: str) -> tuple[OldText, ...]:
    """Return the texts of a row that the server lacks and that a meeting costs."""
    if before is None or not before.is_waiting or not hub or is_erased(theirs):
        return ()
    mine = dict(before.body)
    try:
        found = lost_texts(mine, theirs, hub)
    except ValueError:  # the hub's id is no UUID
        return ()
    return tuple(old for old in found if versions(mine)[old.field].stamp == old.stamp)


def keep(draft: Draft, lost: Iterable[OldText], hub: str, now_ms: int) -> None:
    """Write texts that were lost, but for those that came along or are here already."""
    for old in lost:
        if draft.row((OldText.KIND, old.id)) is None:
            made = replace(
                old,
                hub=hub,
                made_at=datetime.fromtimestamp(now_ms // 1000, UTC),
                made_on=Reading.parse(draft.clock).node,
            )
            draft.write(Write(OldText.KIND, old.id, flat(made)))
