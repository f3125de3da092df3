"""Who reads a feed, as far as that matters: in which language; and texts fit for any feed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sync.server.web.reading import House
from sync.server.web.words import Words, best_language

_NO_TEXT = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)
"""What XML 1.0 cannot hold, or a calendar's reader may take for the end of a line."""
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Text:
    """Some words, and the language they are in; "" where nobody says (BCP 47)."""

    text: str
    lang: str = ""


@dataclass(frozen=True)
class Reader:
    """A reader: ``lang`` is a language of the hub, ``first`` the one it writes in first."""

    lang: str
    first: str

    @cached_property
    def words(self) -> Words:
        """What the server itself says; in English where it has no words of this language."""
        return Words(self.lang)

    def pick(self, texts: Mapping[str, str], first: str = "") -> Text:
        """Return the words for this reader: theirs, else those written first, else any.

        first: the language in which this text was written, where that is known.
        """
        for lang in (self.lang, first, self.first, *sorted(texts)):
            if text := plain(texts.get(lang, "")).strip():
                return Text(text, lang if _TAG.fullmatch(lang) else "")
        return Text("")

    def line(self, texts: Mapping[str, str], first: str = "") -> Text:
        """Return the same as one line; one in another language says in which."""
        found = self.pick(texts, first)
        text = " ".join(found.text.split())
        if text and found.lang not in {"", self.lang}:
            lang = self.words.language(found.lang)
            text = self.words.say("feed.in_language", text=text, lang=lang)
        return Text(text, found.lang)


def reader_of(house: House, asked: str, accepted: str) -> Reader:
    """Return who reads: by the address (``?lang=``), else by Accept-Language, else as the hub.

    asked, accepted: as they came; a language that the hub does not write in counts for nothing.
    """
    ours = house.languages
    lang = asked if asked in ours else best_language(accepted, ours, ours[0])
    return Reader(lang, ours[0])


def plain(text: str) -> str:
    """Return a text without what no feed can hold; its lines end as on Unix."""
    return _NO_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
