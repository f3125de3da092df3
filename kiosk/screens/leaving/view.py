"""What the leaving screens say: tags to leave with, groups of which some may go, letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.hub.names import finds
from kiosk.hub.presence import Here, maybe_present, present
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.tags import Tag
from kiosk.screens.tags import TagWords, animal_word, tag_words
from kiosk.ui.words import Words

LETTERS = "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class TagRow:
    """Somebody who may leave by their tag. heads: how many are here; animal: its key."""

    tag: str
    animal: str
    heads: int
    words: TagWords

    def above(self, words: Words) -> str:
        """The line above: its colour, and of a group how many they are."""
        if self.heads < 2:
            return self.words.colour
        return words.count("leaving.tag_of", self.heads, colour=self.words.colour)


def tag_rows(hub: Snapshot, now: datetime, words: Words) -> tuple[TagRow, ...]:
    """Return the tags of everybody here, in order of coming, then of who may still be here."""
    rows: dict[str, TagRow] = {}
    for one in (*present(hub, now), *maybe_present(hub, now)):
        said, tag = tag_words(one.visit.tag, words), Tag.parse(one.visit.tag)
        if said and tag:
            # A tag of yesterday's may have been given again since: the page offers it once.
            rows.setdefault(str(tag), TagRow(one.visit.tag, tag.animal, one.heads, said))
    return tuple(rows.values())


@dataclass(frozen=True, slots=True)
class AnimalRow:
    """An animal of which there are tags here."""

    animal: str
    word: str
    rows: tuple[TagRow, ...]


def animals(rows: Iterable[TagRow], words: Words) -> tuple[AnimalRow, ...]:
    """Return the animals of these tags, in the order of their words."""
    listed = tuple(rows)
    found = {
        row.animal: AnimalRow(
            row.animal,
            animal_word(row.animal, words),
            tuple(other for other in listed if other.animal == row.animal),
        )
        for row in listed
    }
    return tuple(sorted(found.values(), key=lambda one: one.word))


def needs_animals(rows: Sequence[TagRow], slots: int) -> bool:
    """Whether there are so many tags that the animal is asked for first."""
    return len(rows) > slots and len({row.animal for row in rows}) > 1


def groups(hub: Snapshot, now: datetime) -> tuple[Here, ...]:
    """Return who is here with others under one tag or one visit."""
    return tuple(one for one in present(hub, now) if one.heads > 1)


def group_name(one: Here, words: Words) -> str:
    """Return what a group is called: its tag, or how many were counted."""
    said = tag_words(one.visit.tag, words)
    return said.short if said else words.count("leaving.counted", one.heads)


def leading_letters(hub: Snapshot, typed: str, now: datetime) -> frozenset[str]:
    """Return the letters with which ``typed`` still leads to somebody who may leave."""
    among = {one.person.id for one in (*present(hub, now), *maybe_present(hub, now)) if one.person}
    found = (one for one in hub.people if hub.who(one.id) in among and not one.withdrawn)
    names = [(one.name, one.known_as) for one in found]
    return frozenset(
        letter for letter in LETTERS if any(finds(typed + letter, both) for both in names)
    )
