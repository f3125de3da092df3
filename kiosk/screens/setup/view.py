"""The first day of a kiosk, step by step: what was chosen so far, what comes next, what it says.

language -> [network, where there is Wi-Fi and nothing is connected] -> hub -> [name -> about, for a new hub] -> mode -> kiosk -> colour
         -> [attached, where something hangs on a port] -> ready
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.ui.words import Words
from sync.records.base import Texts

SAMPLE, NEW, KEPT = "sample", "new", "kept"
DOOR, WALL = "door", "wall"
COLOURS = ("blue", "green", "purple", "brown", "teal")
INKS = {"blue": "meet", "green": "go", "purple": "talk", "brown": "make", "teal": "share"}
"""The colours a kiosk can have, and the colour of the look that shows each."""
NAMES = {
    DOOR: ("setup.front_door", "setup.garden_door", "setup.side_door"),
    WALL: ("setup.hall_screen", "setup.kitchen_screen", "setup.stairs_screen"),
}
REASONS = ("visiting", "event", "booking", "volunteering", "looking")
ZONES_SHOWN = 3


KINDS_SAID = {
    **dict.fromkeys(("rdm6300", "id12", "pn532", "wiegand"), "setup.kind_reader"),
    "scanner": "setup.kind_scanner",
    "ld2410": "setup.kind_sensor",
}
DO_NEXT = {"setup.kind_sensor": "setup.it_sees", "setup.kind_scanner": "setup.hold_code"}


class Attached(Protocol):
    """Something that hangs on a port, as the hardware tells of it."""

    @property
    def kind(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def heard(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Choices:
    """What was said so far; ``step`` is where we are."""

    step: str = "language"
    lang: str = ""
    hub: str = ""
    name: str = ""
    languages: tuple[str, ...] = ()
    timezone: str = "UTC"
    mode: str = ""
    colour: str = COLOURS[0]
    kiosk_name: str = ""
    attached: bool = False  # something hangs on a serial port
    offline: bool = False  # there is Wi-Fi, and nothing is connected


def steps(choices: Choices) -> tuple[str, ...]:
    """Return the steps of this set-up, in order: a new hub has two more, one that is there fewer."""
    first = ("language", "network") if choices.offline else ("language",)
    last = ("attached", "ready") if choices.attached else ("ready",)
    if choices.hub == KEPT:
        return (*first, "mode", "kiosk", "colour", *last)
    about = ("name", "about") if choices.hub == NEW else ()
    return (*first, "hub", *about, "mode", "kiosk", "colour", *last)


def forward(choices: Choices) -> Choices:
    """Return the choices one step on; where something is missing, the same."""
    way = steps(choices)
    at = way.index(choices.step)
    if not may_go_on(choices) or at + 1 == len(way):
        return choices
    return replace(choices, step=way[at + 1])


def backward(choices: Choices) -> Choices:
    """Return the choices one step back; at the first step, the same."""
    way = steps(choices)
    return replace(choices, step=way[max(0, way.index(choices.step) - 1)])


def may_go_on(choices: Choices) -> bool:
    """Return whether what this step asks for was said."""
    said = {
        "language": choices.lang,
        "hub": choices.hub,
        "name": choices.name.strip(),
        "about": choices.languages,
        "mode": choices.mode,
        "kiosk": choices.kiosk_name.strip(),
    }
    return bool(said.get(choices.step, True))


def progress(choices: Choices) -> tuple[int, int]:
    """Return the number of this step and of all, as far as is known now."""
    way = steps(choices)
    return way.index(choices.step) + 1, len(way)


def with_language(choices: Choices, lang: str) -> Choices:
    """Return the choices in a language: it is also the hub's first."""
    others = tuple(known for known in choices.languages if known != lang)
    return replace(choices, lang=lang, languages=(lang, *others))


def toggled(choices: Choices, lang: str) -> Choices:
    """Return the choices with one more language of the hub, or one less; the first one stays."""
    if lang == choices.lang:
        return choices
    if lang in choices.languages:
        left = tuple(known for known in choices.languages if known != lang)
        return replace(choices, languages=left)
    return replace(choices, languages=(*choices.languages, lang))


def with_mode(choices: Choices, mode: str, words: Words) -> Choices:
    """Return the choices for a door or a wall, with the usual name for it."""
    return replace(choices, mode=mode, kiosk_name=words.say(NAMES[mode][0]))


def attached_rows(
    found: Iterable[Attached], words: Words, *, short: bool = False
) -> tuple[tuple[str, str], ...]:
    """Return what was found on which port, and what to do with it or what it did.

    short: without the port.
    """
    rows = []
    for one in found:
        kind = KINDS_SAID.get(one.kind, "setup.kind_unknown")
        key = "setup.it_read" if one.heard else DO_NEXT.get(kind, "setup.hold_card")
        what = words.say(kind)
        where = what if short else words.say("setup.found_on", what=what, where=one.where)
        rows.append((where, words.say(key)))
    return tuple(rows)


def ready_names(choices: Choices, words: Words) -> tuple[str, ...]:
    """Return names to tap for this kiosk."""
    return tuple(words.say(key) for key in NAMES[choices.mode or DOOR])


def reasons(languages: Iterable[str]) -> dict[str, Texts]:
    """Return the usual reasons for coming, in the hub's languages, by their keys."""
    spoken = [Words(lang) for lang in languages]
    return {key: {w.lang: w.say(f"setup.reason_{key}") for w in spoken} for key in REASONS}


def zone_clock(zone: str, now: datetime) -> str:
    """Return what a clock of this zone shows, "10:42"; "" where it is no zone."""
    try:
        return f"{now.astimezone(ZoneInfo(zone)):%H:%M}"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def zone_city(zone: str) -> str:
    """Return the city of a zone: "Buenos Aires" of America/Argentina/Buenos_Aires."""
    return zone.rpartition("/")[2].replace("_", " ")


def zones_like(letters: str, zones: Sequence[str], most: int = ZONES_SHOWN) -> tuple[str, ...]:
    """Return zones whose city begins with these letters, else holds them; accents don't matter."""
    wanted = _plain(letters)
    if not wanted:
        return ()
    known = [(zone, _plain(zone_city(zone))) for zone in zones if "/" in zone]
    cities = sorted(known, key=lambda one: one[1])
    first = [zone for zone, city in cities if city.startswith(wanted)]
    then = [zone for zone, city in cities if wanted in city and not city.startswith(wanted)]
    return tuple([*first, *then][:most])


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold().replace("_", " "))
    return "".join(c for c in apart if not unicodedata.combining(c)).strip()


def summary(choices: Choices, words: Words, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return what was chosen, as pairs of what it is and what it will be."""
    sample = choices.hub == SAMPLE
    house = words.say("setup.sample_name") if sample else choices.name.strip()
    lines = [("setup.hub", house)] if choices.hub != KEPT else []
    if choices.hub == NEW:
        spoken = words.list_(words.own_name(lang) for lang in choices.languages)
        clock = zone_clock(choices.timezone, now)
        lines += [
            ("setup.languages", spoken),
            ("setup.zone", f"{zone_city(choices.timezone)} · {clock}"),
        ]
    shown = words.say("setup.wall" if choices.mode == WALL else "setup.door")
    colour = words.say(f"colour.{choices.colour}")
    named = " · ".join(part for part in (choices.kiosk_name.strip(), colour) if part)
    lines += [("setup.mode", shown), ("setup.kiosk", named)]
    return tuple((words.say(key), said) for key, said in lines)
