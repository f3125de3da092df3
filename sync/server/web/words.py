"""What the pages say, in the reader's language: ``assets/translations/*/LC_MESSAGES/web.po``."""

from __future__ import annotations

import datetime as dt
import gettext
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

_AROUND = Path(__file__).parents[3]
FOLDER = (
    next(
        # In the tree beside the packages; installed, the wheel has them within the kiosk's.
        (path for path in (_AROUND / "assets", _AROUND / "kiosk" / "assets") if path.is_dir()),
        _AROUND / "assets",
    )
    / "translations"
)
DOMAIN = "web"
SOURCE = "en"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, in alphabetical order."""
    return tuple(sorted(p.parents[1].name for p in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, [lang if lang in languages() else SOURCE])


class Words:
    """Everything said in one language."""

    def __init__(self, lang: str) -> None:
        """lang: a code like "es"; one without a catalogue speaks English."""
        self.lang = lang if lang in languages() else SOURCE
        self._catalogue = _catalogue(self.lang)

    def say(self, key: str, /, **facts: object) -> str:
        """The sentence of a key; the key itself where nobody wrote one."""
        said = self._catalogue.gettext(key)
        return said.format(**facts) if facts else said

    def has(self, key: str) -> bool:
        """Whether somebody wrote a sentence for a key."""
        return self._catalogue.gettext(key) != key

    def count(self, key: str, n: int) -> str:
        """The sentence of a key for this many: ``{n}`` in it is the number."""
        return self._catalogue.ngettext(key, key, n).format(n=n)

    def day(self, day: dt.date) -> str:
        """A day: "Wed 25 Nov"."""
        weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
        facts = {"weekday": self.say(f"day.{weekday}"), "month": self.say(f"month.{month}")}
        return self.say("day.form", day=day.day, **facts)

    def short_day(self, day: dt.date) -> str:
        """A day where there is little room: "25 Nov"."""
        return f"{day.day} {self.say(f'month.{MONTHS[day.month - 1]}')}"

    def long_day(self, day: dt.date) -> str:
        """A day of whatever year: "Wed 25 Nov 2026"."""
        return f"{self.day(day)} {day.year}"

    def month_day(self, day: dt.date) -> str:
        """A day of a year that is clear: "24 December"."""
        month = self.say(f"month_long.{MONTHS[day.month - 1]}")
        return self.say("day.of_month", day=day.day, month=month)

    def whole_day(self, day: dt.date) -> str:
        """A day of whatever year, within a sentence: "30 June 2027"."""
        return self.say("day.of_year", day=self.month_day(day), year=day.year)

    def month_days(self, days: Iterable[dt.date]) -> str:
        """Several of those: "24 December and 7 January"."""
        return self.joined([self.month_day(day) for day in days])

    def joined(self, words: Sequence[str]) -> str:
        """Several words as one: "Monday, Tuesday and Friday"."""
        if len(words) < 2:
            return "".join(words)
        return self.say("list.and", words=", ".join(words[:-1]), last=words[-1])

    def length(self, minutes: int) -> str:
        """How long something is: "45 min", "2 h", "1 h 30 min"."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.say("length.min", n=rest)
        if not rest:
            return self.say("length.h", n=hours)
        return f"{self.say('length.h', n=hours)} {self.say('length.min', n=rest)}"

    def moment(self, local: dt.datetime, today: dt.date) -> str:
        """A local time: "10:41" of today, else "Wed 25 Nov, 10:41"."""
        clock = f"{local:%H:%M}"
        return clock if local.date() == today else f"{self.day(local.date())}, {clock}"

    def language(self, lang: str) -> str:
        """The name of a language in this one; its code where nobody wrote it."""
        key = f"language.{lang}"
        return self.say(key) if self.has(key) else lang

    def own_name(self, lang: str) -> str:
        """How a language calls itself, as on a button: "Español"."""
        name = Words(lang).language(lang) if lang in languages() else self.language(lang)
        return name[:1].upper() + name[1:]

    def pick(self, texts: Mapping[str, str], first: str = "") -> str:
        """The text for this reader: theirs, else ``first``, else any, else nothing."""
        return next(
            (texts[one] for one in (self.lang, first, *sorted(texts)) if texts.get(one)), ""
        )


def best_language(accepted: str, offered: Iterable[str] = (), otherwise: str = SOURCE) -> str:
    """Return the first language that a browser asks for and that we speak (RFC 9110, 12.5.4)."""
    spoken = tuple(offered) or languages()
    wanted = sorted(_wanted(accepted), key=lambda one: -one[1])
    return next((lang for lang, _weight in wanted if lang in spoken), otherwise)


def _wanted(accepted: str) -> Iterable[tuple[str, float]]:
    for part in accepted.split(",")[:20]:
        name, _, weight = part.partition(";q=")
        try:
            yield name.strip().lower().partition("-")[0], float(weight or 1)
        except ValueError:
            continue
