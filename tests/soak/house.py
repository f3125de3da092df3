"""The house of the soak as plain facts: its records and the model of it are both made from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Madrid")
FIRST_DAY = date(2026, 10, 12)
"""The clocks go back in the night to 25 October, the fourteenth day."""
OPENS, SHUTS = time(9), time(22)
STAY_HOURS = {"card": 8, "tile": 8, "visitor": 4, "group": 4, "count": 3}
ROOMS = ("Kitchen", "Willow Room", "Quiet Room", "Workshop")
FIRST_BADGE = 0x62E3080000
KEY = bytes(range(32))
SAMPLE = Path(__file__).parents[2] / "assets" / "sample" / "la_ronda.json"


@dataclass(frozen=True)
class Somebody:
    """A person of the sample hub; badge: ten hex digits, as a reader of them says it."""

    name: str
    badge: str
    is_volunteer: bool = False

    @property
    def shown(self) -> str:
        """The name as others may read it: first name, first letter of the last."""
        first, *others = self.name.split()
        return f"{first} {others[-1][0]}." if others else first


def people() -> tuple[Somebody, ...]:
    """Everybody of the sample hub whom one letter of the last name tells from all others."""
    rows = json.loads(SAMPLE.read_text("utf-8"))["people"]
    found = [
        Somebody(row["name"], f"{FIRST_BADGE + nth:010X}", row["kind"] == "volunteer")
        for nth, row in enumerate(rows)
    ]
    shown = [one.shown for one in found]
    return tuple(one for one in found if shown.count(one.shown) == 1)


def instant(day: date, clock: time) -> datetime:
    """An instant by the clock on the wall; of an hour that comes twice, the first."""
    return datetime.combine(day, clock, ZONE).astimezone(ZoneInfo("UTC"))


def opening(day: date) -> tuple[datetime, datetime]:
    """When the house opens and shuts on a day."""
    return instant(day, OPENS), instant(day, SHUTS)


def day_of(moment: datetime) -> date:
    """The hub's own day."""
    return moment.astimezone(ZONE).date()


def clock(moment: datetime) -> str:
    """As the door writes a time: "09:05"."""
    return f"{moment.astimezone(ZONE):%H:%M}"


def two_years_before(day: date) -> date:
    """The day whose visits go on this one: they are kept for 730 days."""
    return day - timedelta(days=730)
