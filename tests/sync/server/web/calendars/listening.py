"""A hub one of whose rooms listens to a calendar, and somebody who says what stands in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sync.server.database import calendars
from sync.server.database.calendars import Subscription
from sync.server.web.calendars.apart import Ask, Found
from sync.server.web.calendars.reader import Reader
from tests.sync.server.village import HUB, Village
from tests.sync.server.web.calendars.shapes import MADRID

CHOIR = "cc00ffee00000001"


@dataclass
class Choir:
    """says: what is found, or the trouble that is raised. asked: what was asked for."""

    village: Village
    says: Found | Exception = field(default_factory=lambda: Found([]))
    asked: list[Ask] = field(default_factory=list)

    def __call__(self, ask: Ask) -> Found:
        self.asked.append(ask)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says

    @property
    def reader(self) -> Reader:
        return Reader(self.village.service, self)

    def sings(self, *at: str, etag: str = "") -> None:
        """ "2026-12-01 18:00" in Madrid, an hour each; it is read at once."""
        starts = [dt.datetime.fromisoformat(one).replace(tzinfo=MADRID) for one in at]
        spans = [
            (one.astimezone(dt.UTC), one.astimezone(dt.UTC) + dt.timedelta(hours=1))
            for one in starts
        ]
        self.says = Found(spans, etag)
        self.is_due()
        self.reader.read_due()

    def is_due(self) -> None:
        self.changes(next_ms=self.village.ms)

    def changes(self, **columns) -> None:
        with self.village.database.writing() as connection:
            calendars.change(connection, HUB, CHOIR, columns)

    @property
    def row(self) -> Subscription | None:
        with self.village.database.reading() as connection:
            return calendars.one(connection, HUB, CHOIR)


def listens(village, room: str = "room-willow", name: str = "The choir") -> Choir:
    made = Subscription(
        HUB, CHOIR, room, name, "en", "https://choir.example/x.ics", made_ms=village.ms
    )
    with village.database.writing() as connection:
        calendars.add(connection, made)
    return Choir(village)
