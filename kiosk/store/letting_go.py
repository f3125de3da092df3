"""What a server's answer takes from this device: all of it, what was sent, fields, its node id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace as other
from re import fullmatch
from typing import Any

from msgspec.structs import replace

from kiosk.store.arrivals import CURSOR
from kiosk.store.changes import Key, Receipt
from kiosk.store.draft import CLOCK, Draft
from kiosk.store.mirror import beginning_anew
from kiosk.store.opening import NODE
from kiosk.store.state import Delta, State
from sync.clock import Reading
from sync.merge import record, versions

BY_SERVER = "OLH"
"""The rules of fields that only a server writes."""


def expiring(state: State, now_ms: int) -> tuple[Delta, Receipt]:
    """Return the store of a device that was away too long: only what no server ever accepted.

    A wish to be forgotten that it has not heard of stays too: it brings nothing back. The bytes go as well: some of it may have been erased, and the tombstone be gone. The cursor
    goes in the same transaction, or what was dropped would never be pulled again.
    """
    draft = Draft(state, now_ms)
    for kind, rows in state.records.items():
        for record_id, row in rows.items():
            if row.ever and not (row.is_erased and row.is_waiting):
                draft.drop((kind, record_id))
    draft.delta.notes[CURSOR] = ""
    return draft.delta, draft.receipt()


def emptying(state: State, notes: Mapping[str, Any], now_ms: int) -> tuple[Delta, Receipt]:
    """Return a store without a record, and with these facts of a device that begins elsewhere."""
    delta, receipt = beginning_anew(state, now_ms)
    delta.notes.update(notes)
    return delta, receipt


def without_fields(
    state: State, key: Key, names: Iterable[str], now_ms: int
) -> tuple[Delta, Receipt]:
    """Return a record as if a server had never written these fields; what people wrote stays.

    It is the same version, sent as far as it was: there is nothing in it to tell anybody.
    """
    draft, row = Draft(state, now_ms), state.row(key)
    if row is None or row.is_erased:
        return draft.delta, draft.receipt()
    gone, before = set(names), versions(dict(row.body))
    left = {
        name: version
        for name, version in before.items()
        if name not in gone or version.rule not in BY_SERVER
    }
    if not left:
        draft.take_out(key)
    elif len(left) < len(before):
        draft.delta.records[key] = replace(row, body=record(*key, left))
        draft.note_clock()
    return draft.delta, draft.receipt()


def renewing(state: State, node: str) -> Delta:
    """Return the notes of a device that is another node from now on; its clock goes on."""
    if not fullmatch("[0-9a-f]{8}", node):
        raise ValueError("a node id is eight hex digits")
    clock = str(other(Reading.parse(state.clock), node=node))
    return Delta(notes={NODE: node, CLOCK: clock}, clock=clock)
