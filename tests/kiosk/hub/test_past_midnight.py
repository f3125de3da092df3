"""An evening that passes midnight goes on under the new day: its rooms, and what is on."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import KNOWN, Actor
from kiosk.hub.board import board
from kiosk.hub.book import BookNow, book_now
from kiosk.hub.events import today_events
from kiosk.hub.room_day import day_rows, lengths
from kiosk.hub.what_now import what_now
from sync.records.event import Event
from sync.records.hub import WEEKDAYS
from tests.kiosk.hub.house import TODAY, at, booking, day, id_of, person, room, the_hub


def event(title: str, starts: str, hours: float = 1, **fields) -> Event:
    begins, minutes = booking("any", starts).starts, round(hours * 60)
    return Event(id=id_of(title), title={"en": title}, starts=begins, minutes=minutes, **fields)


def test_after_midnight_a_room_can_be_booked_until_the_house_shuts(hub):
    hub.has(the_hub(open=dict.fromkeys(WEEKDAYS, (("18:00", "02:00"),))), person("Ana"))
    willow, now = room("Willow"), at("01:20", 1)
    seen = hub.has(willow).snapshot
    assert lengths(seen, willow, now, (15, 30, 60)) == (15, 30)
    free = [row.span for row in day_rows(seen, willow, day(1), now)]
    assert [(one.start, one.end) for one in free] == [
        (now, at("02:00", 1)),
        (at("18:00", 1), at("02:00", 2)),
    ]
    hub.do(book_now, BookNow(willow.id, 30, Actor(KNOWN, id_of("Ana"))), now)


@pytest.mark.parametrize(
    ("now", "titles"),
    [
        (at("20:59"), ["Camp", "Party"]),
        (at("00:05", 1), ["Camp", "Party"]),
        (at("01:00", 1), ["Camp"]),
        (at("11:59", 2), ["Camp"]),
        (at("12:00", 2), []),
    ],
)
def test_what_passes_midnight_is_on_until_its_end(hub, now, titles):
    hub.has(event("Party", "21:00", hours=4), event("Camp", "12:00", hours=48))
    assert [one.event.title["en"] for one in today_events(hub.snapshot, now)] == titles


def test_what_has_just_begun_is_still_worth_going_to_after_midnight(hub):
    hub.has(event("Party", "23:50", hours=1))
    assert what_now(hub.snapshot, at("00:05", 1)).event.one.day == TODAY


def test_what_begins_tomorrow_is_not_on_today(hub):
    hub.has(event("Party", "00:00", rule="FREQ=DAILY;COUNT=3"))
    assert [one.day for one in today_events(hub.snapshot, at("00:30"))] == [TODAY]


def test_before_a_closed_day_the_board_stays_until_the_evening_is_over(hub):
    monday = {WEEKDAYS[TODAY.weekday()]: (("18:00", "02:00"),)}
    hub.has(the_hub(open=dict.fromkeys(WEEKDAYS, ()) | monday), room("Willow"))
    assert not board(hub.snapshot, day(1), at("00:30", 1)).shut
    assert board(hub.snapshot, day(1), at("02:00", 1)).shut
    assert board(hub.snapshot, day(1), at("20:00")).shut
