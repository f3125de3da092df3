"""Who stands at the screen, as far as rooms are concerned: by card, as a volunteer, or nobody."""

from __future__ import annotations

from typing import Any

from kiosk.hub.actor import KNOWN, NOBODY, VOLUNTEER, Actor
from kiosk.hub.cards import holder
from sync.qr_codes import read_card
from sync.records.person import Person


def actor_of(shell: Any) -> Actor:
    """Return who acts: a volunteer who gave their PIN, the holder of a card, or nobody known."""
    session = shell.session
    if session.volunteer:
        person = session.person or session.volunteer
        return Actor(VOLUNTEER, person, entered_by=session.volunteer)
    if session.person and session.by_card:
        return Actor(KNOWN, session.person)
    return Actor(NOBODY)


def holder_of(shell: Any, read: str) -> Person:
    """Return whose card was held. Raises UnknownCard, LostCard.

    read: what the reader read; a card that was printed at home says itself whose it is.
    """
    return holder(shell.hub, shell.around.hashed(read), vouched_by(shell.hub, read))


def vouched_by(hub: Any, read: str) -> str:
    """Return whose card it is by its own signature, "" where it has none."""
    home = read_card(read, hub.hub.card_key, hub.hub.id)
    return home.person if home else ""
