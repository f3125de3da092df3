"""Words in black on white: one font a text, chosen by coverage; lines wrapped; any script.

Pillow shapes and orders letters by raqm, which comes with its wheels and wants Debian's
libfribidi0 for Arabic and Hebrew. Sizes are in dots.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from kiosk.ui.fonts import FOLDER, base_direction, font_of

LEADING = 1.3
CAPITALS = 0.34
"""Half the height of capitals, of the size: they stand in the middle of their line."""
INK_FROM = 150
"""Of 255: a dot as light as this is still printed. Thin strokes would break at the middle."""


@dataclass(frozen=True, slots=True)
class Face:
    """A text as it is set: its letters, its font."""

    text: str
    font: ImageFont.FreeTypeFont

    @property
    def width(self) -> float:
        """How wide it is in one line."""
        return self.font.getlength(self.text)


@lru_cache(maxsize=64)
def _font(name: str, px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / f"{name}.ttf"), px, layout_engine=ImageFont.Layout.RAQM)


def face(text: str, px: int, weight: int = 400) -> Face:
    """Return a text in the font that has all its letters."""
    letters, name = font_of(text, weight)
    return Face(letters, _font(name, px))


def line_px(px: int) -> int:
    """Return how tall a line of letters of this size is."""
    return round(px * LEADING)


def wrapped(text: str, px: int, weight: int, width: float) -> list[str]:
    """Return the lines of a text, each at most ``width`` wide.

    A word too wide for a line is cut: names in Chinese have no spaces, addresses none either.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text, px, weight, width):
        longer = f"{line} {word}".strip()
        if line and face(longer, px, weight).width > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _words(text: str, px: int, weight: int, width: float) -> Iterator[str]:
    for word in text.split():
        rest = word
        while len(rest) > 1 and face(rest, px, weight).width > width:
            most = len(rest) - 1
            while most > 1 and face(rest[:most], px, weight).width > width:
                most -= 1
            yield rest[:most]
            rest = rest[most:]
        yield rest


def put(image: Image.Image, at: tuple[float, float], text: str, px: int, weight: int) -> None:
    """Draw one line with its left edge and the top of its line at ``at``."""
    one = face(text, px, weight)
    base = round(at[1] + line_px(px) / 2 + px * CAPITALS)
    ImageDraw.Draw(image).text(
        (round(at[0]), base),
        one.text,
        fill=0,
        font=one.font,
        anchor="ls",
        direction=base_direction(one.text),
    )


def black_and_white(image: Image.Image) -> Image.Image:
    """Return the dots as a printer has them: ink or none."""
    return image.point(lambda light: 0 if light < INK_FROM else 255).convert("1")
