"""A restored hub promises nothing new until its devices have been back, or a day has passed."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync.server.database.models import Device

LONGEST_MS = 24 * 3600 * 1000
SEEN_WITHIN_MS = 7 * 24 * 3600 * 1000


def is_over(connection: Connection, hub: str, since_ms: int, now_ms: int) -> bool:
    """Whether every door seen in the last 7 days has told everything since the restore.

    One that had been paired and was not seen yet may have been, and been promised a room, since the
    backup was made.
    """
    is_new = (Device.seen_ms == 0) & (Device.made_ms <= since_ms)
    if now_ms - since_ms >= LONGEST_MS:
        return True
    missing = select(Device.device_id).where(
        Device.hub_id == hub,
        Device.role == "door",
        Device.revoked_ms == 0,
        (Device.seen_ms >= since_ms - SEEN_WITHIN_MS) | is_new,
        Device.reported_ms < since_ms,
    )
    return connection.execute(missing).first() is None
