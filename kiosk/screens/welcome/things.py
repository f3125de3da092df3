"""Three things to do on coming in: go somewhere, ask somebody, lend a hand. Pure."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.hub.actor import ANYBODY, KNOWN, Actor
from kiosk.hub.give_up import still_wanted
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.welcomers import Call, kettle_room, on_duty, slot_of, welcome_call
from kiosk.hub.what_now import Host, Soon, what_now
from kiosk.ui.words import Words
from sync.records.event_rules import IN
from sync.records.notice import Notice
from sync.records.notice_lines import first_sentence, one_line
from sync.records.visit import Visit

JOIN, CALL_HOST, READ, WHATS_ON, NOTICES = "join", "call", "read", "whats_on", "notices"
TAKE = "take"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do now. door: its shape and colour; word: its short name; mark: its heading.

    act: the words of its button, "" where there is nothing to press; does: one of JOIN, CALL_HOST,
    READ, WHATS_ON, NOTICES, TAKE with ``about`` (a record's id) and ``day``. done: it was pressed.
    """

    door: str
    word: str
    mark: str
    title: str
    lines: tuple[str, ...] = ()
    act: str = ""
    icon: str = ""
    does: str = ""
    about: str = ""
    day: date | None = None
    done: bool = False


def things(
    hub: Snapshot,
    visit: Visit,
    now: datetime,
    words: Words,
    done: Container[str] = (),
    by: Actor = ANYBODY,
) -> tuple[Thing, ...]:
    """Return what there is to do: go somewhere, ask somebody, lend a hand.

    A room that has become free for who wanted it goes before any event.
    """
    there = what_now(hub, now)
    return (
        _wanted_room(hub, by, now, words) or _soon(hub, there.event, now, words, done),
        _somebody(hub, visit, there.host, now, words, done=CALL_HOST in done),
        _hands(there.need, words),
    )


def joining(event: str, day: date) -> str:
    """Return what was done once somebody said that they come to a day of an event."""
    return f"{JOIN} {event} {day}"


def surely(joined: str) -> str:
    """Return what was done besides where a place is theirs: neither waiting nor pencilled."""
    return f"{joined} {IN}"


def _wanted_room(hub: Snapshot, by: Actor, now: datetime, words: Words) -> Thing | None:
    """Return the room that somebody's clashing booking could have now, or None."""
    free = still_wanted(hub, by.person, now) if by.level >= KNOWN else ()
    if not free:
        return None
    one = min(free, key=lambda found: (found.booking.arrived, found.span.start))
    room = hub.room(one.booking.room)
    start, end = (words.clock(hub.local(at)) for at in (one.span.start, one.span.end))
    day = words.near_day(one.day, hub.today(now))
    return Thing(
        "share",
        words.say("welcome.word_room"),
        mark=words.say("room.free_now"),
        title=words.pick(room.name, _first(hub))[0] if room else "",
        lines=(f"{day[:1].upper()}{day[1:]}", words.say("room.from_to", start=start, end=end)),
        act=words.say("room.take_it"),
        icon="check",
        does=TAKE,
        about=one.booking.id,
        day=one.day,
    )


def _soon(
    hub: Snapshot, soon: Soon | None, now: datetime, words: Words, done: Container[str]
) -> Thing:
    about = ("meet", words.say("welcome.word_event"))
    if soon is None:
        return Thing(
            *about,
            mark=words.say("event.title"),
            title=words.say("welcome.nothing_soon"),
            lines=(words.say("welcome.nothing_soon_why"),),
            act=words.say("event.title"),
            icon="arrow-right",
            does=WHATS_ON,
        )
    one = soon.one
    room = words.pick(soon.room.name, _first(hub))[0] if soon.room else ""
    text, lang = words.pick(one.event.title, _first(hub))
    joined = joining(one.event.id, one.day)
    said = "event.ill_come" if joined not in done else "event.noted"
    where = ", ".join(part for part in (room, words.clock(hub.local(one.span.start))) if part)
    return Thing(
        *about,
        mark=_when(one.span.start, now, words),
        title=one_line(text) or words.say("event.untitled"),
        lines=_said(words.foreign(lang), where, _places(soon, words)),
        act=words.say("event.counted" if surely(joined) in done else said),
        icon="check",
        does=JOIN,
        about=one.event.id,
        day=one.day,
        done=joined in done,
    )


def _when(start: datetime, now: datetime, words: Words) -> str:
    minutes = round((start - now) / timedelta(minutes=1))
    if minutes <= 0:
        return words.say("welcome.just_begun")
    if minutes < 60:
        return words.count("welcome.starts_in", minutes)
    return words.say("welcome.starts_later", hours=minutes // 60, minutes=f"{minutes % 60:02}")


def _places(soon: Soon, words: Words) -> str:
    if soon.free is None:
        return words.count("event.coming", soon.heads) if soon.heads else ""
    return words.count("event.places_left", soon.free) if soon.free else words.say("event.full")


def _somebody(
    hub: Snapshot, visit: Visit, host: Host | None, now: datetime, words: Words, *, done: bool
) -> Thing:
    about = ("talk", words.say("welcome.word_ask"), words.say("welcome.somebody"))
    if visit.first_time and (call := welcome_call(hub, now)):
        return Thing(*about, *_called(hub, call, words))
    if visit.first_time and visit.welcomed_at:
        return Thing(*about, words.say("welcome.on_the_way"))
    if host is None:
        return Thing(*about, words.say("welcome.nobody_hosts"), _kettle(hub, words))
    if visit.person and host.person == hub.who(visit.person):
        return Thing(*about, words.say("welcome.you_host"), (_hosting(hub, host, now, words),))
    lines = [_hosting(hub, host, now, words), _ask_about(hub, host, words)]
    on_call = {person.id for person in on_duty(hub, now)}
    if not host.is_here or host.person not in on_call:
        return Thing(*about, host.name, tuple(lines))
    told = words.say("welcome.was_called")
    first = host.name.split()[0] if host.name else ""
    return Thing(
        *about,
        title=host.name,
        lines=(told,) if done else tuple(lines),
        act=told if done else words.say("welcome.call", name=first),
        icon="check" if done else "bell-ring-outline",
        does=CALL_HOST,
        about=host.person,
        done=done,
    )


def _called(hub: Snapshot, call: Call, words: Words) -> tuple[str, tuple[str, ...]]:
    """Return title and lines for a first-timer: who is called, or where the kettle is."""
    if call.names:
        return words.list_(call.names), (words.say("welcome.we_call"),)
    return words.say("welcome.somebody_comes"), _kettle(hub, words)


def _kettle(hub: Snapshot, words: Words) -> tuple[str, ...]:
    room = hub.room(kettle_room(hub))
    name = words.pick(room.name, _first(hub))[0] if room else ""
    return (words.say("welcome.kettle_in", room=name) if name else words.say("welcome.kettle"),)


def _hosting(hub: Snapshot, host: Host, now: datetime, words: Words) -> str:
    slot = slot_of(hub, host.person, now)
    if slot is None:
        return ""
    if slot.start <= now:
        return words.say("welcome.hosts_until", time=f"{hub.local(slot.end):%H:%M}")
    return words.say("welcome.hosts_from", time=f"{hub.local(slot.start):%H:%M}")


def _ask_about(hub: Snapshot, host: Host, words: Words) -> str:
    person = hub.person(host.person)
    chips = sorted(person.ask_me_about.items()) if person else []
    about = [one_line(words.pick(texts, _first(hub))[0]) for _, texts in chips]
    return words.say("welcome.ask_about", things=", ".join(about)) if any(about) else ""


def _hands(need: Notice | None, words: Words) -> Thing:
    about = ("make", words.say("welcome.word_hands"), words.say("welcome.hands"))
    if need is None:
        return Thing(
            *about,
            title=words.say("welcome.no_hands"),
            lines=(words.say("welcome.no_hands_why"),),
            act=words.say("rest.all_notices"),
            icon="arrow-right",
            does=NOTICES,
        )
    text, lang = words.pick(need.title, need.first_lang)
    title = one_line(text)
    body = first_sentence(words.pick(need.body, need.first_lang)[0])
    return Thing(
        *about,
        title=title or body,
        lines=_said(words.foreign(lang), body if title else ""),
        act=words.say("welcome.tell_more"),
        icon="arrow-right",
        does=READ,
        about=need.id,
    )


def _said(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _first(hub: Snapshot) -> str:
    return hub.hub.languages[0] if hub.hub.languages else ""
