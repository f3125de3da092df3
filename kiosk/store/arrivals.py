"""What comes back: records from other nodes, acknowledgements, and acts that are undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from kiosk.store import replaced
from kiosk.store.changes import Key, Receipt, Undo, Was
from kiosk.store.draft import Draft
from kiosk.store.errors import UndoTooLate, UnfitValue
from kiosk.store.mirror import beginning_anew, is_mirror, take_over
from kiosk.store.rows import Row
from kiosk.store.state import Delta, State
from kiosk.store.undated import reading_of, readings_in
from kiosk.store.values import document_of
from sync.clock import Reading, is_reading
from sync.errors import BadStamp
from sync.merge import (
    ERASED,
    EVERY_OTHER,
    WireRecord,
    in_short_form,
    is_erased,
    merge,
    record,
    versions,
)
from sync.records.old_text import OldText

Pushed = tuple[str, str, int]
"""Kind, id and the version that was sent to the server."""
CURSOR = "cursor"
"""The note of how far we have heard; "" is from the beginning."""
_HIGHEST_NUMBER = 10**30
"""Of a newer version's field we keep what fits JSON at all; it is not ours to judge."""


class Answered(NamedTuple):
    """What an answer says: which of the pushed it holds, which not, what is new and how far.

    cursor: None leaves it where it is. notes: facts of this device to be kept with it.
    """

    accepted: Iterable[Pushed]
    refused: Iterable[Pushed]
    records: Iterable[Any]
    cursor: str | None
    notes: Mapping[str, Any]


def taking_in(state: State, said: Answered, now_ms: int) -> tuple[Delta, Receipt]:
    """Return what an answer changes here; the receipt is of what other nodes wrote."""
    delta, receipt = acknowledging(state, said.accepted, said.refused), Receipt()
    if records := list(said.records):
        marks = delta.records
        delta, receipt = merging(state.after(delta), records, now_ms)
        delta.records = marks | delta.records
    delta.notes.update(said.notes)
    if said.cursor is not None:
        delta.notes[CURSOR] = said.cursor
    return delta, receipt


def merging(state: State, records: Iterable[Any], now_ms: int) -> tuple[Delta, Receipt]:
    """Return what records from the server change here.

    A record that is none (no kind, no stamps, no JSON) is skipped: it must not hold up the others.
    """
    draft, skipped, hub = Draft(state, now_ms), 0, replaced.hub_of(state)
    lost: list[OldText] = []
    provisional = readings_in(state.undated) if state.undated else frozenset()
    mirror, heard = is_mirror(state), list[str]()
    for given in records:
        try:
            body = _sound(given)
            heard.append(_latest(body))
        except (UnfitValue, BadStamp, KeyError, TypeError, AttributeError):
            skipped += 1
            continue
        if mirror:
            take_over(draft, body)
            continue
        before = draft.row((body["kind"], body["id"]))
        lost += replaced.unsent_and_lost(before, body, hub)
        _take_in(draft, body, before, provisional)
    if heard:
        latest = max(heard)
        draft.hear([Reading.parse(latest)] if latest else [])
    replaced.keep(draft, lost, hub, now_ms)
    return draft.delta, draft.receipt(skipped)


def _take_in(
    draft: Draft, given: WireRecord, before: Row | None, provisional: frozenset[str]
) -> None:
    key = (given["kind"], given["id"])
    theirs = given if is_erased(given) else in_short_form(given)
    both = theirs
    if before is not None and before.body != theirs:
        both = merge(dict(before.body), theirs)
        if provisional and not is_erased(both):
            both = _with_undated(both, dict(before.body), provisional)
    after = before if before and both == before.body else draft.put(key, before, both)
    if before is not None and after is not before:
        _forget_with_the_server(draft, dict(before.body), both)
    # Where the local side adds something it stays in the outbox, or comes back into it.
    holds_all = both is theirs or both == theirs
    sent = after.version if holds_all else min(after.sent, after.version - 1)
    marked = replace(after, sent=sent, ever=max(after.ever, sent, 1))
    if marked != before:
        draft.delta.records[key] = marked


def _with_undated(both: WireRecord, mine: WireRecord, provisional: frozenset[str]) -> WireRecord:
    """Return a merged record in which no field that still has to be dated was overwritten.

    Its stamp says nothing yet of when it was written. Once dated it is sent, and where the server
    holds the stronger value it sends that back.
    """
    merged = versions(both)
    kept = {
        name: version
        for name, version in versions(mine).items()
        if reading_of(version.stamp) in provisional and merged[name].rule != ERASED
    }
    return record(both["kind"], both["id"], merged | kept) if kept else both


def _forget_with_the_server(draft: Draft, before: WireRecord, after: WireRecord) -> None:
    """Have the bytes washed of what another node erased, as if it had been erased here."""
    if is_erased(before):
        return
    if is_erased(after):
        draft.forget(after["kind"], after["id"], erased=after["erased"])
        return
    known = versions(before)
    names = [
        name
        for name, version in versions(after).items()
        if version.rule == ERASED and name in known and known[name].rule != ERASED
    ]
    if names:
        draft.forget(after["kind"], after["id"], fields=tuple(names))


def _sound(given: Any) -> WireRecord:
    body: WireRecord = document_of(given, largest=_HIGHEST_NUMBER)
    names = ("kind", "id", "erased") if "erased" in body else ("kind", "id")
    if not all(isinstance(body[name], str) and body[name] for name in names):
        raise UnfitValue(where="a record", why="its kind and id are not text")
    if "erased" not in body:
        fields, stamps = body["fields"], body["stamps"]
        if not (isinstance(fields, dict) and isinstance(stamps, dict)):
            raise UnfitValue(where="a record", why="its fields and stamps are no maps")
        if not all(isinstance(stamp, str) and stamp for stamp in stamps.values()):
            raise UnfitValue(where="a record", why="its stamps are not text")
        if EVERY_OTHER not in stamps and not fields.keys() <= stamps.keys():
            raise UnfitValue(where="a record", why="a field has no stamp")
    return body


def _latest(body: WireRecord) -> str:
    """Return the highest reading in a record, "" where there is none. Raises BadStamp."""
    if "erased" in body:
        said = {body["erased"].lstrip(ERASED)}
    else:
        stamps = body["stamps"].values()
        said = {stamp[1:].partition("~")[0] for stamp in stamps if stamp != ERASED}
    for reading in said:
        if not is_reading(reading):
            raise BadStamp(text=reading)
    return max(said, default="")


def readings_of(body: WireRecord) -> list[Reading]:
    """Return the clock readings of a record; a proof may follow each after ``~``."""
    if "erased" in body:
        return [Reading.parse(body["erased"].lstrip(ERASED))]
    stamps = [stamp[1:].partition("~")[0] for stamp in body["stamps"].values() if stamp != ERASED]
    return [Reading.parse(stamp) for stamp in stamps]


def acknowledging(state: State, accepted: Iterable[Pushed], refused: Iterable[Pushed]) -> Delta:
    """Return the marks of records that the server answered for, each at the version **pushed**.

    A record that was changed meanwhile stays in the outbox. A refused one leaves it until it is
    edited, and does not count as ever accepted.
    """
    delta = Delta()
    for pushed, is_accepted in ((accepted, True), (refused, False)):
        for kind, record_id, version in pushed:
            key = (kind, record_id)
            row = delta.records.get(key) or state.row(key)
            if row is not None:
                ever = max(row.ever, version) if is_accepted else row.ever
                delta.records[key] = replace(row, sent=max(row.sent, version), ever=ever)
    return delta


def offering_all(state: State, now_ms: int) -> tuple[Delta, Receipt]:
    """Return the marks of a store whose server lost something: every record waits again.

    A wall has nothing to offer: its copies go, to be given anew.
    """
    if is_mirror(state):
        return beginning_anew(state, now_ms)
    delta = Delta()
    for kind, rows in state.records.items():
        for record_id, row in rows.items():
            if row.sent:
                delta.records[kind, record_id] = replace(row, sent=0)
    return delta, Receipt()


def undoing(state: State, undo: Undo, now_ms: int) -> tuple[Delta, Receipt]:
    """Return what puts back exactly what one commit wrote. Raises UndoTooLate once it was sent."""
    draft = Draft(state, now_ms)
    for key, was in undo.rows:
        now = state.row(key)
        if now is None:
            continue
        if now.sent >= was.after.version:
            raise UndoTooLate
        _put_back(draft, key, was, now)
    return draft.delta, draft.receipt()


def _put_back(draft: Draft, key: Key, was: Was, now: Row) -> None:
    if was.before is None and not now.ever:
        draft.take_out(key)
    elif was.before is not None and now.version == was.after.version:
        draft.delta.records[key] = replace(was.before, sent=now.sent, ever=now.ever)
        draft.note_clock()
    elif not now.is_erased:
        draft.put(key, now, _without_act(was, now))
        draft.note_clock()


def _without_act(was: Was, now: Row) -> WireRecord:
    """Return a record that changed again since: only fields that are still the act's go back."""
    before = versions(dict(was.before.body)) if was.before else {}
    after, present = versions(dict(was.after.body)), versions(dict(now.body))
    kept = {
        name: before.get(name) if after.get(name) == version != before.get(name) else version
        for name, version in present.items()
    }
    fields = {name: version for name, version in kept.items() if version is not None}
    return record(now.body["kind"], now.body["id"], fields)
