"""A card held on a page about people opens the page of whose it is."""

from __future__ import annotations

from typing import Any

from kiosk.hub.cards import holder
from sync.errors import Refused


def person_of_card(screen: Any, uid: str) -> bool:
    """Open the page of the holder of a card, or say why it has none; the card is taken either way."""
    try:
        person = holder(screen.hub, screen.shell.around.hashed(uid))
    except Refused as why:
        screen.shell.asking.explain(why)
    else:
        screen.go("volunteer_person", person=person.id)
    return True
