"""What the tests of the hub's pages begin with, and what they look at."""

from __future__ import annotations

from tests.sync.server.village import HUB, Door

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOSTILE = ("<script>alert(1)</script>", "x" * 5000, "a\x00b\x1b[31m\u202ec\u2028d", "{{ 7 * 7 }}")


def moved_in(village) -> Door:
    """A hub with a name, two languages, hours and two rooms, by its door."""
    door = village.door()
    hours = {f"open__{day}": [["09:00", "22:00"]] for day in WEEK}
    hub = door.wrote(
        "hub",
        HUB,
        name__en="La Ronda",
        name__es="La Ronda, casa común",
        languages=["en", "es"],
        timezone="Europe/Madrid",
        **hours,
    )
    willow = door.wrote("room", "room-willow", name__en="Willow Room", capacity=12, bookable="self")
    quiet = door.wrote("room", "room-quiet", name__en="Quiet Room")
    door.asks(hub, willow, quiet)
    return door


def held(door, kind, record_id=HUB):
    """The record as a door holds it."""
    return door.catches_up().holds[kind, record_id]


def fields(door, kind, record_id=HUB):
    return held(door, kind, record_id)["fields"]


def all_of(door, kind):
    door.catches_up()
    return [body for (of, _), body in door.holds.items() if of == kind]


def changed(before, after):
    """Which fields have another stamp or value than before."""
    then, now = (_whole(body) for body in (before, after))
    return {name for name in now if now[name] != then.get(name)}


def _whole(body):
    other = body["stamps"].get("*", "")
    return {
        name: (value, body["stamps"].get(name, other)) for name, value in body["fields"].items()
    }
