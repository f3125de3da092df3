"""The four documents: a guest's tag, today's rooms, the roll call, a grid for an open space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.hub.board import board
from kiosk.hub.roll_call import numbers, roll_rows
from kiosk.hub.snapshot import Snapshot
from kiosk.paper.sheet import Big, Block, Boxes, Code, Gap, Line, Pair, Rule, Sheet, Tick
from kiosk.screens.rollcall.view import name_rows, people_line
from kiosk.screens.rooms.view import bar_title, bookings_words, one_line, started
from kiosk.screens.tags import tag_words, whole
from kiosk.ui.words import Words
from sync.qr_codes import leaving_code
from sync.records.booking_time import Span
from sync.records.visit import Visit


@dataclass(frozen=True, slots=True)
class OpenSpace:
    """An open space as it is now. topics: what is taken, by (slot, space); the rest is empty.

    slots: when, as they are to be read; spaces: where.
    """

    title: str
    slots: Sequence[str]
    spaces: Sequence[str]
    topics: Mapping[tuple[str, str], str] = field(default_factory=dict)


def guest_tag(hub: Snapshot, visit: Visit, words: Words) -> Sheet:
    """Return the tag of a visit to walk off with: its words large, a code to leave by."""
    tag = tag_words(visit.tag, words)
    said = whole(tag, words) if tag else ""
    came = (Line(_when(hub, visit.came_at, words), "small", middle=True),) if visit.came_at else ()
    return (
        *_house(hub, words, middle=True),
        Gap(2),
        Big(said),
        *came,
        Code(leaving_code(visit.id)),
        Line(words.say("paper.to_leave"), "small", middle=True),
    )


def rooms_today(hub: Snapshot, now: datetime, words: Words) -> Sheet:
    """Return what is on in which room today; private bookings without their titles."""
    found = board(hub, hub.today(now), now)
    blocks: list[Block] = [
        *_house(hub, words),
        *_heading(words.say("rooms.today"), hub, now, words),
    ]
    if found.shut:
        why = words.picked(found.why, _first(hub)) or words.say("rooms.shut_all_day")
        blocks.append(Line(one_line(why), strong=True))
    for row in found.rows:
        name = one_line(words.pick(row.room.name, _first(hub))[0])
        blocks += [Rule(), Line(name, strong=True)]
        blocks += [
            Pair(bar_title(hub, bar.shown, words), _span(hub, bar.shown.span, words))
            for bar in row.bars
        ]
        if not row.bars:
            blocks.append(Line(bookings_words(row, found.span, words)))
    return tuple(blocks)


def roll_call(hub: Snapshot, now: datetime, words: Words) -> Sheet:
    """Return everybody here, to be ticked off outside; who may see it is asked before."""
    counted = numbers(hub, now)
    rows = name_rows(roll_rows(hub, now), words)
    people = [Line(text) for text in people_line(counted, words).split("\n")]
    blocks: list[Block] = [
        *_heading(words.say("paper.roll_call"), hub, now, words),
        Line(words.count("paper.here", counted.total), "title", strong=True),
        *people,
        Rule(),
        *(Tick(one_line(row.name), row.right) for row in rows),
        Rule(),
        Line(words.say("paper.also"), "small"),
        *(Tick(" ") for _ in range(3)),
    ]
    return tuple(blocks)


def open_space_grid(asked: OpenSpace, hub: Snapshot, now: datetime, words: Words) -> Sheet:
    """Return the grid of an open space: a frame to write in for each slot and space."""
    blocks: list[Block] = [
        *_house(hub, words),
        *_heading(asked.title or words.say("paper.open_space"), hub, now, words),
    ]
    for slot in asked.slots:
        boxes = ((space, asked.topics.get((slot, space), "")) for space in asked.spaces)
        blocks += [Gap(1), Line(slot, "title", strong=True), Boxes(tuple(boxes))]
    return tuple(blocks)


def trial(words: Words) -> Sheet:
    """Return a page that shows whether a printer prints all it should: every script, a code."""
    return (
        Line(words.say("paper.trial"), "title", strong=True),
        Rule(),
        *(Line(text) for text in ("ABC abc 123 áéíñ ¿¡ €", "Nguyễn Thu Hà · Łukasz")),
        *(Line(text) for text in ("Олена · Ελένη", "عمر الفاروق", "שרה לוי", "陈伟 · 田中ゆき")),
        Code("DOORTRIAL"),
        Line(words.say("paper.trial_done"), "small", middle=True),
    )


def backup_key(secret: str, public: str, words: Words) -> Sheet:
    """Return the paper that opens the copies on sticks: to scan, and in fours of letters to type."""
    head, _, letters = secret.rpartition("1")
    fours = [letters[at : at + 4] for at in range(0, len(letters), 4)]
    rows = [" ".join(fours[at : at + 4]) for at in range(0, len(fours), 4)]
    return (
        Line(words.say("paper.key"), "title", strong=True),
        Line(words.say("paper.key_opens")),
        Line(words.say("paper.key_keep")),
        Gap(6),
        Code(secret),
        Gap(6),
        *(Line(text, strong=True, middle=True) for text in (f"{head}1", *rows)),
        Gap(6),
        Rule(),
        Line(words.say("paper.key_public"), "small"),
        Line(public, "small"),
    )


def _house(hub: Snapshot, words: Words, *, middle: bool = False) -> tuple[Block, ...]:
    name = one_line(words.pick(hub.hub.name, _first(hub))[0])
    return (Line(name, strong=True, middle=middle),) if name else ()


def _heading(title: str, hub: Snapshot, now: datetime, words: Words) -> tuple[Block, ...]:
    return (Line(title, "title", strong=True), Line(_when(hub, now, words)))


def _when(hub: Snapshot, at: datetime, words: Words) -> str:
    local = hub.local(at)
    return f"{started(words.day(local.date(), 'short'))} · {words.clock(local)}"


def _span(hub: Snapshot, span: Span, words: Words) -> str:
    return f"{words.clock(hub.local(span.start))}–{words.clock(hub.local(span.end))}"


def _first(hub: Snapshot) -> str:
    return hub.hub.languages[0] if hub.hub.languages else ""
