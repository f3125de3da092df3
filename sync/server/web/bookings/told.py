"""What holds in a room, in words: hours, who books it and for how long, when it is free again. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sync.records.closed_day import WHOLE_HUB, ClosedDay
from sync.records.hub import WEEKDAYS, settings_of
from sync.records.opening import ClosedDays
from sync.records.room import Room
from sync.server.web.hub.hours_text import words as hours_words
from sync.server.web.reading import House
from sync.server.web.words import Words

AHEAD_DAYS = 90


def rules_told(words: Words, house: House, room: Room) -> list[str]:
    """Return a sentence for each rule of a room, the hours first."""
    return [*_hours(words, house, room), *_booking(words, house, room), *_features(words, room)]


def _hours(words: Words, house: House, room: Room) -> Iterator[str]:
    said = [_of_day(words, house, room, day) for day in WEEKDAYS]
    first = 0
    for n, hours in enumerate(said):
        if n + 1 == len(said) or said[n + 1] != hours:
            yield words.say("room.open", days=_days(words, first, n), hours=hours)
            first = n + 1


def _of_day(words: Words, house: House, room: Room, day: str) -> str:
    house_open, own = house.hub.open.get(day, ()), room.open.get(day, ())
    if not house_open:
        return words.say("hub.shut")
    return hours_words(own or house_open)


def _days(words: Words, first: int, last: int) -> str:
    begin, end = (words.say(f"weekday.{WEEKDAYS[n]}") for n in (first, last))
    return begin if first == last else f"{begin} – {end}"


def _booking(words: Words, house: House, room: Room) -> Iterator[str]:
    settings = settings_of(house.hub)
    yield words.say(f"room.bookable_{room.bookable}")
    if room.bookable == "nobody":
        return
    if room.bookable == "self":
        most = words.length(settings.book_max_min)
        yield words.say("room.at_the_door", most=most, days=settings.book_ahead_days)
    yield words.say("room.volunteers")
    if room.buffer_min > 0:
        yield words.say("room.buffer", time=words.length(room.buffer_min))
    if settings.no_show_min > 0:
        yield words.say("room.no_show", time=words.length(settings.no_show_min))


def _features(words: Words, room: Room) -> Iterator[str]:
    if words.pick(room.features):
        yield words.say("room.features", features=words.pick(room.features))


def closed_ahead(closed: ClosedDays, room: Room, today: dt.date) -> list[ClosedDay]:
    """Return the days from today on that the house or the room keeps other hours, in order."""
    last = today + dt.timedelta(days=AHEAD_DAYS)
    places = {room.id, WHOLE_HUB}
    found = [
        (day, one)
        for (place, day), one in closed.items()
        if place in places and today <= day <= last
    ]
    return [one for _day, one in sorted(found, key=lambda each: (each[0], each[1].room))]


def closed_words(words: Words, one: ClosedDay) -> str:
    """Return how a day differs: "Shut: Rest day", "10:00-14:00"."""
    hours = hours_words(one.open) or words.say("hub.shut")
    why = words.pick(one.why)
    return f"{hours}: {why}" if why else hours
