"""The records that the house moves in with: its people and rooms, and the visits of two years ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from kiosk.hub.cards import uid_hash
from sync.ids import new_id, pair_id
from sync.records import Record
from sync.records.card import Card
from sync.records.hub import WEEKDAYS
from sync.records.person import Person
from sync.records.room import Room
from sync.records.visit import Visit
from tests.kiosk.hub.house import HUB_ID, id_of, the_hub
from tests.soak.house import FIRST_DAY, KEY, ROOMS, Somebody, instant, two_years_before

REASONS = {"looking": {"en": "Just looking"}, "visiting": {"en": "Visiting someone"}}
MADE = datetime(2026, 10, 1, 10, tzinfo=UTC)


def house(people: tuple[Somebody, ...]) -> Iterator[Record]:
    """The hub, its rooms, its people and their badges."""
    hours = dict.fromkeys(WEEKDAYS, (("09:00", "22:00"),))
    yield the_hub(open=hours, reasons=REASONS, kiosks={}, made_at=MADE)
    for nth, room in enumerate(ROOMS):
        yield Room(id=id_of(room), name={"en": room}, capacity=20, order=nth, made_at=MADE)
    for one in people:
        kind = "volunteer" if one.is_volunteer else "member"
        yield Person(id=id_of(one.name), name=one.name, kind=kind, made_at=MADE)
        hashed = uid_hash(KEY, one.badge)
        card_id = pair_id(HUB_ID, "card", hashed, "1")
        yield Card(id=card_id, uid_hash=hashed, person=id_of(one.name), made_at=MADE)


def two_years_ago(days: int, visits: int) -> Iterator[Visit]:
    """As many visits as the month will bring, of the days that go as its days come.

    A house in its third year holds as much in the evening as in the morning: what grows is a leak.
    """
    dice = Random(730)
    for nth in range(1, days):
        day = two_years_before(FIRST_DAY + timedelta(days=nth))
        for _ in range(visits):
            yield _visit(day, dice)


def _visit(day: date, dice: Random) -> Visit:
    came = instant(day, time(9 + dice.randrange(12), dice.randrange(60)))
    return Visit(
        id=new_id(int(came.timestamp() * 1000), dice),
        how=dice.choice(("visitor", "count")),
        came_at=came,
        left_at=came + timedelta(minutes=dice.randrange(10, 50)),
        made_at=came,
    )
