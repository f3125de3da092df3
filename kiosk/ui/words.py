"""What the kiosk says, in the reader's language: sentences, counts, days, times.

A key is the message id of ``assets/translations/<lang>/LC_MESSAGES/door.po``; a count is the same
key as singular and plural id. Facts go in as ``{name}``. No Kivy here.

    words = Words("es")
    words.say("rest.im_here")                          # "Estoy aquí"
    words.count("light.waiting", 12)                   # "12 en cola"
    words.day(date(2026, 11, 23)), words.clock(now)    # "lunes 23 de noviembre", "10:42"
    words.pick({"es": "Peras"}, "es")                  # ("Peras", "es")
"""

import datetime as dt
import gettext
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from kiosk.shipped import ASSETS

FOLDER = ASSETS / "translations"
DOMAIN = "door"
SOURCE = "en"  # what is shown in a language that has no catalogue


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, in alphabetical order."""
    return tuple(sorted(p.parents[1].name for p in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    known = [lang] if lang in languages() else [SOURCE]
    return gettext.translation(DOMAIN, FOLDER, known)


@lru_cache(maxsize=16)
def _locale(lang: str) -> Any:
    """Return Babel's locale of a language. Raises ValueError, UnknownLocaleError."""
    # Imported late: Babel costs 22 ms of a start and many pages show no date.
    from babel import Locale, core

    found = Locale.parse(lang)
    found.languages  # noqa: B018  # has its own tables read
    # Those of the whole world (time zones, currencies) are 2 MB that a door never asks for. Babel
    # reads them again where it does; only the Kivy thread says dates.
    core._global_data = None  # noqa: SLF001
    return found


class Words:
    """Everything said in one language. Two of one language are equal."""

    def __init__(self, lang: str) -> None:
        """lang: a code like "es"; one without a catalogue speaks English and keeps its code."""
        self.lang = lang
        self._catalogue = _catalogue(lang)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and other.lang == self.lang

    def __hash__(self) -> int:
        return hash(self.lang)

    def has(self, key: str) -> bool:
        """Whether this language says something for the key itself."""
        return self._catalogue.gettext(key) != key

    def say(self, key: str, **facts: object) -> str:
        """The sentence of a key; the key itself where nobody wrote one."""
        return self._catalogue.gettext(key).format_map(_Facts(facts)) if key else ""

    def count(self, key: str, n: int, **facts: object) -> str:
        """The sentence of a key for this many: ``{n}`` in it is the number."""
        return self._catalogue.ngettext(key, key, n).format_map(_Facts({"n": n, **facts}))

    def clock(self, at: dt.datetime | dt.time) -> str:
        """Hour and minute of a local time: "09:05"."""
        return f"{at:%H:%M}"

    def day(self, day: dt.date, form: str = "long") -> str:
        """A day. form: "long" Monday 23 November, "short" Mon 23 Nov, "least" 23 Nov."""
        return self._dated(day, self.say(f"date.{form}"))

    def weekday(self, day: dt.date, form: str = "long") -> str:
        """Its weekday. form: "long" Monday, "short" Mon."""
        return self._dated(day, "EEEE" if form == "long" else "EEE")

    def near_day(self, day: dt.date, today: dt.date) -> str:
        """today, tomorrow, else the weekday within six days, else the short date."""
        ahead = (day - today).days
        if ahead in (0, 1):
            return self.say("date.today" if ahead == 0 else "date.tomorrow")
        return self.weekday(day) if 1 < ahead < 7 else self.day(day, "short")

    def _dated(self, day: dt.date, pattern: str) -> str:
        from babel.dates import format_date

        # A point after a short month is Babel's, our signs do without ("23 nov").
        return str(format_date(day, pattern, locale=_locale(self.babel))).replace(".", "")

    @property
    def babel(self) -> str:
        """The locale that dates are written in."""
        return self.lang if self.lang in languages() else SOURCE

    def pick(self, texts: Mapping[str, str], first: str = "") -> tuple[str, str]:
        """The text for this reader and its language: theirs, else ``first``, else any.

        first: the author's or the hub's language. ("", "") where there is no text at all.
        """
        for lang in (self.lang, first, *sorted(texts)):
            if texts.get(lang):
                return texts[lang], lang
        return "", ""

    def picked(self, texts: Mapping[str, str], first: str = "") -> str:
        """The same, and said where it is not the reader's language: "Peras (in Spanish)"."""
        text, lang = self.pick(texts, first)
        return f"{text} {self.foreign(lang)}".rstrip()

    def foreign(self, lang: str) -> str:
        """Say "(in Spanish)", or nothing for the reader's own language."""
        if lang in ("", self.lang):
            return ""
        return self.say("language.in", language=self.language(lang))

    def language(self, lang: str, of: str = "") -> str:
        """The name of a language in this one, or in itself: ``language("es", of="es")``."""
        from babel import UnknownLocaleError

        try:
            name = _locale(lang).get_display_name(_locale(of or self.babel))
        except (ValueError, UnknownLocaleError):
            return lang
        return str(name or lang)

    def own_name(self, lang: str) -> str:
        """How a language calls itself, as on a button: "Español"."""
        name = self.language(lang, of=lang)
        return name[:1].upper() + name[1:]

    def list_(self, names: Iterable[str]) -> str:
        """Names in a row with the language's "and" before the last."""
        *before, last = list(names) or [""]
        if not before:
            return last
        return self.say("list.and", first=", ".join(before), last=last)


class _Facts(dict[str, Any]):
    """A fact that nobody gave stays visible as its name: a screen is shown rather than none."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
