"""The hub: the house itself, its languages, hours, reasons and rules. There is one."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from sync.records.base import (
    BOARD,
    BY_SERVER,
    LATEST,
    SERVER_LATEST,
    VOL,
    VOLUNTEERS,
    Json,
    Record,
    Texts,
)

Spans = tuple[tuple[str, str], ...]
"""Local times from-to of one day: ``(("09:00", "14:00"), ("16:00", "22:00"))``; empty = shut."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class KioskFacts(msgspec.Struct, frozen=True):
    """What the server gave a kiosk: its colour for guest tags, and its name."""

    name: str = ""
    colour: str = ""


WALL_PAGES = ("rooms", "notices", "events", "who")
"""The pages of a wall, in their order. What is urgent stands on each of them."""


class Hub(Record, frozen=True, kw_only=True):
    """One community hub."""

    KIND: ClassVar[str] = "hub"

    name: Annotated[Texts, LATEST, BOARD, VOL] = {}
    short: Annotated[Texts, LATEST, BOARD, VOL] = {}
    languages: Annotated[tuple[str, ...], LATEST, BOARD, VOL] = ("en",)
    timezone: Annotated[str, LATEST, BOARD, VOL] = "UTC"
    open: Annotated[dict[str, Spans], LATEST, BOARD, VOL] = {}
    reasons: Annotated[dict[str, Texts], LATEST, BOARD, VOL] = {}
    kiosks: Annotated[dict[str, KioskFacts], SERVER_LATEST, VOLUNTEERS, BY_SERVER] = {}
    settings: Annotated[dict[str, Json], LATEST, VOLUNTEERS, VOL] = {}
    wall_pages: Annotated[tuple[str, ...], LATEST, BOARD, VOL] = ()
    """Which of WALL_PAGES its walls show; none named: all."""
    card_key: Annotated[str, SERVER_LATEST, VOLUNTEERS, BY_SERVER] = ""
    """By what a door knows a card that was printed at home (``sync.qr_codes``); another one takes
    all of them back."""


Number = Annotated[int, msgspec.Meta(ge=-1_000_000, le=1_000_000)]
"""Minutes, hours or days that a calendar can be reckoned with: any other takes its default."""


class StayHours(msgspec.Struct, frozen=True):
    """After how many hours a visit of each sort is taken for ended."""

    member: Number = 8
    visitor: Number = 4
    group: Number = 4
    count: Number = 3


class Settings(msgspec.Struct, frozen=True):
    """A hub's numbers, each with its default."""

    keep_names_days: Number = 21
    no_show_min: Number = 15
    book_step_min: Number = 15
    book_max_min: Number = 240
    book_ahead_days: Number = 90
    stay_hours: StayHours = StayHours()
    hours_floor_min: Number = -600
    fund_floor_min: Number = -3000
    consent_quorum: Number = 3


# Looked up once: that takes longer than to read them.
_SETTINGS = tuple((one.name, one.type) for one in msgspec.structs.fields(Settings))


def settings_of(hub: Hub) -> Settings:
    """Return a hub's settings; a number that is missing or broken takes its default."""
    sound = {}
    for name, kind in _SETTINGS:
        try:
            sound[name] = msgspec.convert(hub.settings[name], kind)
        except (KeyError, msgspec.ValidationError):
            continue
    return Settings(**sound)


def wall_pages(hub: Hub) -> tuple[str, ...]:
    """Return the pages that a hub's walls show, in their order: all where none is known."""
    return tuple(one for one in WALL_PAGES if one in hub.wall_pages) or WALL_PAGES
