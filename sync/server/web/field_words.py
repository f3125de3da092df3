"""What a record's field is called, and what it holds, as people read it. Pure."""

from __future__ import annotations

import datetime as dt

import msgspec

from sync.merge import Json
from sync.server.web.words import WEEKDAYS, Words

LONGEST = 2_000
"""Signs of a value that are shown."""
_DAYS = ("first_day", "last_day", "retired_from", "date")


def label(name: str, words: Words) -> str:
    """Return what a stored field is called: "the title"."""
    return words.say(f"field.{name.partition('.')[0]}")


def whole_label(name: str, words: Words) -> str:
    """Return the same for a heading, with which of several it is: "The title, Spanish"."""
    said, (_base, _, part) = label(name, words), name.partition(".")
    said = f"{said[:1].upper()}{said[1:]}"
    if not part:
        return said
    which = words.say(f"day.{part}") if part in WEEKDAYS else words.language(part)
    return f"{said}, {which}"


def shown(name: str, value: Json, words: Words) -> str:
    """Return what a field holds, "" where it is empty."""
    if value is None or value in ("", []):
        return ""
    if name == "withdrawn":
        return words.say("activity.down" if value else "activity.up")
    if isinstance(value, bool):
        return words.say("activity.yes" if value else "activity.no")
    if name == "wall_pages" and isinstance(value, list):
        return ", ".join(words.say(f"wall_page.{page}") for page in value)[:LONGEST]
    if isinstance(value, list):
        return ", ".join(_one(item, words) for item in value)[:LONGEST]
    if name in _DAYS and isinstance(value, str):
        return _day(value, words)
    return _one(value, words)[:LONGEST]


def _one(value: Json, words: Words) -> str:
    if isinstance(value, str):
        return words.say(f"day.{value}") if value in WEEKDAYS else value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\N{EN DASH}".join(value)  # opening hours: from, to
    return msgspec.json.encode(value).decode()


def _day(text: str, words: Words) -> str:
    try:
        return words.day(dt.date.fromisoformat(text))
    except ValueError:
        return text
