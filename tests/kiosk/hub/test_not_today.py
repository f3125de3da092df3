"""Not today: the name of somebody whose standing yes puts it on the wall is off it this time."""

from __future__ import annotations

import pytest

from kiosk.hub.cards import uid_hash
from kiosk.hub.sign_in import TapCard, tap_card
from kiosk.hub.who_is_here import AnswerWall, answer_wall, who_is_here
from sync.records.card import Card
from tests.kiosk.hub.house import at, id_of, person, visit

ANA = "Ana Guerra"
CARD = uid_hash(b"key", "04B39E62072BD4")
NOW = at("10:00")


def faces(hub):
    return [face.name for face in who_is_here(hub.snapshot, NOW)]


@pytest.mark.acceptance("A5", 55)
def test_a5_not_today_takes_the_name_off_and_keeps_the_standing_yes(hub):
    hub.has(person(ANA, wall_ok=True))
    hub.has(Card(id=id_of("c"), uid_hash=CARD, person=id_of(ANA)))
    came = hub.do(tap_card, TapCard(CARD), NOW).visit
    assert faces(hub) == ["Ana G."]
    hub.do(answer_wall, AnswerWall(came, yes=False), NOW)
    assert faces(hub) == []
    assert hub.snapshot.person(id_of(ANA)).wall_ok is True


@pytest.mark.acceptance(55)
def test_the_later_answer_of_two_visits_counts(hub):
    hub.has(person(ANA), visit(ANA, "09:00", wall_ok=True), visit(ANA, "09:30", wall_ok=False))
    assert faces(hub) == []


@pytest.mark.acceptance("A5", 55)
@pytest.mark.parametrize("touched", ["09:00", "09:30"])
def test_a5_not_today_is_said_of_every_visit_of_whoever_came_in_at_two_doors(hub, touched):
    hub.has(person(ANA, wall_ok=True), visit(ANA, "08:00", "08:30", wall_ok=True))
    hub.has(*(visit(ANA, came, wall_ok=True) for came in ("09:00", "09:30")))
    hub.do(answer_wall, AnswerWall(id_of(f"visit {ANA} {touched} 0"), yes=False), NOW)
    assert faces(hub) == []
    answers = [one.wall_ok for one in hub.snapshot.visits_of(id_of(ANA))]
    assert sorted(answers) == [False, False, True]  # what was said of a visit that ended, stays


@pytest.mark.acceptance(55)
def test_not_today_is_said_of_a_visit_that_has_just_ended(hub):
    hub.has(person(ANA), visit(ANA, "09:00", "09:59", id="v", wall_ok=True))
    hub.do(answer_wall, AnswerWall("v", yes=False), NOW)
    assert hub.snapshot.visit("v").wall_ok is False
