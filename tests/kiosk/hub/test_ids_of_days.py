"""An id that is computed from a day is computed again when the day moves, as its use case does."""

from datetime import datetime, time, timedelta

import pytest

from kiosk.hub.bookings import write_day
from kiosk.hub.close_room import CloseDay, close_day
from kiosk.hub.events import JoinEvent, join_event
from kiosk.hub.welcomers import SayWelcome, say_welcome
from kiosk.store.pairs import paired_id
from sync.records.event import Event
from tests.kiosk.hub.board import INES, LUIS, NOW, OWNER, VOLUNTEER
from tests.kiosk.hub.house import booking, day, id_of, person, room


@pytest.fixture
def house(hub):
    starts = datetime.combine(day(2), time(10))
    class_ = Event(
        id=id_of("Yoga"),
        title={"en": "Yoga"},
        starts=starts,
        minutes=60,
        rule="FREQ=WEEKLY;COUNT=3",
    )
    people = person(LUIS), person(INES, kind="volunteer")
    return hub.has(
        *people, room("Kitchen"), booking("Kitchen", "18:00", rule="FREQ=WEEKLY;COUNT=3"), class_
    )


def closed_house(hub, on, moment):
    return close_day(hub, CloseDay(on, VOLUNTEER), moment).acts[0]


def closed_room(hub, on, moment):
    return close_day(hub, CloseDay(on, VOLUNTEER, room=id_of("Kitchen")), moment).acts[0]


def welcome(hub, on, moment):
    return say_welcome(hub, SayWelcome(id_of(LUIS), on, ("09:00", "11:00"), by=OWNER), moment).acts[
        0
    ]


def joined(hub, on, moment):
    return join_event(hub, JoinEvent(id_of("Yoga"), on, by=OWNER), moment).acts[0]


def used(hub, on, moment):
    known = hub.booking(id_of("booking Kitchen 18:00 0"))
    return write_day(hub, known, on, moment, OWNER, used=1)


@pytest.mark.parametrize("writes", [closed_house, closed_room, welcome, joined, used])
def test_a_moved_day_gives_the_id_that_the_use_case_would_give(house, writes):
    hub, moment = house.snapshot, house.moment(NOW)
    early, late = (writes(hub, day(on), moment) for on in (2, 9))
    moved = dict(early.fields) | {"date": day(9).isoformat()}
    assert early.id != late.id
    assert paired_id(early.kind, early.id, early.fields, moved) == late.id


def test_an_id_that_was_not_made_of_the_day_stays(house):
    write = joined(house.snapshot, day(2), house.moment(NOW))
    moved = dict(write.fields) | {"date": (day(2) + timedelta(days=1)).isoformat()}
    assert paired_id(write.kind, id_of("random"), write.fields, moved) == id_of("random")
