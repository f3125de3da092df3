"""Sheets drawn: a strip of dots for each block, as wide as the paper prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import segno
from PIL import Image, ImageDraw

from kiosk.paper.sheet import Big, Block, Boxes, Code, Gap, Line, Pair, Rule, Sheet, Tick
from kiosk.paper.type import (
    black_and_white,
    face,
    line_px,
    put,
    wrapped,
)
from kiosk.ui.fonts import base_direction

TEXT_MM = {"small": 3.0, "body": 3.6, "title": 5.2}
BIGGEST_MM, BIG_LINES = 13.0, 3
BOX_MM, BOX_LEAST_MM = 26.0, 34.0
QUIET = 4
"""Modules of white around a code (ISO/IEC 18004, section 6.3.8)."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What it is drawn for: dots from side to side, and dots a millimetre."""

    width: int
    per_mm: float

    def dots(self, mm: float) -> int:
        """Return millimetres in whole dots."""
        return max(1, round(mm * self.per_mm))


ROLLS = {58: Stock(384, 8), 80: Stock(576, 8)}
"""Receipt paper by its width in mm: printers of 203 dots an inch leave a margin."""
PAGE = Stock(2126, 300 / 25.4)
"""The width of an A4 page between its margins of 15 mm, at 300 dots an inch."""


def drawn(sheet: Sheet, stock: Stock) -> Image.Image:
    """Return a sheet as one picture."""
    strips = [strip(block, stock) for block in sheet]
    whole = Image.new("1", (stock.width, sum(one.height for one in strips) or 1), 1)
    y = 0
    for one in strips:
        whole.paste(one, (0, y))
        y += one.height
    return whole


def strip(block: Block, stock: Stock) -> Image.Image:
    """Return one block as a picture as wide as the paper."""
    draw: Callable[[Any, Stock], Image.Image] = _DRAW[type(block)]
    return black_and_white(draw(block, stock))


def _white(stock: Stock, tall: float) -> Image.Image:
    return Image.new("L", (stock.width, max(1, round(tall))), 255)


def _line(block: Line, stock: Stock) -> Image.Image:
    px, weight = stock.dots(TEXT_MM[block.size]), 700 if block.strong else 400
    lines = wrapped(block.text, px, weight, stock.width)
    image = _white(stock, line_px(px) * len(lines))
    for nth, text in enumerate(lines):
        _place(image, text, (px, weight), 0, stock.width, nth * line_px(px), middle=block.middle)
    return image


def _place(
    image: Image.Image,
    text: str,
    type_: tuple[int, int],
    left: float,
    right: float,
    y: float,
    *,
    middle: bool = False,
) -> None:
    """Set a line between two edges: in the middle, else where its script begins."""
    width = face(text, *type_).width
    if middle:
        x = left + (right - left - width) / 2
    else:
        x = right - width if base_direction(text) == "rtl" else left
    put(image, (x, y), text, *type_)


def _big(block: Big, stock: Stock) -> Image.Image:
    px, lines = big_lines(block.text, stock)
    image = _white(stock, line_px(px) * len(lines))
    for nth, text in enumerate(lines):
        _place(image, text, (px, 700), 0, stock.width, nth * line_px(px), middle=True)
    return image


def big_lines(text: str, stock: Stock) -> tuple[int, list[str]]:
    """Return the largest size in which a text fits on at most three lines, and those lines."""
    biggest, words = stock.dots(BIGGEST_MM), text.split()
    ways = [_broken(words, at) for n in range(BIG_LINES) for at in combinations(_gaps(words), n)]
    sizes = [min(biggest, int(biggest * stock.width / max(_widths(w, biggest)))) for w in ways]
    best = max(range(len(ways)), key=lambda n: (sizes[n], -len(ways[n])))
    return sizes[best], ways[best]


def _gaps(words: Sequence[str]) -> range:
    return range(1, min(len(words), 8))


def _broken(words: Sequence[str], at: Sequence[int]) -> list[str]:
    edges = [0, *at, len(words)]
    return [" ".join(words[a:b]) for a, b in pairwise(edges)]


def _widths(lines: Sequence[str], px: int) -> list[float]:
    return [max(1.0, face(line, px, 700).width * 1.02) for line in lines]


def _pair(block: Pair, stock: Stock) -> Image.Image:
    return _row(block.left, block.right, stock, weight=700 if block.strong else 400)


def _tick(block: Tick, stock: Stock) -> Image.Image:
    side, gap = stock.dots(4), stock.dots(2)
    px = stock.dots(TEXT_MM["body"])
    image = _row(block.text, block.right, stock, left=side + gap, tall=line_px(px) * 1.35)
    top = (line_px(px) - side) / 2 + stock.dots(0.5)
    edge = (0, round(top), side - 1, round(top) + side - 1)
    ImageDraw.Draw(image).rectangle(edge, outline=0, width=stock.dots(0.3))
    return image


def _row(
    said: str, right: str, stock: Stock, *, left: int = 0, weight: int = 400, tall: float = 0
) -> Image.Image:
    px = stock.dots(TEXT_MM["body"])
    end = face(right, px).width
    room = stock.width - left - (end + stock.dots(2) if right else 0)
    lines = wrapped(said, px, weight, room)
    image = _white(stock, max(tall, line_px(px) * len(lines)))
    # Beside a square to tick a name stands at once, whichever way it is read.
    edge = left + (max(face(text, px, weight).width for text in lines) if left else room)
    for nth, text in enumerate(lines):
        _place(image, text, (px, weight), left, edge, nth * line_px(px))
    if right:
        put(image, (stock.width - end, 0), right, px, 400)
    return image


def _rule(_block: Rule, stock: Stock) -> Image.Image:
    image = _white(stock, stock.dots(3))
    thick, y = stock.dots(0.25), stock.dots(1.5)
    ImageDraw.Draw(image).rectangle((0, y, stock.width, y + thick - 1), fill=0)
    return image


def _gap(block: Gap, stock: Stock) -> Image.Image:
    return _white(stock, stock.dots(block.mm))


def _code(block: Code, stock: Stock) -> Image.Image:
    rows = [bytes(row) for row in segno.make(block.text, error="m", micro=False).matrix]
    modules = len(rows) + 2 * QUIET
    side = min(stock.width, stock.dots(40))
    px = max(2, side // modules)
    small = Image.new("L", (modules, modules), 255)
    for y, row in enumerate(rows, QUIET):
        for x, dark in enumerate(row, QUIET):
            if dark:
                small.putpixel((x, y), 0)
    code = small.resize((modules * px, modules * px), Image.Resampling.NEAREST)
    image = _white(stock, code.height)
    image.paste(code, ((stock.width - code.width) // 2, 0))
    return image


def _boxes(block: Boxes, stock: Stock) -> Image.Image:
    """Frames in rows, as many beside each other as can be written in, as tall as what is in them."""
    columns = max(1, min(len(block.boxes), int(stock.width / stock.dots(BOX_LEAST_MM))))
    gap, pad = stock.dots(2), stock.dots(1.2)
    wide = (stock.width - gap * (columns - 1)) / columns
    boxes = [_box_lines(above, inside, wide - 2 * pad, stock) for above, inside in block.boxes]
    rows = [boxes[at : at + columns] for at in range(0, len(boxes), columns)]
    talls = [max(stock.dots(BOX_MM), 2 * pad + max(map(_tall, row))) for row in rows]
    image, y = _white(stock, sum(talls) + gap * len(rows)), 0
    for row, tall in zip(rows, talls, strict=True):
        for column, lines in enumerate(row):
            _box(image, (column * (wide + gap), y, wide, tall), lines, stock)
        y += tall + gap
    return image


_Lines = Sequence[tuple[str, int, int]]
"""Texts, their size in dots, their weight."""


def _box_lines(above: str, inside: str, wide: float, stock: Stock) -> _Lines:
    small, body = stock.dots(TEXT_MM["small"]), stock.dots(TEXT_MM["body"])
    return [
        *((text, small, 700) for text in wrapped(above, small, 700, wide)),
        *((text, body, 400) for text in wrapped(inside, body, 400, wide)),
    ]


def _tall(lines: _Lines) -> int:
    return sum(line_px(px) for _text, px, _weight in lines)


def _box(
    image: Image.Image, place: tuple[float, float, float, float], lines: _Lines, stock: Stock
) -> None:
    x, y, wide, tall = place
    pad = stock.dots(1.2)
    edge = (round(x), round(y), round(x + wide) - 1, round(y + tall) - 1)
    ImageDraw.Draw(image).rectangle(edge, outline=0, width=stock.dots(0.3))
    top = y + pad / 2
    for text, px, weight in lines:
        _place(image, text, (px, weight), x + pad, x + wide - pad, top)
        top += line_px(px)


_DRAW: dict[type, Callable[[Any, Stock], Image.Image]] = {
    Line: _line,
    Big: _big,
    Pair: _pair,
    Tick: _tick,
    Rule: _rule,
    Gap: _gap,
    Code: _code,
    Boxes: _boxes,
}
