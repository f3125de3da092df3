"""What is read from disk once, soon after the start: pages, their words, the names of days.

The first screen does not wait for it; it is done piece by piece while nobody touches, so that no
touch reads a file later.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

BETWEEN_S = 0.03
QUIET_S = 1.0  # so long after a touch it goes on
LATE_MODULES = ("babel.dates", "kiosk.ui.dialogs", "kiosk.ui.keyboard", "kiosk.screens.cards")
SCRIPTS = (*range(0xD8), *range(0xF9, 0x100), *range(0x1D4, 0x1D8), *range(0x1F0, 0x1FB))
SCRIPTS_A_PIECE = 32
"""Blocks of 256 signs of Unicode: all that people write names in, and what they add to them."""
ANY_DAY = date(2026, 11, 23)


def pieces(
    screens: Iterable[str], read_screen: Callable[[str], Any], languages: Iterable[str]
) -> Iterator[Callable[[], Any]]:
    """Yield what is to be read, the most needed first, each piece a few milliseconds."""
    for name in screens:
        yield partial(read_screen, name)
    for module in LATE_MODULES:
        yield partial(importlib.import_module, module)
    for lang in languages:
        yield partial(_read_language, lang)
    for start in range(0, len(SCRIPTS), SCRIPTS_A_PIECE):
        yield partial(_read_scripts, SCRIPTS[start : start + SCRIPTS_A_PIECE])


def _read_scripts(blocks: Iterable[int]) -> None:
    """Names are found by their Latin letters, too; the tables for that are a file a block."""
    from anyascii import anyascii

    for block in blocks:
        anyascii(chr((block << 8) | 0xFF))  # the first 128 signs need no table


def _read_language(lang: str) -> None:
    from kiosk.ui.layouts import layout, name_rows
    from kiosk.ui.words import Words

    for tall in (False, True):
        name_rows(tall=tall)
    words = Words(lang)
    for form in ("long", "short", "least"):
        words.day(ANY_DAY, form)
    words.weekday(ANY_DAY)
    words.own_name(lang)
    for other in ("en", "es"):
        words.language(other)
    layout(lang)


class Warming:
    """Reads a piece in a quiet moment; ``finish`` reads all that is left at once."""

    def __init__(self, work: Iterator[Callable[[], Any]], quiet_s: Callable[[], float]) -> None:
        """quiet_s: seconds since the last touch."""
        self._work, self._quiet_s = work, quiet_s
        self._next: Any = None

    def start(self) -> None:
        """Begin after the first frame."""
        self._later(BETWEEN_S)

    def finish(self) -> None:
        """Read everything now."""
        for piece in self._work:
            piece()

    def stop(self) -> None:
        """Read nothing more."""
        if self._next is not None:
            self._next.cancel()

    def _later(self, seconds: float) -> None:
        from kivy.clock import Clock

        self._next = Clock.schedule_once(self._read, seconds)

    def _read(self, _dt: float) -> None:
        if self._quiet_s() < QUIET_S:
            self._later(QUIET_S)
            return
        piece = next(self._work, None)
        if piece is not None:
            piece()
            self._later(BETWEEN_S)
