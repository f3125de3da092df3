"""A hub begins: its record is written once, at the first kiosk of the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.typed import name as clean_name
from kiosk.hub.writes import new
from kiosk.store.changes import Changes
from sync.errors import Refused
from sync.records.base import Texts
from sync.records.hub import WEEKDAYS, Hub, Spans

OPEN_AT_FIRST: Spans = (("09:00", "22:00"),)
"""Every day until a volunteer says otherwise: a house that is always shut could book no room."""


class HubHere(Refused):
    """This kiosk belongs to a hub already; nothing of it is written over."""

    say = "sorry.hub_here"


class NameMissing(Refused):
    """A hub has a name."""

    say = "sorry.name_missing"


class NoSuchZone(Refused):
    """The time zone is not one of the IANA list."""

    say = "sorry.no_such_zone"

    def __init__(self, *, zone: str) -> None:
        super().__init__(f"no IANA zone {zone[:40]!r}")
        self.zone = zone


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is said of a new hub.

    name: in the language it was typed in, which is the first of ``languages``. timezone: IANA.
    reasons: why people come, by key, in the hub's languages.
    """

    name: str
    languages: tuple[str, ...] = ("en",)
    timezone: str = "UTC"
    reasons: Mapping[str, Texts] = field(default_factory=dict)


def set_up(hub: Snapshot, ask: SetUp, at: Moment) -> Changes:
    """Write the hub's own record; the result is its id.

    Raises HubHere where there is one, NameMissing, TextTooLong, NoSuchZone.
    """
    if hub.hub.id:
        raise HubHere("a hub is set up here")
    name = clean_name(ask.name)
    if not name:
        raise NameMissing("a hub without a name")
    if not is_zone(ask.timezone):
        raise NoSuchZone(zone=ask.timezone)
    languages = tuple(dict.fromkeys(ask.languages)) or ("en",)
    record = Hub(
        id=at.new_id(),
        name={languages[0]: name},
        languages=languages,
        timezone=ask.timezone,
        open=dict.fromkeys(WEEKDAYS, OPEN_AT_FIRST),
        reasons=dict(ask.reasons),
    )
    return Changes.of(new(hub, record, at), result=record.id)


def is_zone(name: str) -> bool:
    """Return whether this is the name of a time zone that this device knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
