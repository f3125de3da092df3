"""From the form of a notice to what is written: what is sound, what changed, what clashes. Pure.

A form carries, beside what was typed, how each field stood when the page was opened (``was``): its
stamp and a digest of its value. So a field that nobody touched here stays as another has it now,
and a text that both changed is shown to whoever saves last: nothing is overwritten unseen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, get_args

import msgspec

from sync.errors import Refused
from sync.merge import WireRecord, versions
from sync.records.hub import WEEKDAYS
from sync.records.notice import NoticeKind
from sync.records.notice_rules import has_phone, longest_days
from sync.typed import TextMissing, line, lines

KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)
HIGHEST_PIN = 2
LAST_YEAR = 2200
"""From here on nobody plans; a day close to the end of the calendar has no week around it."""
Form = Mapping[str, Sequence[str]]
Fields = dict[str, Any]
"""Stored names and JSON values; None is an empty field."""
Was = dict[str, tuple[str, str]]
"""Of each field, its stamp and the digest of its value when the page was opened."""


class NotADay(Refused):
    """A day or an hour that no calendar and no clock shows."""

    say = "notice.not_a_day"


class EndsBeforeItBegins(Refused):
    """The last day lies before the first one, or has gone by."""

    say = "notice.ends_before"


class TooManyDays(Refused):
    """A notice ends by itself, ``most`` days after its first one at the latest."""

    say = "notice.too_many_days"

    def __init__(self, *, most: int) -> None:
        super().__init__(f"more than {most} days")
        self.most = most


class PhoneOnWall(Refused):
    """A text holds what looks like a phone number; it belongs into ``contact``."""

    say = "notice.phone_on_wall"


@dataclass(frozen=True, slots=True)
class Clash:
    """A text that was changed here and, meanwhile, by somebody else."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What a form comes to: the fields to write, the texts that clash, those that gave way."""

    fields: Fields
    clashes: tuple[Clash, ...] = ()
    gave_way: tuple[Clash, ...] = ()


def said(form: Form, name: str) -> str:
    """Return what was typed into a field."""
    return next(iter(form.get(name, ())), "").replace("\0", "")


def texts_of(languages: Sequence[str]) -> tuple[str, ...]:
    """Return the stored names of a notice's texts in some languages."""
    return tuple(f"{part}.{lang}" for part in ("title", "body") for lang in languages)


def typed_fields(form: Form, languages: Sequence[str], today: dt.date) -> Fields:
    """Return what a form says, cleaned. Raises Refused with the reason.

    Raises TextMissing, TextTooLong, PhoneOnWall, NotADay, EndsBeforeItBegins, TooManyDays.
    """
    fields: Fields = {}
    for name in texts_of(languages):
        clean = line if name.startswith("title.") else lines
        fields[name] = clean(said(form, name)) or None
        if has_phone(fields[name] or ""):
            raise PhoneOnWall
    if not any(value for name, value in fields.items() if name.startswith("title.")):
        raise TextMissing
    kind = said(form, "kind")
    fields["kind"] = kind if kind in KINDS else "news"
    fields |= _window(form, fields["kind"], today)
    pin = said(form, "pin")
    fields["pin"] = min(int(pin), HIGHEST_PIN) if pin.isascii() and pin.isdigit() else 0
    fields["contact"] = line(said(form, "contact")) or None
    return fields


def _window(form: Form, kind: NoticeKind, today: dt.date) -> Fields:
    first = _day(said(form, "first_day")) or today
    last = _day(said(form, "last_day")) or first + dt.timedelta(days=7)
    if last < first:
        raise EndsBeforeItBegins
    if (last - first).days > longest_days(kind):
        raise TooManyDays(most=longest_days(kind))
    chosen = [day for day in WEEKDAYS if day in form.get("weekdays", ())]
    return {
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "weekdays": chosen if 0 < len(chosen) < len(WEEKDAYS) else None,
        "from": _hour(said(form, "from")) or None,
        "to": _hour(said(form, "to")) or None,
    }


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise NotADay from None
    if day.year >= LAST_YEAR:
        raise NotADay
    return day


def _hour(text: str) -> str:
    if not text:
        return ""
    try:
        return f"{dt.time.fromisoformat(text):%H:%M}"
    except ValueError:
        raise NotADay from None


def digest(value: object) -> str:
    """Return a short digest of a field's value; all empty values have the same."""
    plain = msgspec.json.encode(value, order="deterministic") if value else b""
    return sha256(plain).hexdigest()[:16]


def was_of(body: WireRecord | None, names: Sequence[str]) -> str:
    """Return how some fields of a record stand now, as a form carries it."""
    now = versions(body) if body else {}
    found: Was = {
        name: (now[name].stamp, digest(now[name].value)) if name in now else ("", digest(None))
        for name in names
    }
    return msgspec.json.encode(found).decode()


def saved(body: WireRecord, typed: Fields, was: str, form: Form, texts: Sequence[str]) -> Saved:
    """Return what is to be written of what was typed. texts: the fields that two may write at once.

    Where both changed a text, ``pick.<field>`` of the form says which stays: mine, theirs, both (then
    ``both.<field>`` is the text); until it does, the text clashes and nothing is written.
    """
    before, now = said_was(was), versions(body)
    fields: Fields = {}
    clashes, gave_way = [], []
    for name, value in typed.items():
        stamp, then = before.get(name, ("", ""))
        present = now[name].value if name in now else None
        if digest(present) == digest(value) or then == digest(value):
            continue
        moved = (now[name].stamp if name in now else "") != stamp
        if name not in texts or not moved:
            fields[name] = value
            continue
        clash = Clash(name, value or "", present if isinstance(present, str) else "")
        match said(form, f"pick.{name}"):
            case "mine":
                fields[name] = value
            case "theirs":
                gave_way.append(clash)
            case "both":
                clean = line if name.startswith("title.") else lines
                fields[name] = clean(said(form, f"both.{name}")) or None
            case _:
                clashes.append(clash)
    return Saved(fields, tuple(clashes), tuple(gave_way))


def said_was(text: str) -> Was:
    """Return how the fields of a form stood when its page was opened; of a broken one, nothing."""
    try:
        return msgspec.json.decode(text or "{}", type=Was)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return {}
