"""Visits that a volunteer puts right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.presence import is_present
from kiosk.hub.sign_in import NobodyComing, TooManyComing
from kiosk.hub.visit_care import AddVisit, NotThen, SayLeft, add_visit, say_left
from tests.kiosk.hub.house import at, day, id_of, person, visit

LUIS = "Luis Ortega"
INES = Actor(VOLUNTEER, id_of("Inés"), entered_by=id_of("Inés"))
NOW = at("17:00")


@pytest.fixture
def house(hub):
    return hub.has(person(LUIS), visit(LUIS, "09:00"))


def test_a_visit_that_nobody_entered_counts_from_when_they_came(hub):
    hub.has(person(LUIS))
    made = hub.do(add_visit, AddVisit(at("15:00"), id_of(LUIS), by=INES), NOW)
    kept = hub.snapshot.visit(made)
    assert (kept.came_at, kept.person, kept.entered_by) == (at("15:00"), id_of(LUIS), INES.person)
    assert is_present(hub.snapshot, id_of(LUIS), NOW)


def test_whose_visits_volunteers_enter_is_known_to_be_active(hub):
    hub.has(person(LUIS, active_on=day(-400)))
    hub.do(add_visit, AddVisit(at("15:00", -3), id_of(LUIS), by=INES), NOW)
    assert hub.snapshot.person(id_of(LUIS)).active_on == day(-3)


@pytest.mark.parametrize("known", [day(), day(-32)])
def test_a_visit_entered_late_never_makes_somebody_less_active(hub, known):
    hub.has(person(LUIS, active_on=known))
    hub.do(add_visit, AddVisit(at("15:00", -40), id_of(LUIS), by=INES), NOW)
    assert hub.snapshot.person(id_of(LUIS)).active_on == known


def test_a_date_that_jumped_says_of_nobody_when_they_were_active(hub):
    hub.has(person(LUIS, active_on=day(-400)))
    hub.date_ok = False
    hub.do(add_visit, AddVisit(at("15:00"), id_of(LUIS), by=INES), NOW)
    assert hub.snapshot.person(id_of(LUIS)).active_on == day(-400)


def test_heads_can_be_entered_without_a_name(hub):
    ask = AddVisit(at("15:00"), grown_ups=2, children=3, left_at=at("16:00"), by=INES)
    made = hub.do(add_visit, ask, NOW)
    kept = hub.snapshot.visit(made)
    assert (kept.how, kept.grown_ups, kept.children, kept.left_at) == ("count", 2, 3, at("16:00"))


def test_a_forgotten_sign_out_is_written_with_its_own_time(house):
    one = visit(LUIS, "09:00")
    house.do(say_left, SayLeft(one.id, at("12:00"), INES), NOW)
    assert house.snapshot.visit(one.id).left_at == at("12:00")
    assert not is_present(house.snapshot, id_of(LUIS), NOW)


@pytest.mark.parametrize("minutes", [-1, 8 * 60 + 1])
def test_nobody_leaves_before_they_came_or_in_the_future(house, minutes):
    left = at("09:00") + timedelta(minutes=minutes)
    with pytest.raises(NotThen):
        house.do(say_left, SayLeft(visit(LUIS, "09:00").id, left, INES), NOW)


@pytest.mark.parametrize("left", ["09:00", "17:00"])
def test_the_moment_of_coming_and_this_one_are_within(house, left):
    house.do(say_left, SayLeft(visit(LUIS, "09:00").id, at(left), INES), NOW)


def test_nobody_came_in_the_future(hub):
    with pytest.raises(NotThen):
        hub.do(add_visit, AddVisit(at("17:01"), by=INES), NOW)


@pytest.mark.parametrize(("heads", "why"), [(0, NobodyComing), (61, TooManyComing)])
def test_heads_are_one_to_sixty(hub, heads, why):
    with pytest.raises(why):
        hub.do(add_visit, AddVisit(at("15:00"), grown_ups=heads, by=INES), NOW)


def test_it_takes_a_volunteer_and_somebody_who_is_known(house):
    luis = Actor(KNOWN, id_of(LUIS))
    for use_case, ask in (
        (add_visit, AddVisit(at("15:00"), by=luis)),
        (say_left, SayLeft(visit(LUIS, "09:00").id, at("12:00"), luis)),
    ):
        with pytest.raises(TooLow):
            house.do(use_case, ask, NOW)
    with pytest.raises(NotKnown):
        house.do(add_visit, AddVisit(at("15:00"), "nobody", by=INES), NOW)
    with pytest.raises(NotKnown):
        house.do(say_left, SayLeft("none", at("12:00"), INES), NOW)
