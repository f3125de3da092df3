"""What a screen is drawn of: lines, areas, signs, a picture. Pure.

Lengths are pixels of the screen itself, from its upper left corner; colours are names of the tokens,
which ``pages.css`` knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sync.server.web.preview.measure import wide, wrapped

HAIR_PX = 2
BASE_EM, MIDDLE_EM = 0.31, 0.33
"""From the middle of a line down to its baseline; the same for what stands alone in a band."""


@dataclass(frozen=True, slots=True)
class Glass:
    """A screen: its pixels, and how many of them are a millimetre."""

    wide: int
    tall: int
    per_mm: float

    def mm(self, length: float) -> int:
        """Return the whole pixels of so many millimetres, as a kiosk counts them."""
        return round(length * self.per_mm)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words. y: of its baseline. size: em."""

    text: str
    x: float
    y: float
    size: float
    weight: int = 400
    ink: str = "ink"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle; edge: the colour of its border, "" for none."""

    x: float
    y: float
    wide: float
    tall: float
    fill: str
    edge: str = ""
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of ``signs.svg`` in a square."""

    name: str
    x: float
    y: float
    size: float
    ink: str = "ink"


@dataclass(frozen=True, slots=True)
class Picture:
    """The notice's own picture, whole, at the top of its box."""

    x: float
    y: float
    wide: float
    tall: float


Part = Line | Area | Sign | Picture


@dataclass(frozen=True, slots=True)
class Drawing:
    """One screen. name: which. pages: over how many pages the text goes on."""

    name: str
    wide: float
    tall: float
    parts: tuple[Part, ...]
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set. line: the distance of two lines in em."""

    size: float
    line: float
    weight: int = 400

    @property
    def line_px(self) -> float:
        """Height of one line."""
        return self.size * self.line

    def lines(self, text: str, room: float) -> list[str]:
        """Return a text as its lines in a column ``room`` wide."""
        return wrapped(text, room, self.size, self.weight)

    def tall(self, text: str, room: float) -> float:
        """Return how high a text is in a column; 0 of none."""
        return len(self.lines(text, room)) * self.line_px if text else 0


def set_lines(
    lines: Iterable[str], type_: Type, x: float, top: float, ink: str = "ink"
) -> tuple[Line, ...]:
    """Set lines under each other, the first one from ``top`` down."""
    down = type_.line_px / 2 + type_.size * BASE_EM
    return tuple(
        Line(text, x, top + down + nth * type_.line_px, type_.size, type_.weight, ink)
        for nth, text in enumerate(lines)
    )


def cut(lines: Sequence[str], most: int, room: float, type_: Type) -> list[str]:
    """Return at most so many lines; the last one ends in "…" where more would follow."""
    if len(lines) <= most:
        return list(lines)
    kept = list(lines[: max(most, 1)])
    words = kept[-1].split()
    while words and wide(f"{' '.join(words)} …", type_.size, type_.weight) > room:
        words.pop()
    return [*kept[:-1], f"{' '.join(words)} …".strip()]
