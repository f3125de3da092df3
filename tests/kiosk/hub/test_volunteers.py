"""Making somebody a volunteer."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.codes import BadCode, CheckCode, check_code
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.people import find
from kiosk.hub.volunteers import MakeVolunteer, make_volunteer
from tests.kiosk.hub.house import at, id_of, person

LUIS = "Luis Ortega"
INES = Actor(VOLUNTEER, id_of("Inés"), entered_by=id_of("Inés"))
NOW = at("10:42")


def test_who_was_made_a_volunteer_gets_in_by_name_and_pin(hub):
    hub.has(person(LUIS))
    assert not find(hub.snapshot, "lu", NOW, volunteers=True).tiles
    hub.do(make_volunteer, MakeVolunteer(id_of(LUIS), "135790", INES), NOW)
    found = find(hub.snapshot, "lu", NOW, volunteers=True)
    assert [tile.name for tile in found.tiles] == ["Luis O."]
    answer = hub.do(check_code, CheckCode(id_of(LUIS), "135790"), NOW)
    assert answer.by.level == VOLUNTEER


def test_it_takes_a_volunteer_somebody_and_six_digits(hub):
    hub.has(person(LUIS))
    with pytest.raises(TooLow):
        hub.do(make_volunteer, MakeVolunteer(id_of(LUIS), "135790", Actor(KNOWN, id_of(LUIS))), NOW)
    with pytest.raises(NotKnown):
        hub.do(make_volunteer, MakeVolunteer("nobody", "135790", INES), NOW)
    with pytest.raises(BadCode):
        hub.do(make_volunteer, MakeVolunteer(id_of(LUIS), "1357", INES), NOW)


def test_a_pin_is_in_no_repr():
    assert "135790" not in repr(MakeVolunteer("luis", "135790"))
