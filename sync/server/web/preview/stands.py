"""How a notice that is being written will stand: on each screen, in each language, on which days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sync.records import read
from sync.records.hub import WEEKDAYS, Hub, wall_pages
from sync.records.notice import Notice
from sync.server.web.notice_form import texts_of
from sync.server.web.preview.door import DOORS, page
from sync.server.web.preview.drawing import Drawing
from sync.server.web.preview.rest import at_rest
from sync.server.web.preview.seen import seen
from sync.server.web.preview.wall import wall
from sync.server.web.words import Words

MOST_SIGNS = 2_000
_WINDOW = ("kind", "first_day", "last_day", "from", "to")


@dataclass(frozen=True, slots=True)
class Stand:
    """A notice for the readers of one language, screen by screen. says: its words, read aloud."""

    lang: str
    says: str
    drawings: tuple[Drawing, ...]


def draft(there: Mapping[str, Any], typed: Mapping[str, Any], languages: Sequence[str]) -> Notice:
    """Return a notice as it stands with what was typed; what is not finished yet counts as nothing.

    there: stored names and JSON values of the notice that is changed. typed: fields of a form.
    """
    names = (*texts_of(languages), *_WINDOW)
    told = {name: typed.get(name) for name in names}
    said = {name: value[:MOST_SIGNS] for name, value in told.items() if isinstance(value, str)}
    days = [day for day in WEEKDAYS if day in (typed.get("weekdays") or ())]
    kept = {name: value for name, value in there.items() if name not in (*names, "weekdays")}
    fields = kept | {name: value for name, value in said.items() if value.strip()}
    return read(Notice, "", fields | ({"weekdays": days} if days else {}))


def stands(
    notice: Notice, hub: Hub, languages: Sequence[str], by: str, today: dt.date
) -> tuple[Stand, ...]:
    """Return how a notice stands in a hub that writes these languages. by: masked.

    A hub may want no notices on its walls; what is urgent is there all the same.
    """
    found = []
    for lang in languages:
        one = seen(notice, lang, hub.name, by, today)
        at_a_door = at_rest if one.is_urgent else page
        at_the_wall = (wall(one),) if one.is_urgent or "notices" in wall_pages(hub) else ()
        says = " ".join(part for part in (f"{one.kind}.", one.sentence, one.until) if part)
        lying, upright = (at_a_door(one, door) for door in DOORS)
        found.append(Stand(lang, says, (lying, *at_the_wall, upright)))
    return tuple(found)


def window(notice: Notice, words: Words) -> str:
    """Return on which days and at which hours a notice shows, "" where that is not said yet."""
    if notice.first_day is None or notice.last_day is None:
        return ""
    first, last = words.day(notice.first_day), words.day(notice.last_day)
    parts = [words.say("preview.shows", first=first, last=last)]
    if notice.weekdays:
        days = ", ".join(words.say(f"day.{day}") for day in notice.weekdays)
        parts.append(words.say("preview.only_on", days=days))
    if notice.from_ or notice.to:
        hours = {"begin": notice.from_ or "00:00", "end": notice.to or "24:00"}
        parts.append(words.say("preview.hours", **hours))
    return ", ".join(parts) + "."
