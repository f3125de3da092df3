"""What the tests of the hub begin with: one kiosk, and a second one that it has not met yet."""

from __future__ import annotations

import pytest

from tests.kiosk.hub.board import INES, LUIS
from tests.kiosk.hub.house import K2, House, day, id_of, notice, person, room


@pytest.fixture
def hub() -> House:
    """The hub as the front door knows it; it has its hours and nothing else."""
    return House()


@pytest.fixture
def with_rooms(hub) -> House:
    """The hub with two rooms, a member and a volunteer."""
    return hub.has(
        person("Ana"),
        person("Inés", kind="volunteer"),
        room("Willow", capacity=18, buffer_min=15, order=1),
        room("Quiet", capacity=8, buffer_min=10, order=2),
    )


@pytest.fixture
def elsewhere() -> House:
    """The same hub as the garden door knows it; ``hub.meets(elsewhere)`` makes both alike."""
    return House(K2)


@pytest.fixture
def soup(hub):
    """A notice of Luis that runs this week; Inés is a volunteer."""
    hub.has(person(LUIS), person(INES, kind="volunteer"))
    fields = {"kind": "offer", "owner": id_of(LUIS), "body": {"en": "Come."}}
    return hub.has(notice("Soup on Friday", last_day=day(5), **fields))
