"""Which records go to the server: it lacks them, nobody can undo them, and their time is known."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.store.changes import Key, Outgoing
from kiosk.store.rows import Row
from kiosk.store.state import State
from kiosk.store.undated import is_stamped_by, readings_in

LONGEST_HELD_MS = 600_000
"""Nobody can undo for longer: what is held beyond it was held by a clock that ran ahead."""


def outgoing(state: State, now_ms: int, limit: int) -> tuple[Outgoing, ...]:
    """Return up to ``limit`` records to push, the oldest change first."""
    found = []
    for key, row in _dated(state):
        if not _is_held(row, now_ms):
            found.append(Outgoing(*key, row.version, row.body))
            if len(found) == limit:
                break
    return tuple(found)


def next_ready_ms(state: State, now_ms: int) -> int | None:
    """Return when the next row that can still be undone may be sent, or None."""
    held = (row.held_until_ms for _key, row in _dated(state) if _is_held(row, now_ms))
    return min(held, default=None)


def _is_held(row: Row, now_ms: int) -> bool:
    return 0 < row.held_until_ms - now_ms <= LONGEST_HELD_MS


def _dated(state: State) -> Iterator[tuple[Key, Row]]:
    """Yield what waits without what is stamped provisionally: it would stay so with the server."""
    provisional = readings_in(state.undated) if state.undated else frozenset()
    for key in state.waiting:
        row = state.row(key)
        if row is not None and not (provisional and is_stamped_by(row.body, provisional)):
            yield key, row
