"""Moving what a write said of the time: its stamps, its instants and its days. Pure.

A device that does not know the time stamps and dates by what it takes the time for. Once somebody
has told it, a ``Move`` says how far off that was, and every field that carries the old reading gets
the new one. Instants that the device knew from elsewhere (when a visit of yesterday ended) are as
they should be: only what lies near the moment of the write itself was read off the wrong clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.store.undated import reading_of
from sync.device_time import JUMP_MS
from sync.merge import ERASED, Version, WireRecord, record, versions
from sync.records import KINDS
from sync.records.base import spec_of

NEAR = timedelta(days=60)
"""So near to a write lie the instants that its own clock gave it."""
SEASON = timedelta(days=400)
"""So near lie the days that somebody picked in the calendar on the screen."""
TIME_SURE = "time_sure"

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of fields under one reading.

    reading: the new one. at: what the device took the time for, with a zone. by_ms: how far to move
    it. since: instants before this second came from elsewhere. today, days: the hub's day by the
    old time, and how many days to move it. sure: the new time is known, not guessed.
    """

    reading: str
    at: datetime
    by_ms: int
    since: datetime
    today: date
    days: int = 0
    sure: bool = True


Moves = Mapping[str, Move]
"""By the old reading."""
Ids = Mapping[str, str]
"""Ids that changed, old and new."""


def moved(body: WireRecord, moves: Moves, ids: Ids) -> WireRecord:
    """Return a record with every field that carries one of the readings moved."""
    record_id = ids.get(body["id"], body["id"])
    if "erased" in body:
        move = moves.get(body["erased"].lstrip(ERASED))
        return {**body, "id": record_id, "erased": move.reading} if move else body
    fields, unsure = {}, []
    for name, version in versions(body).items():
        move = moves.get(reading_of(version.stamp))
        if move is None:
            fields[name] = version
            continue
        value = _moved_value(body["kind"], name, version.value, move, ids)
        if name != TIME_SURE or not move.sure:
            fields[name] = Version(version.rule, move.reading, value)
        if not move.sure and _is_time(body["kind"], name, version.value):
            unsure.append(move.reading)
    if unsure and body["kind"] in KINDS:
        fields[TIME_SURE] = Version("l", max(unsure), False)
    return record(body["kind"], record_id, fields)


def _moved_value(kind: str, name: str, value: Any, move: Move, ids: Ids) -> Any:
    kept = _type_of(kind, name)
    if kept is None:
        return value  # of a later version: it is not for us to say what is a time
    if kept is str:
        return ids.get(value, value)
    return _walked(value, move)


def _is_time(kind: str, name: str, value: Any) -> bool:
    return _type_of(kind, name) not in (None, str) and bool(_INSTANT.search(str(value)))


def _type_of(kind: str, name: str) -> Any:
    cls = KINDS.get(kind)
    spec = spec_of(cls, name) if cls else None
    return spec.type if spec else None


def _walked(value: Any, move: Move) -> Any:
    if isinstance(value, dict):
        return {key: _walked(item, move) for key, item in value.items()}
    if isinstance(value, list):
        return [_walked(item, move) for item in value]
    return _told(value, move) if isinstance(value, str) else value


def _told(text: str, move: Move) -> str:
    if _INSTANT.fullmatch(text):
        return _instant(text, move)
    if _LOCAL.fullmatch(text):
        return _day(text[:10], move) + text[10:]
    return _day(text, move) if _DAY.fullmatch(text) else text


def _instant(text: str, move: Move) -> str:
    try:
        at = datetime.fromisoformat(text)
        if at < move.since.replace(microsecond=0) or abs(at - move.at) > NEAR:
            return text
        then = at + timedelta(milliseconds=move.by_ms)
    except (ValueError, OverflowError):
        return text
    if "." not in text:
        then = then.replace(microsecond=0)
    return then.isoformat().replace("+00:00", "Z")


def _day(text: str, move: Move) -> str:
    """Today stays today; another day keeps its distance only where the calendar itself was wrong.

    Who picked "Saturday 28" while the device was a night behind meant that Saturday.
    """
    try:
        day = date.fromisoformat(text)
        has_jumped = abs(move.by_ms) > JUMP_MS and abs(day - move.today) <= SEASON
        is_moved = has_jumped or day == move.today
        return (day + timedelta(days=move.days)).isoformat() if is_moved else text
    except (ValueError, OverflowError):
        return text
