"""The pages of the wall: rooms, notices, what is on, who is here; each fills the same box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.screens.fitting import fit_text, stack
from kiosk.screens.rooms.grid import BoardGrid
from kiosk.screens.rooms.view import BoardView, board_view
from kiosk.screens.wall.pieces import EventOnWall, FaceOnWall, NoticeOnWall
from kiosk.screens.wall.view import EVENTS, NOTICES, ROOMS, WHO, Turn, WallView, share
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.shapes import Shape
from kiosk.ui.widgets_text import Text

ROW_LEAST_MM, ROW_MOST_MM = 40, 62
EVENT_MM, EVENT_MOST_MM = 53, 66
CARDS, FACES = 3, 6
COUNT_MM = 206
"""Width of the number of people."""


def a_page(box: Box) -> dict[str, int]:
    """Return how many of each kind a page of this height holds."""
    theme = look.theme
    hours = theme.size("body") * 1.5
    return {
        ROOMS: max(1, int((box.height - hours) // theme.mm(ROW_LEAST_MM))),
        NOTICES: CARDS,
        EVENTS: max(1, int(box.height // theme.mm(EVENT_MM))),
        WHO: FACES,
    }


def title_of(kind: str) -> str:
    """Return what the head says of a kind of page."""
    key = "rooms.today" if kind == ROOMS else f"wall.{kind}"
    return str(look.words.say(key))


def page(
    hub: Any, now: datetime, view: WallView, turn: Turn, parts: int, box: Box
) -> Sequence[Widget]:
    """Return the widgets of one page, placed in its box."""
    each = a_page(box)[turn.kind]
    if turn.kind == ROOMS:
        return _rooms(board_view(hub, hub.today(now), now, look.words), turn, parts, each, box)
    if turn.kind == NOTICES:
        return _notices(view, turn, box)
    if turn.kind == EVENTS:
        return _events(view, turn, parts, each, box)
    return _who(view, turn, box)


def _rooms(view: BoardView, turn: Turn, parts: int, each: int, box: Box) -> Sequence[Widget]:
    if view.shut:
        return _sentence(view.why, box)
    rows = tuple(share(view.rows, turn.part, parts, each))
    theme = look.theme
    grid = BoardGrid()
    tallest = grid.head_px + len(rows) * theme.mm(ROW_MOST_MM)
    _rest, place = box.upper_part(min(box.height, tallest), 0)
    row_px = (place.height - grid.head_px) / max(1, len(rows))
    grid.two_lines = row_px >= theme.size("body") * 2.2
    place.lay(grid)
    grid.view = replace(view, rows=rows)
    return [grid]


def _sentence(words: str, box: Box) -> Sequence[Widget]:
    """Say one thing in the middle: the house is shut, and why."""
    theme = look.theme
    text = Text(text=words, role="display", weight=700, halign="center")
    fit_text(text, box.width * 0.8, box.height * 0.6, ("display", "title"))
    text.pos = round(box.x + box.width * 0.1), round(box.y + box.height * 0.42 - text.height / 2)
    mark = Shape(shape="cross", ink="ink2", px=theme.mm(50))
    mark.pos = round(box.x + (box.width - mark.width) / 2), round(text.top + theme.mm(20))
    return [mark, text]


def _notices(view: WallView, turn: Turn, box: Box) -> Sequence[Widget]:
    gap = look.theme.space("gap_columns")
    wide = (box.width - (CARDS - 1) * gap) / CARDS
    made = []
    for nth, card in enumerate(view.notices[turn.part * CARDS : (turn.part + 1) * CARDS]):
        shown = NoticeOnWall(card)
        shown.lay(Box(round(box.x + nth * (wide + gap)), box.y, round(wide), box.height))
        made.append(shown)
    return made


def _events(view: WallView, turn: Turn, parts: int, each: int, box: Box) -> Sequence[Widget]:
    lines = share(view.events, turn.part, parts, each)
    tall = min(look.theme.mm(EVENT_MOST_MM), box.height / max(1, len(lines)))
    made = []
    for nth, line in enumerate(lines):
        shown = EventOnWall(line)
        shown.lay(Box(box.x, box.y + box.height - (nth + 1) * tall, box.width, tall))
        made.append(shown)
    return made


def _who(view: WallView, turn: Turn, box: Box) -> Sequence[Widget]:
    theme, words = look.theme, look.words
    number = Text(text=str(view.heads), role="wall_people", weight=700)
    number.settle()
    wide = max(theme.mm(COUNT_MM), number.natural_width())
    gap = theme.space("gap_columns")
    rest = Box(box.x + wide + gap, box.y, box.width - wide - gap, box.height)
    house = Text(text=words.count("wall.people", view.heads), role="title")
    said = words.count("wall.said_yes", len(view.faces)) if view.faces else ""
    asked = Text(text=said or words.say("wall.only_who_said_yes"), ink="ink2")
    return [*_count(box, wide, (number, house, asked)), *_faces(view, turn, rest)]


def _count(box: Box, wide: float, texts: tuple[Text, Text, Text]) -> list[Widget]:
    theme = look.theme
    gap = theme.mm(8)
    for text in texts:
        fit_text(text, wide, box.height)
    tall = sum(text.text_height for text in texts) + gap
    number, *others = texts  # under figures, the room of descenders is gap enough
    top = box.y + (box.height + tall) / 2
    number.pos = round(box.x), round(top - number.text_height)
    below = Box(box.x, box.y, wide, number.y - box.y)
    return [number, *stack(below, others, gap)]


def _faces(view: WallView, turn: Turn, box: Box) -> list[Widget]:
    gap = look.theme.space("gap_columns")
    wide, tall = (box.width - gap) / 2, (box.height - 2 * gap) / 3
    made: list[Widget] = []
    there = view.faces[turn.part * FACES : (turn.part + 1) * FACES]
    rows = -(-len(there) // 2)
    top = box.y + (box.height + rows * (tall + gap) - gap) / 2
    for nth, face in enumerate(there):
        row, column = divmod(nth, 2)
        shown = FaceOnWall(face)
        x, y = box.x + column * (wide + gap), top - (row + 1) * tall - row * gap
        shown.lay(Box(round(x), round(y), round(wide), round(tall)))
        made.append(shown)
    return made
