"""Whatever somebody says when they ask for something is in the record that is made of it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.book import Book, BookNow, book, book_now
from kiosk.hub.close_room import CloseDay, close_day
from kiosk.hub.events import JoinEvent, join_event
from kiosk.hub.hours import EnterHours, enter_hours
from kiosk.hub.notices import Publish, publish
from kiosk.hub.people import ChangePerson, Remember, change_person, remember
from kiosk.hub.sign_in import (
    ComeByTile,
    ComeTogether,
    ComeVisiting,
    JustCount,
    come_by_tile,
    come_together,
    come_visiting,
    just_count,
)
from kiosk.hub.visit_care import AddVisit, add_visit
from kiosk.hub.welcomers import SayWelcome, say_welcome
from kiosk.store.changes import Write
from sync.records import KINDS, read
from sync.records.base import CameFrom
from sync.records.event import Event
from tests.kiosk.hub.house import TODAY, at, day, id_of, person, room

ANA, LUIS, KITCHEN = id_of("Ana"), id_of("Luis"), id_of("Kitchen")
SELF, VERA = Actor(KNOWN, ANA, entered_by=LUIS), Actor(VOLUNTEER, id_of("Vera"), entered_by=LUIS)
SOUP = {"en": "Soup", "es": "Sopa"}
NOW = at("10:02")
NAMES = {"day": "date"}
FROM = (CameFrom(hub="h", kind="notice", id="n"),)

ASKS = [
    (book_now, BookNow(KITCHEN, 60, SELF, SOUP, 3, private=True)),
    (
        book,
        Book(
            KITCHEN,
            at("18:00").replace(tzinfo=None),
            60,
            VERA,
            "FREQ=WEEKLY;COUNT=2",
            SOUP,
            "Bring bowls",
            3,
            private=True,
            for_name="Eva",
        ),
    ),
    (
        publish,
        Publish(SOUP, "news", {"en": "Come"}, "es", day(1), day(9), ("fri",), "10:00", "12:00", 1,
                "at the door", "a" * 64, FROM, VERA),
    ),
    (remember, Remember("Eva Gil", "Evi", "member", "es", VERA)),
    (
        change_person,
        ChangePerson(
            ANA, "Ana Gil", "Ani", "volunteer", "es", big_text=True, low_controls=True,
            contact="ana@example.org", by=VERA,
        ),
    ),
    (come_by_tile, ComeByTile(ANA, "", "lunch")),
    (come_visiting, ComeVisiting("lunch", "Eva", first_time=True)),
    (come_together, ComeTogether(2, 3, "lunch", first_time=True)),
    (just_count, JustCount(children=2)),
    (add_visit, AddVisit(at("09:00"), ANA, 2, 3, at("09:30"), VERA)),
    (join_event, JoinEvent("e", TODAY, 3, SELF)),
    (enter_hours, EnterHours(ANA, LUIS, 60, Actor(KNOWN, ANA), "Shelves", day(-1), "h0")),
    (close_day, CloseDay(day=TODAY, room=KITCHEN, by=VERA, open=(("09:00", "12:00"),), why=SOUP)),
    (say_welcome, SayWelcome(ANA, day(1), ("10:00", "12:00"), by=SELF)),
]  # fmt: skip


@pytest.mark.parametrize(("use_case", "ask"), ASKS, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_said_is_kept_under_its_name_with_whose_hand_it_was(hub, use_case, ask):
    soup = Event(id="e", starts=at("18:00").replace(tzinfo=None), minutes=60)
    hub.has(person("Ana"), person("Luis"), person("Vera", kind="volunteer"), room("Kitchen"), soup)
    changes = hub.ask(use_case, ask, NOW)
    (write,) = [act for act in changes.acts if isinstance(act, Write)][:1]
    before = hub.tables[write.kind].get(write.id)
    known = dict(before.body["fields"]) if before else {}
    made = read(KINDS[write.kind], write.id, known | dict(write.fields))
    said = {NAMES.get(one.name, one.name): getattr(ask, one.name) for one in fields(ask)}
    said = {name: one for name, one in said.items() if hasattr(made, name) and one is not None}
    assert said == {name: getattr(made, name) for name in said}
    if not before:
        assert made.entered_by == getattr(getattr(ask, "by", None), "entered_by", "")
