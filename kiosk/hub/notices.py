"""The board: putting up, changing, withdrawing and restoring notices, and what runs now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from kiosk.hub.actor import ANYBODY, KNOWN, NAMED, VOLUNTEER, Actor
from kiosk.hub.errors import NotKnown
from kiosk.hub.may import needs
from kiosk.hub.moment import Moment
from kiosk.hub.names import name_of
from kiosk.hub.notice_words import must_fit, old_texts_of
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.typed import TextMissing, line, lines, name
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes
from sync.errors import Refused
from sync.records.base import CameFrom, Texts, Withdrawn
from sync.records.masked import masked
from sync.records.notice import Notice, NoticeKind
from sync.records.notice_rules import (
    LONGEST_URGENT_DAYS,
    at_the_top,
    in_order,
    longest_days,
    runs,
)
from sync.records.retention import names_gone
from sync.records.visit_rules import local_day

STALE = timedelta(minutes=60)
BY_ANYBODY: tuple[NoticeKind, ...] = ("offer", "need")
"""What a name typed at the door is enough for."""


class TooManyDays(Refused):
    """A notice ends by itself; ``most`` days after its first one at the latest."""

    say = "notice.too_many_days"

    def __init__(self, *, most: int) -> None:
        super().__init__(f"more than {most} days")
        self.most = most


class EndsBeforeItBegins(Refused):
    """The last day lies before the first one, or has gone by."""

    say = "notice.ends_before"


@dataclass(frozen=True, slots=True)
class Publish:
    """Put up a notice. Days are the hub's own, hours local; no hours = all day."""

    title: Texts
    kind: NoticeKind = "news"
    body: Texts = field(default_factory=dict)
    first_lang: str = ""
    first_day: date | None = None
    last_day: date | None = None
    weekdays: tuple[str, ...] = ()
    from_: str = ""
    to: str = ""
    pin: int = 0
    contact: str = ""
    picture: str = ""
    came_from: tuple[CameFrom, ...] = ()
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class EditNotice:
    """Change fields of a notice, by attribute name; texts are by language, only those changed.

    A further language is a translation, which anybody at level 2 may add.
    """

    notice: str
    fields: Mapping[str, Any]
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class WithdrawNotice:
    """Take a notice out of sight; it can be restored."""

    notice: str
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class RestoreNotice:
    """Put a withdrawn notice back as it was."""

    notice: str
    by: Actor = ANYBODY


def running(hub: Snapshot, now: datetime) -> tuple[Notice, ...]:
    """Return what is on the board now, in its order."""
    local = hub.local(now)
    return in_order(notice for notice in hub.notices if runs(notice, local))


def urgent_now(hub: Snapshot, now: datetime) -> tuple[Notice, ...]:
    """Return the urgent notices at the top of every screen now: two at most, in turns."""
    return at_the_top([one for one in running(hub, now) if one.kind == "urgent"], now)


def is_stale(last_exchange: datetime | None, now: datetime) -> bool:
    """Whether an urgent notice says "as of": nothing was heard for an hour, or ever."""
    return last_exchange is None or now - last_exchange >= STALE


def by_line(hub: Snapshot, notice: Notice, now: datetime) -> str:
    """Return the masked name of who put a notice up, "" of nobody any more."""
    if notice.owner:
        return name_of(hub, notice.owner)
    today = local_day(now, hub.zone)
    return "" if names_gone(notice, today, hub.settings, hub.zone) else masked(notice.by_name)


def publish(hub: Snapshot, ask: Publish, at: Moment) -> Changes:
    """Put up a notice. The result is its id.

    Raises TooLow (urgent, news, decisions and pins take a volunteer), TextMissing, TextTooLong,
    PhoneOnWall, TooManyDays, EndsBeforeItBegins.
    """
    is_plain = ask.kind in BY_ANYBODY and not ask.pin
    needs(ask.by, NAMED if is_plain else VOLUNTEER)
    today = local_day(at.now, hub.zone)
    first_day = ask.first_day or today
    notice = Notice(
        id=at.new_id(),
        kind=ask.kind,
        title=_clean(ask.title, line),
        body=_clean(ask.body, lines),
        first_lang=ask.first_lang or next(iter(ask.title), ""),
        first_day=first_day,
        last_day=ask.last_day or first_day + timedelta(days=LONGEST_URGENT_DAYS),
        weekdays=ask.weekdays,
        from_=ask.from_,
        to=ask.to,
        owner=ask.by.person,
        by_name="" if ask.by.person else name(ask.by.name),
        contact=line(ask.contact),
        picture=ask.picture,
        pin=ask.pin,
        came_from=ask.came_from,
    )
    _must_be_sound(notice, today)
    return Changes.of(new(hub, notice, at, ask.by), undo_s=10, result=notice.id)


def edit_notice(hub: Snapshot, ask: EditNotice, at: Moment) -> Changes:
    """Write what changed; texts that were replaced are kept 14 days. It brings nothing back.

    Raises NotKnown, TooLow, and what ``publish`` raises.
    """
    notice = the_notice(hub, ask.notice)
    fields = _merged(notice, ask.fields)
    needs(ask.by, _level_to_edit(hub, notice, fields, ask.by))
    write = edit(notice, **fields)
    texts = [one for one in write.fields if one.startswith(("title.", "body."))]
    if texts and ask.by.person:
        authors = notice.edited_by | dict.fromkeys(texts, ask.by.person)
        write = edit(notice, **fields, edited_by=authors)
    changed = _with(notice, fields)
    _must_be_sound(changed, None if notice.last_day == changed.last_day else at_day(hub, at))
    return Changes.of(*old_texts_of(hub, notice, texts, at), write, undo_s=10)


def withdraw_notice(hub: Snapshot, ask: WithdrawNotice, at: Moment) -> Changes:
    """Take a notice out of sight, by its owner or a volunteer. Raises NotKnown, TooLow."""
    notice = the_notice(hub, ask.notice)
    needs(ask.by, _level_of_owner(hub, notice, ask.by))
    gone = Withdrawn(by=ask.by.person, at=at.now.replace(microsecond=0))
    return Changes.of(edit(notice, withdrawn=gone), undo_s=10)


def restore_notice(hub: Snapshot, ask: RestoreNotice, at: Moment) -> Changes:  # noqa: ARG001
    """Put a withdrawn notice back, by its owner or a volunteer. Raises NotKnown, TooLow."""
    notice = the_notice(hub, ask.notice)
    needs(ask.by, _level_of_owner(hub, notice, ask.by))
    return Changes.of(edit(notice, withdrawn=None), undo_s=10)


def the_notice(hub: Snapshot, notice_id: str) -> Notice:
    """Return a notice. Raises NotKnown."""
    found = hub.get(Notice, notice_id)
    if found is None:
        raise NotKnown(kind="notice")
    return found


def is_owner(hub: Snapshot, notice: Notice, by: Actor) -> bool:
    """Whether somebody put this notice up, and is known well enough to say so."""
    is_theirs = bool(notice.owner) and hub.who(notice.owner) == hub.who(by.person)
    return is_theirs and by.level >= KNOWN


def at_day(hub: Snapshot, at: Moment) -> date:
    """Return the hub's own day of a moment."""
    return local_day(at.now, hub.zone)


def _must_be_sound(notice: Notice, today: date | None) -> None:
    if not any(notice.title.values()):
        raise TextMissing
    must_fit(notice)
    first, last = notice.first_day, notice.last_day
    if first is None or last is None:
        return
    if last < first or (today is not None and last < today):
        raise EndsBeforeItBegins
    most = longest_days(notice.kind)
    if (last - first).days > most:
        raise TooManyDays(most=most)


def _merged(notice: Notice, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields cleaned, texts with the languages that were not touched."""
    known = {key: value for key, value in fields.items() if key not in {"title", "body"}}
    if "title" in fields:
        known["title"] = notice.title | _clean(fields["title"], line)
    if "body" in fields:
        known["body"] = notice.body | _clean(fields["body"], lines)
    return known


def _with(notice: Notice, fields: Mapping[str, Any]) -> Notice:
    changed: Notice = replace(notice, **fields)
    return changed


def _level_to_edit(hub: Snapshot, notice: Notice, fields: Mapping[str, Any], by: Actor) -> int:
    changed = _with(notice, fields)
    if changed.pin != notice.pin or (
        changed.kind != notice.kind and changed.kind not in BY_ANYBODY
    ):
        return VOLUNTEER
    only_adds = fields.keys() <= {"title", "body"} and all(
        getattr(changed, part).get(lang) == text
        for part in ("title", "body")
        for lang, text in getattr(notice, part).items()
    )
    return KNOWN if only_adds else _level_of_owner(hub, notice, by)


def _level_of_owner(hub: Snapshot, notice: Notice, by: Actor) -> int:
    return KNOWN if is_owner(hub, notice, by) else VOLUNTEER


def _clean(texts: Mapping[str, str], clean: Callable[[str], str]) -> Texts:
    return {lang: clean(text) for lang, text in texts.items()}
