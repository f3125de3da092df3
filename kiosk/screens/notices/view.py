"""What the list of notices says: rows, their marks, pages, and whom to ask when it is empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Generic, TypeVar

from kiosk.hub.snapshot import Snapshot
from kiosk.hub.welcomers import on_duty, slot_of
from kiosk.ui.theme import DOOR_7_LANDSCAPE, DOOR_7_PORTRAIT, DOOR_10, Theme
from kiosk.ui.words import Words
from sync.records.masked import masked
from sync.records.notice import Notice
from sync.records.notice_lines import ended, first_sentence, one_line

T = TypeVar("T")
A_PAGE = {DOOR_10: 5, DOOR_7_LANDSCAPE: 3, DOOR_7_PORTRAIT: 5}
A_PAGE_LARGE = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """How a kind of notice is told from others: a shape or an icon, a word, a colour.

    shape: name of a drawn shape, or "" where ``icon`` is used. say: key of the word. tint: the
    ground of its picture.
    """

    say: str
    ink: str
    icon: str = ""
    shape: str = ""
    tint: str = "tool"


NEWS = Mark("kind.news", "ink", icon="bullhorn-outline")
MARKS: Mapping[str, Mark] = {
    "urgent": Mark("kind.urgent", "stop", icon="alert", tint="stop_tint"),
    "news": NEWS,
    "decision": Mark("kind.decision", "talk", shape="triangle", tint="talk_tint"),
    "need": Mark("kind.need", "make", icon="hand-heart-outline", tint="make_tint"),
    "offer": Mark("kind.offer", "share", shape="diamond", tint="share_tint"),
    "lost_found": Mark("kind.lost_found", "ink", icon="magnify"),
}


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of the list. ``more``: the first sentence of its text, left out where it is long."""

    id: str
    kind: str
    title: str
    more: str
    foreign: str
    body: str = ""

    @property
    def mark(self) -> Mark:
        """Its shape, word and colour."""
        return MARKS[self.kind]

    @property
    def urgent(self) -> bool:
        """Whether it stands on the brick tint."""
        return self.kind == "urgent"


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of many things: ``number`` of ``pages``, both from 1."""

    rows: tuple[T, ...]
    number: int
    pages: int


def a_page(theme: Theme) -> int:
    """Return how many notices a page of this screen holds."""
    return A_PAGE_LARGE if theme.large else A_PAGE.get(theme.form, A_PAGE[DOOR_10])


def page(rows: Sequence[T], number: int, each: int) -> Page[T]:
    """Return the page of that number, or the nearest there is."""
    pages = max(1, ceil(len(rows) / each))
    here = min(max(1, number), pages)
    return Page(tuple(rows[(here - 1) * each : here * each]), here, pages)


def notice_rows(notices: Iterable[Notice], words: Words) -> tuple[NoticeRow, ...]:
    """Return the list in the reader's language, in the order in which the notices come."""
    return tuple(_row(notice, words) for notice in notices)


def _row(notice: Notice, words: Words) -> NoticeRow:
    title, lang = words.pick(notice.title, notice.first_lang)
    body, _body_lang = words.pick(notice.body, notice.first_lang)
    foreign = words.foreign(lang)
    more = "" if foreign else first_sentence(body)
    plain = one_line(title) or first_sentence(body)
    return NoticeRow(
        notice.id, notice.kind, ended(plain) if more else plain, more, foreign, body.strip()
    )


@dataclass(frozen=True, slots=True)
class Empty:
    """Whom to speak to where no notice runs: a masked name and until when, or nobody."""

    name: str = ""
    until: str = ""


def welcomer_now(hub: Snapshot, now: datetime) -> Empty:
    """Return who welcomes in this hour, and until when."""
    for person in on_duty(hub, now):
        slot = slot_of(hub, person.id, now)
        if slot:
            until = f"{hub.local(slot.end):%H:%M}"
            return Empty(masked(person.name, person.known_as), until)
    return Empty()


def empty_sentence(there: Empty, words: Words) -> str:
    """Return what stands under "No notices today"."""
    ask = words.say("notices.speak_up")
    if not there.name:
        return ask
    return f"{ask}\n{words.say('notices.welcomer', name=there.name, time=there.until)}"


def page_of(ids: Sequence[str], notice: str, each: int) -> int:
    """Return the number of the page a notice is on, 1 where it is not there."""
    return ids.index(notice) // each + 1 if notice in ids else 1
