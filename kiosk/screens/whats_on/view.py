"""What is on, today and in the coming days, and what one event says to who might come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.hub.events import days_of, events_until, places_on
from kiosk.hub.names import name_of
from kiosk.hub.snapshot import Snapshot
from kiosk.ui.words import Words
from sync.records.event import Event
from sync.records.event_days import EventDay
from sync.records.event_rules import PENCILLED, WAITING, Place, Seats

DAYS_AHEAD = 14
MOST_AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of what is on. when: "11:00", or "Wed 11:00" of another day."""

    event: str
    day: date
    when: str
    title: str
    foreign: str
    room: str
    cancelled: bool

    @property
    def id(self) -> str:
        """The event and its day."""
        return f"{self.event}/{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class EventView:
    """One day of an event. clocks: "10:00–12:00".

    note: why nobody can join, or what is not certain yet; else "".
    """

    title: str
    about: str
    day: str
    clocks: str
    room: str
    host: str
    coming: str
    note: str
    may_join: bool

    @property
    def when(self) -> str:
        """Return the day and its times: "Today 10:00–12:00"."""
        return f"{self.day} {self.clocks}"


def coming_up(hub: Snapshot, now: datetime, words: Words) -> tuple[EventRow, ...]:
    """Return what is not over, and all of the next two weeks, in order of time."""
    today = hub.today(now)
    there = events_until(hub, today + timedelta(days=DAYS_AHEAD), now)
    return tuple(_row(hub, one, today, words) for one in there)


def _row(hub: Snapshot, one: EventDay, today: date, words: Words) -> EventRow:
    title, lang = words.pick(one.event.title, _first_lang(hub))
    clock = words.clock(hub.local(one.span.start))
    when = clock if one.day == today else f"{_short_day(one.day, today, words)} {clock}"
    return EventRow(
        event=one.event.id,
        day=one.day,
        when=when,
        title=" ".join(title.split()) or words.say("event.untitled"),
        foreign=words.foreign(lang),
        room=room_name(hub, one.event, words),
        cancelled=one.cancelled,
    )


def _short_day(day: date, today: date, words: Words) -> str:
    if (day - today).days < 7:
        return words.weekday(day, "short")
    return words.day(day, "least")


def _first_lang(hub: Snapshot) -> str:
    return next(iter(hub.hub.languages), "")


def room_name(hub: Snapshot, event: Event, words: Words) -> str:
    """Return the name of an event's room, "" where it has none that is known here."""
    room = hub.room(event.room) if event.room else None
    return words.pick(room.name, _first_lang(hub))[0] if room else ""


def event_day(hub: Snapshot, event_id: str, day: date) -> EventDay | None:
    """Return one day of an event, None where it is gone."""
    event = hub.get(Event, event_id)
    found = days_of(hub, event) if event else ()
    return next((one for one in found if one.day == day), None)


def event_view(hub: Snapshot, one: EventDay, now: datetime, words: Words) -> EventView:
    """Return what the page of an event shows."""
    first = _first_lang(hub)
    known = places_on(hub, one.event, one.day)
    over = one.span.end <= now
    day = words.near_day(one.day, hub.today(now))
    return EventView(
        title=" ".join(words.picked(one.event.title, first).split()),
        about=words.pick(one.event.about, first)[0].strip(),
        day=f"{day[:1].upper()}{day[1:]}",
        clocks="–".join(words.clock(hub.local(at)) for at in (one.span.start, one.span.end)),
        room=room_name(hub, one.event, words),
        host=name_of(hub, one.event.host),
        coming=_coming(known, words),
        note=_note(one, over=over, words=words),
        may_join=not one.cancelled and not over,
    )


def _coming(known: Seats, words: Words) -> str:
    heads = words.count("event.coming", known.heads) if known.heads else ""
    if known.free is None:
        return heads
    if not heads or not known.free:
        left = (
            words.count("event.places_left", known.free) if known.free else words.say("event.full")
        )
        return f"{heads} · {left}" if heads else left
    return f"{heads} · {words.count('event.left', known.free)}"


def _note(one: EventDay, *, over: bool, words: Words) -> str:
    if one.cancelled:
        return words.say("event.cancelled")
    if over:
        return words.say("event.over")
    return words.say("event.room_pencilled") if one.pencilled else ""


def joined_words(place: Place, heads: int, words: Words) -> tuple[str, str]:
    """Return title and sentence for somebody who said that they come."""
    if place.state == WAITING:
        return words.say("event.waiting", n=place.nth), words.say("event.waiting_why")
    if place.state == PENCILLED:
        return words.say("room.done_pencilled"), words.say("event.pencilled_why")
    return words.count("event.see_you", heads), words.say("event.no_name")
