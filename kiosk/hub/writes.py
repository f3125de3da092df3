"""From typed records to what the store writes."""

from __future__ import annotations

from typing import Any

import msgspec

from kiosk.hub.actor import ANYBODY, Actor
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.store.changes import Write
from sync.records import Record, check, flat


def new(hub: Snapshot, record: Record, at: Moment, by: Actor = ANYBODY) -> Write:
    """Return the write of a new record; an empty id becomes a random one.

    Raises BadField where a value is not what its kind says.
    """
    made = msgspec.structs.replace(
        record,
        id=record.id or at.new_id(),
        hub=hub.hub.id,
        made_at=at.now.replace(microsecond=0),
        made_on=hub.device.node,
        entered_by=by.entered_by or record.entered_by,
        time_sure=at.sure,
    )
    fields = flat(made)
    check(record.KIND, fields)
    return Write(record.KIND, made.id, fields)


def edit(record: Record, **fields: Any) -> Write:
    """Return the write of some fields of a record; a value equal to the present one is left out.

    fields: by attribute name; a map is given whole and only its changed keys are written, a key
    that is gone is emptied. None empties a field. Raises BadField.
    """
    before = flat(record)
    after = flat(msgspec.structs.replace(record, **fields))
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    gone: dict[str, None] = dict.fromkeys(name for name in before if name not in after)
    explicit = _set_to_default(record, fields, after)
    written = {**changed, **gone, **explicit}
    check(record.KIND, written)
    return Write(record.KIND, record.id, written)


def _set_to_default(
    record: Record, fields: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    # A default is left out of what is stored, so "set to 0 again" has to be written in full.
    plain: dict[str, Any] = msgspec.json.decode(
        msgspec.json.encode({name.rstrip("_"): value for name, value in fields.items()})
    )
    return {
        name: value
        for name, value in plain.items()
        if name not in after
        and not isinstance(value, dict)
        and value is not None
        and getattr(record, name, value) != fields.get(name, value)
    }
