"""Another room or time for what one holds already: all that was said of it goes along."""

import datetime as dt

import pytest

from kiosk.hub.actor import KNOWN, Actor
from kiosk.hub.book import Book, book
from kiosk.hub.extend import Extend, extend
from kiosk.screens.room.clash import offers, one_day
from kiosk.screens.room.offer_cards import OfferTile
from kiosk.screens.room.view import ActView
from sync.records.booking_diary import taken
from tests.flows.people import ANA, person_of
from tests.flows.seeing import words_on

TOMORROW = dt.datetime(2026, 11, 24, 10, 0)


@pytest.fixture
def ana(door):
    return Actor(KNOWN, person_of(door.hub, ANA).id)


@pytest.fixture
def quiet(door):
    return next(one for one in door.hub.rooms if one.name["en"] == "Quiet Room").id


@pytest.fixture
def booked(door, ana, quiet):
    """Book in private for Ana, and ask for another time on the page of the room."""

    def books(rule="", longer=0):
        asked = Book(quiet, TOMORROW, 60, ana, rule, {"en": "AA"}, "side door", 3, private=True)
        made = door.app.desk.ask(book, asked).result(10).result
        if longer:
            more = Extend(made.id, TOMORROW.date(), longer, ana)
            door.app.desk.ask(extend, more).result(10)
        door.shell.session.person, door.shell.session.by_card = ana.person, True
        door.shell.go("room", room=quiet, day=TOMORROW.date(), booking=made.id)
        door.settle().shell.screen.do(ActView("other", ""))
        door.settle()
        return made

    return books


def offered(door):
    """What the tiles of the page say: each a room and its times."""
    return [words_on(one) for one in door.shell.stage.walk() if isinstance(one, OfferTile)]


def made_since(door, old):
    there = door.hub.diary.bookings.values()
    return [one for one in there if one.note == old.note and one.id != old.id]


@pytest.mark.parametrize("rule", ["", "FREQ=WEEKLY;COUNT=3"])
def test_another_time_stays_private_and_leaves_nothing_behind(door, booked, rule):
    old = booked(rule)
    door.tap(offered(door)[0])
    (new,) = made_since(door, old)
    assert (new.private, new.heads, new.rule, new.minutes) == (True, 3, "", 60)
    left = [one.day for one in taken(door.hub.diary, old.room) if one.booking.id == old.id]
    assert new.moves == old.id or left == [dt.date(2026, 12, day) for day in (1, 8)]


def test_where_somebody_was_first_the_next_choice_moves_it_too(door, booked):
    old = booked()
    screen = door.shell.screen
    one = screen.moving.parts[0]
    too_late = offers(door.hub, one_day(door.hub, one), screen.now, screen.words)[0]
    luis = Actor(KNOWN, person_of(door.hub, "Nuria Campos").id)
    first = Book(too_late.free.room, too_late.free.span.start.astimezone(door.hub.zone), 60, luis)
    door.app.desk.ask(book, first).result(10)
    door.settle().shell.screen.take_offer(too_late)
    assert not made_since(door.settle(), old) and offered(door)
    door.tap(offered(door)[0])
    (new,) = made_since(door, old)
    assert (new.moves, new.private) == (old.id, True)


def test_a_booking_that_was_extended_moves_whole_and_is_said_whole(door, booked):
    old = booked(longer=45)
    before = len(made_since(door, old))
    door.tap(offered(door)[0])
    first = next(one for one in made_since(door, old) if one.moves == old.id)
    (more,) = [one for one in made_since(door, old) if one.extends == first.id]
    end = more.starts + dt.timedelta(minutes=more.minutes)
    assert end - first.starts == dt.timedelta(minutes=105)
    assert door.reads(f"{first.starts:%H:%M}–{end:%H:%M}")
    door.tap("Undo")
    assert len(made_since(door, old)) == before
