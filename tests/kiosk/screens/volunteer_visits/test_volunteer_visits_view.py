"""The visits of a day for a volunteer, and the times a visit may be given."""

from __future__ import annotations

from kiosk.screens.volunteer_visits.view import opening_of, times_between, visit_lines
from kiosk.ui.words import Words
from tests.kiosk.hub.house import TODAY, House, at, person, visit

EN = Words("en")
NOW = at("17:00")


def test_who_is_still_here_comes_first_and_mistakes_are_left_out():
    hub = House().has(
        person("Luis Ortega"),
        person("Ana Guerra"),
        visit("Luis Ortega", "10:00"),
        visit("Ana Guerra", "11:00", "12:00"),
        visit(came="08:30", tag="blue heron 1"),
        visit("", "16:00", mistake=1),
    )
    lines = visit_lines(hub.snapshot, TODAY, NOW, EN)
    assert [(line.name, line.times) for line in lines] == [
        ("Luis O.", "10:00, still here"),
        ("Ana G.", "11:00 to 12:00"),
        ("Heron 1", "08:30 to 12:30, assumed"),
    ]


def test_a_group_says_how_many_and_the_counted_are_a_number():
    hub = House().has(
        visit("", "16:00", how="count", grown_ups=2),
        visit("", "16:10", how="group", grown_ups=2, children=1, tag="blue heron 2"),
    )
    names = [line.name for line in visit_lines(hub.snapshot, TODAY, NOW, EN)]
    assert names == ["Heron 2 (3)", "2 counted"]


def test_times_are_the_half_hours_between_the_newest_first():
    local = House().snapshot.local
    found = times_between(local(at("15:30")), local(at("17:10")))
    assert [f"{one:%H:%M}" for one in found] == ["17:00", "16:30", "16:00"]
    assert times_between(local(at("16:40")), local(at("17:00"))) == ()


def test_the_day_begins_when_the_house_opens():
    assert f"{opening_of(House().snapshot, TODAY, NOW):%H:%M}" == "08:59"
