"""A hub that is lived in, brought to the server by its door."""

from __future__ import annotations

from sync.ids import pair_id
from sync.server.database.calendars import LEASE_MS, Subscription, add
from sync.server.devices import new_token, revoke
from sync.server.exchange import About
from tests.sync.server.village import HUB, Door
from tests.sync.server.web.calendars.listening import listens

ANA = "0199b1aa-0000-7000-8000-00000000a0a0"
MARTA = "0199b1aa-0000-7000-8000-00000000a0a1"
CHOIR = "booking-choir"


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
    door.asks(*_visits(door))
    door.asks(*_bookings(door))
    door.asks(*_closed(door), *_agreed(door))
    _others(village)
    _listened_to(village)
    return door


def _listened_to(village):
    """A choir's calendar that was read, one that was not yet, one that could not be."""
    choir = listens(village, name="Parish choir")
    choir.sings("2026-11-26 19:00", "2026-12-02 18:30", "2026-12-09 18:30")
    choir.changes(next_ms=village.ms + LEASE_MS, left_out=12)
    rows = {
        "cc00ffee00000002": ("Council", {}),
        "cc00ffee00000003": ("Theatre group", {"trouble": "not_for_us", "failures": 2}),
    }
    with village.database.writing() as connection:
        for nth, (calendar, (name, more)) in enumerate(rows.items(), start=1):
            address = f"https://calendars.example/{'very-' * 12}secret/{nth}.ics"
            made = Subscription(
                HUB, calendar, "room-willow", name, "en", address, made_ms=village.ms + nth,
                next_ms=village.ms + LEASE_MS, tried_ms=village.ms, **more,
            )  # fmt: skip
            add(connection, made)


def _others(village):
    """A wall that is fine, a door with records to send, one that was shut out."""
    _screen(village, "wall", "Wall in the hall", "0000aa11").catches_up()
    behind = _screen(village, "door", "Side door", "0000aa22")
    behind.asks(about=About(node=behind.node, version="1.4.0", waiting=3))
    out = _screen(village, "door", "", "0000aa33").catches_up()
    with village.database.writing() as connection:
        revoke(connection, HUB, out.who.device, village.ms)


def _screen(village, role, name, node):
    about = {"role": role, "name": name, "node": node, "now_ms": village.ms}
    with village.database.writing() as connection:
        return Door(village, new_token(connection, HUB, **about), node)


def _rooms(door):
    rooms = {
        "room-willow": ("Willow Room", "Sala Sauce", 12),
        "room-quiet": ("Quiet Room", "Sala Tranquila", 4),
        "room-kitchen": ("Kitchen", "Cocina", 8),
        "room-workshop": ("Workshop with the large window", "Taller del ventanal", 20),
    }
    return [
        door.wrote("room", name, name__en=en, name__es=es, capacity=capacity, order=nth)
        for nth, (name, (en, es, capacity)) in enumerate(rooms.items())
    ]


def _notices(door):
    days = {"first_day": "2026-11-20", "last_day": "2026-11-29"}
    later = {"first_day": "2026-12-04", "last_day": "2026-12-13"}
    over = {"first_day": "2026-11-01", "last_day": "2026-11-08"}
    return [
        door.wrote(
            "notice", kind="urgent", title__en="Side door lock is stiff", first_lang="en", **days
        ),
        door.wrote(
            "notice",
            "notice-rest",
            title__en="Rest day",
            title__es="Día de descanso",
            body__en="We are shut on Sunday. The garden stays open.",
            body__es="El domingo cerramos. El jardín queda abierto.",
            first_lang="en",
            **days,
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
        door.wrote("notice", title__en="Winter hours", title__es="Horario de invierno", **later),
        door.wrote("notice", kind="lost_found", title__en="A blue scarf", **over),
    ]


def _people(door):
    names = {ANA: "Ana García", MARTA: "Marta Ruiz", "person-mo": "Mohamed Alami"}
    names |= {"person-anna": "Anna Garcia", "person-long": "Maximiliana Wolkenstein-Trostburg"}
    return [door.wrote("person", one, name=name, kind="member") for one, name in names.items()]


def _visits(door):
    at = "2026-11-23T09:{:02d}:00Z"
    here = [
        door.wrote("visit", how="tile", person=ANA, came_at=at.format(0)),
        door.wrote("visit", how="group", grown_ups=3, children=2, came_at=at.format(20)),
        door.wrote("visit", how="visitor", name="Lucía", tag="Fox 3", came_at=at.format(30)),
        door.wrote("visit", how="count", came_at=at.format(35)),
    ]
    before = [
        door.wrote("visit", how="count", came_at=f"2026-11-{day}T1{nth}:00:00Z")
        for day in range(10, 23)
        for nth in range(day % 5 + 1)
    ]
    return here + before


def _closed(door):
    return [
        door.wrote("closed_day", "closed-rest", date="2026-11-29", room="hub", why__en="Rest day"),
        door.wrote(
            "closed_day",
            "closed-short",
            date="2026-12-05",
            room="room-kitchen",
            open=[["10:00", "14:00"]],
        ),
    ]


def _agreed(door):
    text = "Wash your cup.\n\nWhoever is last closes the windows."
    return [door.wrote("agreement", "agreed", version=1, text__en=text, since="2026-01-01")]


def _bookings(door):
    willow = {"title__en": "Choir", "title__es": "Coro", "person": MARTA}
    return [
        door.wrote(
            "booking",
            CHOIR,
            room="room-willow",
            starts="2026-11-25T18:00:00",
            minutes=120,
            rule="FREQ=WEEKLY;COUNT=5",
            **willow,
        ),
        door.wrote(
            "booking_day",
            pair_id(HUB, "booking_day", CHOIR, "2026-12-09"),
            booking=CHOIR,
            date="2026-12-09",
            cancelled=1,
        ),
        door.booked("room-willow", "2026-11-25T10:00:00", 90, for_name="The knitters"),
        door.booked("room-willow", "2026-11-23T12:00:00", 60, title__en="Lunch"),
        door.booked("room-quiet", "2026-11-25T16:00:00", 45, private=True, person=ANA),
        door.booked(
            "room-kitchen", "2026-11-25T09:00:00", 240, title__es="Sopa para todo el barrio"
        ),
        door.booked("room-workshop", "2026-11-25T19:00:00", 120, title__en="W" * 60),
    ]
