"""A notice on a wall: a card among the others; an urgent one in a band across the top. Pure.

As ``kiosk/screens/wall`` lays it out: title and text as large as all of it can be read, else cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sync.records.notice_lines import first_sentence, one_line
from sync.server.web.preview.drawing import (
    Area,
    Drawing,
    Glass,
    Part,
    Picture,
    Sign,
    Type,
    cut,
    set_lines,
)
from sync.server.web.preview.measure import wide
from sync.server.web.preview.seen import Seen
from sync.server.web.words import Words

Row = tuple[list[str], Type, str]
"""Lines, how they are set, their colour."""
GLASS = Glass(1920, 1080, 2.0168)
_mm = GLASS.mm
MARGIN, GAP, HEAD, FOOT, RADIUS = _mm(24), _mm(14), _mm(44), _mm(25), _mm(7)
PAD, TOP_BAR, BAND, BAND_GAP = _mm(14), _mm(5), _mm(34), _mm(10)
CARDS, TEXT_GAP, KIND_TALL, KIND_GAP, LEAST_PICTURE = 3, _mm(7), _mm(22), _mm(8), _mm(64)
BAND_LETTERS = 180
_BODY, _TITLE, _DISPLAY = _mm(17), _mm(25), _mm(40)
ROLES = (
    (Type(_DISPLAY, 1.05, 700), Type(_TITLE, 1.08)),
    (Type(_TITLE, 1.08, 700), Type(_TITLE, 1.08)),
    (Type(_TITLE, 1.08, 700), Type(_BODY, 1.12)),
)
"""Of title and text: the largest with which all of it can be read."""
_NOTE = Type(_BODY, 1.12)


def wall(seen: Seen) -> Drawing:
    """Return the page of the wall on which a notice stands."""
    top, band = MARGIN, tuple(_band(seen)) if seen.is_urgent else ()
    if band:
        top += BAND + BAND_GAP
    below = top + HEAD + GAP
    tall = GLASS.tall - MARGIN - FOOT - GAP - below
    parts = [Area(0, 0, GLASS.wide, GLASS.tall, "paper"), *band, *_head(seen, top), *_foot(seen)]
    column = (GLASS.wide - 2 * MARGIN - (CARDS - 1) * GAP) / CARDS
    for nth in range(CARDS):
        x = round(MARGIN + nth * (column + GAP))
        is_here = nth == 0 and has_card(seen)
        a_card = _card(_titled(seen), x, below, round(column), tall) if is_here else ()
        parts += a_card or _sheet(x, below, round(column), tall)
    return Drawing("wall", GLASS.wide, GLASS.tall, tuple(parts))


def has_card(seen: Seen) -> bool:
    """Whether a notice has a card: an urgent one only where its band does not say all of it."""
    body = one_line(seen.body)
    return not seen.is_urgent or body != first_sentence(body) or len(seen.sentence) > BAND_LETTERS


def _titled(seen: Seen) -> Seen:
    """A card always has a title: its first sentence where nobody wrote one."""
    if seen.title:
        return seen
    first = first_sentence(seen.body)
    return replace(seen, title=first, body=seen.body[len(first) :].strip())


def _band(seen: Seen) -> Iterator[Part]:
    yield Area(MARGIN, MARGIN, GLASS.wide - 2 * MARGIN, BAND, "stop", "", RADIUS)
    yield Sign("alert", MARGIN + _mm(14), MARGIN + (BAND - _mm(24)) / 2, _mm(24), "on-fill")
    x: float = MARGIN + _mm(14 + 24 + 8)
    strong, lead = Type(_BODY, 1, 600), f"{seen.kind}."
    middle = MARGIN + BAND / 2
    room = GLASS.wide - MARGIN - _mm(14) - x - wide(lead, _BODY, 600) - _mm(5)
    tight = Type(_BODY, 0.95)
    lines = cut(tight.lines(seen.sentence, room), 2, room, tight)
    top = middle - len(lines) * tight.line_px / 2
    yield from set_lines([lead], strong, x, top - (strong.line_px - tight.line_px) / 2, "on-fill")
    yield from set_lines(lines, tight, x + wide(lead, _BODY, 600) + _mm(5), top, "on-fill")


def _head(seen: Seen, top: float) -> Iterator[Part]:
    """The page's title; the four doors before it and the day after it as empty shapes."""
    for nth in range(4):
        yield Area(MARGIN + nth * _mm(17.5), top + _mm(15), _mm(14), _mm(14), "tool", "", _mm(7))
    title = Type(_DISPLAY, HEAD / _DISPLAY, 700)
    yield from set_lines([Words(seen.lang).say("menu.notices")], title, MARGIN + _mm(80), top)
    across = _mm(290)
    yield Area(GLASS.wide - MARGIN - across, top + _mm(14), across, _mm(16), "tool", "", _mm(4))


def _foot(seen: Seen) -> Iterator[Part]:
    low = GLASS.tall - MARGIN - FOOT
    yield from set_lines([seen.house], Type(_BODY, FOOT / _BODY, 600), MARGIN, low)
    for nth, across in enumerate((60, 60, 100)):
        fill, x = "ink" if nth == 1 else "tool", GLASS.wide - MARGIN - _mm(236 - nth * 68)
        yield Area(x, low + _mm(2), _mm(across), FOOT - _mm(4), fill, "", RADIUS)


def _sheet(x: float, top: float, across: float, tall: float) -> list[Part]:
    return [Area(x, top, across, tall, "sheet", "line", RADIUS)]


def _card(seen: Seen, x: float, top: float, across: float, tall: float) -> list[Part]:
    parts, end = _sheet(x, top, across, tall), top + tall - PAD
    parts.append(Area(x, top, across, 2 * RADIUS, seen.ink, "", RADIUS))
    parts.append(Area(x + 1, top + TOP_BAR, across - 2, 2 * RADIUS, "sheet"))
    left, room = x + PAD, across - 2 * PAD
    top += TOP_BAR + PAD
    parts.append(Sign(seen.sign, left, top, KIND_TALL, seen.ink))
    kind = Type(_BODY, KIND_TALL / _BODY, 600)
    parts += set_lines([seen.kind], kind, left + KIND_TALL + _mm(6), top, seen.ink)
    rows = _rows(seen, room, end - top - KIND_TALL - KIND_GAP)
    top += KIND_TALL + KIND_GAP
    for lines, type_, ink in rows:
        parts += set_lines(lines, type_, left, top, ink)
        top += round(len(lines) * type_.line_px) + TEXT_GAP
    below = top - TEXT_GAP + _mm(10)
    if seen.picture and end - below >= LEAST_PICTURE:
        parts.append(Picture(left, below, room, end - below))
    return parts


def _rows(seen: Seen, room: float, tall: float) -> list[Row]:
    """Return title, text and language of a card in a column, each as its lines."""
    for title, body in ROLES:
        texts = (
            (seen.title, title, "ink"),
            (seen.body, body, "ink"),
            (seen.foreign, _NOTE, "ink2"),
        )
        shown = [one for one in texts if one[0]]
        needed = sum(round(type_.tall(text, room)) + TEXT_GAP for text, type_, _ink in shown)
        if needed <= tall and all(_is_whole(text, type_, room) for text, type_, _ink in shown):
            return [(type_.lines(text, room), type_, ink) for text, type_, ink in shown]
    if seen.foreign:  # it is said even where the text has to end early
        tall -= _mm(22)
    title, body = ROLES[-1]
    titles = cut(title.lines(seen.title, room), int(tall * 0.6 / title.line_px), room, title)
    rest = tall - round(len(titles) * title.line_px) - TEXT_GAP
    rows: list[Row] = [(titles, title, "ink")]
    if seen.body:
        most = int((rest + 0.5) / body.line_px)
        rows.append((cut(body.lines(seen.body, room), most, room, body), body, "ink"))
    return [*rows, ([seen.foreign], _NOTE, "ink2")] if seen.foreign else rows


def _is_whole(text: str, type_: Type, room: float) -> bool:
    """Whether every word stands in one line."""
    return all(wide(word, type_.size, type_.weight) <= room for word in text.split())
