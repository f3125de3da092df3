"""A sheet of paper as a value: blocks from top to bottom, whatever prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Size = Literal["small", "body", "title"]


@dataclass(frozen=True, slots=True)
class Line:
    """Words, wrapped where they are too long for a line."""

    text: str
    size: Size = "body"
    strong: bool = False
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Big:
    """A few words as large as the paper is wide, on up to three lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Words at the left, wrapped, and at the right something short that stays in its line."""

    left: str
    right: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A square to tick, words beside it, something short at the right."""

    text: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty paper."""

    mm: float = 3


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code in the middle."""

    text: str


@dataclass(frozen=True, slots=True)
class Boxes:
    """Frames to write in, side by side: what stands above each, what is written in it."""

    boxes: tuple[tuple[str, str], ...]


Block = Line | Big | Pair | Tick | Rule | Gap | Code | Boxes
Sheet = tuple[Block, ...]
