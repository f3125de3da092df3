"""What the board of rooms says: a day's rooms as rows, its hours as columns. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.hub.actor import ANYBODY, Actor
from kiosk.hub.board import Bar, BoardRow, board
from kiosk.hub.room_day import FREE, IN_USE, SHUT, SOON, RoomNow
from kiosk.hub.shown import Shown
from kiosk.hub.snapshot import Snapshot
from kiosk.ui.words import Words
from sync.records.booking_time import Span

HOURS_ON_7 = 5
LONGEST = 160  # letters of a name or title: no screen shows more in a line
Widths = Callable[[str], float]
"""How many pixels wide a text is in one line."""
STATUSES = (IN_USE, SOON, FREE, SHUT)


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar: where it starts and ends in the hours shown (0 to 1), its title, how it looks.

    when: past, running, soon or later. state: confirmed or pencilled.
    """

    start: float
    end: float
    title: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A room of the board: its names, how it is now ("" on another day), its bars, when shut.

    until, coming: what a list says besides: until when, and what is on or comes next.
    """

    room: str
    name: str
    short: str
    status: str
    word: str
    until: str
    coming: str
    bars: tuple[BarView, ...]
    shut: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class BoardView:
    """A day of the house. hours: where each whole hour stands (0 to 1) and how it is written.

    now: where the present stands, None where it is not among the hours shown. before, after: the
    neighbouring days by name; "" for a day before today. shut: why, where the house is shut.
    """

    day: date
    title: str
    short_title: str
    long_title: str
    before: str
    after: str
    hours: tuple[tuple[float, str], ...]
    now: float | None
    clock: str
    rows: tuple[RowView, ...]
    shut: bool
    why: str
    window: Span
    earlier: bool
    later: bool


def board_view(
    hub: Snapshot,
    day: date,
    now: datetime,
    words: Words,
    *,
    hours: int = 0,
    since: datetime | None = None,
    viewer: Actor = ANYBODY,
) -> BoardView:
    """Return the board of a day. hours: how many are shown (0: all), from ``since`` on."""
    found = board(hub, day, now, viewer)
    window = shown_hours(hub, found.span, now, hours, since)
    today = hub.today(now)
    local = hub.local(now)
    return BoardView(
        day=day,
        title=title_of(day, today, words),
        short_title=started(words.near_day(day, today)),
        long_title=started(words.day(day)),
        before=started(words.near_day(day - timedelta(days=1), today)) if day > today else "",
        after=started(words.near_day(day + timedelta(days=1), today)),
        hours=_hour_marks(hub, window),
        now=_place(now, window) if window.start <= now < window.end else None,
        clock=words.clock(local),
        rows=tuple(_row(hub, row, window, now, words) for row in found.rows),
        shut=found.shut,
        why=words.picked(found.why, first_language(hub)) or words.say("rooms.shut_all_day"),
        window=window,
        earlier=window.start > _first_hour(hub, found.span, now),
        later=window.end < found.span.end,
    )


def first_language(hub: Snapshot) -> str:
    """Return the language that a hub writes first."""
    return hub.hub.languages[0] if hub.hub.languages else ""


def started(text: str) -> str:
    """Return a text as the beginning of a line: its first letter large."""
    return text[:1].upper() + text[1:]


def title_of(day: date, today: date, words: Words) -> str:
    """Return "Rooms today", "Rooms tomorrow" or "Rooms, Wed 25 Nov"."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return words.say("rooms.today" if ahead == 0 else "rooms.tomorrow")
    return words.say("rooms.on", day=words.day(day, "short"))


def shown_hours(
    hub: Snapshot, span: Span, now: datetime, hours: int, since: datetime | None
) -> Span:
    """Return which hours are shown: all, or so many from this hour (or ``since``) on."""
    if not hours or span.minutes <= hours * 60:
        return span
    local = hub.local(since or now).replace(minute=0, second=0, microsecond=0)
    start = local.astimezone(span.start.tzinfo)
    wide = timedelta(hours=hours)
    start = min(max(start, span.start), span.end - wide)
    return Span(start, start + wide)


def _first_hour(hub: Snapshot, span: Span, now: datetime) -> datetime:
    # What is over today is of no use to anybody who wants a room.
    if not span.start <= now < span.end:
        return span.start
    whole = hub.local(now).replace(minute=0, second=0, microsecond=0)
    return max(span.start, whole.astimezone(span.start.tzinfo))


def _hour_marks(hub: Snapshot, window: Span) -> tuple[tuple[float, str], ...]:
    count = window.minutes // 60
    hours = (window.start + timedelta(hours=n) for n in range(count))
    return tuple((_place(at, window), f"{hub.local(at):%H}") for at in hours)


def _place(instant: datetime, window: Span) -> float:
    whole = (window.end - window.start).total_seconds()
    return min(max((instant - window.start).total_seconds() / whole, 0.0), 1.0)


def _row(hub: Snapshot, row: BoardRow, window: Span, now: datetime, words: Words) -> RowView:
    first = first_language(hub)
    name = one_line(words.pick(row.room.name, first)[0])
    status = row.now.state if row.now else ""
    return RowView(
        room=row.room.id,
        name=name,
        short=one_line(words.pick(row.room.short, first)[0]) or name,
        status=status,
        word=words.say(f"status.{status}").lower() if status else "",
        until=until_words(hub, row.now, now, words)
        if row.now
        else bookings_words(row, window, words),
        coming=_next(hub, row.now, words) if row.now else "",
        bars=tuple(_bar(hub, bar, window, words) for bar in row.bars if _shows(bar, window)),
        shut=tuple(
            (_place(span.start, window), _place(span.end, window))
            for span in row.shut
            if span.overlaps(window)
        ),
    )


def _shows(bar: Bar, window: Span) -> bool:
    return bar.shown.span.overlaps(window)


def _bar(hub: Snapshot, bar: Bar, window: Span, words: Words) -> BarView:
    span = bar.shown.span
    return BarView(
        start=_place(span.start, window),
        end=_place(span.end, window),
        title=bar_title(hub, bar.shown, words),
        when=bar.when,
        state=bar.shown.state,
    )


def bar_title(hub: Snapshot, bar: Shown, words: Words) -> str:
    """Return what a bar is called: its title, "Private", or that it is booked."""
    title = one_line(words.pick(bar.title, first_language(hub))[0])
    if title:
        return title
    return words.say("rooms.private" if bar.private else "rooms.booked")


def one_line(text: str) -> str:
    """Return a text without line breaks and doubled spaces, as long as a line can ever be."""
    return " ".join(text[: 4 * LONGEST].split())[:LONGEST]


def bookings_words(row: BoardRow, window: Span, words: Words) -> str:
    """Return how many bookings a room has, or whether it is free or shut all of those hours."""
    count = len(row.bars)
    if not count and any(s.start <= window.start and window.end <= s.end for s in row.shut):
        return words.say("rooms.shut_that_day")
    return words.count("rooms.bookings", count) if count else words.say("rooms.free_all_day")


def until_words(hub: Snapshot, found: RoomNow, now: datetime, words: Words) -> str:
    """Return until when a room is as it is: "until 12:00", "in 18 min", "opens 10:00"."""
    if found.state == FREE and found.all_day:
        return words.say("rooms.all_day")
    if found.until is None:
        return ""
    if found.state == SOON:
        minutes = max(1, round((found.until - now).total_seconds() / 60))
        return words.say("rooms.in_min", minutes=minutes)
    local = hub.local(found.until)
    clock = words.clock(local)
    if local.date() != hub.today(now):
        clock = f"{words.weekday(local.date(), 'short')} {clock}"
    return words.say("rooms.opens" if found.state == SHUT else "rooms.until", time=clock)


def _next(hub: Snapshot, found: RoomNow, words: Words) -> str:
    if found.bar is None or found.state not in (IN_USE, SOON):
        return ""
    return bar_title(hub, found.bar, words)


def wrapped(text: str, room_px: float, width_of: Widths, lines: int = 2) -> str:
    """Return a title in so many lines that fit; what does not fit ends in "…".

    width_of: pixels of a text in one line.
    """
    words = text.split()
    done: list[str] = []
    while words and len(done) < lines - 1:
        line = _greedy(words, room_px, width_of)
        if line == 0:
            break
        done.append(" ".join(words[:line]))
        words = words[line:]
    rest = " ".join(words)
    return "\n".join([*done, _cut(rest, room_px, width_of)] if rest else done)


def _greedy(words: list[str], room_px: float, width_of: Widths) -> int:
    taken = 0
    while taken < len(words) and width_of(" ".join(words[: taken + 1])) <= room_px:
        taken += 1
    return taken


def _cut(text: str, room_px: float, width_of: Widths) -> str:
    if width_of(text) <= room_px:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        half = (fits + too_long) // 2
        if width_of(text[:half].rstrip() + "…") <= room_px:
            fits = half
        else:
            too_long = half
    kept = text[:fits].rstrip()
    return f"{kept}…" if kept else ""
