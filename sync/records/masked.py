"""A name as others may read it."""

from __future__ import annotations

import unicodedata

LONGEST_SHOWN = 40
"""Letters of a masked name; a longer one is cut. No record of ours has one."""


def masked(name: str, known_as: str = "", letters: int = 1) -> str:
    """Return a name for others to read: first name and the first letter of the last.

    ``masked("Tomás Herrero") == "Tomás H."``; one word stays whole. known_as goes before the first
    name. letters: how many of the last name, where two people are alike.
    """
    words = name.split()
    first = " ".join(known_as.split()) or (words[0] if words else "")
    if len(words) < 2:
        return first[:LONGEST_SHOWN]
    last = first_letters(words[-1], letters)
    dot = "" if last == words[-1] else "."
    return f"{first[:LONGEST_SHOWN]} {last}{dot}"


def first_letters(word: str, count: int) -> str:
    """Return the first letters of a word, each with the marks that belong to it."""
    taken, found = "", 0
    for sign in word:
        is_mark = unicodedata.category(sign)[0] == "M" or sign == "\u200d"
        if not is_mark and not taken.endswith("\u200d"):
            if found == count:
                break
            found += 1
        taken += sign
    return taken
