"""Who stands at the screen, as far as rooms are concerned: by card, as a volunteer, or nobody."""

from __future__ import annotations

from typing import Any

from kiosk.hub.actor import KNOWN, NOBODY, VOLUNTEER, Actor


def actor_of(shell: Any) -> Actor:
    """Return who acts: a volunteer who gave their PIN, the holder of a card, or nobody known."""
    session = shell.session
    if session.volunteer:
        person = session.person or session.volunteer
        return Actor(VOLUNTEER, person, entered_by=session.volunteer)
    if session.person and session.by_card:
        return Actor(KNOWN, session.person)
    return Actor(NOBODY)
