"""A long text cut into pages: between words, never in the middle of one that fits."""

from __future__ import annotations

from collections.abc import Callable

LONGEST_PAGES = 200
FIRST_GUESS = 400  # letters: about what a page of a 10" screen holds


def text_pages(text: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Return a text cut into pages that fit, between words; paragraphs stay apart.

    fits: whether a piece can be read on one page. A word longer than a page is cut in it.
    """
    pages: list[str] = []
    left, guess = text.strip(), FIRST_GUESS
    while left and len(pages) < LONGEST_PAGES:
        at = _longest(left, fits, guess)
        pages.append(left[:at].rstrip())
        left, guess = left[at:].lstrip(), at + at // 2 + 1
    return tuple(pages) or ("",)


def _longest(text: str, fits: Callable[[str], bool], guess: int) -> int:
    """Return where to end the longest start that fits, at the end of a word where there is one.

    Only as much as ``guess`` is measured at first: laying out 10,000 letters takes a while.
    """
    high = min(guess, len(text))
    while high < len(text) and fits(text[:high].rstrip()):
        high = min(high * 2, len(text))
    low = 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle].rstrip()) else (low, middle - 1)
    if low == len(text) or text[low].isspace():
        return low
    space = max(text.rfind(" ", 0, low), text.rfind("\n", 0, low))
    return space if space > 0 else low
