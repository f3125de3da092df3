"""Flows are written in English; a Spanish door is asked for the same thing in Spanish."""

import functools
import re

from babel.messages.pofile import read_po

from kiosk.ui.words import DOMAIN, FOLDER, Words


def plain(text: str) -> str:
    """Text as it is compared: one sort of apostrophe and of space."""
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("\u00a0", " ")).strip()


class Tongue:
    """Finds what an English sentence of the kiosk or the hub is in the language of the door."""

    def __init__(self, lang: str, hub_texts) -> None:
        """hub_texts: every map of texts in the hub, language -> text."""
        self.lang, self._words = lang, Words(lang)
        self._texts = [t for t in hub_texts if isinstance(t, dict)]

    def of(self, english: str) -> set[str]:
        """Every way the door may say this; the English itself where nothing else is known."""
        if self.lang == "en":
            return {plain(english)}
        found = set(self._from_words(english)) | set(self._from_hub(english))
        return {plain(text) for text in found} or {plain(english)}

    def _from_words(self, english: str):
        for message_id, pattern in _patterns():
            if match := pattern.fullmatch(plain(english)):
                yield from self._said(message_id, match.groupdict())

    def _said(self, message_id, facts):
        if isinstance(message_id, tuple):
            counts = [int(v) for v in facts.values() if v.isdigit()] or [1, 2]
            for n in counts:
                yield self._words.count(
                    message_id[0], n, **{k: v for k, v in facts.items() if k != "n"}
                )
        else:
            yield self._words.say(message_id, **facts)

    def _from_hub(self, english: str):
        for texts in self._texts:
            if plain(texts.get("en", "")) == plain(english) and texts.get(self.lang):
                yield texts[self.lang]


@functools.cache
def _patterns() -> list[tuple[str | tuple[str, str], re.Pattern[str]]]:
    """Every English sentence of the catalogue, as what matches it with any facts."""
    with (FOLDER / "en" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="en") if message.id]
    return [
        (message.id, pattern)
        for message in messages
        for string in (message.string if isinstance(message.string, tuple) else (message.string,))
        if (pattern := _pattern(string))
    ]


def _pattern(sentence: str) -> re.Pattern[str] | None:
    """What matches a sentence with its facts; None for one of facts alone."""
    parts = re.split(r"\{(\w+)\}", plain(sentence))
    names = parts[1::2]
    if len(set(names)) != len(names) or not "".join(parts[0::2]).strip():
        return None
    return re.compile(
        "".join(
            re.escape(part) if nth % 2 == 0 else f"(?P<{part}>.+?)"
            for nth, part in enumerate(parts)
        )
    )
