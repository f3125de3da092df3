"""What a roll call says: how many, how sure, what is booked now, and rows of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.hub.presence import present
from kiosk.hub.roll_call import CARD, IN_ROOM, MAYBE, SAID, Numbers, RollRow
from kiosk.hub.snapshot import Snapshot
from kiosk.screens.tags import tag_words, whole
from kiosk.ui.words import Words
from sync.records.booking_diary import CLASHING, taken
from sync.records.booking_time import Span

SURENESS = (CARD, SAID, IN_ROOM, MAYBE)


@dataclass(frozen=True, slots=True)
class CountRow:
    """A number and what it counts; below: a second, lighter line."""

    number: int
    words: str
    below: str = ""


def sure_rows(counted: Numbers, words: Words, *, short: bool = False) -> tuple[CountRow, ...]:
    """Return how many are here by card, as they said, in a booked room, maybe."""

    def said(sure: str) -> str:
        many = sure == SAID  # its short word is about one person
        return words.say(f"roll.{'short' if short and not many else 'sure'}_{sure}")

    return tuple(CountRow(counted.by_sure.get(sure, 0), said(sure)) for sure in SURENESS)


def people_rows(counted: Numbers, words: Words) -> tuple[CountRow, ...]:
    """Return grown-ups and children as rows."""
    return (
        CountRow(counted.grown_ups, words.say("roll.grown_ups_word")),
        CountRow(counted.children, words.say("roll.children_word")),
    )


def people_line(counted: Numbers, words: Words) -> str:
    """Return grown-ups and children, a line each."""
    grown_ups = words.count("roll.grown_ups", counted.grown_ups)
    return f"{grown_ups}\n{words.count('roll.children', counted.children)}"


def booked_rows(hub: Snapshot, now: datetime, words: Words) -> tuple[CountRow, ...]:
    """Return for how many the rooms are booked now, with their titles; private ones without."""
    window = Span(now, now + timedelta(seconds=1))
    rows = []
    for room in hub.rooms:
        for one in taken(hub.diary, room.id, window):
            if one.state != CLASHING and one.span.start <= now < one.span.end:
                title = "" if one.booking.private else words.pick(one.booking.title)[0]
                rows.append(CountRow(one.booking.heads, words.pick(room.name)[0], title))
    return tuple(rows)


def other_kiosk(hub: Snapshot, now: datetime, words: Words) -> str:
    """Return as of when another kiosk is known here ("Garden door: as of 10:40"), "" if none is.

    The oldest of the newest things heard from each of them.
    """
    heard: dict[str, datetime] = {}
    for one in present(hub, now):
        for visit in one.visits:
            at = visit.left_at or visit.came_at
            if at and visit.made_on != hub.device.node:
                heard[visit.made_on] = max(at, heard.get(visit.made_on, at))
    if not heard:
        return ""
    node = min(heard, key=lambda n: heard[n])
    known = hub.hub.kiosks.get(node)
    name = known.name if known and known.name else words.say("roll.other_kiosk")
    return words.say("roll.as_of", name=name, time=words.clock(hub.local(heard[node])))


@dataclass(frozen=True, slots=True)
class NameRow:
    """Somebody or a group to tick off. visit: "" where there is nothing to tick."""

    visit: str
    name: str
    right: str
    is_safe: bool
    heads: int


def name_rows(
    rows: Iterable[RollRow], words: Words, *, missing_first: bool = True, short: bool = False
) -> tuple[NameRow, ...]:
    """Return the rows as they are shown: who is missing before who is safe, if wanted."""
    shown = [name_row(row, words, short=short) for row in rows]
    return tuple(sorted(shown, key=lambda row: row.is_safe)) if missing_first else tuple(shown)


def as_before(rows: Iterable[NameRow], order: Sequence[str]) -> tuple[NameRow, ...]:
    """Return the rows in an order of visits that is known; whoever is new to it stands last."""
    place = {visit: at for at, visit in enumerate(order)}
    return tuple(sorted(rows, key=lambda row: place.get(row.visit, len(place))))


def name_row(row: RollRow, words: Words, *, short: bool = False) -> NameRow:
    """Return one row in words: a name, else a tag (``short``: without its colour), else a count."""
    tag = tag_words(row.tag, words)
    in_words = (tag.short if short else whole(tag, words)) if tag else ""
    name = row.name or in_words or words.count("roll.counted", row.heads)
    if row.heads > 1 and (row.name or tag):
        name = f"{name} ({row.heads})"
    right = words.say("roll.safe" if row.is_safe else f"roll.short_{row.sure}")
    return NameRow(row.visit, name, right, row.is_safe, row.heads)


def safe_line(rows: Sequence[NameRow], words: Words) -> tuple[str, str]:
    """Return "11 of 18" and what that is: heads seen safe outside."""
    safe = sum(row.heads for row in rows if row.is_safe)
    everybody = sum(row.heads for row in rows)
    return words.say("roll.of", safe=safe, all=everybody), words.say("roll.safe_outside")


def safe_short(rows: Sequence[NameRow], words: Words) -> str:
    """Return the same as "11/18", for where that has no room."""
    safe = sum(row.heads for row in rows if row.is_safe)
    return words.say("roll.of_short", safe=safe, all=sum(row.heads for row in rows))


def page_of(rows: Sequence[NameRow], number: int, each: int) -> tuple[Sequence[NameRow], int, int]:
    """Return the rows of a page (from 1), its number as it can be, and how many pages there are."""
    pages = max(1, -(-len(rows) // max(1, each)))
    number = min(max(1, number), pages)
    return rows[(number - 1) * each : number * each], number, pages
