"""A hub that is lived in, brought to the server by its door."""

from __future__ import annotations


def move_in(village):
    door = village.door(node="0000d00a")
    door.catches_up()
    week = {
        f"open__{day}": [["09:00", "22:00"]]
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    }
    hub = door.wrote(
        "hub",
        door.who.hub,
        name__en="La Ronda Commons",
        name__es="La Ronda, casa común",
        timezone="Europe/Madrid",
        languages=["en", "es"],
        **week,
    )
    door.asks(hub, *_rooms(door), *_notices(door), *_people(door))
    return door


def _rooms(door):
    return [
        door.wrote(
            "room", "room-willow", name__en="Willow Room", name__es="Sala Sauce", capacity=12
        ),
        door.wrote(
            "room", "room-quiet", name__en="Quiet Room", name__es="Sala Tranquila", capacity=4
        ),
    ]


def _notices(door):
    days = {"first_day": "2026-11-20", "last_day": "2026-11-29"}
    return [
        door.wrote(
            "notice", kind="urgent", title__en="Side door lock is stiff", first_lang="en", **days
        ),
        door.wrote(
            "notice", title__en="Rest day", title__es="Día de descanso", first_lang="en", **days
        ),
        door.wrote("notice", title__es="El coro busca voces graves", first_lang="es", **days),
        door.wrote(
            "notice",
            kind="need",
            title__en="A cot for two weeks",
            body__en="Ours is " + "very " * 30 + "old.",
            **days,
        ),
        door.wrote("notice", kind="offer", title__en="W" * 110, **days),
    ]


def _people(door):
    ana = door.wrote("person", "person-ana", name="Ana García", kind="member")
    visit = {"how": "tile", "person": "person-ana", "came_at": "2026-11-23T09:00:00Z"}
    group = {"how": "group", "grown_ups": 3, "children": 2, "came_at": "2026-11-23T09:20:00Z"}
    return [ana, door.wrote("visit", **visit), door.wrote("visit", **group)]
