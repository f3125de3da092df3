"""The rows of a sample file, as they are written there: short names, days counted from today."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from sync.records.base import Texts
from sync.records.notice import NoticeKind
from sync.records.person import PersonKind

Offset = int | date
"""A day: so many days from the day of loading, or a date."""
LocalTime = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-4]):[0-5]\d$")]
Name = Annotated[str, msgspec.Meta(min_length=1)]
Count = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=1440)]
OfDay = Annotated[int, msgspec.Meta(ge=0, le=1440)]
Spans = tuple[tuple[LocalTime, LocalTime], ...]
NobodyOr = str | None


class Row(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A row of the file; what it does not know is kept beside it by the loader."""


class KioskRow(Row, frozen=True):
    """A kiosk of the hub; the loader gives it a node id."""

    id: Name
    name: Texts = {}
    colour: Texts = {}


class HubRow(Row, frozen=True):
    """The hub: `format`, `about` and the lists stand beside it."""

    name: Texts
    timezone: Name
    short: Texts = {}
    languages: tuple[str, ...] = ("en",)
    open: dict[str, Spans] = {}
    reasons: dict[str, Texts] = {}
    settings: dict[str, object] = {}
    kiosks: tuple[KioskRow, ...] = ()


class ClosedDayRow(Row, frozen=True):
    """A day with other hours; none at all = shut."""

    day: Offset
    room: Name = "hub"
    why: Texts = {}
    open: Spans = ()


class RoomRow(Row, frozen=True):
    """A room; its place in the list is its order."""

    id: Name
    name: Texts
    short: Texts = {}
    capacity: Count = 0
    buffer_min: Count = 0
    colour: str = ""
    features: Texts = {}
    bookable: Literal["self", "vol", "nobody"] = "self"
    open: dict[str, Spans] = {}


class PersonRow(Row, frozen=True):
    """A person, with the number of their card and their PIN as they would use them."""

    id: Name
    name: Name
    kind: PersonKind = "visitor"
    lang: str = ""
    wall_ok: bool | None = None
    big_text: bool = False
    low_controls: bool = False
    card_uid: str = ""
    card_lost: bool = False
    pin: str = ""
    ask_me_about: tuple[Texts, ...] = ()


class WelcomerRow(Row, frozen=True):
    """A yes to welcoming people for part of a day."""

    day: Offset
    from_: LocalTime
    to: LocalTime
    person: Name


class AgreementRow(Row, frozen=True):
    """One version of the house agreement."""

    version: int
    since: Offset
    text: Texts


class BookingRow(Row, frozen=True):
    """A booking; `rule` starts at `day` and `at`, `skip` lists the days taken out of it."""

    id: Name
    room: Name
    day: Offset
    at: LocalTime
    minutes: Minutes
    title: Texts = {}
    person: NobodyOr = None
    state: Literal["confirmed", "pencilled", "clash"] = "pencilled"
    rule: str = ""
    skip: tuple[Offset, ...] = ()
    heads: Count = 0
    private: bool = False
    extends: str = ""
    moves: str = ""
    for_name: str = ""
    entered_by: str = ""
    clash_with: str = ""
    cancelled: bool = False
    released: bool = False
    given_back_min: Count = 0


class NoticeRow(Row, frozen=True):
    """A notice; an offer or a need is one too."""

    id: Name
    kind: NoticeKind
    title: Texts
    first: Offset
    last: Offset
    body: Texts = {}
    by: NobodyOr = None
    by_name: str = ""
    first_lang: str = ""
    from_: LocalTime | Literal[""] = ""
    to: LocalTime | Literal[""] = ""
    weekdays: tuple[str, ...] = ()
    pin: Count = 0
    came_from: str = ""
    withdrawn_day: Offset | None = None


class EventRow(Row, frozen=True):
    """An event, with the short names of who comes."""

    id: Name
    day: Offset
    at: LocalTime
    minutes: Minutes
    title: Texts
    about: Texts = {}
    room: str = ""
    host: str = ""
    places: Count = 0
    booking: str = ""
    joins: tuple[str, ...] = ()


class HoursRow(Row, frozen=True):
    """An hour of help; a party is a person, or ``fund``."""

    day: Offset
    giver: Name
    receiver: Name
    minutes: Minutes
    state: Literal["settled", "both_ok", "giver_ok"] = "settled"


class VisitRow(msgspec.Struct, frozen=True, array_like=True):
    """One line of ``visits.days``: minutes after midnight, indexes into the lists beside it."""

    came: OfDay
    left: OfDay | None
    how: Annotated[int, msgspec.Meta(ge=0)]
    person: Annotated[int, msgspec.Meta(ge=0)]
    grown_ups: Count
    children: Count
    reason: Annotated[int, msgspec.Meta(ge=0)]
    flags: Annotated[int, msgspec.Meta(ge=0)]
    tag: Count


class VisitsRow(Row, frozen=True):
    """The visits: for each day the lines, and the lists that their numbers point into."""

    how: tuple[Literal["card", "tile", "visitor", "group", "count"], ...]
    reasons: tuple[str, ...]
    days: dict[str, tuple[msgspec.Raw | object, ...]]
