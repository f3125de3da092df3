"""A house from a strange file still opens: every rule and every board copes with what is in it."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from kiosk.hub.board import board
from kiosk.hub.moment import Moment
from kiosk.hub.notices import running, urgent_now
from kiosk.hub.presence import heads_at, present
from kiosk.hub.roll_call import numbers, roll_rows
from kiosk.hub.room_day import day_rows, room_now
from kiosk.hub.rules import RULES_OF_TIME
from kiosk.hub.welcomers import hosts_today
from kiosk.hub.who_is_here import who_is_here
from kiosk.screens.light.view import Light
from kiosk.screens.rest.view import rest_view
from kiosk.ui.words import Words
from tests.kiosk.sample.house import A_MONDAY, WHOLE, loaded, snapshot, without_pins

LONG = "\u202eמרים 🦩 " + "x" * 10_000
YEARS = ("1970-01-01", "9999-12-31", "0001-01-01", -700_000, 2_900_000)


def booking(n, **fields):
    usual = {"id": f"s{n}", "room": "willow", "day": 0, "at": "10:00", "minutes": 60, "title": {}}
    return usual | fields


def strange():
    """Our own sample, and beside each of its rows something that nobody expected."""
    sample = without_pins()
    bookings = [booking(f"y{n}", day=day, state="confirmed") for n, day in enumerate(YEARS)]
    bookings += [
        booking("lost", room="cellar", state="confirmed"),
        booking("rule", rule="FREQ=SECONDLY"),
        booking("gibberish", rule="FREQ=NEVER;BY=\0"),
        booking("endless", rule="FREQ=DAILY", day="1970-01-01"),
        booking("self", extends="sself", moves="sself"),
        booking("nobody", person="nobody", title={"xx": LONG}),
        booking("late", at="23:45", minutes=1440),
        booking("late9999", day="9999-12-31", at="23:45", minutes=1440, rule="FREQ=DAILY;COUNT=53"),
    ]
    notices = [
        {"id": f"n{n}", "kind": "urgent", "title": {"en": LONG}, "first": day, "last": day}
        for n, day in enumerate((*YEARS, 0))
    ]
    notices.append({"id": "none", "kind": "news", "title": {}, "first": 0, "last": 3})
    events = [
        {"id": f"e{n}", "day": day, "at": "10:00", "minutes": 60, "title": {}, "joins": ["nobody"]}
        for n, day in enumerate((*YEARS, 0))
    ]
    people = [{"id": "long", "name": LONG}, {"id": "null", "name": "\0"}]
    closed = [{"day": day, "room": "cellar"} for day in YEARS]
    more = {
        "bookings": bookings,
        "notices": notices,
        "events": events,
        "people": people,
        "closed_days": closed,
    }
    return sample | {name: [*sample[name], *rows] for name, rows in more.items()} | {"parades": [1]}


@pytest.fixture(scope="module")
def hub():
    return snapshot(loaded(strange()))


MOMENTS = [A_MONDAY + timedelta(hours=n) for n in (-9, 0, 8, 14)]


@pytest.mark.parametrize("now", MOMENTS, ids=str)
@pytest.mark.parametrize("rule", RULES_OF_TIME, ids=lambda rule: rule.__name__)
def test_the_rules_of_time_cope(hub, rule, now):
    assert rule(hub, Moment.at(now, Random(1))) is not None


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_every_room_can_be_shown(hub, now):
    for room in hub.rooms:
        assert room_now(hub, room, now) is not None
        assert day_rows(hub, room, hub.today(now), now) is not None


@pytest.mark.parametrize("days", [0, 1, 40, -40])
def test_the_board_of_a_day_can_be_drawn(hub, days):
    assert len(board(hub, hub.today(A_MONDAY) + timedelta(days=days), A_MONDAY).rows) == 6


@pytest.mark.parametrize("now", MOMENTS, ids=str)
@pytest.mark.parametrize(
    "asked", [running, urgent_now, present, heads_at, roll_rows, numbers, hosts_today, who_is_here]
)
def test_whoever_asks_gets_an_answer(hub, asked, now):
    assert asked(hub, now) is not None


def test_a_booking_of_the_last_day_of_the_calendar_is_on_that_day_s_board(hub):
    last = datetime(9999, 12, 31, 12, 0, tzinfo=UTC)
    assert len(board(hub, last.date(), A_MONDAY).rows) == 6


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_rest_screen_still_has_something_to_say(hub, lang):
    assert rest_view(hub, A_MONDAY, Words(lang), running(hub, A_MONDAY), Light()).rooms


def test_a_house_with_nothing_in_it_opens():
    bare = snapshot(loaded({"hub": WHOLE["hub"]}))
    assert rest_view(bare, A_MONDAY, Words("es"), (), Light()).rooms == ()
    assert board(bare, bare.today(A_MONDAY), A_MONDAY).rows == ()
