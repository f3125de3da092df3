"""What must not stay: personal fields past their days, and all that points at an erased person.

A node washes what it holds, and what arrives, by its own calendar: no message is needed, and
nothing that comes late brings a name back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sync.merge import ERASED, EVERY_OTHER, WireRecord, erase_fields, has_erased, is_erased
from sync.records import KINDS, Record, personal_fields, read
from sync.records.hub import Settings
from sync.records.retention import names_gone


@dataclass(frozen=True, slots=True)
class Calendar:
    """The hub's own day, its settings, and which people were erased."""

    today: date
    settings: Settings
    zone: ZoneInfo
    is_erased_person: Callable[[str], bool] = lambda _id: False


def washed(body: WireRecord, calendar: Calendar, typed: Record | None = None) -> WireRecord:
    """Return a record without what must not stay; the same one where nothing has to go.

    typed: the record, where somebody has read it already.
    """
    names = to_go(body, calendar, typed)
    return erase_fields(body, names) if names else body


def to_go(body: WireRecord, calendar: Calendar, typed: Record | None = None) -> tuple[str, ...]:
    """Return the personal fields of a record that have to be erased now and are not yet."""
    cls = KINDS.get(body["kind"])
    if cls is None or is_erased(body):
        return ()
    # Most of what is stored lost its names long ago: that is seen without reading the record.
    left = not_erased(body, personal_fields(cls.KIND, body["fields"]))
    if not left:
        return ()
    names = pointing(cls, body, calendar.is_erased_person)
    record = typed or read(cls, body["id"], body["fields"])
    if names_gone(record, calendar.today, calendar.settings, calendar.zone):
        names = (*names, *(cls.NAMES or left))
    if not names:  # as nearly always
        return ()
    return tuple(name for name in left if name in names)


def pointing(
    cls: type[Record], body: WireRecord, is_meant: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the personal fields that go with a person: all, where the record is theirs.

    A map's entry names a helper (who edited a text): only that entry goes, the rest is another's.
    """
    fields = body["fields"]
    every = personal_fields(cls.KIND, fields)
    own = [*cls.PARTIES, *(name for name in every if "." not in name)]
    if any(_points(fields.get(name), is_meant) for name in own):
        return every
    return tuple(name for name in every if _points(fields.get(name), is_meant))


def not_erased(body: WireRecord, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of these fields that are not erased for good yet, present or absent."""
    fields, stamps = body["fields"], body["stamps"]
    if not has_erased(stamps):
        return tuple(names)
    other = stamps.get(EVERY_OTHER, "")
    return tuple(
        name
        for name in names
        if name not in fields or not stamps.get(name, other).startswith(ERASED)
    )


def _points(value: object, is_meant: Callable[[str], bool]) -> bool:
    return isinstance(value, str) and bool(value) and is_meant(value)
