"""The last time that this device believed, kept so that the next boot can tell a wrong clock."""

from __future__ import annotations

from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.store.changes import Changes, Note

LAST_KNOWN = "last_known_ms"
"""The device's note of it, in milliseconds since 1970."""
EVERY_MS = 3_600_000
"""A note costs a commit, so it is written once an hour; a date jumps by days."""


def remember_time(_hub: Snapshot, at: Moment) -> Changes:
    """Note the time once an hour while the date may be believed, a rule of time."""
    now_ms = int(at.now.timestamp() * 1000)
    noted_ms = at.notes.get(LAST_KNOWN) or 0
    if not at.date_ok or now_ms - noted_ms < EVERY_MS:
        return Changes()
    return Changes.of(Note(LAST_KNOWN, now_ms))
