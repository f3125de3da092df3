"""Where the sign and the words stand in a button: beside each other or one over the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Content:
    """Parts of a button; Any: widgets, with ``size`` and ``pos``. lead and tail may be None."""

    lead: Any
    label: Any
    sub: Any
    tail: Any
    sub_first: bool = False

    @property
    def lines(self) -> list[Any]:
        """The texts that say something, from the top down."""
        said = [text for text in (self.label, self.sub) if text.text]
        return said[::-1] if self.sub_first else said


def place(
    box: Any,
    content: Content,
    *,
    pads_px: Sequence[int],
    gap_px: int,
    left: bool,
    stacked: bool,
    down_px: int,
) -> None:
    """Place the parts in the box. The largest pad is taken with which all words stay in one line.

    left: words start at the left, what wraps does as well. down_px: everything this much lower.
    """
    lead = content.lead.width if content.lead else 0
    tail = content.tail.width if content.tail else 0
    gaps = gap_px * ((lead > 0) + (tail > 0)) if content.lines else 0
    signs = 0 if stacked else lead + tail + gaps
    pad, room = _room(box.width - signs, content.lines, pads_px)
    block = max((_fit(text, room) for text in content.lines), default=0)
    if stacked:
        _stack(box, content, down_px)
        return
    wrapped = any(text.natural_width() > room for text in content.lines)
    start = pad if left or wrapped else max(pad, (box.width - block - signs) / 2)
    x, middle = box.x + start, box.center_y - down_px
    if content.lead:
        content.lead.pos = round(x), round(middle - content.lead.height / 2)
        x += lead + (gap_px if content.lines else 0)
    _column(content.lines, x, middle)
    if content.tail:
        at_end = box.right - pad - tail
        content.tail.x = round(at_end if left else min(at_end, x + block + gap_px))
        content.tail.y = round(middle - content.tail.height / 2)


def _room(free: float, lines: Sequence[Any], pads_px: Sequence[int]) -> tuple[int, float]:
    widest = max((text.natural_width() for text in lines), default=0)
    for pad in pads_px:
        if widest <= free - 2 * pad:
            return pad, free - 2 * pad
    longest = max((text.widest_word() for text in lines), default=0)
    fitting = (pad for pad in pads_px[1:] if longest <= free - 2 * pad)
    pad = next(fitting, pads_px[-1])
    return pad, max(1.0, free - 2 * pad)


def _fit(text: Any, room: float) -> float:
    """Give a text its size in this room; return how wide its lines are."""
    one_line = text.natural_width() <= room
    text.fit = "width" if one_line else "box"
    text.width = text.natural_width() if one_line else int(room)
    text.settle()
    text.height = text.text_height
    return float(text.lines_width())


def _column(lines: Sequence[Any], x: float, middle: float) -> None:
    top = middle + sum(text.height for text in lines) / 2
    for text in lines:
        text.pos = round(x), round(top - text.height)
        top -= text.height


def _stack(box: Any, content: Content, down_px: int) -> None:
    parts = [part for part in (content.lead, *content.lines) if part]
    top = box.center_y + sum(part.height for part in parts) / 2 - down_px
    for part in parts:
        wide = part.width if part is content.lead else part.lines_width()
        part.pos = round(box.center_x - wide / 2), round(top - part.height)
        top -= part.height
