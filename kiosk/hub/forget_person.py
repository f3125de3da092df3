"""A person's wish to be forgotten: their own record goes whole, and every trace of them elsewhere.

What happened stays, under no name: a visit still counts as a visit, a booking as a booking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.store.changes import Changes, Erase
from sync.errors import Refused
from sync.merge import is_erased
from sync.records import KINDS, Record, flat, personal_fields
from sync.records.merged_people import root_of
from sync.records.person import Person


class NobodyThere(Refused):
    """No person has this id, or they were forgotten already."""


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Who is to be forgotten: the id of any record of theirs, merged ones included."""

    person: str


def forget_person(hub: Snapshot, ask: ForgetPerson, _at: Moment) -> Changes:
    """Erase a person; the result counts by kind what their name went from.

    Raises NobodyThere. Erasing cannot be undone, by nobody and nowhere.
    """
    found = hub.person(ask.person)
    if found is None:
        raise NobodyThere(ask.person)
    ids = {one.id for one in hub.people if one.id == found.id or hub.person(one.id) == found}
    erased = tuple(erasures(hub, ids))
    return Changes.of(*erased, result=Counter(one.kind for one in erased))


def is_forgotten(hub: Snapshot, person_id: str) -> bool:
    """Whether a person was forgotten; who was never heard of was not."""
    body = hub.body(Person.KIND, person_id)
    return body is not None and is_erased(dict(body))


def left_behind(hub: Snapshot) -> set[str]:
    """Return the ids of records that were found to be of somebody whom another node forgot."""
    merged = {one.id: one.merged_into for one in hub.people if one.merged_into}
    return {one for one in merged if is_forgotten(hub, root_of(merged, one))}


def erasures(hub: Snapshot, ids: set[str]) -> Iterator[Erase]:
    """Yield what erases the people of these ids, and every trace of them."""
    for cls in KINDS.values():
        for record in hub.all(cls):
            fields = flat(record)
            if (cls.KIND == Person.KIND and record.id in ids) or _is_theirs(record, fields, ids):
                yield Erase(cls.KIND, record.id)
            elif traces := _traces(record, fields, ids):
                yield Erase(cls.KIND, record.id, traces)


def _is_theirs(record: Record, fields: Mapping[str, object], ids: set[str]) -> bool:
    """Say whether a record is about them: a field of its own points at them."""
    return bool(_pointing((*personal_fields(record.KIND), *record.PARTIES), fields, ids))


def _traces(record: Record, fields: Mapping[str, object], ids: set[str]) -> tuple[str, ...]:
    """Return where they are named in somebody else's record, such as who last edited a text."""
    return _pointing(personal_fields(record.KIND, fields), fields, ids)


def _pointing(names: Iterable[str], fields: Mapping[str, object], ids: set[str]) -> tuple[str, ...]:
    values = ((name, fields.get(name)) for name in names)
    return tuple(name for name, value in values if isinstance(value, str) and value in ids)
