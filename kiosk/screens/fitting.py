"""Words put into a box they must not leave: smaller before cut, and cut only between words."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from math import inf

from kiosk.screens.notice.paging import text_pages
from kiosk.ui.page import Box
from kiosk.ui.widgets_text import Text

MOST_LETTERS = 1500
"""Of a text that may be cut: more than any box holds, and little enough to measure at once."""


def fit_text(text: Text, wide_px: float, tall_px: float, roles: Sequence[str] = ()) -> bool:
    """Give a text its size in a room; False where not one line of it has a place.

    roles: sizes to try, the largest first. What is too long even in the last ends in "…".
    """
    whole = text.text
    text.size_hint, text.width = (None, None), round(wide_px)
    for role in roles or (text.role,):
        text.role = role
        if fits_whole(text, tall_px):
            return True
    if text.is_clipped:
        whole = _hyphened(text, wide_px)
        text.text = whole
        text.settle()
    if text.text_height > tall_px:
        _cut(text, whole[:MOST_LETTERS], tall_px)
    text.height = text.text_height
    return text.text_height <= tall_px


def fits_whole(text: Text, tall_px: float = inf) -> bool:
    """Whether a text stands in its width with every word whole; its height follows."""
    text.settle()
    text.height = text.text_height
    return text.text_height <= tall_px and not text.is_clipped


def stack(box: Box, texts: Iterable[Text], gap_px: float = 0) -> list[Text]:
    """Put texts of known size under each other from the top of a box; return those with room."""
    top, shown = box.y + box.height, []
    for text in texts:
        if text.text and fit_text(text, box.width, top - box.y):
            top -= text.text_height
            text.pos = round(box.x), round(top)
            top -= gap_px
            shown.append(text)
    return shown


def _hyphened(text: Text, wide_px: float) -> str:
    """The words of a text; one that is wider than its line is broken with a hyphen."""
    probe, words = Text(role=text.role, weight=text.weight), []

    def fits(part: str) -> bool:
        probe.text = part
        return probe.natural_width() <= wide_px

    for word in text.text[:MOST_LETTERS].split():
        rest = word
        while len(rest) > 1 and not fits(rest):
            end = max(1, bisect(range(1, len(rest)), False, key=lambda n: not fits(f"{rest[:n]}-")))
            words.append(rest[:end] + "-")
            rest = rest[end:]
        words.append(rest)
    return " ".join(words)


def _cut(text: Text, whole: str, tall_px: float) -> None:
    def fits(start: str) -> bool:
        text.text = f"{start} …"
        text.settle()
        return bool(text.text_height <= tall_px)

    start = text_pages(whole, fits)[0]
    fits(start)
