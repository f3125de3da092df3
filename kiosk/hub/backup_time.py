"""When the day's backup is due: once a day, while nobody is served, or at last anyway."""

from __future__ import annotations

from datetime import datetime, timedelta

DAILY = timedelta(hours=20)
"""After so long the next quiet minute is taken: yesterday's was at the end of the evening."""
AT_LAST = timedelta(hours=36)
"""After so long it is made although the hub is open."""


def backup_is_due(last: datetime | None, now: datetime, *, is_open: bool) -> bool:
    """Say whether a backup has to be made now.

    last: when the newest one was made, or None. A last one in the future comes from a wrong clock
    and counts as none.
    """
    if last is None or last > now:
        return True
    age = now - last
    return age >= AT_LAST or (age >= DAILY and not is_open)
