"""Texts that another one replaced: kept 14 days, so that nobody's words are simply gone.

Any node that sees the loss makes the same record (its id is of record, field and stamp): at an
edit, and when two versions of a record meet.
"""

from __future__ import annotations

from collections.abc import Iterator

from sync.ids import pair_id
from sync.merge import Version, WireRecord, is_erased, merge, versions
from sync.records import KINDS
from sync.records.base import spec_of
from sync.records.old_text import OldText

KEEPING = ("notice", "event")
"""Kinds of which replaced texts are kept: those that people write together."""


def lost_texts(mine: WireRecord, theirs: WireRecord, hub: str) -> tuple[OldText, ...]:
    """Return the texts that meeting costs: values of one side that the other's later one replaces.

    hub: the hub's id, of which the records' ids are computed. The records have no ``made_at`` yet.
    """
    if mine["kind"] not in KEEPING or is_erased(mine) or is_erased(theirs):
        return ()
    kept = versions(merge(mine, theirs))
    return tuple(
        old
        for side in (mine, theirs)
        for name, version in versions(side).items()
        if name in kept and _is_lost(version, kept[name])
        for old in _old(side, name, version, hub)
    )


def old_text(body: WireRecord, field: str, hub: str) -> OldText | None:
    """Return the present text of a field as the old text that it is about to become."""
    version = versions(body).get(field)
    return next(_old(body, field, version, hub), None) if version else None


def author_of(body: WireRecord, field: str) -> str:
    """Return who wrote a text: whoever edited it last, else the owner; "" where nobody is known."""
    fields = body["fields"]
    for name in (f"edited_by.{field}", "owner", "host"):
        who = fields.get(name)
        if isinstance(who, str) and who:
            return who
    return ""


def _is_lost(version: Version, kept: Version) -> bool:
    return version.rule == "l" and version.stamp < kept.stamp and version.value != kept.value


def _old(body: WireRecord, field: str, version: Version, hub: str) -> Iterator[OldText]:
    if not isinstance(version.value, str) or not version.value or not _is_text(body["kind"], field):
        return
    yield OldText(
        id=pair_id(hub, "old_text", body["id"], field, version.stamp),
        record_kind=body["kind"],
        record=body["id"],
        field=field,
        stamp=version.stamp,
        text=version.value,
        by=author_of(body, field),
    )


def _is_text(kind: str, field: str) -> bool:
    spec = spec_of(KINDS[kind], field)
    return bool(spec and spec.is_map and spec.type is str and not spec.is_personal)
