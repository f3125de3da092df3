"""Roll call: the numbers, what they are made of, and rows of names to tick."""

import pytest

from kiosk.hub.roll_call import EverybodyOut, Tick, everybody_out, numbers, roll_rows, tick
from kiosk.screens.rollcall.view import (
    booked_rows,
    name_rows,
    other_kiosk,
    page_of,
    people_line,
    safe_line,
    safe_short,
    sure_rows,
)
from kiosk.ui.words import Words
from tests.kiosk.hub.house import K2, House, at, booking, person, room, visit

NOW = at("10:42")
EN, ES = Words("en"), Words("es")


@pytest.fixture
def hub() -> House:
    return House().has(
        person("Luis Ortega"),
        visit("Luis Ortega", "09:00"),
        visit(came="09:10", tag="blue heron 1"),
        visit(came="09:30", tag="green hoopoe 45", how="group", grown_ups=3, children=4),
        visit(came="09:50", how="count", grown_ups=1),
    )


def named(hub, words=EN, **how):
    return name_rows(roll_rows(hub.snapshot, NOW), words, **how)


def test_the_numbers_say_how_sure_they_are(hub):
    rows = sure_rows(numbers(hub.snapshot, NOW), EN)
    assert [(row.number, row.words) for row in rows] == [
        (1, "by card"),
        (9, "said so"),
        (0, "in a booked room"),
        (0, "maybe left"),
    ]


def test_grown_ups_and_children_stand_under_the_number(hub):
    assert people_line(numbers(hub.snapshot, NOW), EN) == "6 grown-ups\n4 children"


def test_rooms_booked_now_say_for_how_many(hub):
    hub.has(room("Kitchen"), booking("Kitchen", "10:00", heads=20, title={"en": "Babies"}))
    hub.has(room("Quiet"), booking("Quiet", "12:00", heads=3))
    rows = booked_rows(hub.snapshot, NOW, EN)
    assert [(row.number, row.words, row.below) for row in rows] == [(20, "Kitchen", "Babies")]


def test_a_private_booking_keeps_its_title(hub):
    hub.has(room("Quiet"), booking("Quiet", "10:00", heads=3, private=True))
    assert booked_rows(hub.snapshot, NOW, EN)[0].below == ""


def test_names_are_masked_and_tags_stand_for_guests(hub):
    assert [row.name for row in named(hub, missing_first=False)] == [
        "Luis O.",
        "Blue Heron 1",
        "Green Hoopoe 45 (7)",
        "One counted",
    ]


def test_in_large_text_a_tag_goes_without_its_colour(hub):
    assert named(hub, short=True)[1].name == "Heron 1"


def test_a_spanish_tag_has_its_animal_first(hub):
    assert named(hub, ES)[1].name == "Garza azul 1"


def test_who_is_safe_is_counted_by_heads_and_stands_last(hub):
    hub.do(everybody_out, EverybodyOut(), NOW)
    group = next(row for row in roll_rows(hub.snapshot, NOW) if row.heads == 7)
    hub.do(tick, Tick(group.visit), NOW)
    rows = named(hub)
    assert safe_line(rows, EN) == ("7 of 10", "safe outside")
    assert safe_short(rows, EN) == "7/10"
    assert (rows[-1].name, rows[-1].right) == ("Green Hoopoe 45 (7)", "safe")


def test_another_door_is_named_with_the_time_it_was_last_heard(hub):
    assert other_kiosk(hub.snapshot, NOW, EN) == ""
    hub.has(visit(came="10:40", made_on=K2.node))
    assert other_kiosk(hub.snapshot, NOW, EN) == "Garden door: as of 10:40"


def test_pages_stay_within_what_there_is(hub):
    rows = named(hub)
    assert [row.name for row in page_of(rows, 2, 3)[0]] == [rows[3].name]
    assert page_of(rows, 9, 3)[1:] == (2, 2)
    assert page_of((), 3, 5) == ((), 1, 1)
