"""A sheet on its way to a printer: dots or letters for receipts, pages of a PDF for the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from kiosk.paper.draw import PAGE, ROLLS, Stock, strip
from kiosk.paper.letters import send, set_in_letters
from kiosk.paper.sheet import Sheet

FEED_MM = 12
"""Between what is printed last and the knife."""
PAGE_TALL, MARGIN = 3508, 177
NO_KANJI = b"\x1c."
"""FS . : many printers take bytes above 127 for halves of Chinese signs until told not to."""


@dataclass(frozen=True)
class Paper:
    """A sheet and the paper it goes to.

    width_mm: 58 or 80. letters: what the printer has letters for is sent as letters, as a serial
    line wants: a picture of a tag takes half a minute at 9600 baud.
    """

    sheet: Sheet
    width_mm: int = 80
    letters: bool = False

    def on_receipt(self, printer: Any) -> None:  # an escpos.escpos.Escpos; it has no types
        """Print it by python-escpos, with feed and cut at the end."""
        stock = ROLLS[self.width_mm]
        _tell_width(printer, stock)
        printer.hw("INIT")
        printer._raw(NO_KANJI)  # noqa: SLF001  # escpos has no word for it
        for block in self.sheet:
            found = set_in_letters(block, stock.width) if self.letters else None
            if found is not None:
                send(found, printer)
            else:
                printer.image(strip(block, stock), impl="bitImageRaster")
        printer.print_and_feed(round(FEED_MM / 4))
        printer.cut(feed=False)

    def as_pdf(self) -> bytes:
        """Return it as A4 pages."""
        first, *more = pages(self.sheet)
        out = BytesIO()
        first.save(out, "PDF", resolution=300, save_all=True, append_images=more)
        return out.getvalue()


def _tell_width(printer: Any, stock: Stock) -> None:
    """Let escpos know how wide the paper is: else it prints to the screen that it does not."""
    known = printer.profile.profile_data
    media = known.get("media", {}) | {"width": {"pixels": stock.width, "mm": "Unknown"}}
    printer.profile.profile_data = known | {"media": media}


def pages(sheet: Sheet, stock: Stock = PAGE) -> list[Image.Image]:
    """Return a sheet on A4 pages at 300 dots an inch; no block is cut."""
    tall = PAGE_TALL - 2 * MARGIN
    found = []
    for strips in _filled([strip(block, stock) for block in sheet], tall):
        page = Image.new("1", (stock.width + 2 * MARGIN, PAGE_TALL), 1)
        y = MARGIN
        for one in strips:
            page.paste(one, (MARGIN, y))
            y += one.height
        found.append(page)
    return found


def _filled(strips: Sequence[Image.Image], tall: int) -> Iterator[list[Image.Image]]:
    page: list[Image.Image] = []
    for one in strips:
        if page and sum(s.height for s in page) + one.height > tall:
            yield page
            page = []
        page.append(one)
    yield page
