"""The rows of what devices offered and the server did not take. Every query names the hub first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from sync.server.database.models import Device, Erased, RefusedRow

KEPT_MS = timedelta(days=30) // timedelta(milliseconds=1)
MOST = 50
"""Of one device: it may offer what it likes, this grows no further."""
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One record that was not taken (RefusedRow, in database/models.py)."""

    device: str
    kind: str
    id: str
    reason: str
    at_ms: int


def keep(
    connection: Connection, hub: str, device: str, refused: Iterable[RefusedLine], now_ms: int
) -> None:
    """Remember what a device offered in vain; where there is too much, the latest of it."""
    rows = {(one.kind, one.id): one for one in refused}
    lines = list(rows.values())[-MOST:]
    _drop(connection, hub, device, [(one.kind, one.id) for one in lines])
    connection.execute(
        insert(RefusedRow),
        [
            {"hub_id": hub, "device_id": device, "kind": one.kind, "id": one.id}
            | {"reason": one.reason, "at_ms": now_ms}
            for one in lines
        ],
    )
    _keep_the_latest(connection, hub, device)
    _count(connection, hub, device)


def taken(connection: Connection, hub: str, device: str, keys: Sequence[tuple[str, str]]) -> None:
    """Let go of what a device got accepted after all."""
    _drop(connection, hub, device, keys)
    _count(connection, hub, device)


def listed(connection: Connection, hub: str, now_ms: int) -> list[RefusedLine]:
    """Return what was refused of every device of a hub in the last 30 days, the latest first."""
    rows = (
        select(RefusedRow)
        .where(RefusedRow.hub_id == hub, RefusedRow.at_ms >= now_ms - KEPT_MS)
        .order_by(RefusedRow.at_ms.desc(), RefusedRow.kind, RefusedRow.id)
    )
    return [
        RefusedLine(row.device_id, row.kind, row.id, row.reason, row.at_ms)
        for row in connection.execute(rows)
    ]


def forget(connection: Connection, hub: str) -> None:
    """Let go of the ids that were erased."""
    gone = select(Erased.id).where(Erased.hub_id == hub)
    theirs = RefusedRow.id.in_(gone)
    connection.execute(delete(RefusedRow).where(RefusedRow.hub_id == hub, theirs))


def let_go(connection: Connection, hub: str, now_ms: int) -> None:
    """Let go of what is older than 30 days, and of whom was erased."""
    forget(connection, hub)
    over = RefusedRow.at_ms < now_ms - KEPT_MS
    connection.execute(delete(RefusedRow).where(RefusedRow.hub_id == hub, over))
    devices = select(Device.device_id).where(Device.hub_id == hub, Device.refused > 0)
    for device in list(connection.execute(devices).scalars()):
        _count(connection, hub, device)


def _drop(connection: Connection, hub: str, device: str, keys: Sequence[tuple[str, str]]) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        these = [
            and_(RefusedRow.kind == kind, RefusedRow.id == record_id)
            for kind, record_id in keys[start : start + _AT_ONCE]
        ]
        connection.execute(delete(RefusedRow).where(*_of(hub, device), or_(*these)))


def _keep_the_latest(connection: Connection, hub: str, device: str) -> None:
    rows = (
        select(RefusedRow.kind, RefusedRow.id)
        .where(*_of(hub, device))
        .order_by(RefusedRow.at_ms.desc(), RefusedRow.kind, RefusedRow.id)
        .offset(MOST)
    )
    _drop(connection, hub, device, [(row.kind, row.id) for row in connection.execute(rows)])


def _count(connection: Connection, hub: str, device: str) -> None:
    rows = select(func.count()).select_from(RefusedRow).where(*_of(hub, device))
    here = (Device.hub_id == hub) & (Device.device_id == device)
    connection.execute(update(Device).where(here).values(refused=rows.scalar_subquery()))


def _of(hub: str, device: str) -> tuple[ColumnElement[bool], ...]:
    return RefusedRow.hub_id == hub, RefusedRow.device_id == device
