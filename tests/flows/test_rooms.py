"""Rooms: one room's day, and booking it now by card."""

from tests.flows.people import MARTA_CARD

ROOMS = ("All rooms", "Rooms")


def said(door, name):
    """The name of a room as this door says it."""
    room = next(one for one in door.hub.rooms if one.name["en"] == name)
    return door.shell.words.pick(room.name)[0]


def turned(door, name):
    for _ in range(6):
        if any(said(door, name) in words for words in door.offers()):
            return door
        door.tap("More")
    raise AssertionError(f"{name} is on no page")


def test_one_rooms_day_is_two_taps_away(door, short):
    door.tap_any(*ROOMS).audit()
    if not any(said(door, "Kitchen") in words for words in door.offers()):
        door.tap("All rooms as a list").audit()
    before = door.taps
    turned(door, "Kitchen").tap_text(said(door, "Kitchen"))
    assert door.at == "room"
    assert before + 1 <= (2 if short in {"roomy", "portrait"} else 3)
    door.audit().picture("room-day")


def test_a_free_room_is_booked_by_card_and_says_that_it_is_pencilled_in(door):
    door.shell.go("room", room=next(r.id for r in door.hub.rooms if r.name["en"] == "Kitchen"))
    door.settle().tap_card(MARTA_CARD).audit()
    before = len(list(door.hub.bookings_of(kitchen(door))))
    booked(door).audit().picture("room-day-pencilled")
    assert len(list(door.hub.bookings_of(kitchen(door)))) == before + 1
    assert door.taps <= 3
    assert door.reads("Pencilled in") or door.reads("not yet confirmed")


def test_a_booking_is_undone_within_ten_seconds(door):
    door.shell.go("room", room=kitchen(door))
    door.settle().tap_card(MARTA_CARD)
    before = len(list(door.hub.bookings_of(kitchen(door))))
    booked(door).tap("Undo")
    assert len(list(door.hub.bookings_of(kitchen(door)))) == before


def kitchen(door):
    return next(r.id for r in door.hub.rooms if r.name["en"] == "Kitchen")


def booked(door):
    """By card, with an hour chosen already: one tap."""
    return door.tap("Pencil it in")
