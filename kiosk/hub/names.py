"""How a name is written on a screen that others read, and how typed letters find one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from anyascii import anyascii

from kiosk.hub.snapshot import Snapshot
from sync.records.masked import masked
from sync.records.person import Person

_NO_LETTERS = re.compile(r"[\W_]+")
_INSIDE = re.compile(r"[^\w\s]|_")
MOST_LETTERS = 8
"""Of a last name, where that is what it takes to tell two people apart."""


def apart(people: Sequence[Person]) -> tuple[str, ...]:
    """Return the masked names of people seen together: two alike get one more letter, and more."""
    shown = [masked(one.name, one.known_as) for one in people]
    for letters in range(2, MOST_LETTERS + 1):
        alike = {name for name, times in Counter(shown).items() if times > 1}
        if not alike:
            break
        shown = [
            masked(one.name, one.known_as, letters) if before in alike else before
            for one, before in zip(people, shown, strict=True)
        ]
    return tuple(shown)


def name_of(hub: Snapshot, person_id: str) -> str:
    """Return somebody's masked name, "" where the hub does not know them (any more)."""
    person = hub.person(person_id) if person_id else None
    return masked(person.name, person.known_as) if person else ""


def folded(text: str) -> str:
    """Return a text for comparing: no accents, no capitals, words between single spaces."""
    if not text.isascii():
        apart_marks = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in apart_marks if not unicodedata.combining(sign))
    return " ".join(_NO_LETTERS.split(text.casefold())).strip()


def letter_count(typed: str) -> int:
    """Return how many letters were typed that can find a name."""
    return sum(sign.isalnum() for sign in folded(typed))


def finds(typed: str, names: Iterable[str]) -> int:
    """Return how well typed letters find any of a person's names: 0 not, 1 a word begins with
    them, 2 a name begins with them, 3 they are a whole word.

    Names match as they are and by their Latin letters (ISO and common forms, of anyascii).
    """
    wanted = folded(typed)
    found = (rank for name in names for key in _keys(name) for rank in _ranks(wanted, key))
    return max(found, default=0) if wanted else 0


def _ranks(wanted: str, key: str) -> Iterator[int]:
    padded = f" {key} "
    if f" {wanted} " in padded:
        yield 3
    if key.startswith(wanted):
        yield 2
    if f" {wanted}" in padded:
        yield 1


def _keys(name: str) -> Iterator[str]:
    for text in (name,) if name.isascii() else (name, anyascii(name)):
        plain = folded(text)
        yield plain
        if _INSIDE.search(text):  # O'Brien by "ob", Jean-Luc by "jeanl"
            yield folded(_INSIDE.sub("", text))
