"""Records whose id is computed from a day: who moves the day has to compute the id again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sync.ids import pair_id
from sync.records.closed_day import WHOLE_HUB

Fields = Mapping[str, Any]
Parts = tuple[str, ...]
_MOST_JOINS = 9
"""How often somebody may have joined and given up one day of an event."""


def _closed_day(fields: Fields) -> Iterator[Parts]:
    yield _text(fields, "date"), _text(fields, "room") or WHOLE_HUB


def _welcomer(fields: Fields) -> Iterator[Parts]:
    slot = fields.get("slot") or ("00:00", "24:00")
    yield _text(fields, "date"), "-".join(slot), _text(fields, "person")


def _booking_day(fields: Fields) -> Iterator[Parts]:
    yield _text(fields, "booking"), _text(fields, "date")


def _join(fields: Fields) -> Iterator[Parts]:
    for number in range(1, _MOST_JOINS + 1):
        person = _text(fields, "person")
        yield _text(fields, "event"), _text(fields, "date"), person, str(number)


def _hours(fields: Fields) -> Iterator[Parts]:
    giver, receiver = _text(fields, "giver"), _text(fields, "receiver")
    yield giver, receiver, _text(fields, "date"), str(fields.get("n") or 1)


PARTS: Mapping[str, Callable[[Fields], Iterator[Parts]]] = {
    "closed_day": _closed_day,
    "welcomer": _welcomer,
    "booking_day": _booking_day,
    "join": _join,
    "hours": _hours,
}
"""Kind -> the parts that its id may have been computed from, in a fixed order."""


def paired_id(kind: str, record_id: str, before: Fields, after: Fields) -> str:
    """Return the id of a record whose fields have moved; the same one unless a day makes it."""
    parts = PARTS.get(kind)
    hub = _text(before, "hub")
    if parts is None or not hub or before.get("date") == after.get("date"):
        return record_id
    for old, new in zip(parts(before), parts(after), strict=True):
        if _made_of(hub, kind, old) == record_id:
            return _made_of(hub, kind, new)
    return record_id


def _made_of(hub: str, kind: str, parts: Parts) -> str:
    try:
        return pair_id(hub, kind, *parts)
    except ValueError:  # the hub's id is no UUID
        return ""


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
