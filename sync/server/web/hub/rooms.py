"""A room's name, limits and hours as stewards set them, and taking it out of use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.booking import Booking
from sync.records.booking_diary import Diary, Taken, confirmed
from sync.records.room import Room
from sync.server.web.diary import diary_of_rooms
from sync.server.web.hub.parts import Part, Typed, number_part, text_part
from sync.server.web.hub.sections import NoSuchChoice, hours_parts, short_name, text_parts
from sync.server.web.notice_form import said
from sync.server.web.reading import House
from sync.server.web.words import Words
from sync.server.web.writing import Write
from sync.typed import TextMissing, line, lines, name

BOOKABLE = ("self", "vol", "nobody")
COLOURS = {
    "green": "#2F6B4F",
    "brick": "#B5572A",
    "moss": "#5B7F3A",
    "blue": "#4A6A8A",
    "ochre": "#8A6A2F",
    "plum": "#7A4A72",
    "teal": "#2A6F77",
    "grey": "#5F6368",
}
"""Colours that can be told apart on a board, by the words for them."""
LONGEST_NOTE = 400
MOST_PEOPLE, MOST_BUFFER_MIN, LAST_PLACE = 9999, 240, 999


class StillBooked(Refused):
    """Confirmed bookings lie after the day from which a room was to be out of use."""

    say = "hub.still_booked"

    def __init__(self, *, bookings: Sequence[Taken]) -> None:
        super().__init__(f"{len(bookings)} bookings")
        self._bookings = tuple(bookings)

    @property
    def bookings(self) -> tuple[Taken, ...]:
        """What stands in the way, in order of time."""
        return self._bookings


def parts(room: Room, langs: Sequence[str], words: Words) -> list[Part]:
    """Return what can be set of a room."""
    capacity, buffer = (one or None for one in (room.capacity, room.buffer_min))
    return [
        *text_parts("name", room.name, langs, words, read=name, label="hub.room_name"),
        *text_parts("short", room.short, langs, words, read=short_name, label="hub.short"),
        number_part("capacity", words.say("hub.capacity"), capacity, 0, MOST_PEOPLE),
        _bookable(room, words),
        number_part("buffer_min", words.say("hub.buffer_min"), buffer, 0, MOST_BUFFER_MIN),
        *hours_parts(room.open, words),
        *text_parts("features", room.features, langs, words, read=line, label="hub.features"),
        *text_parts("note", room.note, langs, words, read=_note, label="hub.note"),
        _colour(room, words),
        number_part("order", words.say("hub.order"), room.order or None, 0, LAST_PLACE),
    ]


def is_named(room: Room, langs: Sequence[str]) -> dict[str, Refused]:
    """Say what is wrong with a room that has a name in no language."""
    return {} if any(room.name.values()) else {f"name.{langs[0]}": TextMissing()}


def retired(
    connection: Connection, hub: str, house: House, room: Room, since: dt.date
) -> list[Write]:
    """Take a room off the boards from a day on; what others do there ends with it. Raises StillBooked."""
    diary = diary_of_rooms(connection, hub, house, [room.id])
    after = booked_from(diary, room.id, since)
    ours = [one for one in after if not one.booking.outside]
    if ours:
        raise StillBooked(bookings=ours)
    theirs = [Write(Booking.KIND, one.booking.id, {"cancelled": 1}) for one in after]
    return [Write(Room.KIND, room.id, {"retired_from": since.isoformat()}), *theirs]


def booked_from(diary: Diary, room: str, since: dt.date) -> list[Taken]:
    """Return what is confirmed in a room from a day on, in order of time."""
    return sorted(one for one in confirmed(diary, room) if one.day >= since)


def offered_colours(room: Room) -> dict[str, str]:
    """Return the colours to choose from by their words; one that a room has already is among them."""
    known = room.colour.upper() in (one.upper() for one in COLOURS.values())
    return COLOURS if known or not room.colour else {"present": room.colour, **COLOURS}


def colour_word(colour: object, words: Words) -> str:
    """Return a colour in a word, itself where there is none."""
    by_value = {value.upper(): key for key, value in COLOURS.items()}
    found = by_value.get(str(colour or "").upper())
    return words.say(f"hub.colour_{found}") if found else str(colour or "")


def _note(text: str) -> str:
    return lines(text, LONGEST_NOTE)


def _bookable(room: Room, words: Words) -> Part:
    named: Mapping[str, str] = {one: words.say(f"hub.bookable_{one}") for one in BOOKABLE}

    def read(typed: Typed) -> str:
        if said(typed, "bookable") not in BOOKABLE:
            raise NoSuchChoice
        return said(typed, "bookable")

    shown = {"bookable": (room.bookable,)}
    return Part(
        "bookable", words.say("hub.bookable"), shown, read, lambda kept: named.get(str(kept), "")
    )


def _colour(room: Room, words: Words) -> Part:
    def read(typed: str) -> str:
        if typed and typed not in offered_colours(room).values():
            raise NoSuchChoice
        return typed

    made = text_part("colour", words.say("hub.colour"), room.colour, read)
    return replace(made, words=lambda kept: colour_word(kept, words))
