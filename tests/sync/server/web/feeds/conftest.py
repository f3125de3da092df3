"""A hub with all that nobody else may read, and the secret in its rooms' addresses."""

import pytest

from sync.server.web.feeds.secret import renew
from tests.sync.server.village import HUB


@pytest.fixture
def door(village):
    """A hub in two languages, Monday 23 November, 11:33; with all that nobody else may read."""
    door = village.door().house(willow="Willow Room", quiet="Quiet Room").catches_up()
    hub = door.wrote(
        "hub", HUB, name__en="La Ronda", name__es="La Ronda Común", languages=["es", "en"]
    )
    rosa = door.wrote("person", "p-rosa", name="Rosa Marín", contact="600 123 456")
    bikes = door.booked(
        "willow",
        "2026-11-23T18:00:00",
        title__en="Bike repair",
        person="p-rosa",
        for_name="for Luis",
        note="the small ones",
        heads=7,
    )
    doctor = door.booked(
        "willow", "2026-11-24T10:00:00", title__en="doctor", private=True, person="p-rosa"
    )
    soup = door.wrote(
        "event",
        "soup",
        title__en="Soup",
        title__es="Sopa",
        about__en="Bring a spoon",
        host="p-rosa",
        room="quiet",
        starts="2026-11-23T13:00:00",
        minutes=90,
    )
    join = door.wrote("join", event="soup", date="2026-11-23", name="Rosa", heads=2)
    notice = door.wrote(
        "notice",
        "found",
        kind="lost_found",
        title__es="Un guante",
        body__es="Rojo",
        first_lang="es",
        first_day="2026-11-20",
        last_day="2026-11-30",
        owner="p-rosa",
        by_name="Rosa",
        contact="600 123 456",
    )
    door.asks(hub, rosa, bikes, doctor, soup, join, notice)
    return door


@pytest.fixture
def secret(village, door):
    with village.database.writing() as connection:
        return renew(connection, HUB, village.ms)
