"""A house of two rooms, a volunteer at its pages, and what a booking's form is filled in with."""

import pytest

BIKES = {"title": "Bike repair", "day": "2026-11-25", "from": "18:00", "minutes": "60"}


@pytest.fixture
def door(village):
    return village.door().house(willow="Willow Room", quiet="Quiet Room").catches_up()


@pytest.fixture
def volunteer(door, another):
    return another().joins("volunteer", name="Tomás Herrero")


@pytest.fixture
def book(volunteer):
    """Book as a form of the room's page does. ``from`` is a word of Python's: ``at``."""

    def books(room="willow", **more):
        if "at" in more:
            more["from"] = more.pop("at")
        volunteer.get(f"/rooms/{room}")
        return volunteer.send(f"/rooms/{room}/book", **(BIKES | more))

    return books


@pytest.fixture
def bookings(door):
    """Give every booking that the door has heard of, by where and when; whether it stands."""

    def found():
        door.catches_up()
        return {
            (one["fields"]["room"], one["fields"]["starts"]): one
            for (kind, _id), one in door.holds.items()
            if kind == "booking"
        }

    return found


@pytest.fixture
def shown(volunteer):
    """Give how a room's day reads on the board: times and titles."""

    def found(room, day):
        volunteer.get(f"/rooms/{room}?day={day}")
        today = volunteer.page.split("<section>")[1]
        return [part.split("</strong>")[0] for part in today.split("<strong>")[1:]]

    return found
