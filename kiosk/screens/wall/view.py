"""What the wall says: bands on top, pages that take turns, and nothing that is not public. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from kiosk.hub.events import days_of
from kiosk.hub.notices import running, urgent_now
from kiosk.hub.presence import heads_at
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.who_is_here import Face, who_is_here
from kiosk.screens.calling import call_words
from kiosk.screens.notices.view import MARKS, NEWS, Mark
from kiosk.ui.words import Words
from sync.log import Log
from sync.records.event_days import EventDay
from sync.records.hub import WALL_PAGES, wall_pages
from sync.records.notice import Notice
from sync.records.notice_lines import ended, first_sentence, one_line

ROOMS, NOTICES, EVENTS, WHO = KINDS = WALL_PAGES
DAYS_AHEAD = 7
SOON = timedelta(minutes=60)
BAND_LETTERS = 180
"""Of an urgent notice: more do not fit into its band, so it has a card as well."""
SAID_OPEN_TO = ("chat", "help", "language")
"""Of what somebody is open to; that somebody is new here is for nobody's wall."""

A = TypeVar("A")
T = TypeVar("T")
log = Log("wall")


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice on its card. foreign: "(in Spanish)" where it is not in the wall's language.

    picture: the name of its picture, or "".
    """

    mark: Mark
    title: str
    body: str
    foreign: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One day of an event: "11:00", "today", its title, where.

    soon: "in 18 min", of what begins within the hour; until: "until 12:00", of what is on now.
    """

    time: str
    day: str
    title: str
    where: str
    soon: str
    until: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class FaceCard:
    """Somebody who said yes: a masked name, and what they may be asked."""

    name: str
    line: str
    is_welcomer: bool


@dataclass(frozen=True, slots=True)
class WallView:
    """Everything but the board of rooms, which is made when it is shown.

    urgent: sentences of the urgent notices now. call: who is asked to come to the door, or "".
    heads: how many people are in the house. pages: which of KINDS this hub's walls show.
    """

    name: str
    date: str
    clock: str
    urgent: tuple[str, ...]
    call: str
    rooms: tuple[str, ...]
    notices: tuple[NoticeCard, ...]
    events: tuple[EventLine, ...]
    faces: tuple[FaceCard, ...]
    heads: int
    pages: tuple[str, ...] = KINDS


def wall_view(hub: Snapshot, now: datetime, words: Words, known: str = "") -> WallView:
    """Return what the wall says at an instant. What cannot be read loses its own tile only.

    known: "as of 10:42" where what is urgent was heard long ago.
    """
    local = hub.local(now)
    day = words.day(local.date())
    return WallView(
        name=one_line(words.pick(hub.hub.name, first_language(hub))[0]),
        date=day[:1].upper() + day[1:],
        clock=words.clock(local),
        urgent=tuple(
            each(lambda one: _dated(_urgent(one, words), known), _tried(urgent_now, hub, now))
        ),
        call=next(iter(each(lambda _: call_words(hub, now, words), [()])), ""),
        rooms=tuple(room.id for room in hub.rooms_on(local.date())),
        notices=tuple(each(lambda one: notice_card(one, words), _on_cards(hub, now, words))),
        events=_events(hub, now, words),
        faces=tuple(each(lambda face: face_card(face, words), _tried(who_is_here, hub, now))),
        heads=next(iter(each(lambda _: heads_at(hub, now), [()])), 0),
        pages=wall_pages(hub.hub),
    )


def each(make: Callable[[A], T], items: Iterable[A]) -> Iterator[T]:
    """Yield what is made of each item; one that cannot be shown is left out and logged."""
    for item in items:
        try:
            yield make(item)
        except Exception as why:  # noqa: BLE001 (one broken record must not take the board away)
            log.bug("wall.tile", why)


def _tried(
    ask: Callable[[Snapshot, datetime], Sequence[T]], hub: Snapshot, now: datetime
) -> Sequence[T]:
    return next(iter(each(lambda _: ask(hub, now), [()])), ())


def first_language(hub: Snapshot) -> str:
    """Return the language that a hub writes first."""
    return hub.hub.languages[0] if hub.hub.languages else ""


# Notices


def _urgent(notice: Notice, words: Words) -> str:
    title = one_line(words.picked(notice.title, notice.first_lang))
    more = first_sentence(words.pick(notice.body, notice.first_lang)[0])
    return f"{ended(title)} {more}".strip() if title else more


def _dated(text: str, known: str) -> str:
    return f"{text} ({known})" if known else text


def _on_cards(hub: Snapshot, now: datetime, words: Words) -> list[Notice]:
    found = _tried(running, hub, now)
    return [one for one in found if one.kind != "urgent" or _is_long(one, words)]


def _is_long(notice: Notice, words: Words) -> bool:
    body = one_line(words.pick(notice.body, notice.first_lang)[0])
    return body != first_sentence(body) or len(_urgent(notice, words)) > BAND_LETTERS


def notice_card(notice: Notice, words: Words) -> NoticeCard:
    """Return a notice as its card says it; without a title its first sentence is one."""
    title, lang = words.pick(notice.title, notice.first_lang)
    body = words.pick(notice.body, notice.first_lang)[0].strip()
    if not title.strip():
        title, body = first_sentence(body), body[len(first_sentence(body)) :].strip()
    mark = MARKS.get(notice.kind, NEWS)
    return NoticeCard(mark, one_line(title), body, words.foreign(lang), notice.picture)


# What is on


def _events(hub: Snapshot, now: datetime, words: Words) -> tuple[EventLine, ...]:
    today = hub.today(now)
    last = today + timedelta(days=DAYS_AHEAD)
    days = (day for found in each(lambda event: days_of(hub, event), hub.events) for day in found)
    there = [one for one in days if one.day <= last and one.span.end > now]
    there.sort(key=lambda one: (one.span, one.event.id))
    return tuple(each(lambda one: event_line(hub, one, now, words), there))


def event_line(hub: Snapshot, one: EventDay, now: datetime, words: Words) -> EventLine:
    """Return one day of an event as a line."""
    first = first_language(hub)
    room = hub.room(one.event.room) if one.event.room else None
    where = one_line(words.pick(room.name, first)[0]) if room else ""
    away = one.span.start - now
    minutes = max(1, round(away / timedelta(minutes=1)))
    is_soon = not one.cancelled and timedelta() < away <= SOON
    is_on = not one.cancelled and away <= timedelta()
    ends = words.clock(hub.local(one.span.end))
    return EventLine(
        time=words.clock(hub.local(one.span.start)),
        day=words.near_day(one.day, hub.today(now)),
        title=one_line(words.picked(one.event.title, first)) or words.say("event.untitled"),
        where=where,
        soon=words.say("rooms.in_min", minutes=minutes) if is_soon else "",
        until=words.say("rooms.until", time=ends) if is_on else "",
        cancelled=one.cancelled,
    )


# Who is here


def face_card(face: Face, words: Words) -> FaceCard:
    """Return somebody who said yes, with one line of what they offer."""
    about = [one_line(words.pick(texts)[0]) for texts in face.ask_me_about]
    ask = words.say("wall.ask", things=words.list_(about)) if any(about) else ""
    open_to = [words.say(f"wall.open_{key}") for key in SAID_OPEN_TO if key in face.open_to]
    if face.is_welcomer:
        welcomes = words.say("wall.welcomes")
        return FaceCard(face.name, f"{welcomes}. {ask}" if ask else welcomes, is_welcomer=True)
    return FaceCard(face.name, ask or next(iter(open_to), ""), is_welcomer=False)


# Pages in turn

MOST_IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page shows: ``part`` (from 0) of a kind, the ``run``-th of that kind in a row.

    seen: the part that was shown last, of each kind that had a turn.
    """

    kind: str = ROOMS
    part: int = 0
    run: int = 1
    seen: tuple[tuple[str, int], ...] = ()


def parts_of(view: WallView, a_page: Mapping[str, int]) -> dict[str, int]:
    """Return how many pages each kind has, kinds without any left out; people always have one.

    What the hub does not want on its walls has none, even where nothing else is there to show.
    """
    there = {
        ROOMS: len(view.rooms),
        NOTICES: len(view.notices),
        EVENTS: len(view.events),
        WHO: max(1, len(view.faces)),
    }
    found = {kind: -(-there[kind] // max(1, a_page[kind])) for kind in view.pages if there[kind]}
    return found or {view.pages[0]: 1}


def settled(turn: Turn, parts: Mapping[str, int]) -> Turn:
    """Return the same turn, or the nearest where its page is no longer there."""
    if turn.kind not in parts:
        return Turn(next(iter(parts)), seen=turn.seen)
    return Turn(turn.kind, min(turn.part, parts[turn.kind] - 1), turn.run, turn.seen)


def after(turn: Turn, parts: Mapping[str, int]) -> Turn:
    """Return the next page: two at most of one kind, the others of it when its turn comes again.

    So no kind waits long for its turn, however many notices there are.
    """
    total = parts.get(turn.kind, 0)
    if turn.run < min(MOST_IN_A_ROW, total):
        return Turn(turn.kind, (turn.part + 1) % total, turn.run + 1, turn.seen)
    seen = {**dict(turn.seen), turn.kind: turn.part}
    kinds = list(parts)
    at = kinds.index(turn.kind) if turn.kind in kinds else -1
    kind = kinds[(at + 1) % len(kinds)]
    part = (seen.get(kind, -1) + 1) % parts[kind]
    return Turn(kind, part, 1, tuple(seen.items()))


def share(items: Sequence[T], part: int, parts: int, each_page: int) -> Sequence[T]:
    """Return what stands on one of so many pages: evenly, never more than a page holds."""
    even = min(max(1, each_page), -(-len(items) // max(1, parts)))
    return items[part * even : (part + 1) * even]
