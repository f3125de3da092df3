"""What names go when: what the hub's number of days means tonight, before it is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from sync.errors import Refused
from sync.merge import WireRecord, is_erased
from sync.records import KINDS, Record, personal_fields, read
from sync.records.booking import Booking
from sync.records.hub import Hub, Settings, settings_of
from sync.records.retention import names_gone
from sync.records.visit import Visit
from sync.server.database.found_by import day_number
from sync.server.database.ledger import Ledger
from sync.server.web.reading import House, bookings_of_days

MOST_DAYS = 366
_DAY = dt.timedelta(days=1)
NAMES = {
    kind: cls.NAMES or personal_fields(kind)
    for kind, cls in KINDS.items()
    if cls.NAMES_SINCE and cls.NAMES_DAYS is None
} | {Visit.KIND: ("person", "name", "card")}
"""What goes after the hub's days, of each kind."""
OTHERS = tuple(kind for kind in NAMES if kind not in {Visit.KIND, Booking.KIND})


class NotSure(Refused):
    """Names would go sooner than they do now, and nobody has said that they are sure."""

    say = "hub.not_sure"


@dataclass(frozen=True, slots=True)
class Going:
    """Whose names go: of how many visits, and of how many other records."""

    visits: int = 0
    others: int = 0


@dataclass(frozen=True)
class Named:
    """Records that still hold a name, and the hub's own day and zone."""

    records: tuple[Record, ...]
    today: dt.date
    zone: ZoneInfo

    @classmethod
    def of(cls, connection: Connection, hub: str, house: House) -> Named:
        """Read them: of visits and bookings only the days whose names may still be there and go."""
        ledger = Ledger(connection, hub)
        first = house.today - (settings_of(house.hub).keep_names_days + 2) * _DAY
        last = house.today + 2 * _DAY
        visits = ledger.of_days(Visit.KIND, day_number(first), day_number(last))
        bookings = bookings_of_days(connection, hub, first, last)
        others = ledger.of_kinds(OTHERS)
        found = _named([*visits.values(), *bookings.values(), *others.values()])
        return cls(tuple(found), house.today, house.zone)

    def going(self, days: int) -> Going:
        """Return what the next night takes if names were kept for so many days."""
        settings = Settings(keep_names_days=days)
        tomorrow = self.today + _DAY
        gone = [one for one in self.records if names_gone(one, tomorrow, settings, self.zone)]
        visits = sum(isinstance(one, Visit) for one in gone)
        return Going(visits, len(gone) - visits)


def sooner(hub: Hub, days: object) -> bool:
    """Whether so many days take names that would stay as things are."""
    return isinstance(days, int) and days < settings_of(hub).keep_names_days


def _named(bodies: Iterable[WireRecord]) -> Iterable[Record]:
    for body in bodies:
        if is_erased(body):
            continue
        if any(body["fields"].get(name) for name in NAMES[body["kind"]]):
            yield read(KINDS[body["kind"]], body["id"], body["fields"])
