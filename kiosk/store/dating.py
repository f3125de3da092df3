"""Dating: what was written before the time was known gets the time at which it was written.

All of it in one transaction, in the order in which it was written. The same is done for records of
which the server says that they lie in the future. Only what was never sent is ever dated anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.store.arrivals import Pushed, readings_of
from kiosk.store.changes import Key, Receipt, Undo, Was
from kiosk.store.draft import CLOCK, Draft
from kiosk.store.moving import Ids, Move, Moves, moved
from kiosk.store.outgoing import LONGEST_HELD_MS
from kiosk.store.pairs import paired_id
from kiosk.store.rows import Row
from kiosk.store.state import Delta, State
from kiosk.store.undated import Mark, in_order, is_stamped_by, reading_of
from sync.clock import Reading, first, tick
from sync.device_time import Dated, Undated, date_writes
from sync.errors import BadStamp
from sync.merge import WireRecord, merge, record, versions

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_HELD = timedelta(milliseconds=LONGEST_HELD_MS)
_LAST_MS = 253_402_300_799_000
"""The last second that a calendar has."""


class Told(NamedTuple):
    """What is known now: which boot this is, when it began (since 1970), the hub's own zone."""

    boot: str
    began_ms: int
    zone: tzinfo = UTC


class Late(NamedTuple):
    """What the server refused because it lies in the future.

    fields: those that it named. It holds nothing as late, so it never accepted them; of a record
    without such names all is ours as long as no server accepted any of it, or it was erased here.
    """

    pushed: Sequence[Pushed]
    fields: Mapping[Key, Sequence[str]]

    @property
    def keys(self) -> list[Key]:
        """The records concerned."""
        return [(one[0], one[1]) for one in self.pushed]

    def readings(self, key: Key, row: Row | None) -> list[Reading]:
        """Return the readings of a record that no server has accepted."""
        if row is None or (row.ever and not row.is_erased and key not in self.fields):
            return []
        body = dict(row.body)
        if row.ever and not row.is_erased:
            known = versions(body)
            named = {name: known[name] for name in self.fields[key] if name in known}
            body = record(row.body["kind"], row.body["id"], named)
        return _readings(body)


class Moved(NamedTuple):
    """What a dating changed; an act that was made before it is undone by these."""

    moves: Moves
    ids: Ids


NOTHING_MOVED = Moved({}, {})


def dating(state: State, told: Told) -> tuple[Delta, Receipt, Moved]:
    """Return what dates every undated write, and what moved by it."""
    marks = in_order(state.undated)
    known = {mark.boot: min(mark.known_ms, told.began_ms) for mark in marks}
    writes = [Undated(mark.boot, mark.uptime_ms) for mark in marks]
    dates = date_writes(writes, told.boot, told.began_ms, known)
    last = first(Reading.parse(state.clock).node)
    moves: dict[str, Move] = {}
    for mark, found in zip(marks, dates, strict=True):
        for reading in mark.readings:
            # Later than all that was known when it was written, not than what came since.
            last = tick(_later(last, Reading.parse(reading)), found.at_ms)
            moves[reading] = _move(mark, found, str(last), told.zone)
    keys = dict.fromkeys((kind, row_id) for mark in marks for kind, row_id in mark.rows)
    delta, receipt, ids = _with(state, keys, moves, last)
    delta.gone_notes.update(state.undated)
    return delta, receipt, Moved(moves, ids)


def _later(last: Reading, known: Reading) -> Reading:
    latest = max(last, known)
    return Reading(latest.ms, latest.counter, last.node)


def _move(mark: Mark, found: Dated, reading: str, zone: tzinfo) -> Move:
    then, taken_for = _at(found.at_ms), _at(mark.at_ms)
    today = taken_for.astimezone(zone).date()
    return Move(
        reading=reading,
        at=taken_for,
        by_ms=found.at_ms - mark.at_ms,
        since=_at(min(mark.known_ms, mark.at_ms)),
        today=today,
        days=(then.astimezone(zone).date() - today).days,
        sure=found.sure,
    )


def redating(state: State, told: Late, now_ms: int, zone: tzinfo) -> tuple[Delta, Receipt]:
    """Return what brings back from the future what no server ever accepted.

    Stamps that are later than now go on from now in their old order, and what lies in the future
    of the instants under them moves as far. What a server has accepted stays as it is.
    """
    found = {key: told.readings(key, state.row(key)) for key in told.keys}
    keys = [key for key, readings in found.items() if readings]
    ahead = sorted({one for readings in found.values() for one in readings if one.ms > now_ms})
    replaced = {str(reading) for reading in ahead}
    last = _highest(state, state.clock, replaced, now_ms)
    moves: dict[str, Move] = {}
    for reading in ahead:
        last = tick(last, now_ms)
        was, today = _at(reading.ms), _at(reading.ms).astimezone(zone).date()
        days = (_at(last.ms).astimezone(zone).date() - today).days
        by_ms = last.ms - reading.ms
        moves[str(reading)] = Move(str(last), was, by_ms, _at(now_ms), today, days)
    delta, receipt, _ids = _with(state, dict.fromkeys(keys), moves, last, anew=True)
    return delta, receipt


def undo_moved(undo: Undo, by: Moved) -> Undo:
    """Return what it takes to undo an act, if it was dated since."""
    if not by.moves:
        return undo
    rows = [((kind, by.ids.get(row_id, row_id)), was) for (kind, row_id), was in undo.rows]
    return Undo(
        tuple(
            (key, Was(was.before and _row_moved(was.before, by), _row_moved(was.after, by)))
            for key, was in rows
        )
    )


def _with(
    state: State, keys: Iterable[Key], moves: Moves, last: Reading, *, anew: bool = False
) -> tuple[Delta, Receipt, Ids]:
    """Return the delta in which these rows have moved; ``anew``: they wait for the server again."""
    draft = Draft(state, 0)
    readings = frozenset(moves)
    found = {key: row for key in keys if (row := state.row(key))}
    rows = {key: row for key, row in found.items() if is_stamped_by(row.body, readings)}
    ids = dict(_new_ids(rows, moves))
    # All leave their places first: one may move to where another one has just been.
    draft.delta.records.update({key: None for key in rows if key[1] in ids})
    for key, row in rows.items():
        after = _row_moved(row, Moved(moves, ids))
        target = (key[0], ids.get(key[1], key[1]))
        there = draft.row(target) if target != key else None
        if there is not None:
            draft.put(target, there, merge(dict(there.body), dict(after.body)))
        elif anew:
            draft.put(target, after, dict(after.body))
        else:
            draft.delta.records[target] = after
    if moves:
        _set_clock(state, draft, last, moves)
    return draft.delta, draft.receipt(), ids


def _set_clock(state: State, draft: Draft, last: Reading, moves: Moves) -> None:
    """Let the clock fall to the highest reading that is then in the store."""
    highest = max(last, _highest(state, state.clock, set(moves)))
    node = Reading.parse(state.clock).node
    draft.delta.clock = draft.delta.notes[CLOCK] = str(Reading(highest.ms, highest.counter, node))


def _new_ids(rows: Mapping[Key, Row], moves: Moves) -> Iterator[tuple[str, str]]:
    for (kind, row_id), row in rows.items():
        before = row.body.get("fields", {})
        after = moved(dict(row.body), moves, {}).get("fields", {})
        new_id = paired_id(kind, row_id, before, after)
        if new_id != row_id:
            yield row_id, new_id


def _row_moved(row: Row, by: Moved) -> Row:
    body = moved(dict(row.body), by.moves, by.ids)
    found = [by.moves[reading] for reading in _texts(row) if reading in by.moves]
    held = _at(row.held_until_ms)
    by_ms = [move.by_ms for move in found if timedelta() <= held - move.at <= _LONGEST_HELD]
    return replace(row, body=body, held_until_ms=row.held_until_ms + max(by_ms, default=0))


def _highest(state: State, clock: str, without: set[str], most_ms: int = _LAST_MS) -> Reading:
    """Return the highest reading in the store, some left out, none later than ``most_ms``."""
    node = Reading.parse(clock).node
    highest = first(node)
    for rows in state.records.values():
        for row in rows.values():
            for reading in _readings(dict(row.body)):
                if highest < reading and reading.ms <= most_ms and str(reading) not in without:
                    highest = reading
    return Reading(highest.ms, highest.counter, node)


def _readings(body: WireRecord) -> list[Reading]:
    try:
        return readings_of(body)
    except BadStamp:
        return []


def _texts(row: Row) -> list[str]:
    body = dict(row.body)
    if "erased" in body:
        return [body["erased"].lstrip("x")]
    return [reading_of(version.stamp) for version in versions(body).values()]


def _at(ms: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=min(max(ms, 0), _LAST_MS))
