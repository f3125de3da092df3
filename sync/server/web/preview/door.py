"""A notice at a door: its own page. Pure.

As ``kiosk/screens/notice`` lays it out: the most generous of a few ways to set it with which the
whole text is one page. What is not the notice is drawn as empty shapes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sync.server.web.preview.drawing import (
    HAIR_PX,
    Area,
    Drawing,
    Glass,
    Part,
    Picture,
    Sign,
    Type,
    set_lines,
)
from sync.server.web.preview.measure import wide
from sync.server.web.preview.seen import Seen

BODY_MM, HEAD_MM, ACT_MM, RADIUS_MM, SIGN_MM = 6.36, 15.4, 15.0, 2.5, 7.3
ALONE_EM, READING_EM, TITLE_EM, DISPLAY_EM = 1.16, 1.2, 1.08, 1.05
BESIDE_PANEL_MM, ICON_GAP_MM, PANEL_SIGN_MM = 8.0, 2.4, 34.0


@dataclass(frozen=True, slots=True)
class Door:
    """One screen for a door; lengths in mm. panel: the width of a picture beside, upright its height.

    gap: between kind, title and text. is_upright: one column, two rows of buttons.
    """

    name: str
    glass: Glass
    margin: float
    row_gap: float
    gap: float
    panel: float
    title: float
    display: float
    is_upright: bool = False

    def mm(self, length: float) -> int:
        """Return the pixels of so many millimetres."""
        return self.glass.mm(length)

    @property
    def inside(self) -> tuple[int, int]:
        """Where its margins end, left and right."""
        return self.mm(self.margin), self.glass.wide - self.mm(self.margin)

    @property
    def body(self) -> Type:
        """Body text that stands alone."""
        return Type(self.mm(BODY_MM), ALONE_EM)

    @property
    def line_px(self) -> int:
        """Height of one line of it."""
        return round(self.body.line_px)

    @property
    def paper(self) -> tuple[int, int]:
        """Where the notice begins, and how high its place is: between the two rows of buttons."""
        margin, gap = self.mm(self.margin), self.mm(self.row_gap)
        top = margin + self.mm(HEAD_MM) + gap
        foot = 2 * self.mm(ACT_MM) + gap if self.is_upright else self.mm(ACT_MM)
        return top, self.glass.tall - top - gap - foot - margin

    @property
    def meta_px(self) -> int:
        """A rule, and who and until when: in one line, upright in two."""
        return (2 if self.is_upright else 1) * self.line_px + self.mm(4)


DOORS = (
    Door("door", Glass(1280, 800, 5.8938), 5, 4, 3, 72, 8.8, 13),
    Door("door_upright", Glass(720, 1280, 8.1816), 4, 3.4, 2, 40, 8, 11, is_upright=True),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to set a notice; panel: with a picture, or the sign of its kind in its place."""

    title: Type
    body: Type
    has_panel: bool


def plans(door: Door, *, pictured: bool) -> tuple[Plan, ...]:
    """Return the ways to try, the most generous first."""
    display = Type(door.mm(door.display), DISPLAY_EM, 700)
    title = Type(door.mm(door.title), TITLE_EM, 700)
    body, large = Type(door.mm(BODY_MM), READING_EM), Type(door.mm(door.title), READING_EM)
    if not door.is_upright:
        beside = Plan(title, body, has_panel=pictured)
        return Plan(display, large, has_panel=True), Plan(display, large, has_panel=False), beside
    plain = tuple(Plan(one, body, has_panel=False) for one in (display, title))
    if not pictured:
        return plain
    return *(Plan(one, body, has_panel=True) for one in (display, title)), *plain


def page(seen: Seen, door: Door) -> Drawing:
    """Return a notice's own page; where it needs several, the first."""
    pictured = bool(seen.picture)
    tried = [(plan, *_set(seen, door, plan)) for plan in plans(door, pictured=pictured)]
    plan, lines, most = next((one for one in tried if len(one[1]) <= one[2]), tried[-1])
    if len(lines) > most and plan.title.tall(seen.title, _room(door, plan)) > door.paper[1] / 2:
        # a title as long as a text is read as one
        seen = replace(seen, title="", body=f"{seen.title}\n\n{seen.body}".strip())
        lines, most = _set(seen, door, plan)
    each = max(most, 1)
    alone = int(pictured and not plan.has_panel)  # its picture has the last page to itself
    parts = (
        *_around(door),
        *_panel(seen, door, plan),
        *_column(seen, door, plan, lines[:each]),
        *_meta(seen, door, plan),
    )
    pages = max(1, -(-len(lines) // each)) + alone
    return Drawing(door.name, door.glass.wide, door.glass.tall, parts, pages)


def _room(door: Door, plan: Plan) -> int:
    left, right = door.inside
    beside = door.mm(door.panel) + door.mm(BESIDE_PANEL_MM)
    return right - left - (beside if plan.has_panel and not door.is_upright else 0)


def _above(door: Door, plan: Plan) -> int:
    """The height of a picture that stands over the words."""
    return door.mm(door.panel) + door.mm(door.gap) if plan.has_panel and door.is_upright else 0


def _set(seen: Seen, door: Door, plan: Plan) -> tuple[list[str], int]:
    """Return the lines of the text, and how many there is room for on a page."""
    room, gap = _room(door, plan), door.mm(door.gap)
    left = door.paper[1] - _above(door, plan) - door.line_px - gap - gap - door.meta_px
    if seen.title:
        left -= round(plan.title.tall(seen.title, room)) + gap
    lines = plan.body.lines(seen.body, room) if seen.body else []
    return lines, int((max(left, 0) + 0.5) / plan.body.line_px)


def _around(door: Door) -> Iterator[Part]:
    """The ground, and the buttons of every page as empty shapes."""
    mm, glass = door.mm, door.glass
    left, right = door.inside
    top, head, act, radius = mm(door.margin), mm(HEAD_MM), mm(ACT_MM), mm(RADIUS_MM)
    yield Area(0, 0, glass.wide, glass.tall, "paper")
    yield Area(left, top, mm(32), act, "sheet", "ink", radius)
    yield Area(right - mm(36), top, mm(36), head, "tool", "", radius)
    low = glass.tall - top - act
    yield Area(right - mm(51), low, mm(51), act, "sheet", "ink", radius)
    before = (right - mm(92), low)
    if door.is_upright:
        before = (right - mm(37), low - act - mm(door.row_gap))
    else:
        yield Area(right - mm(80), top, mm(39.5), head, "tool", "", radius)
    yield Area(*before, mm(37), act, "paper", "line", radius)


def _panel(seen: Seen, door: Door, plan: Plan) -> Iterator[Part]:
    if not plan.has_panel:
        return
    (left, right), (top, tall), across = door.inside, door.paper, door.mm(door.panel)
    if door.is_upright:
        yield Picture(left, top, right - left, across)
        return
    x = right - across
    if seen.picture:
        yield Picture(x, top, across, tall)
        return
    yield Area(x, top, across, tall, seen.tint, "", door.mm(RADIUS_MM))
    size = door.mm(PANEL_SIGN_MM)
    yield Sign(seen.sign, x + (across - size) / 2, top + (tall - size) / 2, size, seen.ink)


def _column(seen: Seen, door: Door, plan: Plan, lines: list[str]) -> Iterator[Part]:
    x, room, gap = door.inside[0], _room(door, plan), door.mm(door.gap)
    top = door.paper[0] + _above(door, plan)
    body, sign = door.body, door.mm(SIGN_MM)
    yield Sign(seen.sign, x, top + (door.line_px - sign) / 2, sign, seen.ink)
    after = x + sign + door.mm(2)
    strong = Type(body.size, ALONE_EM, 600)
    yield from set_lines([seen.kind], strong, after, top, seen.ink)
    if seen.foreign:
        there = after + wide(seen.kind, body.size, 600) + door.mm(4)
        yield from set_lines([seen.foreign], body, there, top)
    top += door.line_px + gap
    if seen.title:
        titles = plan.title.lines(seen.title, room)
        yield from set_lines(titles, plan.title, x, top)
        top += round(len(titles) * plan.title.line_px) + gap
    yield from set_lines(lines, plan.body, x, top)


def _meta(seen: Seen, door: Door, plan: Plan) -> Iterator[Part]:
    x: float = door.inside[0]
    sign, gap, body = door.mm(SIGN_MM), door.mm(ICON_GAP_MM), door.body
    top = sum(door.paper) - door.meta_px
    yield Area(x, top, _room(door, plan), HAIR_PX, "line")
    top += door.mm(4)
    for name, said in (("person", seen.by), ("rooms", seen.until)):
        if not said:
            continue
        yield Sign(name, x, top + (door.line_px - sign) / 2, sign)
        yield from set_lines([said], body, x + sign + gap, top)
        if door.is_upright:
            top += door.line_px
        else:
            x += sign + gap + wide(said, body.size) + door.mm(8)
