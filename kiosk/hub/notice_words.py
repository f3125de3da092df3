"""The words of notices: no phone number on the wall, and nobody's text simply gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.hub.actor import ANYBODY, KNOWN, VOLUNTEER, Actor
from kiosk.hub.errors import NotKnown
from kiosk.hub.may import needs
from kiosk.hub.moment import Moment
from kiosk.hub.names import name_of
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import new
from kiosk.store.changes import Changes, Write
from sync.clock import Reading
from sync.errors import BadStamp, Refused
from sync.merge import versions
from sync.old_texts import author_of, old_text
from sync.records.notice import Notice
from sync.records.notice_rules import has_phone
from sync.records.old_text import OldText
from sync.records.retention import is_over
from sync.records.visit_rules import local_day


class PhoneOnWall(Refused):
    """A text holds what looks like a phone number; it belongs into ``contact``."""

    say = "notice.phone_on_wall"

    def __init__(self, *, field: str) -> None:
        super().__init__(f"digits in {field}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text of somebody that another one replaced: both, when, and by whom (masked)."""

    old_text: str
    notice: str
    field: str
    was: str
    now: str
    written_at: datetime | None
    replaced_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """Put one's own old text back: a new edit."""

    old_text: str
    by: Actor = ANYBODY


def must_fit(notice: Notice) -> None:
    """Pass words that may hang on the wall. Raises PhoneOnWall."""
    for part, texts in (("title", notice.title), ("body", notice.body)):
        for lang, text in texts.items():
            if has_phone(text):
                raise PhoneOnWall(field=f"{part}.{lang}")


def old_texts_of(
    hub: Snapshot, notice: Notice, fields: Iterable[str], at: Moment
) -> tuple[Write, ...]:
    """Return the writes that keep the present texts of fields that are about to change."""
    body = hub.body(notice.KIND, notice.id)
    found = [old_text(dict(body), name, hub.hub.id) for name in fields] if body else []
    return tuple(new(hub, old, at) for old in found if old and not hub.get(OldText, old.id))


def replaced(hub: Snapshot, person_id: str, now: datetime) -> tuple[Replaced, ...]:
    """Return the texts of a person that somebody else replaced in the last 14 days."""
    today = local_day(now, hub.zone)
    mine = [
        old
        for old in hub.all(OldText)
        if old.by
        and hub.who(old.by) == hub.who(person_id)
        and not is_over(old, today, hub.settings, hub.zone)
    ]
    found = [_replaced(hub, old) for old in mine]
    told = [one for one in found if one]
    return tuple(sorted(told, key=lambda one: (one.notice, one.field, one.old_text)))


def put_back(hub: Snapshot, ask: PutBack, at: Moment) -> Changes:
    """Write an old text again, by its author or a volunteer; what it replaces is kept as well.

    Raises NotKnown (also from day 15 on), TooLow.
    """
    old = hub.get(OldText, ask.old_text)
    notice = hub.get(Notice, old.record) if old else None
    if old is None or notice is None:
        raise NotKnown(kind="old_text")
    if is_over(old, local_day(at.now, hub.zone), hub.settings, hub.zone):
        raise NotKnown(kind="old_text")
    is_author = bool(old.by) and hub.who(old.by) == hub.who(ask.by.person)
    needs(ask.by, KNOWN if is_author else VOLUNTEER)
    fields = {old.field: old.text, f"edited_by.{old.field}": old.by or ask.by.person}
    kept = old_texts_of(hub, notice, [old.field], at)
    return Changes.of(*kept, Write(notice.KIND, notice.id, fields), undo_s=10)


def _replaced(hub: Snapshot, old: OldText) -> Replaced | None:
    body = hub.body(old.record_kind, old.record)
    present = versions(dict(body)).get(old.field) if body and "fields" in body else None
    if body is None or present is None or present.value == old.text:
        return None
    who = author_of(dict(body), old.field)
    if hub.who(who) == hub.who(old.by):
        return None
    return Replaced(
        old_text=old.id,
        notice=old.record,
        field=old.field,
        was=old.text,
        now=present.value if isinstance(present.value, str) else "",
        written_at=_when(old.stamp),
        replaced_at=_when(present.stamp),
        by=name_of(hub, who),
    )


def _when(stamp: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(Reading.parse(stamp).ms / 1000, UTC)
    except (BadStamp, ValueError, OverflowError, OSError):
        return None
