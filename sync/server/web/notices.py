"""What volunteers do with notices: write, change, withdraw, restore, put an old text back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sync.clock import Reading
from sync.ids import pair_id
from sync.merge import WireRecord
from sync.records import read
from sync.records.hub import settings_of
from sync.records.notice import Notice
from sync.records.old_text import OldText
from sync.records.retention import is_over
from sync.server.web.doorkeeper import NotThere
from sync.server.web.notice_form import (
    Clash,
    EndsBeforeItBegins,
    Fields,
    Form,
    Saved,
    said,
    saved,
    texts_of,
    typed_fields,
)
from sync.server.web.reading import House, body_of, every
from sync.server.web.sessions import Who
from sync.server.web.writing import Write, fresh_id, new

EDITED = ("kind", "first_day", "last_day", "weekdays", "from", "to", "pin", "contact")


@dataclass(frozen=True, slots=True)
class Decided:
    """What saving a form comes to: writes, or the texts about which somebody has to choose."""

    writes: tuple[Write, ...] = ()
    clashes: tuple[Clash, ...] = ()


def the_notice(connection: Connection, hub: str, notice_id: str) -> tuple[Notice, WireRecord]:
    """Return a notice, and the record as it is kept. Raises NotThere."""
    body = body_of(connection, hub, Notice.KIND, notice_id)
    if body is None:
        raise NotThere
    return read(Notice, notice_id, body["fields"]), body


def save(body: WireRecord | None, form: Form, house: House, who: Who, now_ms: int) -> Decided:
    """Decide what to write of a form. body: the notice as it stands, None for a new one.

    Raises what ``typed_fields`` raises.
    """
    languages = languages_of(body, house)
    typed = typed_fields(form, languages, house.today)
    if body is None:
        _must_be_ahead(typed, house)
        return Decided((_new(typed, form, who, now_ms),))
    if typed["last_day"] != body["fields"].get("last_day"):
        _must_be_ahead(typed, house)
    texts = texts_of(languages)
    found = saved(body, typed, said(form, "was"), form, texts)
    if found.clashes:
        return Decided(clashes=found.clashes)
    return Decided((*_edit(body["id"], found, texts, who), *_kept(body, found, who, now_ms)))


def _must_be_ahead(typed: Fields, house: House) -> None:
    if dt.date.fromisoformat(typed["last_day"]) < house.today:
        raise EndsBeforeItBegins


def languages_of(body: WireRecord | None, house: House) -> tuple[str, ...]:
    """Return the languages in which a notice is written: the hub's, and those it has besides."""
    names = body["fields"] if body else {}
    others = (name.partition(".")[2] for name in sorted(names) if name.startswith("title."))
    return tuple(dict.fromkeys((*house.languages, *others)))


def _new(typed: Fields, form: Form, who: Who, now_ms: int) -> Write:
    first = next(name for name, value in typed.items() if name.startswith("title.") and value)
    made = new(Notice(id=sound_id(said(form, "id"), now_ms), owner=who.person), who, now_ms)
    written = {name: value for name, value in typed.items() if value not in (None, 0)}
    return Write(
        made.kind,
        made.id,
        dict(made.fields) | written | {"first_lang": first.partition(".")[2]},
    )


def sound_id(said_id: str, now_ms: int) -> str:
    """Return the id that a page gave its form: sent twice, it makes one record."""
    is_sound = len(said_id) == 36 and all(sign in "0123456789abcdef-" for sign in said_id)
    return said_id if is_sound else fresh_id(now_ms)


def _edit(notice_id: str, found: Saved, texts: Sequence[str], who: Who) -> tuple[Write, ...]:
    if not found.fields:
        return ()
    authors = {f"edited_by.{name}": who.person for name in found.fields if name in texts}
    return (Write(Notice.KIND, notice_id, found.fields | authors),)


def _kept(body: WireRecord, found: Saved, who: Who, now_ms: int) -> tuple[Write, ...]:
    """Return the writes that keep the texts which their own author let go."""
    stamp = str(Reading(now_ms, 0, who.node))
    return tuple(
        new(
            OldText(
                id=pair_id(who.hub, OldText.KIND, body["id"], clash.field, stamp),
                record_kind=Notice.KIND,
                record=body["id"],
                field=clash.field,
                stamp=stamp,
                text=clash.mine,
                by=who.person,
            ),
            who,
            now_ms,
        )
        for clash in found.gave_way
        if clash.mine
    )


def withdraw(notice_id: str, who: Who, now_ms: int) -> Write:
    """Take a notice out of sight; it can be restored."""
    return Write(Notice.KIND, notice_id, {"withdrawn": withdrawn(who, now_ms)})


def withdrawn(who: Who, now_ms: int) -> Fields:
    """Return what a record says of who took it out of sight, and when."""
    at = dt.datetime.fromtimestamp(now_ms // 1000, dt.UTC)
    return {"by": who.person, "at": at.isoformat().replace("+00:00", "Z")}


def restore(notice_id: str) -> Write:
    """Put a withdrawn notice back as it was."""
    return Write(Notice.KIND, notice_id, {"withdrawn": None})


def old_texts(connection: Connection, house: House, who: Who, body: WireRecord) -> list[OldText]:
    """Return the texts of a notice that were replaced in the last 14 days, the latest first."""
    settings = settings_of(house.hub)
    found = [
        old
        for old in every(connection, who.hub, OldText)
        if old.record == body["id"]
        and old.text != body["fields"].get(old.field)
        and not is_over(old, house.today, settings, house.zone)
    ]
    return sorted(found, key=lambda old: old.stamp, reverse=True)


def put_back(old: OldText, who: Who) -> Write:
    """Write an old text again: a new edit; what it replaces is kept as well."""
    fields = {old.field: old.text, f"edited_by.{old.field}": old.by or who.person}
    return Write(Notice.KIND, old.record, fields)
