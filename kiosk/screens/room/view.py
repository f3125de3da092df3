"""What one room's page says: its day as rows, and what may be done with the chosen row. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.extend import longest_extension_min
from kiosk.hub.names import name_of
from kiosk.hub.room_day import (
    IN_USE,
    DayRow,
    day_rows,
    free_again_at,
    lengths,
    nobody_came,
    room_now,
)
from kiosk.hub.shown import Shown
from kiosk.hub.snapshot import Snapshot
from kiosk.screens.rooms.view import bar_title, first_language, one_line, started, until_words
from kiosk.ui.words import Words
from sync.records.booking_diary import CLASHING, PENCILLED
from sync.records.booking_free import next_step
from sync.records.booking_release import COMES_EARLY
from sync.records.booking_time import Span
from sync.records.room import Room

LENGTHS_MIN = (30, 60, 120, 240)
SHORTEST_MIN = 15
USUAL_MIN = 60
LONGER_MIN = (60, 30, 15)
SHIFT_MIN = 15


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of a day. status: free, in_use, pencilled or clashing. detail: what is on."""

    times: str
    status: str
    word: str
    detail: str
    span: Span
    bar: Shown | None


@dataclass(frozen=True, slots=True)
class RoomPage:
    """The room and its day. badge: how it is now ("" on another day) with its word; about: more."""

    name: str
    title: str
    badge: str
    word: str
    about: str
    rows: tuple[RowLine, ...]
    info: str


def room_page(
    hub: Snapshot, room: Room, day: date, now: datetime, words: Words, viewer: Actor
) -> RoomPage:
    """Return a room's page for a day, as somebody may see it."""
    first, today = first_language(hub), hub.today(now)
    name = one_line(words.pick(room.name, first)[0])
    people = words.count("room.people", room.capacity) if room.capacity > 0 else ""
    found = room_now(hub, room, now, viewer) if day == today else None
    told = [until_words(hub, found, now, words) if found else started(words.day(day)), people]
    return RoomPage(
        name=name,
        title=name if day == today else f"{name}, {words.near_day(day, today)}",
        badge=found.state if found else "",
        word=words.say(f"status.{found.state}") if found else "",
        about=" · ".join(part for part in told if part),
        rows=tuple(_line(hub, row, now, words) for row in day_rows(hub, room, day, now, viewer)),
        info=one_line(words.pick(room.features, first)[0]),
    )


def times(hub: Snapshot, span: Span, words: Words) -> str:
    """Return a span as "10:45–11:45"."""
    return f"{words.clock(hub.local(span.start))}–{words.clock(hub.local(span.end))}"


def _line(hub: Snapshot, row: DayRow, now: datetime, words: Words) -> RowLine:
    if row.bar is None:
        return RowLine(times(hub, row.span, words), "free", words.say("status.free"), "",
                       row.span, None)  # fmt: skip
    bar = row.bar
    status = bar.state if bar.state in (PENCILLED, CLASHING) else IN_USE
    word = words.say("room.taken" if status == IN_USE else f"status.{status}")
    return RowLine(times(hub, row.span, words), status, word, detail(hub, bar, now, words),
                   row.span, bar)  # fmt: skip


def detail(hub: Snapshot, bar: Shown, now: datetime, words: Words) -> str:
    """Return what a row says of a booking: that nobody came yet, else its title or its holder."""
    if nobody_came(hub, bar.parts[0], now):
        return words.say("room.nobody_yet")
    if bar.title or (bar.private and not bar.mine):
        return bar_title(hub, bar, words)
    return words.say("room.yours") if bar.mine else holder(hub, bar)


def holder(hub: Snapshot, bar: Shown) -> str:
    """Return whose booking it is, masked; "" where nobody may know."""
    return bar.for_name or name_of(hub, bar.person)


@dataclass(frozen=True, slots=True)
class LengthView:
    """A length to choose: minutes, how it is written, whether there is time enough."""

    minutes: int
    text: str
    fits: bool


@dataclass(frozen=True, slots=True)
class BookView:
    """Booking a free span. start: when it would begin. chosen: minutes, 0 if nothing fits.

    now: it would begin now. earlier, later: the start may be moved by a quarter of an hour.
    who: the masked name of who books, "" where a card is needed first.
    """

    title: str
    start: datetime
    now: bool
    lengths: tuple[LengthView, ...]
    chosen: int
    from_to: str
    again: str
    earlier: bool
    later: bool
    who: str
    needs_card: bool


def book_view(
    hub: Snapshot,
    room: Room,
    free: Span,
    now: datetime,
    words: Words,
    viewer: Actor,
    *,
    start: datetime | None = None,
    minutes: int = USUAL_MIN,
) -> BookView:
    """Return what booking in a free span offers; ``start`` and ``minutes`` are what was chosen."""
    first = max(next_step(free.start), next_step(now))
    begins = min(max(start or first, first), max(first, free.end - timedelta(minutes=SHORTEST_MIN)))
    most = Span(begins, max(begins, free.end)).minutes
    fitting = [m for m in lengths(hub, room, begins, (SHORTEST_MIN, *LENGTHS_MIN)) if m <= most]
    offered = LENGTHS_MIN if not fitting or max(fitting) >= LENGTHS_MIN[0] else (SHORTEST_MIN,)
    chosen = minutes if minutes in fitting else max((m for m in fitting if m in offered), default=0)
    span = Span(begins, begins + timedelta(minutes=chosen or SHORTEST_MIN))
    is_now = free.start <= now < free.end and begins == next_step(now)
    shift = timedelta(minutes=SHIFT_MIN)
    return BookView(
        title=words.say("room.book_now" if is_now else "room.book"),
        start=begins,
        now=is_now,
        lengths=tuple(LengthView(m, length(m, words), m in fitting) for m in offered),
        chosen=chosen,
        from_to=words.say("room.from_to", start=words.clock(hub.local(span.start)),
                          end=words.clock(hub.local(span.end))) if chosen else "",
        again=words.say("room.free_again", time=words.clock(hub.local(free_again_at(hub, span))))
        if chosen else "",
        earlier=begins - shift >= first,
        later=begins + shift + timedelta(minutes=SHORTEST_MIN) <= free.end,
        who=name_of(hub, viewer.person),
        needs_card=viewer.level < KNOWN,
    )  # fmt: skip


def length(minutes: int, words: Words) -> str:
    """Return a length as it stands on a button: "½ h", "1 h", "15 min"."""
    if minutes == 30:
        return "½ h"
    if minutes % 60 == 0:
        return f"{minutes // 60} h"
    return words.say("room.minutes", minutes=minutes)


@dataclass(frozen=True, slots=True)
class ActView:
    """Something that may be done with a booking: what it is called, and its minutes if any."""

    name: str
    text: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class BarView:
    """A chosen booking: its title, times and holder, how it stands, what may be done with it."""

    title: str
    times: str
    who: str
    status: str
    about: tuple[str, ...]
    acts: tuple[ActView, ...]
    needs_card: bool


def bar_view(hub: Snapshot, bar: Shown, now: datetime, words: Words, viewer: Actor) -> BarView:
    """Return what a booking's panel says and offers."""
    outside = bool(bar.parts[0].booking.outside)
    own = not outside and (bar.mine or viewer.level >= VOLUNTEER)
    private = bar.private and not own
    late = nobody_came(hub, bar.parts[0], now)
    told = [words.say("room.nobody_yet_long")] if late else []
    if bar.state == PENCILLED:
        told.append(words.say("room.pencilled_why"))
    if outside:
        told.append(words.say("room.outside"))
    if own and bar.note:
        told.append(one_line(bar.note))
    if own and bar.heads:
        told.append(words.count("room.people", bar.heads))
    return BarView(
        title=bar_title(hub, bar, words),
        times=times(hub, bar.span, words),
        who="" if private else holder(hub, bar),
        status=bar.state,
        about=tuple(told),
        acts=() if outside else tuple(_acts(hub, bar, now, words, own=own)),
        needs_card=not (own or outside) and viewer.level < KNOWN,
    )


def _acts(hub: Snapshot, bar: Shown, now: datetime, words: Words, *, own: bool) -> list[ActView]:
    running = bar.span.start <= now < bar.span.end
    found: list[ActView] = []
    if not bar.used and bar.span.start - COMES_EARLY <= now < bar.span.end:
        found.append(ActView("here", words.say("room.we_are_here")))
    if not own:
        return found
    found += [_longer(m, words) for m in longer(hub, bar)]
    if running and bar.span.end > next_step(now):
        found.append(ActView("end", words.say("room.end_now")))
    else:
        found.append(ActView("other", words.say("room.other_time")))
    series = bool(bar.parts[0].booking.rule)
    found.append(ActView("cancel_day", words.say("room.give_up_day" if series else "room.give_up")))
    if series:
        found.append(ActView("cancel", words.say("room.give_up_all")))
    return found


def longer(hub: Snapshot, bar: Shown) -> tuple[int, ...]:
    """Return by how many minutes a booking may go on: at most two choices, the shorter first."""
    most = longest_extension_min(hub, bar.parts[-1])
    return tuple(sorted(m for m in LONGER_MIN if m <= most)[-2:])


def _longer(minutes: int, words: Words) -> ActView:
    return ActView("extend", words.say("room.longer", length=length(minutes, words)), minutes)


def first_choice(rows: tuple[RowLine, ...], now: datetime) -> int | None:
    """Return which row to show first: what is one's own and on or next, else what is free now."""
    for wanted in (_is_mine, _is_free_now(now), _is_free):
        for at, row in enumerate(rows):
            if wanted(row):
                return at
    return None


def _is_mine(row: RowLine) -> bool:
    return row.bar is not None and row.bar.mine


def _is_free(row: RowLine) -> bool:
    return row.bar is None


def _is_free_now(now: datetime) -> Callable[[RowLine], bool]:
    return lambda row: row.bar is None and row.span.start <= next_step(now)
