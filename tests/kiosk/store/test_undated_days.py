"""The days in an undated write, and the ids that are made of them."""

from sync.ids import pair_id
from tests.kiosk.store.test_undated import (
    BEGAN_MS,
    DAY_MS,
    YEARS_MS,
    fields,
    instant,
    taken_for,
    told,
    write,
)

__all__ = ["write"]  # the fixture

HUB = "0199c7a1-0000-7000-8000-000000000000"


def test_the_day_that_was_today_is_today_and_makes_the_id(store, write):
    wrong = taken_for(1)[:10]
    welcomer = {"hub": HUB, "slot": ["09:00", "11:00"], "person": "p1", "yes": True}
    parts = ("09:00-11:00", "p1")
    old = pair_id(HUB, "welcomer", wrong, *parts)
    write(store, old, 1, kind="welcomer", date=wrong, **welcomer)
    receipt = told(store)
    new = pair_id(HUB, "welcomer", "2026-11-23", *parts)
    assert receipt.touched == {("welcomer", old), ("welcomer", new)}
    assert fields(store, new, "welcomer")["date"] == "2026-11-23"
    assert old not in store.tables()["welcomer"]


def test_a_record_may_move_to_where_another_one_has_just_been(store, write):
    off, ids = DAY_MS * 10, {}
    for number in range(4):
        day = instant(BEGAN_MS + off + number * off)[:10]
        ids[number] = pair_id(HUB, "closed_day", day, "r1")
        write(store, ids[number], 1, kind="closed_day", off=off, date=day, room="r1", hub=HUB)
    told(store)
    days = [row.body["fields"]["date"] for row in store.tables()["closed_day"].values()]
    assert sorted(days) == ["2026-11-23", "2026-12-03", "2026-12-13", "2026-12-23"]


def test_a_day_picked_while_the_device_was_a_night_behind_stays_that_day(store, write):
    write(store, "b1", 1, kind="booking", off=-12 * 3_600_000, starts="2026-11-28T18:00:00")
    told(store)
    assert fields(store, "b1", "booking")["starts"] == "2026-11-28T18:00:00"


def test_a_day_picked_in_a_calendar_three_years_ahead_keeps_its_distance(store, write):
    day = instant(BEGAN_MS + YEARS_MS + 5 * DAY_MS)[:10]
    write(store, "b1", 1, kind="booking", starts=f"{day}T18:00:00")
    told(store)
    assert fields(store, "b1", "booking")["starts"] == "2026-11-28T18:00:00"
