"""Whether the house is open at this moment."""

from __future__ import annotations

from datetime import datetime

from kiosk.hub.snapshot import Snapshot
from sync.records.booking_time import next_day


def is_open_now(hub: Snapshot, now: datetime) -> bool:
    """Say whether the house is open: by the hours of the day, or of an evening that goes on."""
    today = hub.today(now)
    days = (next_day(today, -1), today)
    return any(s.start <= now < s.end for day in days for s in hub.house.hours_on(day))
