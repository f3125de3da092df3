"""What a screen says of a notice in one language. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sync.records.notice import Notice
from sync.records.notice_lines import ended, first_sentence, one_line
from sync.server.web.notice_lists import SIGNS
from sync.server.web.words import Words

_TINTS = {"": "tool"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A notice for the readers of one language. foreign: "(in Spanish)" where it is not in theirs.

    sign, ink, tint: of its kind. by: a masked name. picture: its name, "" of none.
    """

    lang: str
    is_urgent: bool
    kind: str
    sign: str
    ink: str
    tint: str
    title: str
    body: str
    foreign: str
    by: str
    until: str
    house: str
    picture: str

    @property
    def lead(self) -> str:
        """The title as a sentence; without one, what the text says first."""
        return ended(self.title) or first_sentence(self.body)

    @property
    def more(self) -> str:
        """What follows where there is one line only."""
        first = first_sentence(self.body) if self.title else ""
        return (self.foreign or first) if first else ""

    @property
    def sentence(self) -> str:
        """Both: what an urgent one says across the top."""
        return f"{self.lead} {self.more}".strip()


def seen(notice: Notice, lang: str, house: Mapping[str, str], by: str, today: dt.date) -> Seen:
    """Return what the screens of a hub say of a notice. house: the hub's names. by: masked."""
    words = Words(lang)
    title, of_title = _picked(notice.title, lang, notice.first_lang)
    body, of_body = _picked(notice.body, lang, notice.first_lang)
    sign, tone = SIGNS[notice.kind]
    shown = of_title or of_body
    return Seen(
        lang=lang,
        is_urgent=notice.kind == "urgent",
        kind=words.say(f"kind.{notice.kind}"),
        sign=sign,
        ink=tone or "ink",
        tint=_TINTS.get(tone, f"{tone}-tint"),
        title=one_line(title),
        body=body.strip(),
        foreign=words.say("preview.in", language=words.language(shown))
        if shown not in ("", lang)
        else "",
        by=by,
        until=_until(notice.last_day, words, today),
        house=words.pick(house),
        picture=notice.picture,
    )


def _picked(texts: Mapping[str, str], lang: str, first: str) -> tuple[str, str]:
    """The text for a reader and its language: theirs, the author's, any."""
    for one in (lang, first, *sorted(texts)):
        if texts.get(one):
            return texts[one], one
    return "", ""


def _until(last_day: dt.date | None, words: Words, today: dt.date) -> str:
    if last_day is None:
        return ""
    near = {0: "preview.until_today", 1: "preview.until_tomorrow"}.get((last_day - today).days)
    return words.say(near) if near else words.say("preview.until", day=words.day(last_day))
