"""From "so many days from today, at this local time" to days and instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.sample.rows import Offset

AT_WORK = time(10)
"""When a record of a day gone by was made: somebody was in the office."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Days:
    """The day of loading, in the hub's own zone. Every method raises ValueError off the calendar."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The hub's day at ``now``."""
        return self.now.astimezone(self.zone).date()

    def day(self, offset: Offset) -> date:
        """Return the day that lies ``offset`` days from today, or the date that it already is."""
        if isinstance(offset, date):
            return offset
        try:
            return self.today + timedelta(days=offset)
        except OverflowError:
            raise ValueError(f"day {offset} lies outside the calendar") from None

    def local(self, offset: Offset, at: str) -> datetime:
        """Return a local time without a zone; "24:00" is the midnight that follows."""
        hours, minutes = (int(part) for part in at.split(":"))
        return self.minute(offset, hours * 60 + minutes)

    def minute(self, offset: Offset, minutes: int) -> datetime:
        """Return the local time so many minutes after midnight, without a zone."""
        try:
            return datetime.combine(self.day(offset), time()) + timedelta(minutes=minutes)
        except OverflowError:
            raise ValueError(f"day {offset} lies outside the calendar") from None

    def instant(self, local: datetime) -> datetime:
        """Return the instant of a local time, in UTC."""
        try:
            return local.replace(tzinfo=self.zone).astimezone(UTC)
        except OverflowError:
            raise ValueError(f"{local} lies outside the calendar") from None

    def made(self, offset: Offset) -> datetime:
        """Return when a record of that day may have been made: at work that day, never after now."""
        return self.before(offset, 0)

    def before(self, offset: Offset, days: int) -> datetime:
        """Return when something planned ``days`` ahead was made; never after now.

        What lies before computers were asked counts as their beginning, 1970.
        """
        day = self.day(offset)
        if day.year <= EPOCH.year:
            return EPOCH
        at_work = datetime.combine(day, AT_WORK) - timedelta(days=days)
        return min(self.instant(at_work), self.now - timedelta(minutes=1))
