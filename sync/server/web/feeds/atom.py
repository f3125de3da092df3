"""Notices and events for feed readers: Atom (RFC 4287). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from sync.records.booking_diary import Diary
from sync.records.booking_time import instant
from sync.records.event import Event
from sync.records.event_days import EventDay, event_days
from sync.records.notice import Notice
from sync.records.notice_rules import in_order, runs
from sync.server.web.feeds.items import place, title_of, uid_of
from sync.server.web.feeds.reader import Reader, Text
from sync.server.web.reading import House

NAMESPACE = "http://www.w3.org/2005/Atom"
MOST_DATES = 5
"""Of a series only the next days are told."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a feed says of itself. address: its own. since_ms: for one without entries."""

    uid: str
    title: str
    author: str
    address: str
    since_ms: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice or event. parts: its paragraphs. kind: key and word of what it is."""

    uid: str
    title: Text
    parts: tuple[Text, ...]
    published_ms: int
    updated_ms: int
    kind: tuple[str, str] | None = None


def atom(cover: Cover, entries: Sequence[Entry], reader: Reader) -> bytes:
    """Return the feed; the same entries give the same bytes."""
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": reader.lang})
    _add(feed, "id", f"urn:uuid:{cover.uid}")
    _add(feed, "title", cover.title)
    _add(feed, "updated", _at(max((one.updated_ms for one in entries), default=cover.since_ms)))
    _add(SubElement(feed, "author"), "name", cover.author)
    media = {"rel": "self", "type": "application/atom+xml", "href": cover.address}
    SubElement(feed, "link", media)
    for one in entries:
        _entry(feed, one)
    written: bytes = tostring(feed, "utf-8", xml_declaration=True)
    return written


def _entry(feed: Element, one: Entry) -> None:
    entry = SubElement(feed, "entry")
    _add(entry, "id", f"urn:uuid:{one.uid}")
    _in(_add(entry, "title", one.title.text), one.title.lang)
    _add(entry, "published", _at(one.published_ms))
    _add(entry, "updated", _at(one.updated_ms))
    if one.kind:
        SubElement(entry, "category", {"term": one.kind[0], "label": one.kind[1]})
    content = _add(entry, "content", "".join(_paragraphs(one.parts)))
    content.set("type", "html")


def _paragraphs(parts: Iterable[Text]) -> Iterable[str]:
    for part in parts:
        lang = f' lang="{part.lang}"' if part.lang else ""
        for text in part.text.split("\n\n"):
            yield f"<p{lang}>{escape(text.strip()).replace(chr(10), '<br/>')}</p>"


def _add(to: Element, name: str, text: str) -> Element:
    made = SubElement(to, name)
    made.text = text
    return made


def _in(element: Element, lang: str) -> None:
    if lang:
        element.set("xml:lang", lang)


def _at(ms: int) -> str:
    return dt.datetime.fromtimestamp(ms // 1000, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def notice_entries(
    notices: Iterable[tuple[Notice, int]], house: House, reader: Reader
) -> list[Entry]:
    """Return what hangs on the board at this moment, in its order; nobody's name, no contact.

    notices: each with when it was last changed.
    """
    changed = {one.id: ms for one, ms in notices if runs(one, house.local)}
    running = in_order(one for one, _ms in notices if one.id in changed)
    return [_notice_entry(one, changed[one.id], house, reader) for one in running]


def _notice_entry(one: Notice, changed_ms: int, house: House, reader: Reader) -> Entry:
    begins = dt.datetime.combine(one.first_day or house.today, dt.time())
    put_up_ms = int(instant(begins, house.zone).timestamp() * 1000)
    made_ms = int(one.made_at.timestamp() * 1000) if one.made_at else changed_ms
    body = reader.pick(one.body, one.first_lang)
    return Entry(
        uid=uid_of(house.hub.id, Notice.KIND, one.id),
        title=reader.line(one.title, one.first_lang),
        parts=(body,) if body.text else (),
        # A notice that was written ahead is news on the day on which it goes up.
        published_ms=max(made_ms, put_up_ms),
        updated_ms=max(changed_ms, put_up_ms),
        kind=(one.kind, reader.words.say(f"kind.{one.kind}")),
    )


def event_entries(
    diary: Diary, events: Iterable[tuple[Event, int]], house: House, reader: Reader
) -> list[Entry]:
    """Return the events that are still to come, the next one first.

    events: each with when it was last changed.
    """
    found = []
    for event, changed_ms in events:
        ahead = [one for one in event_days(diary, event) if one.span.end > house.local]
        if ahead:
            found.append((ahead[0].span, _event_entry(diary, ahead, changed_ms, house, reader)))
    return [entry for _span, entry in sorted(found, key=lambda one: (one[0], one[1].uid))]


def _event_entry(
    diary: Diary, ahead: Sequence[EventDay], changed_ms: int, house: House, reader: Reader
) -> Entry:
    event, words = ahead[0].event, reader.words
    title = title_of(event, reader)
    if all(one.cancelled for one in ahead):
        title = Text(words.say("feed.cancelled", title=title.text), title.lang)
    days = [_when(one, house, reader) for one in ahead[:MOST_DATES]]
    where = place(diary, event.room, reader)
    facts = Text("\n".join([*days, *([where] if where else [])]), reader.words.lang)
    about = reader.pick(event.about)
    made_ms = int(event.made_at.timestamp() * 1000) if event.made_at else changed_ms
    return Entry(
        uid=uid_of(house.hub.id, Event.KIND, event.id),
        title=title,
        parts=(facts, about) if about.text else (facts,),
        published_ms=made_ms,
        updated_ms=max(changed_ms, made_ms),
    )


def _when(one: EventDay, house: House, reader: Reader) -> str:
    begin, end = one.span.start.astimezone(house.zone), one.span.end.astimezone(house.zone)
    said = f"{reader.words.day(one.day)}, {begin:%H:%M}–{end:%H:%M}"
    return reader.words.say("feed.cancelled", title=said) if one.cancelled else said
