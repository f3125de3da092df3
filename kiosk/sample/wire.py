"""Sample records in the shape that nodes exchange, as if they had come from a server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from sync.clock import Reading
from sync.merge import Version, WireRecord, erase_fields, record
from sync.records import Json, Record, check, flat, personal_fields, rule_of
from sync.records.base import spec_of
from sync.records.hub import Settings
from sync.records.retention import names_gone

SERVER = "00000001"
"""The node of a server, whose word the upper-case letters need."""
LATER = "l"


@dataclass(frozen=True)
class Made:
    """A sample record: when and by which node it was made; what its row held that we do not know."""

    record: Record
    at: datetime
    node: str
    beside: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Calendar:
    """What says whose names the hub keeps no longer: its day, settings and zone."""

    today: date
    settings: Settings
    zone: ZoneInfo


def wire(made: Made, hub: str, calendar: Calendar) -> WireRecord:
    """Return a sample record with a stamp on every field, names gone whose days are over.

    Raises BadField.
    """
    whole = msgspec.structs.replace(made.record, hub=hub, made_at=made.at, made_on=made.node)
    fields = flat(whole)
    check(whole.KIND, fields)
    stamped = {name: _version(whole.KIND, name, fields[name], made) for name in fields}
    stamped |= {
        name: Version(LATER, str(_reading(made.at, made.node)), value)
        for name, value in made.beside.items()
        if spec_of(type(whole), name) is None  # what its kind knows, its own row would have said
    }
    body = record(whole.KIND, whole.id, stamped)
    if names_gone(whole, calendar.today, calendar.settings, calendar.zone):
        return erase_fields(body, personal_fields(whole.KIND, fields))
    return body


def raw(kind: str, record_id: str, row: Json, at: datetime, node: str) -> WireRecord:
    """Return a row of a kind that this version does not know, kept as it was given."""
    fields = row if isinstance(row, dict) else {"value": row}
    stamp = str(_reading(at, node))
    return record(kind, record_id, {name: Version(LATER, stamp, fields[name]) for name in fields})


def _version(kind: str, name: str, value: Json, made: Made) -> Version:
    rule = rule_of(kind, name)
    node = SERVER if rule.isupper() else made.node
    return Version(rule, str(_reading(made.at, node)), value)


def _reading(at: datetime, node: str) -> Reading:
    # Before 1970 there is no reading; such a record is simply the oldest.
    return Reading(max(0, int(at.timestamp() * 1000)), 0, node)
