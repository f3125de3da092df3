"""Blocks in the printer's own letters, where it surely has them; else they are drawn.

Code page 437 is page 0 of nearly every receipt printer; the numbers of all others differ from make
to make. Text in any other letters is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kiosk.paper.sheet import Big, Block, Gap, Line, Pair, Rule, Tick

CELL = 12
"""Dots of a letter of font A: 32 of them on 58 mm, 48 on 80."""
MOST_CELLS = 4
PAGE_437 = b"\x1bt\x00"
_DASHES = str.maketrans({"–": "-", "·": "-", "…": "...", "—": "-", "’": "'"})


@dataclass(frozen=True, slots=True)
class Set:
    """A block as letters: its lines, how many cells wide and tall each letter is, how it stands."""

    lines: tuple[str, ...]
    cells: int = 1
    bold: bool = False
    middle: bool = False


def plain(text: str) -> str | None:
    """Return a text that page 437 has every letter of, None where it has not.

    Nor where anything in it is no letter: a printer would take it for a command.
    """
    said = text.translate(_DASHES)
    try:
        said.encode("cp437")
    except UnicodeEncodeError:
        return None
    return said if said.isprintable() else None


def set_in_letters(block: Block, width_px: int) -> Set | None:
    """Return a block in letters, None where it must be drawn."""
    columns = width_px // CELL
    match block:
        case Line(text, size, strong, middle):
            return _set(text, columns, 2 if size == "title" else 1, bold=strong, middle=middle)
        case Big(text):
            longest = max(map(len, text.split()), default=1)
            cells = max(1, min(MOST_CELLS, columns // longest))
            return _set(text, columns, cells, bold=True, middle=True)
        case Pair(left, right, strong):
            return _two(left, right, columns, bold=strong)
        case Tick(text, right):
            return _two(f"[ ] {text}", right, columns, bold=False)
        case Rule():
            return Set(("-" * columns,))
        case Gap():
            return Set(("",))
    return None


def _set(text: str, columns: int, cells: int, *, bold: bool, middle: bool) -> Set | None:
    said = plain(text)
    return Set(folded(said, columns // cells), cells, bold, middle) if said is not None else None


def _two(left: str, right: str, columns: int, *, bold: bool) -> Set | None:
    said, short = plain(left), plain(right)
    if said is None or short is None:
        return None
    room = columns - (len(short) + 1 if short else 0)
    first, *rest = folded(said, max(8, room))
    return Set((f"{first:<{room}} {short}".rstrip(), *rest), bold=bold)


def folded(text: str, columns: int) -> tuple[str, ...]:
    """Return a text in lines of so many letters; a longer word is cut."""
    pieces = [
        word[at : at + columns]
        for word in text.split()
        for at in range(0, max(1, len(word)), columns)
    ]
    lines, line = [], ""
    for piece in pieces:
        if line and len(line) + 1 + len(piece) > columns:
            lines.append(line)
            line = piece
        else:
            line = f"{line} {piece}".strip()
    return (*lines, line)


def send(found: Set, printer: Any) -> None:
    """Print letters. printer: an escpos.escpos.Escpos, which has no types."""
    printer.set(
        align="center" if found.middle else "left",
        bold=found.bold,
        custom_size=True,
        width=found.cells,
        height=found.cells,
    )
    printer._raw(PAGE_437)  # noqa: SLF001  # escpos would choose a page that few printers have
    for line in found.lines:
        printer._raw(line.encode("cp437") + b"\n")  # noqa: SLF001
