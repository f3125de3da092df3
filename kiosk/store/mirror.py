"""A wall's store: it holds what the server shows it, and has nothing to tell anybody.

A wall merges nothing. What the server sends is the wall's own copy of a record and takes the row's
place, so that a yes to the wall that was taken back takes the name off this disk too; a copy without
any field leaves no row. What the wall writes by itself (names leave by the calendar) waits for nobody.
"""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.store.changes import Receipt
from kiosk.store.draft import Draft
from kiosk.store.state import Delta, State
from sync.merge import WireRecord, is_erased, record, versions

ROLE = "role"
"""The note of what the server takes this device for; without one, for a door."""
WALL = "wall"


def is_mirror(state: State) -> bool:
    """Say whether this is a wall's store."""
    return state.notes.get(ROLE) == WALL


def take_over(draft: Draft, given: WireRecord) -> None:
    """Put the server's copy of a record in its row's place; the bytes of what is gone are washed."""
    key = (given["kind"], given["id"])
    shown = {} if is_erased(given) else versions(given)
    if not shown:
        draft.drop(key)
        return
    before, body = draft.row(key), record(*key, shown)
    if before is not None and before.body == body:
        return
    known = versions(dict(before.body)) if before and not before.is_erased else {}
    lost = [name for name, one in known.items() if one.value is not None and name not in shown]
    if lost:
        draft.forget(*key, fields=tuple(lost))
    draft.put(key, before, body)


def beginning_anew(state: State, now_ms: int) -> tuple[Delta, Receipt]:
    """Return a store without a record: it is given all that it may show, or hold, once more."""
    draft = Draft(state, now_ms)
    for kind, rows in state.records.items():
        for record_id in rows:
            draft.drop((kind, record_id))
    return draft.delta, draft.receipt()


def silence(delta: Delta) -> None:
    """Mark every row of a wall's delta as one that the server knows of."""
    for key, row in delta.records.items():
        if row is not None and row.is_waiting:
            delta.records[key] = replace(row, sent=row.version, ever=row.version)
