"""Tables that are taken along: the same rows as CSV (RFC 4180) and as a spreadsheet (ODS)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from sync.errors import Refused

CSV, ODS = "text/csv; charset=utf-8", "application/vnd.oasis.opendocument.spreadsheet"
MOST_LINES = 2_000
"""Of a spreadsheet: its tree stands in memory as a whole, 15 kB a line (2,000 of them: 35 MB)."""
Cell = str | int
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # some read the wide ones alike
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TooManyLines(Refused):
    """More lines than a spreadsheet is made of here; ``most`` are not too many."""

    say = "here.too_many"

    def __init__(self, *, most: int) -> None:
        super().__init__(f"more than {most} lines")
        self.most = most


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as CSV."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerows([_plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()  # the mark says to a spreadsheet that it is UTF-8


def as_ods(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return rows as a spreadsheet: numbers are numbers, all else is text. Raises TooManyLines."""
    import odswriter  # only where somebody asks for one

    if len(rows) - 1 > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    out = io.BytesIO()
    made = odswriter.writer(out)
    made.new_sheet("1").writerows([_sound(_plain(cell)) for cell in row] for row in rows)
    made.close()
    made.dom.unlink()  # a tree whose branches know their trunk stays until the next collection
    return out.getvalue()


def _plain(cell: Cell) -> Cell:
    # A spreadsheet would reckon with a name that begins like a formula: as CSV is read, and as a
    # table is saved as CSV by whoever got it.
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _sound(cell: Cell) -> Cell:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", cell) if isinstance(cell, str) else cell
