"""How wide words are, by the very fonts that the pages are drawn with; where lines end.

A letter that the font lacks is counted like its empty box: the browser takes another font for it. A
word longer than a line may be broken elsewhere than on a screen.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sync.server.web.assets import FOLDER

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_EM = 1000
_BOLD_FROM = 600


@cache
def _font(*, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont  # 3 MB, when somebody first writes a notice

    return ImageFont.truetype(FOLDER / f"Atkinson-{700 if bold else 400}.woff2", _EM)


@lru_cache(maxsize=4096)
def _ems(text: str, *, bold: bool) -> float:
    return _font(bold=bold).getlength(text) / _EM


def wide(text: str, size: float, weight: int = 400) -> float:
    """Return the width of a text in one line, in the unit of ``size``, its em."""
    return _ems(text, bold=weight >= _BOLD_FROM) * size


def wrapped(text: str, room: float, size: float, weight: int = 400) -> list[str]:
    """Return the lines of a text in a column: broken between words, in one that is too long."""
    return [line for part in text.split("\n") for line in _wrapped(part, room, size, weight)]


def _wrapped(paragraph: str, room: float, size: float, weight: int) -> list[str]:
    space = wide(" ", size, weight)
    lines: list[list[str]] = [[]]
    left = room
    for word in (part for one in paragraph.split() for part in _pieces(one, room, size, weight)):
        needed = wide(word, size, weight)
        if lines[-1] and needed + space > left:
            lines.append([])
            left = room
        left -= needed + (space if lines[-1] else 0)
        lines[-1].append(word)
    return [" ".join(words) for words in lines]


def _pieces(word: str, room: float, size: float, weight: int) -> list[str]:
    """A word as it is, or in pieces where no line holds it whole."""
    pieces: list[str] = []
    while wide(word, size, weight) > room and len(word) > 1:
        at = max(1, int(len(word) * room / wide(word, size, weight)))
        while at > 1 and wide(word[:at], size, weight) > room:
            at -= 1
        pieces.append(word[:at])
        word = word[at:]
    return [*pieces, word]
