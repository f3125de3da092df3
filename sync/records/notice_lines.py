"""A notice where there is room for a line or two only: the same words on every screen. Pure."""

from __future__ import annotations


def one_line(text: str) -> str:
    """Return the text without breaks or runs of spaces."""
    return " ".join(text.split())


def first_sentence(text: str) -> str:
    """Return what a text says up to its first full stop, on one line."""
    line = one_line(text)
    for at, letter in enumerate(line):
        if letter in ".!?…。؟" and line[at + 1 : at + 2] == " ":
            return line[: at + 1]
    return line


def ended(title: str) -> str:
    """Return a title as a sentence, so that another may follow it."""
    return title if not title or title[-1] in ".!?…:;" else f"{title}."
