"""Who may do what: the four levels at which the hub knows somebody."""

from __future__ import annotations

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.errors import TooLow
from kiosk.hub.snapshot import Snapshot


def needs(by: Actor, level: int) -> None:
    """Pass who is known that well. Raises TooLow."""
    if by.level < level:
        raise TooLow(needed=level)


def needs_self(hub: Snapshot, by: Actor, person_id: str) -> None:
    """Pass the person themselves, known by card or code, and volunteers. Raises TooLow."""
    is_self = bool(person_id) and hub.who(by.person) == hub.who(person_id)
    needs(by, KNOWN if is_self else VOLUNTEER)
