"""Ready phrases: a notice that is written with two taps, in every language that we speak."""

from __future__ import annotations

from sync.records.notice import NoticeKind
from sync.server.web.words import Words, languages

PHRASES: dict[str, NoticeKind] = {
    "shut_early": "urgent",
    "lift": "urgent",
    "hands": "need",
    "kitchen": "news",
    "thanks": "news",
    "found": "lost_found",
}


def phrase_texts(name: str, langs: tuple[str, ...]) -> dict[str, str]:
    """Return the texts of a phrase by their stored names, in those of some languages that we speak."""
    return {
        f"{part}.{lang}": Words(lang).say(f"phrase.{name}_{part}")
        for lang in langs
        if lang in languages() and name in PHRASES
        for part in ("title", "body")
    }
