"""A restored hub promises nothing new until its devices have been back, or a day has passed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from sync.server.database.models import Device

LONGEST_MS = 24 * 3600 * 1000
SEEN_WITHIN_MS = 7 * 24 * 3600 * 1000


class DoorTold(NamedTuple):
    """When a door, or what was one, was last here and last told everything.

    unseen_ms: when entries of it were made that were never here. is_wall: it has become one.
    """

    node: str
    seen_ms: int
    reported_ms: int
    unseen_ms: Sequence[int]
    is_wall: bool


def doors_told(connection: Connection, hub: str) -> list[DoorTold]:
    """Return what is known of a hub's doors. One that was paired again is still one door.

    Its old entry may never have been shut out, and reports no more.
    """
    rows = (
        select(
            Device.device_id,
            Device.node,
            Device.role,
            Device.made_ms,
            Device.seen_ms,
            Device.reported_ms,
        )
        .where(Device.hub_id == hub, Device.revoked_ms == 0)
        .order_by(Device.made_ms, Device.device_id)
    )
    by_node: dict[str, list[Any]] = {}  # Any: a row of these columns
    for row in connection.execute(rows):
        by_node.setdefault(row.node or row.device_id, []).append(row)
    found = []
    for entries in by_node.values():
        if doors := [row for row in entries if row.role == "door"]:
            one = DoorTold(
                node=doors[0].node,
                seen_ms=max(row.seen_ms for row in doors),
                reported_ms=max(row.reported_ms for row in doors),
                unseen_ms=[row.made_ms for row in doors if not row.seen_ms],
                is_wall=entries[-1].role != "door",
            )
            found.append(one)
    return found


def is_over(connection: Connection, hub: str, since_ms: int, now_ms: int) -> bool:
    """Whether every door seen in the last 7 days has told everything since the restore.

    One that had been paired and was not seen yet may have been, and been promised a room, since the
    backup was made.
    """
    if now_ms - since_ms >= LONGEST_MS:
        return True
    return not any(
        one.reported_ms < since_ms
        and (
            one.seen_ms >= since_ms - SEEN_WITHIN_MS
            or any(made_ms <= since_ms for made_ms in one.unseen_ms)
        )
        for one in doors_told(connection, hub)
        if not one.is_wall
    )
