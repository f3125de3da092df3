"""How it stands with sending, asked of the engine or, without a server, of the desk; at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from kiosk.screens.light.view import Light, light_of
from sync.clock import Reading
from sync.errors import Damaged


def light_now(shell: Any, now: datetime) -> Light:
    """Return the light of this moment.

    Without a server since when is found once and kept while more comes to wait: nothing older can
    come.
    """
    sync = shell.around.sync
    status = sync.status()
    if status is not None:
        return light_of(status, now=now, now_ms=sync.now_ms())
    desk = shell.around.desk
    waiting = desk.waiting
    kept: Light | None = getattr(shell, "light_kept", None)
    since = kept.since if kept and 0 < kept.waiting <= waiting else None
    if waiting and since is None:
        since = oldest(desk.next_waiting(now))
    shell.light_kept = Light(waiting, since)
    return Light(waiting, since)


def oldest(body: Any) -> datetime | None:
    """Return when a waiting record was last written here, by its stamps; None: nobody can say."""
    if body is None:
        return None
    written = [_written(stamp) for stamp in body.get("stamps", {}).values()]
    return max((at for at in written if at), default=None)


def _written(stamp: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(Reading.parse(stamp[1:]).ms / 1000, UTC)
    except (Damaged, ValueError, OverflowError, OSError):
        return None
