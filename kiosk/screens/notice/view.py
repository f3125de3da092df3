"""What one notice says in full: its words in a language, who put it up, until when, page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk.hub.notice_words import Replaced
from kiosk.screens.notices.view import MARKS, Mark
from kiosk.ui.words import Words
from sync.records.notice import Notice


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice for one reader. ``foreign`` is empty in the reader's own language.

    by: a masked name or "". ask_at_door: put up by a name typed at the door, which no one can
    look up. other: the next language it can be read in, or "". known: when an urgent one was last
    known to be so, where that is long ago.
    """

    id: str
    mark: Mark
    title: str
    body: str
    foreign: str
    lang: str
    by: str
    ask_at_door: bool
    until: str
    until_short: str
    other: str
    picture: str = ""
    known: str = ""


def notice_view(
    notice: Notice,
    words: Words,
    *,
    by: str,
    lang: str = "",
    today: date | None = None,
    known_at: str = "",
) -> NoticeView:
    """Return what the page of a notice shows.

    by: the masked name of who put it up. lang: read in this language, "" for the reader's own or
    else the author's. known_at: since when nothing was heard, "" where that is not long ago.
    """
    reads = Words(lang) if lang else words
    title, title_lang = reads.pick(notice.title, notice.first_lang)
    body, body_lang = reads.pick(notice.body, notice.first_lang)
    shown = title_lang or body_lang
    says_known = known_at and notice.kind == "urgent"
    return NoticeView(
        id=notice.id,
        mark=MARKS[notice.kind],
        title=" ".join(title.split()),
        body=body.strip(),
        foreign=words.foreign(shown) if shown != words.lang else "",
        lang=shown,
        by=by,
        ask_at_door=bool(notice.by_name) and notice.kind in ("offer", "need"),
        until=until(notice.last_day, words, today),
        until_short=until(notice.last_day, words, today, form="short"),
        other=next_language(notice, shown),
        picture=notice.picture,
        known=words.say("notice.known_at", time=known_at) if says_known else "",
    )


def until(
    last_day: date | None, words: Words, today: date | None = None, *, form: str = "long"
) -> str:
    """Return "Until Friday 27 November", or "" for a notice without a last day."""
    if last_day is None or last_day.year >= 9999:
        return ""
    if today is not None and (last_day - today).days in (0, 1):
        return words.say("notice.until_near", day=words.near_day(last_day, today))
    year = "" if today is None or last_day.year == today.year else f" {last_day.year}"
    return words.say("notice.until", day=words.day(last_day, form) + year)


def next_language(notice: Notice, shown: str) -> str:
    """Return the language after ``shown`` of those this notice is written in, or ""."""
    known = sorted({*notice.title, *notice.body})
    known = [lang for lang in known if notice.title.get(lang) or notice.body.get(lang)]
    if shown not in known or len(known) < 2:
        return ""
    return known[(known.index(shown) + 1) % len(known)]


def neighbours(ids: Sequence[str], here: str) -> tuple[str, str]:
    """Return the notices before and after this one, "" where there is none or it is gone."""
    if here not in ids:
        return "", ""
    at = ids.index(here)
    return ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""


def other_words(lang: str, *, roomy: bool) -> str:
    """Return what the button for another language says, in that language: "Leer en español"."""
    spoken = Words(lang)
    if not roomy:
        return spoken.own_name(lang)
    return spoken.say("notice.read_in", language=spoken.language(lang, of=lang))


def next_key(*, more: bool, roomy: bool) -> str:
    """Return the key of the way on: another page of this notice, or another notice."""
    if more:
        return "notice.next_page" if roomy else "act.more"
    return "notice.next" if roomy else "act.next"


def replaced_sentence(
    lost: Sequence[Replaced], words: Words, local: Callable[[datetime], datetime]
) -> str:
    """Return that somebody else replaced the reader's text, and when; "" where nobody did."""
    if not lost:
        return ""
    one = lost[0]

    def clock(at: datetime | None) -> str:
        return words.clock(local(at)) if at else "…"

    times = {"time": clock(one.written_at), "later": clock(one.replaced_at)}
    return words.say("notice.replaced", name=one.by or "…", **times)


def both_texts(seen: NoticeView, lost: Sequence[Replaced], words: Words) -> NoticeView:
    """Return the page that shows one's own text above the one that is on the board now."""
    if not lost:
        return seen
    mine, now = words.say("notice.mine"), words.say("notice.theirs")
    body = f"{mine}: {lost[0].was}\n\n{now}: {lost[0].now}"
    return replace(seen, body=body)


def told_first(
    seen: NoticeView,
    lost: Sequence[Replaced],
    words: Words,
    local: Callable[[datetime], datetime],
    *,
    large: bool = False,
) -> NoticeView:
    """Return the page that begins with who replaced one's own text, and with both texts.

    large: words that may leave no room for the title over them; it is read after who replaced it.
    """
    told = replaced_sentence(lost, words, local)
    if not told:
        return seen
    parts = [told, seen.title if large else "", both_texts(seen, lost, words).body]
    if seen.body != lost[0].now.strip():  # it was the title
        parts.append(seen.body)
    body = "\n\n".join(part for part in parts if part)
    return replace(seen, title="" if large else seen.title, body=body)
