"""Who acts on a room's page: nobody, the holder of a card, a volunteer."""

from types import SimpleNamespace

import pytest

from kiosk.hub.actor import KNOWN, NOBODY, VOLUNTEER, Actor
from kiosk.screens.who import actor_of
from kiosk.ui.around import Session


@pytest.mark.parametrize(
    ("session", "who"),
    [
        (Session(), Actor(NOBODY)),
        (Session(person="ana"), Actor(NOBODY)),
        (Session(person="ana", by_card=True), Actor(KNOWN, "ana")),
        (Session(volunteer="ines"), Actor(VOLUNTEER, "ines", entered_by="ines")),
        (Session(person="ana", volunteer="ines"), Actor(VOLUNTEER, "ana", entered_by="ines")),
    ],
)
def test_a_promise_takes_a_card_or_a_volunteer(session, who):
    assert actor_of(SimpleNamespace(session=session)) == who
