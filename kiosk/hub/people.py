"""People: finding one by letters, remembering one, and two records that are of one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.errors import NotKnown
from kiosk.hub.may import needs, needs_self
from kiosk.hub.moment import Moment
from kiosk.hub.names import apart, finds, letter_count
from kiosk.hub.presence import maybe_present, present
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.typed import TextMissing, line
from kiosk.hub.typed import name as clean_name
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes, Write
from sync.errors import Refused
from sync.records.base import Texts
from sync.records.person import PERSON_KINDS, Person, PersonKind
from sync.records.retention import ASK_AGAIN_DAYS
from sync.records.visit_rules import local_day

FEWEST_LETTERS = 2
MOST_TILES = 6
MOST_CHIPS = 3
ACTIVE_EVERY = timedelta(days=30)


class SamePerson(Refused):
    """Two records are one already, or the same one was chosen twice."""

    say = "people.same_already"


@dataclass(frozen=True, slots=True)
class Tile:
    """One person to choose: ``name`` is masked, ``is_here``: at the hub now."""

    person: str
    name: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """At most six tiles; ``more``: further letters will find others."""

    tiles: tuple[Tile, ...] = ()
    more: bool = False


NOBODY_FOUND = Found()


def find(
    hub: Snapshot,
    letters: str,
    now: datetime,
    *,
    only_here: bool = False,
    volunteers: bool = False,
) -> Found:
    """Return the people whose name typed letters find; none before two letters.

    only_here: of those who are at the hub, or may still be (for leaving). volunteers: of those with
    a PIN. Best match first: a whole word, the beginning of a name, the beginning of a word of it.
    """
    if letter_count(letters) < FEWEST_LETTERS:
        return NOBODY_FOUND
    here = {one.person.id for one in present(hub, now) if one.person}
    maybe = maybe_present(hub, now) if only_here else ()
    among = here | {one.person.id for one in maybe if one.person}
    ranks: dict[str, int] = {}
    for one in volunteers_of(hub) if volunteers else hub.people:
        rank = 0 if one.withdrawn else finds(letters, (one.name, one.known_as))
        counts_as = hub.who(one.id)
        if rank and (not only_here or counts_as in among):
            ranks[counts_as] = max(rank, ranks.get(counts_as, 0))
    people = [person for one in ranks if (person := hub.person(one))]
    people.sort(key=lambda person: (-ranks[person.id], person.name.casefold(), person.id))
    shown = people[:MOST_TILES]
    tiles = zip(shown, apart(shown), strict=True)
    return Found(
        tuple(Tile(one.id, name, one.id in here) for one, name in tiles), len(people) > MOST_TILES
    )


def volunteers_of(hub: Snapshot) -> tuple[Person, ...]:
    """Return the volunteers who have a PIN."""
    return tuple(one for one in hub.people if _acts_by_pin(one))


def _acts_by_pin(one: Person) -> bool:
    return one.kind == "volunteer" and bool(one.pin_hash)


@dataclass(frozen=True, slots=True)
class Remember:
    """A visitor who asks to be remembered, or somebody a volunteer enters (``kind`` then)."""

    name: str
    known_as: str = ""
    kind: PersonKind = "remembered"
    lang: str = ""
    by: Actor = ANYBODY


def remember(hub: Snapshot, ask: Remember, at: Moment) -> Changes:
    """Make a person. The result is their id.

    Raises TextMissing, TextTooLong, TooLow where more than "remembered" is asked by no volunteer.
    """
    if PERSON_KINDS.index(ask.kind) > PERSON_KINDS.index("remembered"):
        needs(ask.by, VOLUNTEER)
    if not clean_name(ask.name):
        raise TextMissing
    person = Person(
        id=at.new_id(),
        name=clean_name(ask.name),
        known_as=clean_name(ask.known_as),
        kind=ask.kind,
        lang=ask.lang,
        active_on=local_day(at.now, hub.zone),
    )
    return Changes.of(new(hub, person, at, ask.by), undo_s=10, result=person.id)


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Change what the hub keeps of a person; None leaves a fact as it is.

    ask_me_about: at most three, in one language or more.
    """

    person: str
    name: str | None = None
    known_as: str | None = None
    kind: PersonKind | None = None
    lang: str | None = None
    big_text: bool | None = None
    low_controls: bool | None = None
    contact: str | None = None
    ask_me_about: tuple[Texts, ...] | None = None
    by: Actor = field(default=ANYBODY)


_CLEAN: dict[str, Callable[[str], str]] = {
    "name": clean_name,
    "known_as": clean_name,
    "contact": line,
}


def change_person(hub: Snapshot, ask: ChangePerson, at: Moment) -> Changes:  # noqa: ARG001
    """Write what a person or a volunteer wants changed.

    Raises NotKnown, TooLow (only a volunteer says what kind of person one is), TextTooLong.
    """
    person = the_person(hub, ask.person)
    needs_self(hub, ask.by, person.id)
    if ask.kind is not None:
        needs(ask.by, VOLUNTEER)
    plain = ("name", "known_as", "kind", "lang", "big_text", "low_controls", "contact")
    given = {one: value for one in plain if (value := getattr(ask, one)) is not None}
    fields: dict[str, Any] = {
        one: _CLEAN[one](value) if one in _CLEAN else value for one, value in given.items()
    }
    if ask.ask_me_about is not None:
        chips = enumerate(ask.ask_me_about[:MOST_CHIPS], start=1)
        fields["ask_me_about"] = {
            str(n): {lang: line(text) for lang, text in chip.items()} for n, chip in chips
        }
    return Changes.of(edit(person, **fields), undo_s=10)


@dataclass(frozen=True, slots=True)
class MergePeople:
    """Two records are of one person: from now on ``other`` counts as ``person``.

    Where only ``other`` is a volunteer with a PIN it is the other way round: nobody loses theirs.
    """

    other: str
    person: str
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class Unmerge:
    """Two records are of two people after all."""

    other: str
    by: Actor = ANYBODY


def merge_people(hub: Snapshot, ask: MergePeople, at: Moment) -> Changes:  # noqa: ARG001
    """Point one record at the other; nothing is moved. Raises TooLow, NotKnown, SamePerson."""
    needs(ask.by, VOLUNTEER)
    other, person = hub.get(Person, ask.other), the_person(hub, ask.person)
    if other is None:
        raise NotKnown(kind="person")
    if hub.who(other.id) == person.id:
        raise SamePerson
    counts = hub.who(other.id) == other.id
    if counts and _acts_by_pin(other) and not _acts_by_pin(person):
        other, person = person, other
    return Changes.of(edit(other, merged_into=person.id), undo_s=10)


def unmerge(hub: Snapshot, ask: Unmerge, at: Moment) -> Changes:  # noqa: ARG001
    """Make two records two people again. Raises TooLow, NotKnown."""
    needs(ask.by, VOLUNTEER)
    other = hub.get(Person, ask.other)
    if other is None:
        raise NotKnown(kind="person")
    return Changes.of(edit(other, merged_into=""), undo_s=10)


def the_person(hub: Snapshot, person_id: str) -> Person:
    """Return a person. Raises NotKnown."""
    found = hub.person(person_id)
    if found is None:
        raise NotKnown(kind="person")
    return found


def records_of(hub: Snapshot, person: Person) -> list[Person]:
    """Return all records that count as one person. person: the one that counts."""
    ids = hub.records_of.get(person.id, (person.id,))
    return [one for record_id in ids if (one := hub.get(Person, record_id))]


def seen(hub: Snapshot, person: Person, came: datetime, at: Moment) -> tuple[Write, ...]:
    """Return the write that a person is active, once a month: visits forget who made them."""
    day = local_day(came, hub.zone)
    known = person.active_on
    if not at.date_ok or (known and day - known < ACTIVE_EVERY):
        return ()
    return (edit(person, active_on=day),)


def to_ask_again(hub: Snapshot, now: datetime) -> tuple[Person, ...]:
    """Return those who were not here for 24 months: a volunteer asks whether to go on knowing."""
    today = local_day(now, hub.zone)
    return tuple(
        one
        for one in sorted(hub.people, key=lambda one: one.id)
        if hub.who(one.id) == one.id
        and (since := active_since(hub, one))
        and (today - since).days >= ASK_AGAIN_DAYS
    )


def active_since(hub: Snapshot, person: Person) -> date | None:
    """Return the last day on which a person is known to have been active, or None.

    person: the one that counts of their records; all of them are asked.
    """
    records = records_of(hub, person)
    made = [local_day(one.made_at, hub.zone) for one in records if one.made_at]
    return max((*made, *(one.active_on for one in records if one.active_on)), default=None)
