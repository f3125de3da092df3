"""Guest tags in words: their colour, their animal, its sign."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.hub.tags import ANIMALS, Tag
from kiosk.ui.words import Words

SIGNS = {animal: f"animal-{animal}" for animal in ANIMALS}
INKS = {"blue": "meet", "green": "go", "purple": "talk", "brown": "make", "teal": "share"}


@dataclass(frozen=True, slots=True)
class TagWords:
    """A tag as it is read: "Blue", "Heron 12", the sign of its animal, the colour of the sign."""

    colour: str
    animal: str
    number: int
    icon: str
    ink: str

    @property
    def short(self) -> str:
        """Without the colour: "Heron 12"."""
        return f"{self.animal} {self.number}"


def tag_words(text: str, words: Words) -> TagWords | None:
    """Return a stored tag in words, or None where the text is none."""
    tag = Tag.parse(text)
    if tag is None:
        return None
    return TagWords(
        _said(words, "colour", tag.colour),
        animal_word(tag.animal, words),
        tag.number,
        SIGNS.get(tag.animal, "tag-outline"),
        INKS.get(tag.colour, "ink"),
    )


def animal_word(animal: str, words: Words) -> str:
    """Return the word of an animal: "Heron"."""
    return _said(words, "animal", animal)


def whole(tag: TagWords, words: Words) -> str:
    """Return a tag in one line: "Blue Heron 12", "Garza azul 12"."""
    facts = {"colour": tag.colour, "tone": tag.colour.lower()}  # inside a line it is no first word
    return words.say("tag.whole", animal=tag.animal, number=tag.number, **facts)


def _said(words: Words, sort: str, name: str) -> str:
    base, _, number = name.partition("-")  # a thirteenth kiosk's colour is "blue-2"
    key = f"{sort}.{base}"
    word = words.say(key) if words.has(key) else base.capitalize()
    return f"{word} {number}" if number else word
