"""Another hour than it is: for pictures, and for a sample hub that is to look alive at night."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo

from kiosk.device_clock import DeviceClock


def last(hour: time, zone: tzinfo, now: datetime) -> datetime:
    """Return when it was last this hour in a zone, UTC: never ahead of a server's own time."""
    local = now.astimezone(zone)
    then = datetime.combine(local.date(), hour, zone)
    if then > local:
        then = datetime.combine(local.date() - timedelta(days=1), hour, zone)
    return then.astimezone(UTC)


class PretendedTime(DeviceClock):
    """A time that begins somewhere else and goes on from there, whatever the time is."""

    def __init__(self, begins: datetime) -> None:
        began_ms = int(begins.timestamp() * 1000)
        super().__init__(wall_ms=lambda: began_ms, was_told=lambda: True)

    def hear_server(self, server_ms: int, asked_ms: int, answered_ms: int) -> None:
        """A server's time would end the pretence; ours is behind it, so it takes what we send."""
