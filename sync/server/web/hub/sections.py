"""The parts of the hub's own record, page by page: names, hours, reasons, rules. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import msgspec

from sync.errors import Refused
from sync.records.hub import WEEKDAYS, Hub, StayHours, settings_of
from sync.server.web.hub.hours_text import hours
from sync.server.web.hub.hours_text import words as hours_words
from sync.server.web.hub.parts import (
    NotANumber,
    Part,
    Typed,
    number,
    number_part,
    text_part,
)
from sync.server.web.notice_form import Fields, said
from sync.server.web.people import folded
from sync.server.web.words import Words, languages
from sync.typed import LONGEST_NAME, TextMissing, line, name

SHORT_NAME = 24
MOST_REASONS = 12
LONGEST_STAY = 48
NEW_REASONS = 2
LIMITS: Mapping[str, tuple[int, int]] = {
    "no_show_min": (1, 240),
    "book_step_min": (5, 60),
    "book_max_min": (15, 1440),
    "book_ahead_days": (1, 730),
}
"""Numbers of the rules for booking, each with its least and its most."""
STAYS: tuple[str, ...] = tuple(one.name for one in msgspec.structs.fields(StayHours))
_KEPT_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")


class NoSuchZone(Refused):
    """A time zone that no list knows."""

    say = "hub.no_such_zone"


class NoSuchChoice(Refused):
    """Something was chosen that was not on offer."""

    say = "hub.no_such_choice"


class TooManyReasons(Refused):
    """More reasons than a door's page holds."""

    say = "hub.too_many_reasons"

    def __init__(self, *, most: int) -> None:
        super().__init__(f"more than {most}")
        self.most = most


@cache
def zones() -> tuple[str, ...]:
    """Return the names of time zones that are places, and UTC."""
    places = (one for one in available_timezones() if "/" in one and not one.startswith("Etc/"))
    return ("UTC", *sorted(places))


def text_parts(
    field: str, texts: Mapping[str, str], langs: Sequence[str], words: Words, **how: Any
) -> list[Part]:
    """Return the parts of a text, one for each language. how: ``read``, and ``label``'s key."""
    read: Callable[[str], Any] = how["read"]
    label = words.say(how["label"])
    return [
        text_part(f"{field}.{one}", f"{label}, {words.language(one)}", texts.get(one), read)
        for one in langs
    ]


def names(hub: Hub, langs: Sequence[str], words: Words) -> list[Part]:
    """Return what a hub is called, the languages it writes in and its time zone."""
    return [
        *text_parts("name", hub.name, langs, words, read=name, label="hub.name"),
        *text_parts("short", hub.short, langs, words, read=short_name, label="hub.short"),
        _languages(hub, words),
        text_part("timezone", words.say("hub.timezone"), hub.timezone, _zone),
    ]


def is_named(hub: Hub, _fields: Fields) -> dict[str, Refused]:
    """Say what is wrong with a hub that has a name in no language."""
    return {} if any(hub.name.values()) else {f"name.{_first_of(hub)}": TextMissing()}


def opening(hub: Hub, words: Words) -> list[Part]:
    """Return when a hub is open, weekday by weekday."""
    return hours_parts(hub.open, words)


def hours_parts(open_: Mapping[str, Any], words: Words) -> list[Part]:
    """Return opening hours as one part for each weekday."""
    return [
        Part(
            f"open.{day}",
            words.say(f"weekday.{day}"),
            {f"open.{day}": (hours_words(open_.get(day, ())),)},
            lambda typed, one=f"open.{day}": hours(said(typed, one)),  # type: ignore[misc]
            lambda kept: hours_words(kept or ()),
        )
        for day in WEEKDAYS
    ]


def reasons(hub: Hub, langs: Sequence[str], words: Words, form: Typed) -> list[Part]:
    """Return why people come: the reasons there are, and room for some more.

    form: what was typed: the key of a new reason is made of its words.
    """
    known = [one for one in hub.reasons if _KEPT_KEY.fullmatch(one)]
    found = [_reason(key, f"reason.{key}", hub.reasons[key], langs, words) for key in known]
    taken = set(hub.reasons)
    for n in range(NEW_REASONS):
        typed = [text for one in langs if (text := said(form, f"new_{n}.{one}").strip())]
        # Sent twice it is one: what is there already is found by its words.
        twin = next((key for key in known if {*typed} & {*hub.reasons[key].values()}), "")
        key = twin or _free_key(next(iter(typed), ""), taken)
        taken.add(key)
        found.append(_reason(key, f"new_{n}", {}, langs, words))
    return found


def not_too_many(hub: Hub, _fields: Fields) -> dict[str, Refused]:
    """Say what is wrong with more reasons than a page of the door holds."""
    written = [key for key, texts in hub.reasons.items() if any(texts.values())]
    if len(written) <= MOST_REASONS:
        return {}
    return {f"reasons.{written[-1]}": TooManyReasons(most=MOST_REASONS)}


def rules(hub: Hub, words: Words, rooms: Mapping[str, str]) -> list[Part]:
    """Return the numbers of bookings and stays, and where the kettle is. rooms: names by id."""
    kept = hub.settings
    effective = settings_of(hub)
    numbers = [
        number_part(
            f"settings.{key}", words.say(f"hub.{key}"), getattr(effective, key), least, most, of=key
        )
        for key, (least, most) in LIMITS.items()
    ]
    return [
        *numbers,
        _stay_hours(effective.stay_hours, words),
        _kettle(kept.get("kettle_room"), words, rooms),
        _own_code(kept.get("own_code") is True, words),
    ]


def keeping(hub: Hub, words: Words, most_days: int) -> list[Part]:
    """Return for how many days names are kept."""
    days = settings_of(hub).keep_names_days
    label = words.say("hub.keep_names_days")
    return [
        number_part("settings.keep_names_days", label, days, 1, most_days, of="keep_names_days")
    ]


def short_name(text: str) -> str:
    """Return a name for where the whole one would be cut. Raises TextTooLong."""
    return line(text, SHORT_NAME)


def _zone(text: str) -> str:
    found = text.strip()
    if found not in zones():
        raise NoSuchZone
    return found


def offered(hub: Hub) -> tuple[str, ...]:
    """Return the languages that a hub may write in: those it has, and those that we speak."""
    return tuple(dict.fromkeys((*hub.languages, *languages())))


def _first_of(hub: Hub) -> str:
    return next(iter(hub.languages), "en")


def _languages(hub: Hub, words: Words) -> Part:
    def read(typed: Typed) -> list[str]:
        chosen = (said(typed, "first_language"), *typed.get("languages", ()))
        if any(one not in offered(hub) for one in chosen):
            raise NoSuchChoice
        return list(dict.fromkeys(chosen))

    return Part(
        "languages",
        words.say("hub.languages"),
        {"first_language": (_first_of(hub),), "languages": tuple(hub.languages)},
        read,
        lambda kept: ", ".join(words.language(one) for one in kept or ()),
    )


def _reason(key: str, of: str, kept: Mapping[str, str], langs: Sequence[str], words: Words) -> Part:
    """Return the part of one reason: a text in each language, which merge together."""
    inputs = {lang: f"{of}.{lang}" for lang in langs}

    def read(typed: Typed) -> dict[str, str] | None:
        texts = {lang: line(said(typed, one), LONGEST_NAME) for lang, one in inputs.items()}
        elsewhere = {lang: text for lang, text in kept.items() if lang not in inputs}
        written = {lang: text for lang, text in texts.items() if text}
        return {**elsewhere, **written} if written else None

    return Part(
        f"reasons.{key}",
        words.say("hub.reason"),
        {one: (kept.get(lang, ""),) for lang, one in inputs.items()},
        read,
        lambda texts: " / ".join((texts or {}).values()),
    )


def _free_key(text: str, taken: Collection[str]) -> str:
    """Return a key for a new reason: its words, in letters that any node can keep."""
    plain = re.sub(r"[^a-z0-9]+", "_", folded(text)).strip("_")[:40] or "reason"
    return next(key for key in (plain, *(f"{plain}_{n}" for n in range(2, 99))) if key not in taken)


def _stay_hours(stays: StayHours, words: Words) -> Part:
    def read(typed: Typed) -> dict[str, int]:
        typed_in = {one: number(said(typed, f"stay_{one}"), 1, LONGEST_STAY) for one in STAYS}
        found = {one: hours for one, hours in typed_in.items() if hours is not None}
        if len(found) < len(STAYS):
            raise NotANumber(least=1, most=LONGEST_STAY)
        return found

    return Part(
        "settings.stay_hours",
        words.say("hub.stay_hours"),
        {f"stay_{one}": (str(getattr(stays, one)),) for one in STAYS},
        read,
        lambda kept: ", ".join(
            f"{words.say(f'hub.stay_{one}')} {kept[one]}" for one in STAYS if one in (kept or {})
        ),
    )


def _kettle(room: object, words: Words, rooms: Mapping[str, str]) -> Part:
    def read(typed: Typed) -> str | None:
        chosen = said(typed, "kettle_room")
        if chosen and chosen not in rooms:
            raise NoSuchChoice
        return chosen or None

    return Part(
        "settings.kettle_room",
        words.say("hub.kettle_room"),
        {"kettle_room": (room if isinstance(room, str) else "",)},
        read,
        lambda kept: rooms.get(kept, "") if isinstance(kept, str) else "",
    )


def _own_code(is_on: bool, words: Words) -> Part:  # noqa: FBT001 (the one thing it is about)
    return Part(
        "settings.own_code",
        words.say("hub.own_code"),
        {"own_code": ("yes" if is_on else "no",)},
        lambda typed: said(typed, "own_code") == "yes",
        lambda kept: words.say("hub.yes" if kept is True else "hub.no"),
    )
