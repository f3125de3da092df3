"""An urgent notice across the top of a door's rest screen. Pure.

As ``kiosk/screens/rest`` lays it out: one line, cut where it is too long.
"""

from __future__ import annotations

from collections.abc import Iterator

from sync.server.web.preview.door import ACT_MM, BODY_MM, HEAD_MM, RADIUS_MM, Door
from sync.server.web.preview.drawing import MIDDLE_EM, Area, Drawing, Line, Part, Sign, Type, cut
from sync.server.web.preview.measure import wide
from sync.server.web.preview.seen import Seen


def at_rest(seen: Seen, door: Door) -> Drawing:
    """Return the rest screen with an urgent notice across its top."""
    wide_px, tall_px = door.glass.wide, door.glass.tall
    parts = (Area(0, 0, wide_px, tall_px, "paper"), *_band(seen, door), *_resting(door))
    return Drawing(door.name, wide_px, tall_px, parts)


def _band(seen: Seen, door: Door) -> Iterator[Part]:
    """One line: the word and the sentence; upright, where three words have room, no word."""
    mm, (left, right) = door.mm, door.inside
    top, act, size = mm(door.margin), mm(ACT_MM), mm(BODY_MM)
    yield Area(left, top, right - left, act, "stop", "", mm(RADIUS_MM))
    yield Sign("alert", left + mm(4), top + (act - mm(8)) / 2, mm(8), "on-fill")
    x: float = left + mm(15)
    base = top + act / 2 + size * MIDDLE_EM
    parts = ((seen.lead, 600), (seen.more, 400))
    if not door.is_upright:
        parts = ((f"{seen.kind}.", 600), (seen.sentence, 400))
    for text, weight in parts:
        room, type_ = right - mm(4) - x, Type(size, 1, weight)
        said = next(iter(cut(type_.lines(text, room), 1, room, type_)), "")
        if said:
            yield Line(said, x, base, size, weight, "on-fill")
        if said != text:
            return
        x += wide(f"{said} ", size, weight)


def _resting(door: Door) -> Iterator[Part]:
    """What else stands on a rest screen, as empty shapes."""
    mm, (x, right), act = door.mm, door.inside, door.mm(ACT_MM)
    gap, radius = mm(4), mm(RADIUS_MM)
    top = mm(door.margin) + act + mm(5.1)
    yield Area(x, top + mm(1), mm(40 if door.is_upright else 60), mm(6), "tool", "", mm(1.5))
    yield Area(x, top + mm(9.4), mm(30 if door.is_upright else 44), mm(5), "tool", "", mm(1.5))
    top += mm(HEAD_MM) + mm(5.1)
    low = door.glass.tall - mm(door.margin) - act
    column = right - x if door.is_upright else mm(92)
    hero = mm(24) if door.is_upright else low - top - 2 * gap - act
    yield Area(x, top, column, hero, "tool", "line", radius)
    half = (column - gap) / 2
    for nth in range(2):
        there = x + nth * (half + gap)
        yield Area(there, top + hero + gap, half, act, "sheet", "line", radius)
    if door.is_upright:
        below = top + hero + act + 2 * gap
        yield Area(x, below, column, low - below - gap, "sheet", "line", radius)
    else:
        yield Area(x + mm(98), top, right - x - mm(98), low - top - gap, "sheet", "line", radius)
    yield Area(x, low, right - x, act, "sheet", "line", radius)
