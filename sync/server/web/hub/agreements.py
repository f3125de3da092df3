"""The house agreement: its versions, and publishing the next one. Nothing of an earlier one goes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.acceptance import Acceptance
from sync.records.agreement import Agreement
from sync.server.web.hub.closed import day_of
from sync.server.web.hub.parts import Typed
from sync.server.web.notice_form import said
from sync.server.web.people import People
from sync.server.web.reading import every
from sync.server.web.sessions import Who
from sync.server.web.writing import Write, new
from sync.typed import TextMissing, lines


class Meanwhile(Refused):
    """Somebody else published a version while this one was written."""

    say = "agreement.meanwhile"

    def __init__(self, *, version: int) -> None:
        super().__init__(f"version {version}")
        self.version = version


class NothingNew(Refused):
    """The text is that of the present version, word for word."""

    say = "agreement.nothing_new"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be published."""

    text: dict[str, str]
    since: dt.date


def versions_of(connection: Connection, hub: str) -> list[Agreement]:
    """Return every version, the latest first."""
    found = [one for one in every(connection, hub, Agreement) if one.since and not one.withdrawn]
    return sorted(found, key=_order, reverse=True)


def in_force(versions: Sequence[Agreement], today: dt.date) -> Agreement | None:
    """Return the version in force: the highest whose day has come; of two, the later one."""
    return next((one for one in versions if one.since and one.since <= today), None)


def accepted(connection: Connection, hub: str, people: People) -> Counter[str]:
    """Return how many people said yes to each version, by its id."""
    pairs = {
        (one.agreement, people.who(one.person))
        for one in every(connection, hub, Acceptance)
        if one.person and not one.withdrawn
    }
    return Counter(agreement for agreement, _person in pairs)


def drafted(
    typed: Typed, langs: Sequence[str], today: dt.date
) -> tuple[Draft | None, dict[str, Refused]]:
    """Return what a form wants to publish, or what is wrong with it by field."""
    text, wrong = {}, {}
    for lang in langs:
        try:
            text[lang] = lines(said(typed, f"text.{lang}"))
        except Refused as why:
            wrong[f"text.{lang}"] = why
    written = {lang: one for lang, one in text.items() if one}
    if not written and not wrong:
        wrong[f"text.{langs[0]}"] = TextMissing()
    try:
        since = day_of(said(typed, "since") or today.isoformat(), today)
    except Refused as why:
        wrong["since"] = why
    return (None, wrong) if wrong else (Draft(written, since), {})


def published(
    versions: Sequence[Agreement], draft: Draft, seen: str, new_id: str, who: Who, now_ms: int
) -> list[Write]:
    """Return the write of the next version; sent twice, it is one.

    seen: the version that the page had shown as the latest. Raises Meanwhile, NothingNew.
    """
    if any(one.id == new_id for one in versions):
        return []
    latest = versions[0] if versions else None
    if latest and latest.id != seen:
        raise Meanwhile(version=latest.version)
    if latest and {lang: one for lang, one in latest.text.items() if one} == draft.text:
        raise NothingNew
    number = 1 + max((one.version for one in versions), default=0)
    made = Agreement(id=new_id, version=number, text=draft.text, since=draft.since)
    return [new(made, who, now_ms)]


def _order(one: Agreement) -> tuple[int, dt.date, str]:
    return one.version, one.since or dt.date.min, one.id
