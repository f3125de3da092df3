"""Visits of one house in Madrid that is open from nine to ten every day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sync.records.closed_day import ClosedDay
from sync.records.hub import WEEKDAYS, Hub
from sync.records.opening import closed_by_day
from sync.records.visit import Visit
from sync.records.visit_rules import House

MADRID = ZoneInfo("Europe/Madrid")
TODAY = date(2026, 11, 23)
DAILY = dict.fromkeys(WEEKDAYS, (("09:00", "22:00"),))


def at(clock: str, day: date = TODAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=MADRID).astimezone(UTC)


def house(opens=None, *closed: ClosedDay, **settings) -> House:
    hub = Hub(timezone="Europe/Madrid", open=DAILY if opens is None else opens, settings=settings)
    return House(hub, closed_by_day(closed), MADRID)


def came(clock: str, left: str = "", day: date = TODAY, **fields) -> Visit:
    usual = {"id": clock, "how": "card", "came_at": at(clock, day)}
    return Visit(**(usual | {"left_at": at(left, day) if left else None} | fields))
