"""Telling a device from a copy of it: each ask shows the last word and brings the next one.

Known word, or the exact repeat of the last pair (its answer was lost): accepted. A number above
ours: the device has met a later server than this restored one: ``reset``, and its word is adopted.
Anything else was said by a copied card or an old image: ``fork``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sync.protocol import Word

Verdict = Literal["accepted", "repeated", "reset", "fork"]


@dataclass(frozen=True, slots=True)
class Heard:
    """The last word that was accepted: its number, what it showed, what it brought."""

    number: int = 0
    before: str = ""
    known: str = ""


def judge(heard: Heard, word: Word) -> tuple[Verdict, Heard]:
    """Return what a word means, and what the server has heard after it."""
    after = Heard(word.number, word.known, word.next)
    if word.number > heard.number + 1:
        return "reset", after
    if word.number == heard.number + 1 and word.known == heard.known:
        return "accepted", after
    if after == heard:
        return "repeated", heard
    return "fork", heard
