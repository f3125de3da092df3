"""What the rest screen says: who we are, what is on, how the rooms are, what is new. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.hub.events import days_of
from kiosk.hub.room_day import FREE, SHUT, RoomNow, room_now
from kiosk.hub.snapshot import Snapshot
from kiosk.screens.calling import CallLine, call_line
from kiosk.screens.light.view import Light, LightLine, as_of, light_line
from kiosk.screens.notices.view import MARKS, Mark
from kiosk.ui.words import Words
from sync.records.event import Event
from sync.records.notice import Notice
from sync.records.notice_lines import ended, first_sentence
from sync.records.notice_rules import AT_THE_TOP, at_the_top, turn_s

SOON_EVENT = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One room: status (in_use, free, soon, shut), its names, when that ends.

    until: "12:00", "all day", or "" where nobody knows. clock: the same as a time of day, for
    screens without room for words.
    """

    room: str
    status: str
    name: str
    short: str
    until: str
    clock: str

    @property
    def free(self) -> bool:
        """Whether somebody may go in now."""
        return self.status == FREE


@dataclass(frozen=True, slots=True)
class EventLine:
    """The event that comes next: "11:00", "Spanish conversation"."""

    time: str
    title: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in one line: its title as a sentence, what follows, in which language if foreign.

    as_of: of an urgent one, when it was last known to be so, where that is long ago.
    """

    id: str
    mark: Mark
    title: str
    more: str
    foreign: str
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class RestView:
    """Everything the rest screen says, in the reader's language."""

    name: str
    short_name: str
    dates: tuple[str, str, str]
    """Today, ever shorter: "Monday 23 November", "Mon 23 Nov", "23 Nov"."""
    clock: str
    greeting: str
    event: EventLine | None
    rooms: tuple[RoomLine, ...]
    rooms_read: tuple[RoomLine, ...]
    notice: NoticeLine | None
    notices: int
    urgent: tuple[CallLine | NoticeLine, ...]
    """The bands across the top, at most two: who is called to the door, then what is urgent."""
    turn_s: float
    """After so many seconds the bands change by themselves; 0 = they stay."""
    light: LightLine
    other_here: str

    @property
    def free_rooms(self) -> int:
        """How many rooms somebody may go into now."""
        return sum(room.free for room in self.rooms)


def rest_view(
    hub: Snapshot,
    now: datetime,
    words: Words,
    notices: Sequence[Notice],
    light: Light,
    bands: int = AT_THE_TOP,
) -> RestView:
    """Return what the rest screen says at an instant. notices: those running, in their order.

    bands: how many there is room for at the top.
    """
    local = hub.local(now)
    first = hub.hub.languages[0] if hub.hub.languages else ""
    lines = [notice_line(notice, words) for notice in notices]
    known = as_of(light, words, hub.local)
    urgent = [replace(one, as_of=known) for one in lines if one.mark is MARKS["urgent"]]
    call = call_line(hub, now, words)
    shown, turns_s = _at_the_top(call, urgent, now, bands)
    changes = [*turns_s, *([call.left_s] if call else ())]
    rooms = room_lines(hub, now, words)
    name = words.pick(hub.hub.name, first)[0]
    return RestView(
        name=name,
        short_name=words.pick(hub.hub.short, first)[0] or name,
        dates=(
            started(words.day(local.date())),
            started(words.day(local.date(), "short")),
            words.day(local.date(), "least"),
        ),
        clock=words.clock(local),
        greeting=greeting(local.hour, words),
        event=next_event(hub, now, words),
        rooms=rooms,
        rooms_read=tuple(_with_until(room, words) for room in rooms),
        notice=next((line for line in lines if line.mark is not MARKS["urgent"]), None),
        notices=len(lines),
        urgent=shown,
        turn_s=min(changes, default=0),
        light=light_line(light, words, hub.local),
        other_here=other_here(hub, words),
    )


def _at_the_top(
    call: CallLine | None, urgent: Sequence[NoticeLine], now: datetime, bands: int
) -> tuple[tuple[CallLine | NoticeLine, ...], list[float]]:
    """Return the bands, and after how many seconds they are others, where they take turns.

    Who is called to the door stands there all the time, unless there is but one band.
    """
    stays = [call] if call and bands > 1 else []
    alone: list[CallLine | NoticeLine] = [call] if call and not stays else []
    turning = [*alone, *urgent]
    at_once = bands - len(stays)
    turns_s = [turn_s(len(turning), at_once)] if len(turning) > at_once else []
    return (*stays, *at_the_top(turning, now, at_once)), turns_s


def started(text: str) -> str:
    """Return a text as the beginning of a line: its first letter large."""
    return text[:1].upper() + text[1:]


def greeting(hour: int, words: Words) -> str:
    """Return good morning, afternoon or evening, as this language parts the day."""
    morning, noon, evening = (int(part) for part in words.say("rest.greeting_hours").split())
    if morning <= hour < noon:
        return words.say("rest.good_morning")
    return words.say("rest.good_afternoon" if noon <= hour < evening else "rest.good_evening")


def other_here(hub: Snapshot, words: Words) -> str:
    """Return "I'm here" in the next of the hub's languages, for who reads that one; or ""."""
    known = list(hub.hub.languages)
    others = [lang for lang in known if lang != words.lang]
    return Words(others[0]).say("rest.im_here") if others else ""


def next_event(hub: Snapshot, now: datetime, words: Words) -> EventLine | None:
    """Return what begins next within three hours, or None."""
    coming = [
        (one.span.start, event.id, event)
        for event in hub.events
        for one in days_of(hub, event)
        if not one.cancelled and now < one.span.start <= now + SOON_EVENT
    ]
    if not coming:
        return None
    start, _, event = min(coming, key=lambda found: found[:2])
    title = event_title(event, words)
    return EventLine(words.clock(hub.local(start)), title) if title else None


def event_title(event: Event, words: Words) -> str:
    """Return the title of an event for this reader, on one line."""
    return " ".join(words.picked(event.title).split())


def room_lines(hub: Snapshot, now: datetime, words: Words) -> tuple[RoomLine, ...]:
    """Return every room that is not retired, in the hub's order."""
    rooms = hub.rooms_on(hub.today(now))
    return tuple(_room_line(hub, room_now(hub, room, now), now, words) for room in rooms)


def _room_line(hub: Snapshot, found: RoomNow, now: datetime, words: Words) -> RoomLine:
    room, clock = found.room, _clock(hub, found.until, now, words)
    name = " ".join(words.pick(room.name)[0].split())
    whole_day = found.all_day and found.state == FREE
    return RoomLine(
        room=room.id,
        status=found.state,
        name=name,
        short=" ".join(words.pick(room.short)[0].split()) or name,
        until=words.say("rest.all_day") if whole_day else clock,
        clock=clock,
    )


def _with_until(line: RoomLine, words: Words) -> RoomLine:
    """The same line where no heading says "until"."""
    if line.until != line.clock or not line.clock:
        return line
    return replace(line, until=words.say("rest.until_time", time=line.clock))


def _clock(hub: Snapshot, until: datetime | None, now: datetime, words: Words) -> str:
    if until is None:
        return ""
    local = hub.local(until)
    if local.date() == hub.today(now) or until - now < timedelta(hours=12):
        return words.clock(local)
    return words.weekday(local.date(), "short")


def notice_line(notice: Notice, words: Words) -> NoticeLine:
    """Return a notice as one line: its title, and the first sentence of what it says."""
    title, lang = words.pick(notice.title, notice.first_lang)
    more = first_sentence(words.pick(notice.body, notice.first_lang)[0])
    line = " ".join(title.split()) or more
    more = "" if line == more else more
    mark = MARKS.get(notice.kind, MARKS["news"])
    return NoticeLine(notice.id, mark, ended(line), more, words.foreign(lang))


def shown_rooms(rooms: Iterable[RoomLine], most: int) -> tuple[tuple[RoomLine, ...], int]:
    """Return the rooms there is room for, and how many are left for the page of all rooms."""
    every = tuple(rooms)
    if len(every) <= most:
        return every, 0
    return every[: most - 1], len(every) - most + 1


def is_shut(rooms: Sequence[RoomLine]) -> bool:
    """Whether the whole house is shut."""
    return bool(rooms) and all(room.status == SHUT for room in rooms)
