"""People of a hub: two records that are of one, finding somebody by letters. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sync.records.person import Person

FEWEST_LETTERS = 2
MOST_FOUND = 50


@dataclass(frozen=True)
class People:
    """The people of a hub by id. pointers: as ``merged``, where somebody knows it already."""

    by_id: Mapping[str, Person] = field(default_factory=dict)
    pointers: Mapping[str, str] | None = None

    @classmethod
    def of(cls, people: Iterable[Person]) -> People:
        """Return these people."""
        return cls({one.id: one for one in people})

    @cached_property
    def merged(self) -> Mapping[str, str]:
        """Whose record points at which other one."""
        if self.pointers is not None:
            return self.pointers
        return {one.id: one.merged_into for one in self.by_id.values() if one.merged_into}

    def who(self, person: str) -> str:
        """Return the id that counts for a person; of a ring of pointers, the lowest in it."""
        path = [person]
        while there := self.merged.get(path[-1], ""):
            if there in path:
                return min(path[path.index(there) :])
            path.append(there)
        return path[-1]

    def name(self, person: str) -> str:
        """Return a person's whole name, "" of somebody the hub does not know any more."""
        found = self.by_id.get(self.who(person)) or self.by_id.get(person)
        return found.name if found else ""

    def found(self, letters: str) -> list[Person]:
        """Return those of whose names each typed word begins a word, by name; merged ones left out."""
        wanted = folded(letters).split()
        if sum(map(len, wanted)) < FEWEST_LETTERS:
            return []
        shown = [
            one
            for one in self.by_id.values()
            if not one.withdrawn and self.who(one.id) == one.id and _matches(one, wanted)
        ]
        return sorted(shown, key=lambda one: (folded(one.name), one.id))[:MOST_FOUND]

    def others(self, person: str) -> list[Person]:
        """Return the records that count as this person besides their own."""
        return [
            one for one in self.by_id.values() if one.id != person and self.who(one.id) == person
        ]


def folded(text: str) -> str:
    """Return a text in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _matches(one: Person, wanted: Iterable[str]) -> bool:
    words = folded(f"{one.name} {one.known_as}").replace("-", " ").split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
